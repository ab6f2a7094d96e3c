//! Typing the password again before a change (norm 6): by the account's owner, not by whoever
//! found their browser open.

use miftah_rules::form::Posted;
use miftah_rules::{Field, Problem, ProblemAt};

use crate::choose_password::typed_password;
use crate::fault::Fallible;
use crate::portal::Portal;
use crate::ports::Verified;
use crate::recover::Temporary;
use crate::store::Write;
use crate::throttle::PROVE;
use crate::visitor::{SignedIn, Visitor};

/// When a page wants the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Unless it was typed within the last 10 minutes.
    Recently,
    /// With this very form.
    Now,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Proof {
    /// Why the change may not be made; `None` when it may.
    pub(crate) problem: Option<ProblemAt>,
    /// To be committed with whatever follows, success or not.
    pub(crate) writes: Vec<Write>,
}

/// Whether the change in `posted` may be made, as far as the password goes.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(crate) async fn prove(
    portal: &Portal,
    (visitor, signed_in): (&Visitor, &SignedIn),
    posted: &Posted,
    wanted: Wanted,
) -> Fallible<Proof> {
    let refuse = |problem| Proof {
        problem: Some(problem),
        writes: vec![],
    };
    if posted.value(Field::CurrentPassword).is_empty() {
        return Ok(match wanted {
            Wanted::Recently if portal.proved_recently(signed_in) => Proof {
                problem: None,
                writes: vec![],
            },
            Wanted::Recently => refuse(Problem::SignInAgain.at(Field::CurrentPassword)),
            Wanted::Now => refuse(Problem::Missing.at(Field::CurrentPassword)),
        });
    }
    let account = &signed_in.account;
    let mut attempt = portal.attempt(PROVE, account.id.as_str(), visitor);
    if let Some(wait) = attempt.held_back().await? {
        return Ok(refuse(wait));
    }
    let typed = typed_password(posted, Field::CurrentPassword);
    let problem = match &signed_in.session.temporary {
        Some(journey) => match portal.temporary_of(journey, typed.expose()).await? {
            Temporary::Right { .. } => None,
            Temporary::Late => Some(Problem::TemporaryPasswordExpired),
            Temporary::No => Some(Problem::CurrentPasswordWrong),
        },
        None => {
            let hash = account.hash();
            let verified = portal.hasher.verify(&typed, hash).await?;
            (verified == Verified::No).then_some(Problem::CurrentPasswordWrong)
        }
    };
    if let Some(problem) = problem {
        return Ok(Proof {
            problem: Some(problem.at(Field::CurrentPassword)),
            writes: attempt.failed(),
        });
    }
    let session = signed_in.session.id.clone();
    let mut writes = attempt.succeeded();
    writes.push(Write::ProveSession {
        id: session,
        at: portal.clock.now(),
    });
    Ok(Proof {
        problem: None,
        writes,
    })
}

/// Whether `posted` holds, as its new password, the one the account already has: what the
/// second click of a double click looks like. A wrong guess counts like any other.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(crate) async fn has_this_password(
    portal: &Portal,
    (visitor, signed_in): (&Visitor, &SignedIn),
    posted: &Posted,
) -> Fallible<bool> {
    let account = &signed_in.account;
    let mut attempt = portal.attempt(PROVE, account.id.as_str(), visitor);
    if attempt.held_back().await?.is_some() {
        return Ok(false);
    }
    let typed = typed_password(posted, Field::Password);
    let same = portal
        .hasher
        .verify(&typed, Some(&account.password))
        .await?
        != Verified::No;
    if !same {
        portal.store.commit(attempt.failed()).await?;
    }
    Ok(same)
}
