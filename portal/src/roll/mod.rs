//! The roll: who may have an account, as the office exports it (A.3, X5).
//!
//! A file's reader (an edge: it knows CSV, encodings, separators) hands lines over one by one to a
//! [`Loading`], which checks each against the institution's rules ([`Sheet`]) and stages it; when the
//! file has ended, the lines are checked against each other and against the roll, and published.
//! Nothing here knows files, and nothing here holds one.
//!
//! Refusals are data ([`Reason`]); their words are in `messages`, area `roll`.

mod clash;
mod column;
mod heading;
mod line;
mod load;
mod refusal;
mod sheet;
#[cfg(test)]
mod tests;

use miftah_rules::date::Date;
use miftah_rules::profile::Institution;

pub use column::{Column, Names};
pub use heading::{Heading, HeadingFault};
pub use load::{Keep, Loading, Outcome, Report, Told, Trial};
pub use refusal::{Reason, Refusal};
pub use sheet::{Cell, Sheet, Taken, good_line};

use crate::pen::Pen;
use crate::portal::Portal;
use crate::ports::{Clock, Random};

/// What reading a roll needs: less than a [`Portal`], so that a roll can be loaded where no portal
/// runs.
#[derive(Clone, Copy)]
pub struct Registry<'a> {
    pub clock: &'a dyn Clock,
    pub random: &'a dyn Random,
    pub institution: &'a Institution,
}

impl std::fmt::Debug for Registry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry")
            .field("institution", &self.institution.id)
            .finish_non_exhaustive()
    }
}

impl<'a> From<&'a Portal> for Registry<'a> {
    fn from(portal: &'a Portal) -> Self {
        Self {
            clock: portal.clock.as_ref(),
            random: portal.random.as_ref(),
            institution: &portal.institution,
        }
    }
}

impl<'a> Registry<'a> {
    /// What writing letters and acts needs of it.
    pub(crate) fn pen(self) -> Pen<'a> {
        Pen {
            clock: self.clock,
            random: self.random,
        }
    }

    /// The institution's own day; nothing when the clock stands outside the years of the product.
    fn today(&self) -> Option<Date> {
        Date::at(self.clock.now().0, self.institution.utc_offset_minutes)
    }
}
