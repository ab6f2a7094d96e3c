//! Append-only history: one SHA-256 chain a subject (idea 8). The chain covers salted digests, so
//! values can be erased and the chain still proves that nothing was added, removed or reordered.

use sha2::{Digest, Sha256};

use crate::id::{AccountId, ComplaintId, PersonId, hex};
use crate::model::{Act, ChainEnd, SealedAct};

/// Whose history an act belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    pub fn account(id: &AccountId) -> Self {
        Self(format!("account:{}", id.as_str()))
    }

    pub fn complaint(id: &ComplaintId) -> Self {
        Self(format!("complaint:{}", id.as_str()))
    }

    /// Of what the roll says of somebody.
    pub fn person(id: &PersonId) -> Self {
        Self(format!("person:{}", id.as_str()))
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Puts an act behind the end of its subject's chain. Called by `store` inside the transaction that
/// writes it.
pub fn seal(act: Act, end: Option<&ChainEnd>) -> SealedAct {
    let seq = end.map_or(1, |end| end.seq.saturating_add(1));
    let digest = digest(&act);
    let hash = link(end.map_or("", |end| end.hash.as_str()), seq, &act, &digest);
    SealedAct {
        act,
        seq,
        digest,
        hash,
    }
}

/// Position of the first act that does not follow from the one before it; `None` when whole.
/// An erased act (empty values and salt) is checked by its stored digest.
pub fn first_break(chain: &[SealedAct]) -> Option<usize> {
    let mut previous: Option<&SealedAct> = None;
    chain.iter().position(|sealed| {
        let erased = sealed.act.salt.is_empty() && sealed.act.values.is_empty();
        let digest_holds = erased || digest(&sealed.act) == sealed.digest;
        let seq = previous.map_or(1, |p| p.seq.saturating_add(1));
        let before = previous.map_or("", |p| p.hash.as_str());
        let holds = digest_holds
            && sealed.seq == seq
            && sealed.hash == link(before, seq, &sealed.act, &sealed.digest);
        previous = Some(sealed);
        !holds
    })
}

fn digest(act: &Act) -> String {
    let mut sha = Sha256::new();
    part(&mut sha, act.salt.as_bytes());
    part(&mut sha, act.values.as_bytes());
    hex(&sha.finalize())
}

fn link(before: &str, seq: i64, act: &Act, digest: &str) -> String {
    let mut sha = Sha256::new();
    part(&mut sha, before.as_bytes());
    part(&mut sha, &seq.to_be_bytes());
    part(&mut sha, act.subject.as_bytes());
    part(&mut sha, act.kind.as_bytes());
    part(&mut sha, &act.at.0.to_be_bytes());
    part(&mut sha, digest.as_bytes());
    hex(&sha.finalize())
}

/// Length first, so that no two different sequences of parts hash alike.
fn part(sha: &mut Sha256, bytes: &[u8]) {
    sha.update((bytes.len() as u64).to_be_bytes());
    sha.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::{first_break, seal};
    use crate::model::{Act, ChainEnd, SealedAct};
    use crate::ports::Millis;

    fn chain() -> Vec<SealedAct> {
        let mut chain: Vec<SealedAct> = Vec::new();
        for n in 0..4 {
            let act = Act {
                subject: "account:1".into(),
                kind: format!("kind {n}"),
                at: Millis(n),
                values: format!("{{\"n\":{n}}}"),
                salt: format!("salt{n}"),
            };
            let end = chain.last().map(|last| ChainEnd {
                seq: last.seq,
                hash: last.hash.clone(),
            });
            let sealed = seal(act, end.as_ref());
            chain.push(sealed);
        }
        chain
    }

    #[test]
    fn an_untouched_chain_holds_and_values_can_be_erased() {
        let mut chain = chain();
        assert_eq!(first_break(&chain), None);
        chain[1].act.values.clear();
        chain[1].act.salt.clear();
        assert_eq!(first_break(&chain), None);
    }

    #[test]
    fn a_changed_removed_or_swapped_act_breaks_it() {
        let mut changed = chain();
        changed[2].act.values = "{\"n\":7}".into();
        assert_eq!(first_break(&changed), Some(2));
        let mut removed = chain();
        removed.remove(1);
        assert_eq!(first_break(&removed), Some(1));
        let mut swapped = chain();
        swapped.swap(0, 1);
        assert_eq!(first_break(&swapped), Some(0));
    }
}
