//! The code step, shared by every journey that proves an address (norm 3).

use miftah_rules::code::{self, CodeForm};
use miftah_rules::form::Posted;
use miftah_rules::view::{Channel, CodeView, Delivery};
use miftah_rules::{Detail, Field, Lang, Problem, ProblemAt};
use serde::{Deserialize, Serialize};

use crate::budget::Budget;
use crate::fault::Fallible;
use crate::id::JourneyId;
use crate::letter::{Address, Body, Purpose, Reality};
use crate::model::{Account, Standing};
use crate::moment::moment;
use crate::network::NETWORK;
use crate::portal::Portal;
use crate::ports::{About, Millis};
use crate::store::Write;
use crate::throttle::{Limit, MEMORY_HOURS};
use crate::visitor::Visitor;

/// Minutes a typed code is valid (norm 3).
pub const CODE_MINUTES: i64 = 10;
/// Minutes a temporary password is valid: a day by e-mail, as long as a code by SMS (norm 8).
pub const fn temporary_minutes(channel: Channel) -> i64 {
    match channel {
        Channel::Email => 24 * 60,
        Channel::Phone => CODE_MINUTES,
    }
}
/// Tries on one code (norm 3).
pub const CODE_TRIES: u32 = 5;
/// Seconds before a new code may be asked for (norm 3).
pub const RESEND_SECONDS: i64 = 30;

/// Wrong codes for one address or handle, in whatever journeys: from then on its codes are letters.
/// A million people with one chance each are as many guesses as one person with a million.
const LETTERS_AFTER: i64 = 5;
/// Codes of digits that were on their way before that are still good, but no guesser gets more than
/// ten guesses at one address a day out of journeys begun beforehand.
const WRONG_CODES: Limit = Limit {
    kind: "wrong-codes",
    free: 10,
    first_wait: MEMORY_HOURS * 3600,
    longest_wait: MEMORY_HOURS * 3600,
};

/// A code that was sent, as the journey remembers it: everything but the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub to: Address,
    /// Which code of the journey it is; a new one kills the old.
    pub counter: i64,
    pub sent_at: Millis,
    pub tries: u32,
    pub reality: Reality,
    /// The person asked for another one.
    pub again: bool,
    #[serde(default)]
    pub form: CodeForm,
    /// What this code and wrong tries at it are counted under.
    #[serde(default)]
    pub budget: String,
}

impl Proof {
    /// The code is good for nothing any more.
    pub(crate) const fn burn(&mut self) {
        self.tries = CODE_TRIES;
    }

    pub(crate) const fn is_burnt(&self) -> bool {
        self.tries >= CODE_TRIES
    }
}

/// Whether the person may see where the code went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// They typed it.
    Whole,
    /// They typed it, and unless it is the record's it is a decoy: what became of it is not told.
    Claimed,
    Masked,
    /// Not even the mask: it would tell that an account exists (norm 2).
    Nothing,
}

/// What a typed code turned out to be.
#[derive(Debug)]
pub(crate) struct Checked {
    /// `None` when it was the right one.
    pub(crate) problem: Option<ProblemAt>,
    /// To be committed with the journey.
    pub(crate) writes: Vec<Write>,
}

impl Checked {
    const fn refused(problem: ProblemAt, writes: Vec<Write>) -> Self {
        Self {
            problem: Some(problem),
            writes,
        }
    }
}

/// A letter in a code's place.
#[derive(Clone, Debug)]
pub(crate) struct Instead {
    pub(crate) to: Address,
    pub(crate) lang: Lang,
    pub(crate) body: Body,
}

impl Instead {
    /// What the owner of an address is told when somebody else types it (S0.6).
    pub(crate) fn in_use(owner: &Account) -> Self {
        Self {
            to: Address::email(&owner.email),
            lang: owner.lang,
            body: Body::EmailInUse,
        }
    }
}

/// A code to be sent.
#[derive(Clone, Debug)]
pub(crate) struct NextCode<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) to: Address,
    pub(crate) reality: Reality,
    /// What goes out in the code's place where nobody may have it: a word to the owner of the
    /// address. It meets the same mailbox at the same time, so that what became of the message is
    /// the same to whoever waits (norm 2).
    pub(crate) instead: Option<Instead>,
    pub(crate) budget: Budget<'a>,
    /// The journey's last code, whichever address it went to: a journey never has two codes with
    /// the same number, so one address's code cannot prove another.
    pub(crate) previous: Option<&'a Proof>,
}

impl Portal {
    /// Sends a first or further code. The writes are the letter and the count of codes.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn send_code(
        &self,
        visitor: &Visitor,
        journey: &JourneyId,
        code: NextCode<'_>,
    ) -> Fallible<(Proof, Vec<Write>)> {
        let NextCode {
            purpose,
            to,
            reality,
            instead,
            budget,
            previous,
        } = code;
        let counter = previous.map_or(1, |p| p.counter.saturating_add(1));
        let wrong = self.failures(WRONG_CODES, &[budget.of]).await?;
        let form = if wrong < LETTERS_AFTER && purpose != Purpose::TemporaryPassword {
            CodeForm::Digits
        } else {
            CodeForm::Letters
        };
        let code = (journey, counter);
        let letter = match instead {
            Some(Instead { to, lang, body }) => {
                self.code_letter(&to, lang, &body, code, Reality::Real)?
            }
            None => {
                let body = Body::Code { purpose, form };
                self.code_letter(&to, visitor.lang, &body, code, reality)?
            }
        };
        let count = self.count_code(visitor, budget, &to);
        let proof = Proof {
            to,
            counter,
            sent_at: self.clock.now(),
            tries: 0,
            reality,
            again: previous.is_some(),
            form,
            budget: budget.of.to_owned(),
        };
        let mut writes = vec![letter];
        writes.extend(count);
        Ok((proof, writes))
    }

    /// Whether the code was typed. Counts the try and uses up a right code; the caller stores the
    /// proof and commits the writes with it.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn check_code(
        &self,
        visitor: &Visitor,
        journey: &JourneyId,
        proof: &mut Proof,
        posted: &Posted,
    ) -> Fallible<Checked> {
        let refuse = |problem: Problem| Ok(Checked::refused(problem.at(Field::Code), vec![]));
        // What cannot be a code is a wrong one.
        let typed = match code::read(posted.value(Field::Code)) {
            Err(Problem::Missing) => return refuse(Problem::Missing),
            typed => typed.unwrap_or_default(),
        };
        let lives = proof.sent_at.is_recent(self.clock.now(), CODE_MINUTES * 60);
        if !lives || proof.is_burnt() {
            return refuse(Problem::CodeExpired);
        }
        let mut writes = vec![];
        if proof.form == CodeForm::Digits {
            if self
                .held_back(WRONG_CODES, &[&proof.budget])
                .await?
                .is_some()
            {
                return refuse(Problem::CodeExpired);
            }
            writes.push(self.within(WRONG_CODES, &[&proof.budget]));
        }
        proof.tries += 1;
        let (id, counter) = (journey.as_str(), proof.counter);
        let matches = self.key.code_matches(id, counter, proof.form, &typed);
        if matches && proof.reality == Reality::Real {
            // Used up, whatever way leads back to this step.
            proof.burn();
            return Ok(Checked {
                problem: None,
                writes,
            });
        }
        writes.push(self.count_failure(WRONG_CODES, &[&proof.budget]));
        writes.push(self.pour(NETWORK, &visitor.network));
        let problem = match CODE_TRIES - proof.tries {
            0 => Problem::CodeExpired.at(Field::Code),
            left => Problem::CodeWrong
                .at(Field::Code)
                .with(Detail::TriesLeft(left)),
        };
        Ok(Checked::refused(problem, writes))
    }

    /// Whether a code is on its way to this address that has just left: it will do, the person only
    /// looked back.
    pub(crate) fn is_on_its_way(&self, last: Option<&Proof>, to: &Address) -> bool {
        last.is_some_and(|last| last.to == *to && !last.is_burnt() && self.resend_in(last) > 0)
    }

    /// Seconds until a new code may be asked for; 0 when now.
    pub(crate) fn resend_in(&self, proof: &Proof) -> u64 {
        let now = self.clock.now();
        match proof.sent_at.is_ahead(now) {
            true => 0,
            false => now.seconds_until(proof.sent_at.plus_seconds(RESEND_SECONDS)),
        }
    }

    /// The code step as the page shows it.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn code_view(
        &self,
        journey: &JourneyId,
        proof: Option<&Proof>,
        sight: Sight,
    ) -> Fallible<Option<CodeView>> {
        let Some(proof) = proof else { return Ok(None) };
        Ok(Some(CodeView {
            sent_to: match sight {
                Sight::Whole | Sight::Claimed => Some(unbroken(&shown(&proof.to))),
                Sight::Masked => Some(unbroken(&masked(&proof.to))),
                Sight::Nothing => None,
            },
            channel: proof.to.channel,
            resend_in: self.resend_in(proof),
            minutes: CODE_MINUTES.unsigned_abs(),
            sent_again: proof.again,
            form: proof.form,
            delivery: match sight {
                Sight::Whole | Sight::Masked => self.delivery(journey, proof).await?,
                Sight::Claimed | Sight::Nothing => None,
            },
        }))
    }

    /// What became of the letter. Asked only where some letter goes out whoever the address belongs to:
    /// a decoy meets no mailbox, and would be told apart by it (norm 2).
    async fn delivery(&self, journey: &JourneyId, proof: &Proof) -> Fallible<Option<Delivery>> {
        let met = self.store.code_letter(journey, proof.counter).await?;
        Ok(met.map(|met| match met {
            Standing::Waiting => Delivery::Waiting,
            Standing::Sent(at) => Delivery::HandedOver(moment(self, at)),
            Standing::Expired => Delivery::Expired,
            Standing::Delayed(_, About::Full) | Standing::Parked(About::Full) => {
                Delivery::MailboxFull
            }
            Standing::Delayed(next, _) => Delivery::Delayed(moment(self, next)),
            Standing::Parked(About::Mailbox) => Delivery::NoMailbox,
            Standing::Parked(About::Other) => Delivery::Refused,
        }))
    }
}

fn shown(address: &Address) -> String {
    match address.channel {
        Channel::Email => address.to.clone(),
        Channel::Phone => miftah_rules::phone::Phone::try_from(address.to.clone())
            .map_or_else(|_| address.to.clone(), |phone| phone.spaced()),
    }
}

/// A spaced phone number that stays on one line: broken, its halves stand in the wrong order
/// beside right-to-left text.
pub(crate) fn unbroken(number: &str) -> String {
    number.replace(' ', "\u{a0}")
}

/// An address with most of it hidden; an unreadable one is hidden whole.
pub(crate) fn masked(address: &Address) -> String {
    match address.channel {
        Channel::Email => miftah_rules::email::Email::parse(&address.to)
            .map_or_else(|_| "•••".into(), |e| e.mask()),
        Channel::Phone => miftah_rules::phone::Phone::try_from(address.to.clone())
            .map_or_else(|_| "•••".into(), |phone| phone.mask()),
    }
}
