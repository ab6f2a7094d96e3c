//! The command line: `--name value`, `--name=value` and `--name`, strictly those that a command
//! knows. Small enough to write; a parser crate would be compiled before every first command.

use crate::fault::{Fault, Outcome};

/// The words after a command's name.
#[derive(Debug)]
pub(crate) struct Args(Vec<String>);

impl Args {
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(words.into_iter().collect())
    }

    /// Takes the flag `name` (as `--fresh`); true when it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Takes the option `name` (as `--port`) with its value.
    ///
    /// # Errors
    /// The name stands there without a value.
    pub(crate) fn option(&mut self, name: &str) -> Outcome<Option<String>> {
        let glued = format!("{name}=");
        if let Some(at) = self.0.iter().position(|word| word.starts_with(&glued)) {
            return Ok(Some(self.0.remove(at).split_off(glued.len())));
        }
        let Some(at) = self.0.iter().position(|word| word == name) else {
            return Ok(None);
        };
        self.0.remove(at);
        if self.0.get(at).is_none_or(|word| word.starts_with("--")) {
            return Err(Fault::new(format!("{name} needs a value")));
        }
        Ok(Some(self.0.remove(at)))
    }

    /// As [`Args::option`], read as a number.
    ///
    /// # Errors
    /// There is no value, or it is no number of that kind.
    pub(crate) fn number<T: std::str::FromStr>(&mut self, name: &str) -> Outcome<Option<T>> {
        let Some(text) = self.option(name)? else {
            return Ok(None);
        };
        text.parse()
            .map(Some)
            .map_err(|_| Fault::new(format!("{name}: `{text}` is not such a number")))
    }

    /// Ends reading.
    ///
    /// # Errors
    /// A word is left that the command does not know.
    pub(crate) fn done(self) -> Outcome {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Fault::new(format!(
                "unknown: `{word}` (see `cargo xtask help`)"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags_and_values_in_any_order() {
        let mut args = args("--fresh --port 4000 --only=unit");
        assert_eq!(args.number::<u16>("--port").unwrap(), Some(4000));
        assert_eq!(args.option("--only").unwrap().as_deref(), Some("unit"));
        assert!(args.flag("--fresh"));
        assert!(!args.flag("--release"));
        args.done().unwrap();
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(args("--port").number::<u16>("--port").is_err());
        assert!(args("--port --fresh").option("--port").is_err());
        assert!(args("--port 70000").number::<u16>("--port").is_err());
        assert!(args("--quick").done().is_err());
    }
}
