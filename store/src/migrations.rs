//! The migrations inside the program, as `migrations/*/NNNN_slug.sql` stood when it was built.

/// One step of the schema. Never edited once it is released: a change is a new step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) slug: &'static str,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

macro_rules! migration {
    ($version:literal, $slug:literal, $file:literal) => {
        Migration {
            version: $version,
            slug: $slug,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../../migrations/postgres/", $file)),
        }
    };
}

/// Oldest first, numbered from 1 without gaps.
pub(crate) const MIGRATIONS: &[Migration] = &[
    migration!(1, "accounts", "0001_accounts.sql"),
    migration!(2, "complaints", "0002_complaints.sql"),
    migration!(3, "one_assisted", "0003_one_assisted.sql"),
    migration!(4, "numbers", "0004_numbers.sql"),
    migration!(5, "accounts_from_roll", "0005_accounts_from_roll.sql"),
    migration!(6, "further", "0006_further.sql"),
];
