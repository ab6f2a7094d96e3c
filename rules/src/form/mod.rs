//! Forms: what was posted, and what it means. The same reading runs in the browser while a person
//! types and on the server, where it counts (idea 1).

use crate::field::Field;
use crate::lang::Lang;
use crate::problem::{Problem, ProblemAt};
use crate::profile::Brief;
use crate::view::Typed;

mod attached;
mod read;

pub use attached::Attached;
pub use read::{Handle, read, read_handle};

/// The longest value of a field that is looked at, in characters. Longer ones are cut before
/// anything else happens: nothing a person means is longer.
pub const MAX_VALUE: usize = 300;

/// More fields than any form of ours has.
const MAX_RETRIED: usize = 32;

/// A form as posted: names and values, in order, and the files beside them.
#[derive(Clone, Default)]
pub struct Posted {
    pairs: Vec<(String, String)>,
    files: Vec<(String, Attached)>,
}

/// A posted form holds secrets: its `Debug` names the fields and hides values and files.
impl std::fmt::Debug for Posted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs = self.pairs.iter().map(|(name, _)| name);
        let files = self.files.iter().map(|(name, _)| name);
        f.debug_list().entries(pairs.chain(files)).finish()
    }
}

impl Posted {
    /// A form without files.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self::with_files(pairs, Vec::new())
    }

    /// A form with files, each under the name of its field.
    pub fn with_files(pairs: Vec<(String, String)>, files: Vec<(String, Attached)>) -> Self {
        Self { pairs, files }
    }

    /// The first file posted in a field; `None` where none was chosen.
    pub fn file(&self, field: Field) -> Option<&Attached> {
        self.files
            .iter()
            .find(|(name, _)| name == field.name())
            .map(|(_, file)| file)
            .filter(|file| file.is_chosen())
    }

    /// Everything that is no secret and no longer than anything meant, to be sent again.
    pub fn without_secrets(&self) -> Vec<(String, String)> {
        let is_plain = |name: &str| Field::from_name(name).is_none_or(|field| !field.is_secret());
        self.pairs
            .iter()
            .filter(|(name, value)| is_plain(name) && value.chars().count() <= MAX_VALUE)
            .filter(|(name, _)| name.len() <= MAX_VALUE)
            .take(MAX_RETRIED)
            .cloned()
            .collect()
    }

    /// The first value posted under a name; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// The first value of a field, cut to [`Field::max`] characters unless it is a secret.
    pub fn value(&self, field: Field) -> &str {
        let value = self.text(field.name());
        if field.is_secret() {
            return value;
        }
        value
            .char_indices()
            .nth(field.max())
            .map_or(value, |(end, _)| value.get(..end).unwrap_or(""))
    }

    /// Whether the form has this field, empty or not.
    pub fn has(&self, field: Field) -> bool {
        self.pairs.iter().any(|(name, _)| name == field.name())
    }

    /// Whether a checkbox is ticked.
    pub fn ticked(&self, field: Field) -> bool {
        !self.text(field.name()).is_empty()
    }

    /// The step the form was rendered for, if it says so.
    pub fn step(&self) -> Option<&str> {
        Some(self.text("step")).filter(|step| !step.is_empty())
    }

    /// The language the person switched to in the middle of a form: nothing is submitted, what was
    /// typed is kept (story X1).
    pub fn switch_language(&self) -> Option<Lang> {
        Lang::from_tag(self.text("switch_language"))
    }

    /// The button that was pressed, for forms with more than one.
    pub fn action(&self) -> &str {
        self.text("action")
    }

    /// What was typed in these fields, to be shown again. Secrets are left out.
    pub fn keep(&self, fields: &[Field]) -> Typed {
        fields
            .iter()
            .filter(|field| !field.is_secret())
            .map(|field| (*field, self.value(*field).trim().to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

/// An optional field: empty is fine, anything else must be readable.
///
/// # Errors
/// The field's problem.
pub fn read_optional(
    posted: &Posted,
    field: Field,
    brief: &Brief,
) -> Result<Option<String>, ProblemAt> {
    match read(field, posted.value(field), brief) {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Missing) => Ok(None),
        Err(problem) => Err(problem.at(field)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Attached, MAX_VALUE, Posted};
    use crate::field::Field;

    #[test]
    fn what_is_sent_again_holds_no_secret() {
        let pairs = [
            ("step", "contact".to_owned()),
            ("email", "amal@example.ma".to_owned()),
            ("password", "seven grey herons".to_owned()),
            ("password_again", "seven grey herons".to_owned()),
            ("current_password", "x".to_owned()),
            ("code", "123456".to_owned()),
            ("phone", "6".repeat(MAX_VALUE + 1)),
        ];
        let posted = Posted::new(pairs.map(|(name, value)| (name.to_owned(), value)).into());
        let kept: Vec<_> = posted
            .without_secrets()
            .into_iter()
            .map(|(n, _)| n)
            .collect();
        assert_eq!(kept, ["step", "email"]);
        let many = (0..1000).map(|n| (n.to_string(), String::new())).collect();
        assert_eq!(Posted::new(many).without_secrets().len(), 32);
    }
    fn attached(name: &str, bytes: &[u8], cut: bool) -> Attached {
        Attached {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
            cut,
        }
    }

    #[test]
    fn a_file_is_there_when_one_was_chosen() {
        let field = Field::Handle;
        let with = |file| Posted::with_files(Vec::new(), vec![(field.name().to_owned(), file)]);
        assert_eq!(with(attached("", b"", false)).file(field), None);
        for file in [
            attached("empty.pdf", b"", false),
            attached("", b"%PDF", false),
            attached("large.pdf", b"", true),
            attached("", b"", true),
        ] {
            let posted = with(file.clone());
            assert_eq!(posted.file(field), Some(&file));
            assert_eq!(posted.file(Field::Code), None);
            assert_eq!(posted.text(field.name()), "", "a file is no text");
        }
    }

    #[test]
    fn what_is_logged_of_a_form_are_its_fields() {
        let pairs = vec![("email".to_owned(), "amal@example.ma".to_owned())];
        let file = attached("medical-report.pdf", b"secret", false);
        let alone = format!("{file:?}");
        let posted = Posted::with_files(pairs, vec![("handle".to_owned(), file)]);
        assert_eq!(format!("{posted:?}"), r#"["email", "handle"]"#);
        assert_eq!(alone, "Attached { bytes: 6, cut: false, .. }");
        assert_eq!(posted.without_secrets().len(), 1);
    }
}
