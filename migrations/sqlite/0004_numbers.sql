-- The number somebody stands under on the roll is a student's, a member's or an employee's; and whoever
-- is retired has another one.

alter table person rename column student_number to number;
alter table roll_line rename column student_number to number;
alter table complaint rename column student_number to number;

-- Normalised; nothing where the roll has none.
alter table record add column pension_number text;
