//! How many codes may be sent: to one address or for one handle, and on behalf of one person.

use miftah_rules::ProblemAt;

use crate::fault::Fallible;
use crate::portal::Portal;
use crate::store::Write;
use crate::throttle::CODES;
use crate::visitor::Visitor;

/// Whom a code is counted for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget<'a> {
    /// An address, a handle or an account; known or not, it counts alike. Wrong codes count under
    /// it too.
    pub(crate) of: &'a str,
    /// The person or account on whose behalf codes go to addresses that are not theirs yet: nobody's
    /// data is a machine for sending mail to strangers.
    pub(crate) sender: Option<&'a str>,
}

impl<'a> Budget<'a> {
    /// For what is the account's own.
    pub(crate) const fn own(of: &'a str) -> Self {
        Self { of, sender: None }
    }

    fn subjects(self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.of).chain(self.sender)
    }
}

impl Portal {
    /// The problem of too many codes, if it is one.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn codes_held_back(
        &self,
        visitor: &Visitor,
        budget: Budget<'_>,
    ) -> Fallible<Option<ProblemAt>> {
        for subject in budget.subjects() {
            let attempt = self.attempt(CODES, subject, visitor);
            if let Some(wait) = attempt.held_back().await? {
                return Ok(Some(wait));
            }
        }
        Ok(None)
    }

    /// Counts a code that is sent, where it may be sent.
    pub(crate) fn count_code(&self, visitor: &Visitor, budget: Budget<'_>) -> Vec<Write> {
        budget
            .subjects()
            .flat_map(|subject| self.attempt(CODES, subject, visitor).counted())
            .collect()
    }
}
