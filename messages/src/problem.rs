//! The words for a problem: what happened, why, what to do, and where to go next (idea 3).

use miftah_rules::{Detail, Field, ProblemAt};

use crate::fill::fixed;
use crate::{FIELD_PROBLEMS, PROBLEMS, Text, Texts, pages};

/// The words for one problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemText {
    /// Heading of its page.
    pub title: Text,
    pub cause: Text,
    pub remedy: Text,
    /// One short sentence: in the summary and, with the same words, beside the field.
    pub field: Text,
    /// Label of the link or button that leads on.
    pub next: Text,
}

impl Texts {
    /// The codes that have texts, in order, such as `E101`.
    pub fn problem_codes() -> impl Iterator<Item = &'static str> {
        PROBLEMS.iter().map(|(code, _)| *code)
    }

    /// The words for a code; `None` when there is no such code.
    pub fn problem(&self, code: &str) -> Option<ProblemText> {
        let (_, places) = PROBLEMS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(code))?;
        let [title, cause, remedy, field, next] =
            places.map(|place| fixed(pages, self.lang, usize::from(place)));
        Some(ProblemText {
            title,
            cause,
            remedy,
            field,
            next,
        })
    }

    /// The short sentence for a problem at a field: `E105` at the e-mail asks for an e-mail.
    pub fn problem_at_field(&self, code: &str, field: Field) -> Option<Text> {
        let own = FIELD_PROBLEMS
            .iter()
            .find(|(c, name, _)| c.eq_ignore_ascii_case(code) && *name == field.name())
            .map(|(_, _, place)| fixed(pages, self.lang, usize::from(*place)));
        own.or_else(|| self.problem(code).map(|text| text.field))
    }

    /// The words for a problem where it was met.
    pub fn problem_met(&self, met: &ProblemAt) -> Option<ProblemText> {
        let code = met.problem.code();
        let mut text = self.problem(code)?;
        if let Some(field) = met
            .field
            .and_then(|field| self.problem_at_field(code, field))
        {
            text.field = field;
        }
        Some(text)
    }

    /// What a problem's case adds to its words: tries left, time to wait, incident number.
    pub fn problem_detail(&self, detail: &Detail) -> Option<Text> {
        match detail {
            Detail::None => None,
            Detail::TriesLeft(n) => Some(self.problems_fact_tries_left(u64::from(*n))),
            Detail::WaitSeconds(n) if *n < 90 => Some(self.problems_fact_wait_seconds(*n)),
            Detail::WaitSeconds(n) if *n < 90 * 60 => {
                Some(self.problems_fact_wait_minutes(n.div_ceil(60)))
            }
            Detail::WaitSeconds(n) => Some(self.problems_fact_wait_hours(n.div_ceil(3600))),
            Detail::Incident(id) => Some(self.problems_fact_incident(id)),
        }
    }
}
