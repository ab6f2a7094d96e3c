//! How many codes may be sent: to one address or for one handle, on behalf of one person, and by SMS.

use miftah_rules::ProblemAt;
use miftah_rules::view::Channel;

use crate::fault::Fallible;
use crate::letter::Address;
use crate::network::NETWORK;
use crate::portal::Portal;
use crate::store::Write;
use crate::throttle::{CODES, DAY, Limit, too_many};
use crate::visitor::Visitor;

/// Codes by SMS a day for one number, or for the handle or account that leads to it: a number that
/// is not shown must not be told by its count (norm 2).
const SMS_NUMBER: Limit = a_day("sms", 5);
/// Codes by SMS a day to one country: numbers abroad are what toll fraud asks for. At home it is the
/// day on which a whole faculty confirms its phones.
const SMS_COUNTRY: Limit = a_day("sms country", 3000);
/// Codes by SMS a day in all: what a faculty is ready to pay on its worst day.
const SMS_PORTAL: Limit = a_day("sms portal", 4000);
/// Mail a day to addresses that nobody has proved, for whoever writes a complaint: an invented student
/// number must not make the office's mailbox a machine for writing to strangers. A complaint goes on
/// without it. The network it comes from is slowed down before that ([`crate::network`]).
const STRANGERS: Limit = a_day("strangers", 3000);
/// `+` and three digits: the longest country code. Shorter ones count in parts.
const COUNTRY_SIGNS: usize = 4;

/// Counted by the day of the calendar, so that a count ends although it never rests.
const fn a_day(kind: &'static str, free: i64) -> Limit {
    Limit {
        kind,
        free,
        first_wait: DAY,
        longest_wait: DAY,
    }
}

/// Whom a code is counted for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget<'a> {
    /// An address, a handle or an account; known or not, it counts alike. Wrong codes count under
    /// it too.
    pub(crate) of: &'a str,
    pub(crate) sender: Sender<'a>,
}

/// On whose behalf it is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sender<'a> {
    /// To an address of theirs.
    Own,
    /// The person or account that has shown whose data it has: they are no machine for sending mail
    /// to strangers either.
    Known(&'a str),
    /// Somebody who only says a student number.
    Stranger(&'a str),
    /// Somebody who says who they are and opens an account: the code is what they wait for, so the
    /// day's mail to strangers does not hold it back.
    Newcomer(&'a str),
}

impl<'a> Budget<'a> {
    /// For what is the account's own.
    pub(crate) const fn own(of: &'a str) -> Self {
        Self {
            of,
            sender: Sender::Own,
        }
    }

    fn subjects(self) -> impl Iterator<Item = &'a str> {
        let sender = match self.sender {
            Sender::Own => None,
            Sender::Known(who) | Sender::Stranger(who) | Sender::Newcomer(who) => Some(who),
        };
        std::iter::once(self.of).chain(sender)
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
        to: &Address,
    ) -> Fallible<Option<ProblemAt>> {
        for subject in budget.subjects() {
            let mut attempt = self.attempt(CODES, subject, visitor);
            if let Some(wait) = attempt.held_back().await? {
                return Ok(Some(wait));
            }
        }
        let (today, left) = self.today();
        for (limit, of) in day_limits(budget, to) {
            let wait = self.wait(limit, &[of, &today]).await?;
            if wait > 0 {
                alarm(limit);
                return Ok(too_many(wait.min(left)));
            }
        }
        Ok(None)
    }

    /// Counts a code that is sent, where it may be sent. A decoy counts like a real one.
    pub(crate) fn count_code(
        &self,
        visitor: &Visitor,
        budget: Budget<'_>,
        to: &Address,
    ) -> Vec<Write> {
        let mut writes: Vec<Write> = budget
            .subjects()
            .flat_map(|subject| self.attempt(CODES, subject, visitor).counted())
            .collect();
        if matches!(budget.sender, Sender::Stranger(_) | Sender::Newcomer(_)) {
            writes.push(self.pour(NETWORK, &visitor.network));
        }
        let (today, _) = self.today();
        for (limit, of) in day_limits(budget, to) {
            writes.push(self.within(limit, &[of, &today]));
            writes.push(self.count_failure(limit, &[of, &today]));
        }
        writes
    }

    /// Whether the day's mail to addresses that nobody has proved is used up.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn has_mailed_enough_strangers(&self) -> Fallible<bool> {
        let (today, _) = self.today();
        Ok(self.wait(STRANGERS, &["", &today]).await? > 0)
    }

    /// Counts a letter to an address that nobody has proved.
    pub(crate) fn count_stranger(&self, visitor: &Visitor) -> [Write; 2] {
        let (today, _) = self.today();
        [
            self.count_failure(STRANGERS, &["", &today]),
            self.pour(NETWORK, &visitor.network),
        ]
    }

    /// Counts an SMS that goes whatever its count: a warning is not held back, but what it costs is
    /// part of the day's sum.
    pub(crate) fn count_sms(&self, to: &Address) -> Vec<Write> {
        let (today, _) = self.today();
        day_limits(Budget::own(&to.to), to)
            .map(|(limit, of)| self.count_failure(limit, &[of, &today]))
            .collect()
    }

    /// The number of this day, and the seconds it still has.
    fn today(&self) -> (String, u64) {
        let seconds = self.clock.now().0.div_euclid(1000);
        let left = DAY - seconds.rem_euclid(DAY);
        (seconds.div_euclid(DAY).to_string(), left.unsigned_abs())
    }
}

/// What concerns everybody is told to the operator: either it is attacked or it has grown.
fn alarm(limit: Limit) {
    if limit == SMS_COUNTRY || limit == SMS_PORTAL {
        tracing::error!(
            budget = limit.kind,
            most = limit.free,
            "the day's codes by SMS are used up: nobody gets another one before midnight UTC"
        );
    }
}

/// The limits of the day that a code to this address meets, with what each is counted for.
fn day_limits<'a>(budget: Budget<'a>, to: &'a Address) -> impl Iterator<Item = (Limit, &'a str)> {
    let country = to.to.get(..COUNTRY_SIGNS).unwrap_or(&to.to);
    let sms = [
        (SMS_NUMBER, budget.of),
        (SMS_COUNTRY, country),
        (SMS_PORTAL, ""),
    ];
    let strangers = matches!(budget.sender, Sender::Stranger(_)).then_some((STRANGERS, ""));
    sms.into_iter()
        .filter(|_| to.channel == Channel::Phone)
        .chain(strangers)
}
