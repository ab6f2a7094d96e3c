-- The roll, accounts, sessions, journeys, letters, throttles and history.
--
-- Conventions: ids are text (UUIDv7), moments are bigint milliseconds since 1970-01-01T00:00Z,
-- JSON is text, every constraint and index has a name. `deferrable initially deferred`: a
-- transaction is judged whole, so the order of its writes does not matter.

-- One roll, loaded or tried. `staging` is the one being loaded, `published` counts, `dropped` never
-- will, `clearing` is on its way there: what it staged is being taken away.
create table roll_import (
    id text not null constraint roll_import_pkey primary key,
    -- Rises by one.
    seq bigint not null constraint roll_import_seq unique,
    file_name text not null,
    begun_at bigint not null,
    -- The last sign of life of whoever loads it.
    heard_at bigint not null,
    state text not null
        constraint roll_import_state_known check (state in ('staging', 'published', 'clearing', 'dropped')),
    published_at bigint,
    -- Persons who were new, whose values changed, whose values stayed.
    added bigint not null,
    updated bigint not null,
    unchanged bigint not null
);
create unique index roll_import_staging on roll_import (state) where state = 'staging';

-- Which records count: one row, one number. Publishing a roll is changing it.
create table roll (
    name text not null constraint roll_pkey primary key,
    published bigint not null
);
insert into roll (name, published) values ('roll', 0);

-- Who is, or will be, on the roll. A row that accounts or records refer to is never deleted.
create table person (
    id text not null constraint person_pkey primary key,
    -- Normalised, as all numbers here.
    student_number text not null constraint person_student_number unique,
    -- The import, and the line of its file, that brought the person onto the roll; nothing for
    -- whom an officer added.
    added_by bigint
        constraint person_added_by_fkey references roll_import (seq) deferrable initially deferred,
    added_line bigint
);
create index person_added on person (added_by, added_line);

-- What the roll says of a person. Rows are added, never changed: of a person's records the one with
-- the greatest version counts that is not greater than `roll.published`.
create table record (
    person text not null
        constraint record_person_fkey references person (id) deferrable initially deferred,
    -- A million times the import's number; what officers correct counts on from there.
    version bigint not null,
    national_id_kind text not null,
    national_id text not null,
    -- As the office wrote them.
    last_name_ar text not null,
    first_name_ar text not null,
    last_name_latin text not null,
    first_name_latin text not null,
    -- YYYY-MM-DD.
    birth_date text not null,
    email text,
    -- E.164.
    phone text,
    programme text not null,
    year text not null,
    status text not null,
    constraint record_pkey primary key (person, version)
);
create index record_national_id on record (national_id);
create index record_version on record (version);

-- The lines of the file that is being loaded: what each names, and whether it is refused.
create table roll_line (
    seq bigint not null
        constraint roll_line_seq_fkey references roll_import (seq) deferrable initially deferred,
    line bigint not null,
    student_number text,
    national_id text,
    status text,
    -- SHA-256 of everything the line says, hexadecimal; nothing for a line that is no person.
    digest text,
    refused boolean not null,
    constraint roll_line_pkey primary key (seq, line)
);
create index roll_line_student_number on roll_line (student_number);

-- A member of staff. Never deleted: history names its officers.
create table officer (
    id text not null constraint officer_pkey primary key,
    name text not null,
    role text not null constraint officer_role_known check (role in ('registry', 'administrator')),
    added_at bigint not null
);

-- Never deleted: a closed account stays, its holder and e-mail are free for another one.
create table account (
    id text not null constraint account_pkey primary key,
    -- Whose it is: somebody on the roll, or a member of staff.
    person text
        constraint account_person_fkey references person (id) deferrable initially deferred,
    officer text
        constraint account_officer_fkey references officer (id) deferrable initially deferred,
    state text not null
        constraint account_state_known check (state in ('active', 'frozen', 'closed')),
    email text not null,
    email_key text not null,
    phone text,
    phone_confirmed boolean not null,
    -- PHC string.
    password text not null,
    lang text not null,
    terms_version text not null,
    created_at bigint not null,
    password_changed_at bigint not null,
    -- Optimistic lock: a write names the version it was read at.
    version bigint not null,
    constraint account_holder_one check ((person is null) <> (officer is null))
);
-- Both are mapped to conflicts by name. When both refuse, the person's is told: it comes first.
create unique index account_person_open on account (person) where state <> 'closed';
create unique index account_officer_open on account (officer) where state <> 'closed';
create unique index account_email_open on account (email_key) where state <> 'closed';

-- Sessions that may still be open. Ended ones are deleted: history tells of them.
create table session (
    id text not null constraint session_pkey primary key,
    -- SHA-256 of the cookie's token, hexadecimal.
    token_hash text not null constraint session_token_hash unique,
    account text not null
        constraint session_account_fkey references account (id) deferrable initially deferred,
    started_at bigint not null,
    last_seen_at bigint not null,
    proved_at bigint not null,
    expires_at bigint not null,
    -- Milliseconds without a request after which it ends.
    idle_ms bigint not null,
    device text not null
);
create index session_account on session (account);

create table journey (
    id text not null constraint journey_pkey primary key,
    -- SHA-256 of the browser's secret, hexadecimal.
    browser_hash text not null,
    -- Once it is known whom the journey is about.
    account text
        constraint journey_account_fkey references account (id) deferrable initially deferred,
    kind text not null,
    step text not null,
    -- JSON of its kind, without any secret.
    data text not null,
    created_at bigint not null,
    expires_at bigint not null,
    version bigint not null
);
create index journey_account on journey (account) where account is not null;
create index journey_expires_at on journey (expires_at);

-- The outbox. It never holds a code: the worker derives it when it sends.
create table letter (
    id text not null constraint letter_pkey primary key,
    -- waiting: from `next_at` a worker may take it. taken: a worker has it until `next_at`, then
    -- another may. sent: the next server has it. parked: refused for good, kept for the office.
    -- expired: its code ran out before anybody took it.
    state text not null
        constraint letter_state_known check (state in ('waiting', 'taken', 'sent', 'parked', 'expired')),
    kind text not null,
    channel text not null constraint letter_channel_known check (channel in ('email', 'phone')),
    destination text not null,
    lang text not null,
    params text not null,
    -- The journey whose code it carries and that code's counter. No foreign key: the journey may
    -- be swept before the letter is.
    journey text,
    code_counter bigint,
    decoy boolean not null,
    created_at bigint not null,
    next_at bigint not null,
    -- How often a worker took it.
    attempts bigint not null,
    sent_at bigint,
    parked_at bigint,
    -- What the next server said last when it refused; for the operator.
    last_error text,
    -- What that was about; for the person who waits.
    refusal text
        constraint letter_refusal_known check (refusal in ('mailbox', 'full', 'other')),
    constraint letter_code_whole check ((journey is null) = (code_counter is null))
);
create index letter_due on letter (next_at) where state in ('waiting', 'taken');
create index letter_journey on letter (journey) where journey is not null;
create index letter_sent_at on letter (sent_at) where state in ('sent', 'expired');

-- Failures counted under a key. The key is an HMAC: rows name nobody.
create table throttle (
    key text not null constraint throttle_pkey primary key,
    failures bigint not null,
    last_at bigint not null
);
create index throttle_last_at on throttle (last_at);

-- Append-only history: one chain a subject. `act_values` and `salt` may be emptied one day, the
-- digest and the chain stay.
create table act (
    subject text not null,
    seq bigint not null,
    kind text not null,
    happened_at bigint not null,
    act_values text not null,
    salt text not null,
    digest text not null,
    hash text not null,
    constraint act_subject_seq primary key (subject, seq)
);
