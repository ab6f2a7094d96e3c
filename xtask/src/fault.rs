//! What stops a command: a sentence that says what went wrong and, where there is one, the
//! remedy. A command line needs nothing finer.

use std::fmt;

/// A command cannot go on. The text is shown as it is.
#[derive(Debug)]
pub(crate) struct Fault(String);

/// Outcome of a step of a command.
pub(crate) type Outcome<T = ()> = Result<T, Fault>;

impl Fault {
    /// A fault that says `text`.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Names the thing a failing step was about: `No such file` alone helps nobody.
pub(crate) trait About<T> {
    /// Puts `what` before the fault's own text.
    fn about(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: Into<Fault>> About<T> for Result<T, E> {
    fn about(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Fault(format!("{what}: {}", error.into())))
    }
}
