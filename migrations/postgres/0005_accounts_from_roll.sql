-- An account that comes from the roll has no address of its own before its owner writes one down, and is
-- first opened with a temporary password.

drop index account_email_open;
create unique index account_email_open on account (email_key) where state <> 'closed' and email_key <> '';

-- The recovery whose temporary password opened it: until another password is chosen nothing else is
-- reachable. No foreign key: that recovery ends first.
alter table session add column temporary text;
