//! One try at a handle, number, address or account, as its throttles see it (norm 5).
//!
//! Every try is asked about twice: before the work, so that a person is told, and where it is
//! written, because a hundred tries at once would all look before the first one counts.

use miftah_rules::ProblemAt;

use crate::fault::Fallible;
use crate::model::Throttle;
use crate::network::NETWORK;
use crate::portal::Portal;
use crate::store::{Tried, Write};
use crate::throttle::{Limits, too_many};
use crate::visitor::Visitor;

/// A try by a visitor.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    portal: &'a Portal,
    limits: Limits,
    subject: &'a str,
    network: &'a str,
    /// What was counted when it began.
    seen: Option<[Option<Throttle>; 2]>,
}

impl Portal {
    pub(crate) fn attempt<'a>(
        &'a self,
        limits: Limits,
        subject: &'a str,
        visitor: &'a Visitor,
    ) -> Attempt<'a> {
        Attempt {
            portal: self,
            limits,
            subject,
            network: &visitor.network,
            seen: None,
        }
    }
}

impl Attempt<'_> {
    /// The problem of having to wait, or `None` when the try may be made.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn held_back(&mut self) -> Fallible<Option<ProblemAt>> {
        let [near, far] = self.keys();
        let seen = self.portal.store.throttles([&near, &far]).await?;
        Ok(self.sees(seen))
    }

    /// The same where what was counted was read beside something else.
    pub(crate) fn sees(&mut self, seen: [Option<Throttle>; 2]) -> Option<ProblemAt> {
        let now = self.portal.clock.now();
        let waits = [self.limits.near, self.limits.far]
            .into_iter()
            .zip(&seen)
            .map(|(limit, seen)| seen.as_ref().map_or(0, |seen| limit.wait(seen, now)));
        let longest = waits.max().unwrap_or_default();
        self.seen = Some(seen);
        too_many(longest)
    }

    /// The same question for a write that asks it by the way.
    pub(crate) fn tried(&self) -> Tried {
        let [near, far] = self.keys();
        Tried {
            limits: [(near, self.limits.near), (far, self.limits.far)],
            seen: self
                .seen
                .clone()
                .unwrap_or_default()
                .map(Option::unwrap_or_default),
            at: self.portal.clock.now(),
        }
    }

    /// The same question for the transaction.
    pub(crate) fn allowed(&self) -> Vec<Write> {
        let [near, far] = self.keys();
        vec![Write::WithinLimits {
            limits: vec![(near, self.limits.near), (far, self.limits.far)],
            at: self.portal.clock.now(),
        }]
    }

    /// It counts, without being anybody's failure: a code was sent.
    pub(crate) fn counted(&self) -> Vec<Write> {
        let mut writes = self.allowed();
        writes.push(self.portal.count_failure(self.limits.near, &self.near()));
        writes.push(self.portal.count_failure(self.limits.far, &self.far()));
        writes
    }

    /// It failed, which is counted for the network too.
    pub(crate) fn failed(&self) -> Vec<Write> {
        let mut writes = self.counted();
        writes.push(self.portal.pour(NETWORK, self.network));
        writes
    }

    /// It succeeded. Only what this network did is forgotten: otherwise an owner's success would
    /// give everybody's guessing a fresh start.
    pub(crate) fn succeeded(&self) -> Vec<Write> {
        let mut writes = self.allowed();
        writes.extend(self.forgets());
        writes
    }

    /// What a success forgets, where there is anything to forget.
    pub(crate) fn forgets(&self) -> Option<Write> {
        let nothing = self.seen.as_ref().is_some_and(|[near, _]| near.is_none());
        (!nothing).then(|| self.forgiven())
    }

    /// Earlier failures from this network count no more.
    pub(crate) fn forgiven(&self) -> Write {
        self.portal.forget_failures(self.limits.near, &self.near())
    }

    pub(crate) fn keys(&self) -> [String; 2] {
        let Limits { near, far } = self.limits;
        let key = &self.portal.key;
        [
            key.throttle_key(near.kind, &self.near()),
            key.throttle_key(far.kind, &self.far()),
        ]
    }

    fn near(&self) -> [&str; 2] {
        [self.subject, self.network]
    }

    fn far(&self) -> [&str; 1] {
        [self.subject]
    }
}
