-- What further data a record has, of those that not every institution asks for: a JSON object, field by
-- field.

alter table record add column further text not null default '{}';
