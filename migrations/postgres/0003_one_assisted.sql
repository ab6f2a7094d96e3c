-- One assisted recovery of an account at a time: whoever stops it has stopped all there is. Of several
-- that are open the first stays.
update complaint set state = 'closed', reason = 'duplicate', opens_at = null, version = version + 1
where kind = 'assisted' and state in ('submitted', 'in_review', 'accepted') and exists (
    select 1 from complaint other
    where other.person = complaint.person and other.kind = 'assisted'
        and other.state in ('submitted', 'in_review', 'accepted')
        and (other.submitted_at < complaint.submitted_at
            or (other.submitted_at = complaint.submitted_at and other.id < complaint.id))
);
create unique index complaint_assisted_open on complaint (person)
where kind = 'assisted' and state in ('submitted', 'in_review', 'accepted');
