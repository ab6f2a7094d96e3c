//! The columns of a roll. Their names are outer contract: offices' exports are made to them
//! (docs/roll.md).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use miftah_rules::Field;
use miftah_rules::name_key::name_key;
use miftah_rules::profile::Institution;

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
    /// The number that the profile names.
    Number => "number",
    /// `cin`, `passport`, `residence_card`. Where there is no such column, the number's shape says it.
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
    /// Of whoever is retired; may be empty.
    PensionNumber => "pension_number",
    /// The second and third parts of a name in four.
    FatherNameAr => "father_name_ar",
    GrandfatherNameAr => "grandfather_name_ar",
    /// The last day on which the document is valid.
    DocumentExpires => "document_expires",
}

/// What offices call their columns, in the files they export.
#[derive(Debug, Default)]
pub struct Names {
    columns: BTreeMap<String, Column>,
    /// Without which there is no roll.
    needed: Vec<Column>,
}

impl Names {
    /// The names that are known everywhere.
    pub fn known() -> Self {
        static KNOWN: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
            serde_json::from_str(include_str!("headings.json")).unwrap_or_default()
        });
        let mut names = Self::default();
        let all = Column::ALL.iter().copied();
        names.needed = all.filter(|column| !column.may_lack()).collect();
        for column in Column::ALL {
            names.add(column.name(), *column);
            for name in KNOWN.get(column.name()).into_iter().flatten() {
                names.add(name, *column);
            }
        }
        names
    }

    /// Those of the columns that the institution has: the others are read by nobody.
    #[must_use]
    pub fn of(&self, institution: &Institution) -> Self {
        let known = self
            .columns
            .iter()
            .map(|(key, column)| match column {
                // The document's number is the one people stand under.
                Column::NationalId if institution.is_by_document() => (key, Column::Number),
                column => (key, *column),
            })
            .filter(|(_, column)| column.is_of(institution));
        let all = Column::ALL.iter().copied();
        Self {
            columns: known.map(|(key, column)| (key.clone(), column)).collect(),
            needed: all
                .filter(|column| column.is_of(institution) && column.is_needed_where_named())
                .collect(),
        }
    }

    /// The columns without which there is no roll.
    pub(super) fn needed(&self) -> &[Column] {
        &self.needed
    }

    /// One more name; a known one then means this column.
    pub fn add(&mut self, name: &str, column: Column) {
        self.columns.insert(key(name), column);
    }

    /// The column that a heading means. Case, accents, spaces, dashes and marks do not matter.
    pub fn column(&self, heading: &str) -> Option<Column> {
        self.columns.get(&key(heading)).copied()
    }
}

fn key(heading: &str) -> String {
    name_key(heading).as_str().to_owned()
}

impl Column {
    /// Those of [`Field::FURTHER`].
    pub(super) const FURTHER: [Self; 3] = [
        Self::FatherNameAr,
        Self::GrandfatherNameAr,
        Self::DocumentExpires,
    ];

    /// Whether the institution's rolls have it at all.
    pub fn is_of(self, institution: &Institution) -> bool {
        let identifiers = &institution.identifiers;
        match self {
            Self::NationalId => !institution.is_by_document(),
            Self::FatherNameAr => identifiers.further.contains(&Field::FatherNameAr),
            Self::GrandfatherNameAr => identifiers.further.contains(&Field::GrandfatherNameAr),
            Self::DocumentExpires => identifiers.further.contains(&Field::DocumentExpires),
            Self::PensionNumber => institution.identifiers.pension_number.is_some(),
            _ => true,
        }
    }

    /// As the institution's own offices know it: its number has a name there.
    pub const fn name_in(self, institution: &Institution) -> &'static str {
        match self {
            Self::Number => institution.number_field().name(),
            column => column.name(),
        }
    }

    /// Whether a roll has it wherever the profile names it.
    fn is_needed_where_named(self) -> bool {
        !self.may_lack() || Self::FURTHER.contains(&self)
    }

    /// Whether a roll can do without it.
    pub const fn may_lack(self) -> bool {
        matches!(
            self,
            Self::NationalIdKind
                | Self::PensionNumber
                | Self::Email
                | Self::Phone
                | Self::Year
                | Self::FatherNameAr
                | Self::GrandfatherNameAr
                | Self::DocumentExpires
        )
    }

    /// By the name that documentation and report use.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|column| column.name() == name)
            .or_else(|| {
                let is_number = |field: &Field| field.name() == name;
                Field::NUMBERS.iter().any(is_number).then_some(Self::Number)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_read_and_mean_one_column_each() {
        let known: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("headings.json")).unwrap();
        let mut seen = BTreeMap::new();
        for (column, names) in &known {
            assert!(Column::from_name(column).is_some(), "{column}");
            for name in names {
                assert!(!key(name).is_empty(), "{name}");
                let before = seen.insert(key(name), column);
                assert!(
                    before.is_none_or(|before| before == column),
                    "{name}: {before:?}"
                );
            }
        }
        assert_eq!(
            Names::known().column("\u{feff} CODE-MASSAR "),
            Some(Column::Number)
        );
    }
}
