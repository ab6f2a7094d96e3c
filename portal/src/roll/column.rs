//! The columns of a roll. Their names are outer contract: offices' exports are made to them
//! (docs/roll.md).

use miftah_rules::text;

macro_rules! columns {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)*) => {
        /// A column of the roll.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Column { $($(#[$doc])* $variant,)* }

        impl Column {
            /// In the order in which the documentation and the sample roll have them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As the heading says it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

columns! {
    StudentNumber => "student_number",
    /// `cin`, `passport`, `residence_card`.
    NationalIdKind => "national_id_kind",
    NationalId => "national_id",
    LastNameAr => "last_name_ar",
    FirstNameAr => "first_name_ar",
    LastNameLatin => "last_name_latin",
    FirstNameLatin => "first_name_latin",
    BirthDate => "birth_date",
    /// May be empty.
    Email => "email",
    /// May be empty.
    Phone => "phone",
    Programme => "programme",
    /// May be empty.
    Year => "year",
    /// A word of the office's; the profile says which of them may open an account.
    Status => "status",
}

impl Column {
    /// The column that a heading means. Case, spaces and dashes do not matter: `Student Number` is
    /// `student_number`.
    pub fn from_heading(raw: &str) -> Option<Self> {
        let name: String = text::tidy(raw)
            .chars()
            .map(|c| {
                if c == ' ' || text::is_dash(c) {
                    '_'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        Self::ALL
            .iter()
            .copied()
            .find(|column| column.name() == name)
    }
}
