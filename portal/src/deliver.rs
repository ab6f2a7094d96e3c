//! The worker's verb: due letters are taken, composed, handed over, and what became of them is
//! recorded (idea 5).
//!
//! A letter is recorded as sent only after the next server has taken it, so none is lost; its
//! Message-ID is its id, so a repetition after a crash in between can be recognised. Decoys go
//! through the same work and are not handed over (norm 2).

use std::fmt;
use std::sync::Arc;

use miftah_rules::complaint::ComplaintState;
use miftah_rules::view::Channel;
use serde::Deserialize as _;
use serde_json::Value;

use crate::compose::NotComposed;
use crate::fault::{Fallible, Fault};
use crate::journey::OVER;
use crate::letter::{Address, Body, Purpose};
use crate::model::Letter;
use crate::portal::Portal;
use crate::ports::{Mail, Millis, Refusal, Rendered, SendError, Sms};
use crate::proof::{CODE_MINUTES, Proof, masked, temporary_minutes};

/// Letters of one channel that are handed over beside each other at most.
pub const BATCH: usize = 8;
/// How long a worker has a letter for itself. Longer than handing it over ever takes.
pub const LEASE_MS: i64 = 5 * 60_000;
/// Minutes until the next try, by the number of tries made; the last one repeats.
const DELAYS: [i64; 6] = [1, 5, 15, 60, 4 * 60, 8 * 60];
/// Tries after which a letter that was never accepted is parked: the last one comes just before
/// three days are over. Tries and not a date: a released letter has all of them before it again, and
/// one that waited while no worker ran has lost none.
const TRIES: i64 = 14;
/// Tries at recording that a letter was sent: one that is not recorded is sent again.
const RECORD_TRIES: u32 = 3;

/// The ways out.
#[derive(Clone)]
pub struct Carriers {
    pub mail: Arc<dyn Mail>,
    pub sms: Arc<dyn Sms>,
}

impl fmt::Debug for Carriers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Carriers").finish_non_exhaustive()
    }
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The next server has it.
    Sent,
    /// Was never meant to go out.
    Decoy,
    /// Its code would not work any more.
    Stale,
    /// Refused for now; due again then.
    Delayed(Millis),
    /// Refused for good, or for too long; kept for the office.
    Parked,
}

impl Fate {
    const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Decoy => "decoy",
            Self::Stale => "stale",
            Self::Delayed(_) => "delayed",
            Self::Parked => "parked",
        }
    }
}

/// Takes the letters of a channel that are due, oldest first, at most `limit`. They are the caller's
/// for [`LEASE_MS`].
///
/// # Errors
/// Only when the store fails.
pub async fn take_due(portal: &Portal, channel: Channel, limit: usize) -> Fallible<Vec<Letter>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(portal
        .store
        .take_letters(channel, portal.clock.now(), LEASE_MS, limit)
        .await?)
}

/// Delivers one letter that was taken, and records what became of it.
///
/// # Errors
/// Only when the store fails; the letter comes back when its lease is over.
pub async fn deliver(portal: &Portal, carriers: &Carriers, letter: &Letter) -> Fallible<Fate> {
    let stale = is_stale(portal, letter).await?;
    let fate = match portal.compose(letter).await {
        Ok(rendered) if !stale && !letter.decoy => {
            hand_over(portal, carriers, letter, &rendered).await?
        }
        Ok(_) if letter.decoy => {
            record_sent(portal, letter).await?;
            Fate::Decoy
        }
        Ok(_) => {
            let now = portal.clock.now();
            portal.store.letter_expired(&letter.id, now).await?;
            Fate::Stale
        }
        Err(NotComposed::Never(why)) => park(portal, letter, why.into()).await?,
        Err(NotComposed::Fault(fault)) => return Err(fault),
    };
    tracing::info!(
        letter = letter.id.as_str(),
        kind = letter.kind,
        outcome = fate.name(),
        "letter"
    );
    Ok(fate)
}

async fn hand_over(
    portal: &Portal,
    carriers: &Carriers,
    letter: &Letter,
    rendered: &Rendered,
) -> Fallible<Fate> {
    let sent = match letter.channel {
        Channel::Email => carriers.mail.send(rendered).await,
        Channel::Phone => carriers.sms.send(rendered).await,
    };
    match sent {
        Ok(()) => {
            record_sent(portal, letter).await?;
            Ok(Fate::Sent)
        }
        Err(SendError::Later(why)) => delay(portal, letter, why).await,
        Err(SendError::Never(why)) => park(portal, letter, why).await,
    }
}

async fn record_sent(portal: &Portal, letter: &Letter) -> Fallible<()> {
    let mut tries = 1;
    loop {
        match portal
            .store
            .letter_sent(&letter.id, portal.clock.now())
            .await
        {
            Ok(()) => return Ok(()),
            Err(error) if tries >= RECORD_TRIES => return Err(error.into()),
            Err(_) => tries += 1,
        }
    }
}

async fn delay(portal: &Portal, letter: &Letter, why: Refusal) -> Fallible<Fate> {
    if letter.attempts >= TRIES {
        return park(portal, letter, why).await;
    }
    let next = portal
        .clock
        .now()
        .plus_minutes(minutes_to_wait(letter.attempts));
    let why = without_address(why, letter);
    tracing::warn!(
        letter = letter.id.as_str(),
        to = shown(letter),
        why = why.said,
        "letter refused for now"
    );
    portal.store.letter_delayed(&letter.id, next, &why).await?;
    Ok(Fate::Delayed(next))
}

async fn park(portal: &Portal, letter: &Letter, why: Refusal) -> Fallible<Fate> {
    let why = without_address(why, letter);
    tracing::warn!(
        letter = letter.id.as_str(),
        to = shown(letter),
        why = why.said,
        "letter parked"
    );
    portal
        .store
        .letter_parked(&letter.id, portal.clock.now(), &why)
        .await?;
    Ok(Fate::Parked)
}

/// Minutes after try number `attempts`, counted from 1.
fn minutes_to_wait(attempts: i64) -> i64 {
    let made = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    DELAYS.get(made).or(DELAYS.last()).copied().unwrap_or(1)
}

/// Whether the letter's code would be refused: too old, followed by a newer one, or of a journey
/// that is over. Asked for decoys too: the same work.
async fn is_stale(portal: &Portal, letter: &Letter) -> Fallible<bool> {
    let Some((journey, counter)) = &letter.journey else {
        return was_stopped(portal, letter).await;
    };
    let row = portal.store.journey(journey).await.map_err(Fault::from)?;
    let now = portal.clock.now();
    if now >= letter.created_at.plus_minutes(minutes_of_code(letter)) {
        return Ok(true);
    }
    let Some(row) = row else { return Ok(true) };
    if row.step == OVER || row.expires_at <= now {
        return Ok(true);
    }
    let data: Value = serde_json::from_str(&row.data).unwrap_or_default();
    Ok(newest_code(&data).is_some_and(|newest| newest > *counter))
}

/// Minutes for which the code in a letter is good.
fn minutes_of_code(letter: &Letter) -> i64 {
    match serde_json::from_str(&letter.params) {
        Ok(Body::Code {
            purpose: Purpose::TemporaryPassword,
            ..
        }) => temporary_minutes(letter.channel),
        _ => CODE_MINUTES,
    }
}

/// Whether a letter waited for the end of a period in which what it tells of was stopped (S0.12).
async fn was_stopped(portal: &Portal, letter: &Letter) -> Fallible<bool> {
    let body = serde_json::from_str(&letter.params);
    let Ok(Body::AssistedReady { complaint, .. }) = body else {
        return Ok(false);
    };
    let complaint = portal.store.complaint(&complaint).await?;
    Ok(complaint.is_none_or(|complaint| complaint.state != ComplaintState::Accepted))
}

/// The highest counter among the codes that a journey remembers, whatever its kind.
fn newest_code(data: &Value) -> Option<i64> {
    match data {
        Value::Object(fields) => {
            let own = Proof::deserialize(data).ok().map(|proof| proof.counter);
            fields.values().filter_map(newest_code).chain(own).max()
        }
        Value::Array(items) => items.iter().filter_map(newest_code).max(),
        _ => None,
    }
}

/// What a server said, without the address that it may have repeated: logs and records name
/// nobody in full.
fn without_address(why: Refusal, letter: &Letter) -> Refusal {
    Refusal {
        said: masked_in(&why.said, letter),
        ..why
    }
}

fn masked_in(why: &str, letter: &Letter) -> String {
    let mut out = String::with_capacity(why.len());
    let (lower, to) = (why.to_ascii_lowercase(), letter.to.to_ascii_lowercase());
    let mut from = 0;
    if !to.is_empty() {
        // ASCII lower case keeps every byte's place.
        for (at, found) in lower.match_indices(&to) {
            out.push_str(why.get(from..at).unwrap_or_default());
            out.push_str(&shown(letter));
            from = at + found.len();
        }
    }
    out.push_str(why.get(from..).unwrap_or_default());
    out
}

fn shown(letter: &Letter) -> String {
    masked(&Address {
        channel: letter.channel,
        to: letter.to.clone(),
    })
}

#[cfg(test)]
mod tests {
    use miftah_rules::code::CodeForm;
    use serde_json::json;

    use super::{masked_in, minutes_to_wait, newest_code};
    use crate::id::LetterId;
    use crate::letter::{Address, Reality};
    use crate::model::Letter;
    use crate::ports::Millis;
    use crate::proof::Proof;

    fn letter(to: &str) -> Letter {
        Letter {
            id: LetterId("l".into()),
            kind: "code".into(),
            channel: miftah_rules::view::Channel::Email,
            to: to.into(),
            lang: miftah_rules::Lang::Ar,
            params: "{}".into(),
            journey: None,
            decoy: false,
            created_at: Millis(0),
            next_at: Millis(0),
            attempts: 1,
        }
    }

    #[test]
    fn delays_grow_from_a_minute_to_eight_hours() {
        let waits: Vec<_> = (0..8).map(minutes_to_wait).collect();
        assert_eq!(waits, [1, 1, 5, 15, 60, 240, 480, 480]);
    }

    #[test]
    fn the_newest_code_is_found_wherever_a_journey_keeps_it() {
        let proof = |counter| {
            let to = Address::email("a@example.ma");
            let sent_at = Millis(5);
            Proof {
                to,
                counter,
                sent_at,
                tries: 0,
                reality: Reality::Real,
                again: false,
                form: CodeForm::Digits,
                budget: String::new(),
            }
        };
        let data = json!({
            "state": { "step": "code", "counter": 9, "proof": proof(2), "done": [proof(1)] },
            "problems": [],
        });
        assert_eq!(newest_code(&data), Some(2));
        assert_eq!(newest_code(&json!({ "state": { "counter": 3 } })), None);
    }

    #[test]
    fn a_servers_words_are_kept_without_the_address() {
        let said = "550 5.1.1 <Amal@Example.ma>: no amal@example.ma here, x";
        let kept = masked_in(said, &letter("amal@example.ma"));
        assert_eq!(kept, "550 5.1.1 <a•••@e•••.ma>: no a•••@e•••.ma here, x");
        assert_eq!(masked_in("451 later", &letter("")), "451 later");
    }
}
