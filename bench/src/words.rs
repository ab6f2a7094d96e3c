//! The command line: `--name value`.

use std::collections::HashMap;
use std::str::FromStr;

use crate::Outcome;

#[derive(Debug)]
pub struct Words(HashMap<String, String>);

impl Words {
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        let words: Vec<String> = words.collect();
        let pairs = words.chunks_exact(2).filter_map(|pair| match pair {
            [name, value] => Some((name.trim_start_matches('-').to_owned(), value.clone())),
            _ => None,
        });
        Self(pairs.collect())
    }

    /// # Errors
    /// It is missing.
    pub fn text(&self, name: &str) -> Outcome<&str> {
        self.maybe(name)
            .ok_or_else(|| format!("--{name} is missing").into())
    }

    pub fn maybe(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// # Errors
    /// It is missing, or nothing of this kind.
    pub fn number<T: FromStr>(&self, name: &str) -> Outcome<T> {
        let text = self.text(name)?;
        text.parse()
            .map_err(|_| format!("--{name}: {text} is no number").into())
    }
}
