//! The report on a loaded roll, in the office's language: how the file was read, every refused line
//! with its number, its column, why, and what to do; then what became of the file.

use std::fmt::Write as _;
use std::path::Path;

use miftah_messages::{Text, Texts};
use miftah_portal::roll::{Column, HeadingFault, Outcome, Reason, Refusal, Report, Trial};
use miftah_rules::Lang;
use miftah_rules::date::DateError;
use miftah_rules::email::EmailError;
use miftah_rules::pattern::{Expected, ShapeError};
use miftah_rules::person_name::Script;
use miftah_rules::phone::PhoneError;
use miftah_rules::profile::Institution;

use super::How;
use super::table::FileFault;

/// The words of one language for one institution's office.
#[derive(Debug)]
pub struct Words<'a> {
    texts: Texts,
    institution: &'a Institution,
}

impl<'a> Words<'a> {
    pub const fn new(lang: Lang, institution: &'a Institution) -> Self {
        Self {
            texts: Texts::new(lang),
            institution,
        }
    }

    /// Why no file can be loaded where accounts are open to everybody.
    pub fn no_roll(&self) -> String {
        self.say(&self.texts.roll_no_roll())
    }

    /// How the file was read, and what of it was not.
    pub fn how(&self, how: &How) -> String {
        let t = &self.texts;
        let mut lines = vec![t.roll_read_as(how.encoding.name(), &shown(how.separator))];
        if !how.unread.is_empty() {
            lines.push(t.roll_not_read(&how.unread.join(", ")));
        }
        if !how.lacking.is_empty() {
            lines.push(t.roll_lacking(&self.names(&how.lacking)));
        }
        self.lines(&lines) + "\n"
    }

    /// One refused line: where, why, what to do.
    pub fn refused_line(&self, refusal: &Refusal) -> String {
        let t = &self.texts;
        let line = refusal.line.to_string();
        let place = match refusal.column {
            Some(column) => t.roll_at_cell(&line, column.name_in(self.institution)),
            None => t.roll_at_line(&line),
        };
        let (reason, remedy) = self.refusal(refusal);
        let (place, reason, remedy) = (self.say(&place), self.say(&reason), self.say(&remedy));
        format!("{place} {reason}\n    {remedy}\n")
    }

    /// Where the refused lines are listed.
    pub fn see(&self, report: &Path) -> String {
        self.lines(&[self.texts.roll_see_report(&report.display().to_string())])
    }

    /// Another import is under way.
    pub fn busy(&self) -> String {
        let t = &self.texts;
        self.lines(&[t.roll_busy(), t.roll_busy_remedy()])
    }

    /// Counts, then what was done: the last line says it.
    pub fn summary(&self, report: &Report) -> String {
        let (t, mut out) = (&self.texts, String::new());
        let mut say = |text: &Text| {
            let _ = writeln!(out, "{}", self.say(text));
        };
        say(&t.roll_count_read(&report.read.to_string()));
        say(&t.roll_count_added(&report.counts.added.to_string()));
        say(&t.roll_count_updated(&report.counts.updated.to_string()));
        say(&t.roll_count_unchanged(&report.counts.unchanged.to_string()));
        if report.repeated > 0 {
            say(&t.roll_count_repeated(&report.repeated.to_string()));
        }
        say(&t.roll_count_refused(&report.refused.to_string()));
        for (status, n) in &report.statuses {
            let n = n.to_string();
            if self.institution.registration.eligible.contains(status) {
                say(&t.roll_status_eligible(status, &n));
            } else {
                say(&t.roll_status_other(status, &n));
            }
        }
        say(&self.outcome(report));
        out
    }

    /// Why a file could not be read as a roll, and what to do.
    pub fn file_fault(&self, file: &Path, fault: &FileFault) -> String {
        let t = &self.texts;
        let mut lines = vec![Text::ltr(&file.display().to_string())];
        match fault {
            FileFault::Unreadable(why) => lines.push(t.roll_file_unreadable(why)),
            FileFault::Empty => lines.extend([t.roll_file_empty(), self.known_headings()]),
            FileFault::Workbook => {
                lines.extend([t.roll_file_workbook(), t.roll_file_encoding_remedy()]);
            }
            FileFault::Binary => {
                lines.extend([t.roll_file_binary(), t.roll_file_encoding_remedy()]);
            }
            FileFault::Encoding { line } => {
                let what = t.roll_file_encoding(&line.to_string());
                lines.extend([what, t.roll_file_encoding_remedy()]);
            }
            FileFault::Endless { line } => {
                let what = t.roll_file_endless(&line.to_string());
                lines.extend([what, t.roll_file_endless_remedy()]);
            }
            FileFault::Heading(fault) => self.heading(fault, &mut lines),
        }
        self.lines(&lines)
    }

    fn lines(&self, lines: &[Text]) -> String {
        let lines: Vec<String> = lines.iter().map(|line| self.say(line)).collect();
        lines.join("\n") + "\n"
    }

    fn heading(&self, fault: &HeadingFault, lines: &mut Vec<Text>) {
        let t = &self.texts;
        if !fault.unknown.is_empty() {
            let what = t.roll_heading_unknown(&fault.unknown.join(", "));
            lines.extend([what, t.roll_heading_unknown_remedy()]);
        }
        if !fault.missing.is_empty() {
            let what = t.roll_heading_missing(&self.names(&fault.missing));
            lines.extend([what, t.roll_heading_missing_remedy()]);
        }
        if !fault.twice.is_empty() {
            let what = t.roll_heading_twice(&self.names(&fault.twice));
            lines.extend([what, t.roll_heading_twice_remedy()]);
        }
        lines.push(self.known_headings());
    }

    fn known_headings(&self) -> Text {
        let columns = Column::ALL.iter().copied();
        let known: Vec<_> = columns.filter(|c| c.is_of(self.institution)).collect();
        self.texts.roll_heading_known(&self.names(&known))
    }

    fn outcome(&self, report: &Report) -> Text {
        let t = &self.texts;
        match (report.outcome, report.trial, report.refused == 0) {
            (Outcome::Loaded, _, true) => t.roll_loaded(),
            (Outcome::Loaded, _, false) => t.roll_loaded_good(),
            (Outcome::WouldLoad, _, true) => t.roll_would_load(),
            (Outcome::WouldLoad, _, false) => t.roll_would_load_good(),
            (Outcome::Nothing, Trial::Load, _) => t.roll_nothing(),
            (Outcome::Nothing, Trial::DryRun, _) => t.roll_would_load_nothing(),
        }
    }

    /// What is wrong, and what to do about it.
    fn refusal(&self, refusal: &Refusal) -> (Text, Text) {
        let t = &self.texts;
        match &refusal.reason {
            Reason::Missing => (t.roll_missing(), t.roll_missing_remedy()),
            Reason::Cells { found, expected } => {
                let what = t.roll_cells(&found.to_string(), &expected.to_string());
                (what, t.roll_cells_remedy())
            }
            Reason::NotText => (t.roll_not_text(), t.roll_not_text_remedy()),
            Reason::Spans { to } => (t.roll_spans(&to.to_string()), t.roll_spans_remedy()),
            Reason::Number(error) => {
                let example = self.example(refusal.column);
                (self.shape(error), t.roll_number_remedy(&example))
            }
            Reason::Kind { found } => (t.roll_kind(found), t.roll_kind_remedy(&self.kinds())),
            Reason::Date(error) => (self.date(*error), t.roll_date_remedy()),
            Reason::Age => (t.roll_date_age(), t.roll_date_remedy()),
            Reason::Email(error) => (self.email(*error), t.roll_email_remedy()),
            Reason::Phone(error) => {
                let example = &self.institution.phone.example;
                (self.phone(*error), t.roll_phone_remedy(example))
            }
            Reason::Script(Script::Arabic) => (t.roll_script_arabic(), t.roll_script_remedy()),
            Reason::Script(Script::Latin) => (t.roll_script_latin(), t.roll_script_remedy()),
            Reason::Character(found) => {
                (t.roll_character(&shown(*found)), t.roll_character_remedy())
            }
            Reason::TooLong { max } => (
                t.roll_text_long(&max.to_string()),
                t.roll_text_long_remedy(),
            ),
            Reason::Status => {
                let known = self.institution.registration.eligible.join(", ");
                (t.roll_status(), t.roll_status_remedy(&known))
            }
            Reason::NumberTwice { lines } => (
                t.roll_number_twice(&numbers(lines)),
                t.roll_number_twice_remedy(),
            ),
            Reason::NationalIdTwice { lines } => (
                t.roll_document_twice(&numbers(lines)),
                t.roll_document_remedy(),
            ),
            Reason::NationalIdOnRoll { number } => {
                (t.roll_document_on_roll(number), t.roll_document_remedy())
            }
        }
    }

    fn shape(&self, error: &ShapeError) -> Text {
        let t = &self.texts;
        match error {
            ShapeError::Empty => t.roll_missing(),
            ShapeError::NoMailbox => t.roll_mailbox(),
            ShapeError::TooShort { min } => t.roll_short(&min.to_string()),
            ShapeError::TooLong { max } => t.roll_long(&max.to_string()),
            ShapeError::Unexpected {
                at,
                found,
                expected,
            } => {
                let (at, found) = (at.to_string(), shown(*found));
                match expected {
                    Expected::Letter => t.roll_letter_wanted(&at, &found),
                    Expected::Digit => t.roll_digit_wanted(&at, &found),
                    Expected::NonZeroDigit => t.roll_nonzero_wanted(&at, &found),
                    Expected::LetterOrDigit => t.roll_either_wanted(&at, &found),
                    Expected::Exactly(c) => t.roll_sign_wanted(&at, &found, &shown(*c)),
                }
            }
        }
    }

    fn date(&self, error: DateError) -> Text {
        let t = &self.texts;
        match error {
            DateError::Empty => t.roll_missing(),
            DateError::NotADate => t.roll_date(),
            DateError::TwoDigitYear => t.roll_date_short_year(),
            DateError::NoSuchDay => t.roll_date_no_such_day(),
            DateError::YearOutOfRange => t.roll_date_year(),
        }
    }

    fn email(&self, error: EmailError) -> Text {
        let t = &self.texts;
        match error {
            EmailError::NoAt => t.roll_email_no_at(),
            EmailError::ManyAts => t.roll_email_many_at(),
            EmailError::NotAscii(found) | EmailError::UnexpectedCharacter(found) => {
                t.roll_email_character(&shown(found))
            }
            EmailError::Empty
            | EmailError::LocalLength
            | EmailError::TooLong
            | EmailError::DomainWithoutDot
            | EmailError::Dots => t.roll_email(),
        }
    }

    fn phone(&self, error: PhoneError) -> Text {
        let t = &self.texts;
        match error {
            PhoneError::Empty => t.roll_missing(),
            PhoneError::UnexpectedCharacter(found) => t.roll_phone_character(&shown(found)),
            PhoneError::TooShort { digits } => t.roll_phone_short(&digits.to_string()),
            PhoneError::TooLong { digits } => t.roll_phone_long(&digits.to_string()),
            PhoneError::NotMobile => t.roll_phone_fixed(),
            PhoneError::OtherCountry => t.roll_phone_abroad(),
        }
    }

    /// How a number of this column looks; documents of each kind.
    fn example(&self, column: Option<Column>) -> String {
        let identifiers = &self.institution.identifiers;
        match (column, &identifiers.pension_number) {
            (Some(Column::Number), _) => return identifiers.number.example.clone(),
            (Some(Column::PensionNumber), Some(pension)) => return pension.example.clone(),
            _ => {}
        }
        let each = identifiers.national_ids.iter();
        let examples: Vec<&str> = each.map(|document| document.example.as_str()).collect();
        examples.join(", ")
    }

    fn kinds(&self) -> String {
        let each = self.institution.identifiers.national_ids.iter();
        let names: Vec<&str> = each.map(|document| document.kind.name()).collect();
        names.join(", ")
    }

    fn names(&self, columns: &[Column]) -> String {
        let names = columns
            .iter()
            .map(|column| column.name_in(self.institution));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Right-to-left text keeps its isolates; the others need none on a terminal.
    fn say(&self, text: &Text) -> String {
        match self.texts.lang() {
            Lang::Ar => text.plain(),
            Lang::Fr | Lang::En => text.bare(),
        }
    }
}

fn numbers(lines: &[u64]) -> String {
    let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
    lines.join(", ")
}

/// A character as it can be seen: a tab shows nothing.
fn shown(c: char) -> String {
    if c == '\t' {
        "TAB".to_owned()
    } else {
        c.to_string()
    }
}
