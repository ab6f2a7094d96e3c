//! "I am not a robot" (S3.3, S4.1): a second's work of the person's own device, or a code that is seen
//! or heard. It slows programs down and proves nothing about anybody; throttles stay as they are.
//!
//! Nothing is stored until it is used: challenges are signed, codes are derived from the turn that the
//! browser holds, and a used one is counted like a failure, so that it does once.

use std::collections::BTreeMap;

use altcha::{
    CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution,
};
use miftah_rules::code::{self, CodeForm};
use miftah_rules::form::Posted;
use miftah_rules::profile::RobotPlace;
use miftah_rules::view::ROBOT_WORK;
use miftah_rules::{Field, Problem, ProblemAt};
use serde_json::Value;

use crate::fault::{Fallible, Fault};
use crate::id::hex;
use crate::portal::Portal;
use crate::ports::{Millis, Random};
use crate::throttle::{DAY, Limit};
use crate::visitor::Visitor;

/// Minutes for which a challenge or a code can be used: a page may be open for a while.
pub const MINUTES: i64 = 30;
/// Once.
const USED: Limit = Limit {
    kind: "robot",
    free: 1,
    first_wait: DAY,
    longest_wait: DAY,
};
/// Iterations of one guess, and the guesses it takes: some 200,000 hashes, a tenth of a second on a
/// computer, one or two on a cheap phone.
const COST: u32 = 1000;
const LEAST_GUESSES: u32 = 150;
const MORE_GUESSES: u32 = 100;
/// Characters of a turn: when it began, in hexadecimal milliseconds, then chance.
const MOMENT: usize = 12;
const TURN: usize = 32;
/// Turns that a browser holds, newest first: two tabs each show a picture.
const TURNS: usize = 2;
/// The button that asks for another picture: nothing is submitted.
pub(crate) const ANOTHER_PICTURE: &str = "another_picture";
/// Longer than any answer.
const MOST: usize = 2000;
const UNTIL: &str = "until";

impl Portal {
    /// A challenge for the person's device, as JSON.
    ///
    /// # Errors
    /// Only when it cannot be made.
    pub fn robot_work(&self) -> Fallible<String> {
        let until = self.clock.now().plus_minutes(MINUTES).0;
        let mut chance = [0];
        self.random.fill(&mut chance);
        let [chance] = chance;
        let challenge = create_challenge(CreateChallengeOptions {
            algorithm: "PBKDF2/SHA-256".to_owned(),
            cost: COST,
            counter: Some(LEAST_GUESSES + u32::from(chance) % MORE_GUESSES),
            data: Some(BTreeMap::from([(UNTIL.to_owned(), Value::from(until))])),
            hmac_signature_secret: Some(self.key.robot_secret("challenge")),
            hmac_key_signature_secret: Some(self.key.robot_secret("solution")),
            ..CreateChallengeOptions::default()
        })
        .map_err(|error| Fault::Broken(error.to_string()))?;
        Ok(serde_json::to_string(&challenge)?)
    }

    /// A turn at the picture: what the browser remembers from now on, beside the one before.
    pub fn robot_turn(&self, held: Option<&str>) -> String {
        let mut turn = moment(self.clock.now());
        turn.push_str(&random(self.random.as_ref()));
        if let Some(last) = held.and_then(|held| turns(held).next()) {
            turn.push_str(last);
        }
        turn
    }

    /// The digits that a browser's newest turn shows or says; nothing where it is over or none.
    pub fn robot_digits(&self, held: &str) -> Option<String> {
        let turn = turns(held).next()?;
        is_recent(turn, self.clock.now()).then(|| self.digits_of(turn))
    }

    fn digits_of(&self, turn: &str) -> String {
        self.key.code(&format!("robot {turn}"), 0, CodeForm::Digits)
    }

    /// What a page asks of somebody who did or did not fail before: another picture each time it is
    /// shown, and always the same one where nothing was posted yet, because that page is kept.
    pub(crate) fn robot_asked(&self, at: RobotPlace, has_failed: bool, fresh: bool) -> Option<i64> {
        let asks = self.institution.robot.asks(at, has_failed);
        asks.then(|| if fresh { 0 } else { self.clock.now().0 })
    }

    /// The problem of whoever has shown nothing, where a page asks for it. What shows it is used up.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn robot(
        &self,
        at: RobotPlace,
        has_failed: bool,
        visitor: &Visitor,
        posted: &Posted,
    ) -> Fallible<Option<ProblemAt>> {
        if !self.institution.robot.asks(at, has_failed) {
            return Ok(None);
        }
        let shown = self.worked(posted).or_else(|| self.saw(visitor, posted));
        let refused = Problem::RobotSuspected.at(Field::RobotCode);
        let Some(shown) = shown else {
            return Ok(Some(refused));
        };
        if self.wait(USED, &[&shown]).await? > 0 {
            return Ok(Some(refused));
        }
        let used = vec![
            self.within(USED, &[&shown]),
            self.count_failure(USED, &[&shown]),
        ];
        self.store.commit(used).await?;
        Ok(None)
    }

    /// What names the work that was done, if it is right and in time.
    fn worked(&self, posted: &Posted) -> Option<String> {
        let answer = posted.text(ROBOT_WORK);
        if answer.is_empty() || answer.len() > MOST {
            return None;
        }
        let Payload {
            challenge,
            solution,
        } = serde_json::from_str(answer).ok()?;
        let until = challenge.parameters.data.as_ref()?.get(UNTIL)?.as_i64()?;
        if self.clock.now() > Millis(until) {
            return None;
        }
        let secret = self.key.robot_secret("challenge");
        let mut options = VerifySolutionOptions::new(&challenge, &solution, secret);
        options.hmac_key_signature_secret = Some(self.key.robot_secret("solution"));
        let right = verify_solution(options).ok()?.verified;
        right.then_some(challenge.signature).flatten()
    }

    /// What names the picture that was read, if it is right and in time.
    fn saw(&self, visitor: &Visitor, posted: &Posted) -> Option<String> {
        let typed = code::read(posted.value(Field::RobotCode)).ok()?;
        let now = self.clock.now();
        turns(visitor.robot.as_deref()?)
            .filter(|turn| is_recent(turn, now))
            .find(|turn| self.digits_of(turn) == typed)
            .map(str::to_owned)
    }
}

/// The turns in what a browser holds, newest first.
fn turns(held: &str) -> impl Iterator<Item = &str> {
    let part = |at: usize| held.get(at * TURN..(at + 1) * TURN);
    (0..TURNS).map_while(part)
}

fn moment(now: Millis) -> String {
    format!("{:0width$x}", now.0.max(0), width = MOMENT)
}

fn random(random: &dyn Random) -> String {
    let mut bytes = [0; (TURN - MOMENT) / 2];
    random.fill(&mut bytes);
    hex(&bytes)
}

/// Not older than it may be, nor from a day to come.
fn is_recent(turn: &str, now: Millis) -> bool {
    let began = turn
        .get(..MOMENT)
        .and_then(|moment| i64::from_str_radix(moment, 16).ok());
    began.is_some_and(|began| began <= now.0 && Millis(began).is_recent(now, MINUTES * 60))
}
