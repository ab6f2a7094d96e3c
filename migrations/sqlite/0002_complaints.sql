-- Complaints, assisted recovery, and the documents that come with them.

create table complaint (
    id text not null constraint complaint_pkey primary key,
    -- What people call it: the institution's prefix and eight signs.
    reference text not null constraint complaint_reference unique,
    kind text not null
        constraint complaint_kind_known check (kind in ('wrong_data', 'cannot_register', 'assisted')),
    state text not null
        constraint complaint_state_known check (state in
            ('submitted', 'in_review', 'accepted', 'completed', 'refused', 'closed')),
    lang text not null,
    -- The record it is about, once known.
    person text
        constraint complaint_person_fkey references person (id) deferrable initially deferred,
    -- Code of the problem that led here.
    problem text,
    -- JSON: field and right value. `student_number` is there for looking it up.
    claim text not null,
    student_number text not null,
    note text not null,
    email text not null,
    email_confirmed boolean not null,
    phone text,
    -- The account of the officer who has it or decided last, and of the first of two.
    officer text
        constraint complaint_officer_fkey references account (id) deferrable initially deferred,
    approved_by text
        constraint complaint_approved_by_fkey references account (id) deferrable initially deferred,
    reason text,
    answer text not null,
    submitted_at bigint not null,
    moved_at bigint not null,
    -- Assisted recovery, accepted: from then on a new password may be chosen.
    opens_at bigint,
    -- Optimistic lock: a write names the version it was read at.
    version bigint not null
);
create index complaint_state on complaint (state, submitted_at);
create index complaint_student_number on complaint (student_number);
create index complaint_officer on complaint (officer) where officer is not null;

-- A document that was attached. Its bytes lie with the files, under its id. Without a complaint it
-- belongs to a journey, and goes when that is over.
create table paper (
    id text not null constraint paper_pkey primary key,
    -- No foreign key: the journey may be swept before its documents are.
    journey text not null,
    complaint text
        constraint paper_complaint_fkey references complaint (id) deferrable initially deferred,
    slot text not null,
    media text not null,
    -- Bytes.
    size bigint not null,
    added_at bigint not null
);
create index paper_complaint on paper (complaint) where complaint is not null;
create index paper_stray on paper (added_at) where complaint is null;
