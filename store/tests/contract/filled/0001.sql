-- A database as the program of migration 1 left it: a row in every table, with what people put
-- there. Never changed: such databases are out there.
insert into roll_import (id, seq, file_name, begun_at, heard_at, state, published_at, added, updated,
    unchanged) values
    ('import-0', 1, 'طلبة 2025.csv', 1788249500000, 1788249500000, 'published', 1788249500001, 2, 0, 0),
    ('import-1', 2, 'طلبة 2026.csv', 1788249600000, 1788249600000, 'published', 1788249600001, 0, 1, 1),
    ('import-2', 3, 'طلبة 2027.csv', 1788249700000, 1788249700000, 'staging', null, 0, 0, 0);
update roll set published = 2999999;
insert into person (id, student_number, added_by, added_line) values
    ('person-1', 'R000000001', 1, 2),
    ('person-2', 'R000000002', 1, 3);
insert into record (person, version, national_id_kind, national_id, last_name_ar, first_name_ar,
    last_name_latin, first_name_latin, birth_date, email, phone, programme, year, status) values
    ('person-1', 1000000, 'cin', 'AB1', 'العلوي', 'مريم', 'EL ALAOUI', 'Meryem "Mimi"',
    '2004-02-29', 'meryem1@example.ma', null, 'القانون الخاص', 'S3', 'registered'),
    ('person-2', 1000000, 'cin', 'AB2', 'العلوي', 'مريم', 'EL ALAOUI', 'Meryem',
    '2004-02-29', 'meryem2@example.ma', '+212600000000', 'القانون الخاص', 'S2', 'registered'),
    ('person-2', 2000000, 'cin', 'AB2', 'العلوي', 'مريم', 'EL ALAOUI', 'Meryem "Mimi"',
    '2004-02-29', 'meryem2@example.ma', null, 'القانون الخاص', 'S3', 'registered');
insert into roll_line (seq, line, student_number, national_id, status, digest, refused) values
    (3, 2, 'R000000001', 'AB1', 'registered', 'digest', false);
insert into account (id, person, state, email, email_key, phone, phone_confirmed, password, lang,
    terms_version, created_at, password_changed_at, version) values
    ('account-1', 'person-1', 'active', 'Student1@Example.ma', 'student1@example.ma',
    '+212600000000', true, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 'fr', '2026-09-01',
    1788249600000, 1788249600000, 1),
    ('account-2', 'person-2', 'closed', 'Student2@Example.ma', 'student2@example.ma', null, false,
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 'ar', '2026-09-01', 1788249600000,
    1788249600000, 4);
insert into officer (id, name, role, added_at) values
    ('officer-1', 'أمينة 1', 'registry', 1788249600001);
insert into account (id, officer, state, email, email_key, phone, phone_confirmed, password, lang,
    terms_version, created_at, password_changed_at, version) values
    ('desk-1', 'officer-1', 'active', 'desk1@example.ma', 'desk1@example.ma', null, false, '!', 'ar',
    '2026-09-01', 1788249600000, 1788249600000, 0);
insert into session (id, token_hash, account, started_at, last_seen_at, proved_at, expires_at,
    idle_ms, device) values
    ('session-1', 'token-1', 'account-1', 1788249600000, 1788249600000, 1788249600000,
    1788336000000, 3600000, 'Firefox · Android');
insert into journey (id, browser_hash, account, kind, step, data, created_at, expires_at, version)
    values
    ('journey-1', 'browser-1', 'account-1', 'recover', 'code', '{"typed":{"name":"مريم"}}',
    1788249600000, 1788253200000, 1);
insert into letter (id, state, kind, channel, destination, lang, params, journey, code_counter,
    decoy, created_at, next_at, attempts, sent_at, parked_at, last_error) values
    ('letter-001', 'waiting', 'code', 'email', 'meryem@example.ma', 'ar', '{}', 'journey-1', 1,
    false, 1788249600000, 1788249600000, 0, null, null, null),
    ('letter-002', 'sent', 'account_opened', 'email', 'meryem@example.ma', 'ar', '{}', null, null,
    false, 1788249600000, 1788249600000, 1, 1788249601000, null, null),
    ('letter-003', 'parked', 'email_in_use', 'phone', '+212600000000', 'fr', '{}', null, null,
    true, 1788249600000, 1788249600000, 3, null, 1788249602000, 'no such number');
insert into throttle (key, failures, last_at) values ('k', 3, 1788249600000);
insert into act (subject, seq, kind, happened_at, act_values, salt, digest, hash) values
    ('account:account-1', 1, 'account_opened', 1788249600000, '{}', 'salt', 'digest', 'hash');
