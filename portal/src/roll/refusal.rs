//! Why a line of a roll is refused, as data. The report's words for it are in `messages`.

use miftah_rules::date::DateError;
use miftah_rules::email::EmailError;
use miftah_rules::pattern::ShapeError;
use miftah_rules::person_name::Script;
use miftah_rules::phone::PhoneError;

use super::column::Column;

/// One reason why one line is refused; a line may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line of the file, the heading being line 1.
    pub line: u64,
    /// Nothing where the line as a whole is refused.
    pub column: Option<Column>,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is left once spaces and marks are gone.
    Missing,
    /// The line has more or fewer cells than the heading.
    Cells {
        found: usize,
        expected: usize,
    },
    /// Bytes that are no text in the file's encoding.
    NotText,
    /// The line only ends at line `to` of the file: a quote was opened and not closed, or a cell
    /// holds a line break. Refused, because it may have swallowed other persons.
    Spans {
        to: u64,
    },
    /// Not the shape of this number.
    Number(ShapeError),
    /// No kind of document, or none that the institution takes. Shortened.
    Kind {
        found: String,
    },
    Date(DateError),
    /// A birth date that is still to come, or that makes a person of fewer than 10 or more than
    /// 110 years.
    Age,
    Email(EmailError),
    Phone(PhoneError),
    /// A letter of another script.
    Script(Script),
    /// A character that has no place there: digits in a name, the sign that begins a formula.
    Character(char),
    /// More than `max` characters.
    TooLong {
        max: usize,
    },
    /// Not one word of Latin letters.
    Status,
    /// Other lines have this student number; none of them is taken.
    NumberTwice {
        lines: Vec<u64>,
    },
    /// Other lines have this national id under other student numbers; none of them is taken.
    NationalIdTwice {
        lines: Vec<u64>,
    },
    /// The roll has this national id under this other student number.
    NationalIdOnRoll {
        number: String,
    },
}
