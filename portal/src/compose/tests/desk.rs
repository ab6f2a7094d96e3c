//! The letters of complaints, of assisted recovery and of the desk.

use miftah_rules::code::CodeForm;
use miftah_rules::complaint::{CloseReason, ComplaintKind, RefusalReason};
use miftah_rules::{Lang, Role};

use super::{AT, OTHER, OWN, PHONE, named};
use crate::id::ComplaintId;
use crate::letter::{Address, Body, Decision, Purpose};

const REFERENCE: &str = "FSAB2CD3EF";

fn id() -> ComplaintId {
    ComplaintId("complaint-1".into())
}

fn received(about: ComplaintKind, confirmed: bool) -> Body {
    Body::ComplaintReceived {
        complaint: id(),
        reference: REFERENCE.into(),
        about,
        confirmed,
    }
}

fn decided(decision: Decision, answer: &str, confirmed: bool) -> Body {
    Body::ComplaintDecided {
        complaint: id(),
        reference: REFERENCE.into(),
        decision,
        answer: answer.into(),
        confirmed,
    }
}

fn told(lang: Lang, granted: bool) -> Body {
    Body::AssistedTold {
        complaint: id(),
        name: named(lang),
        at: AT,
        device: "Firefox · Android".into(),
        opens_at: granted.then(|| AT.plus_minutes(72 * 60)),
        new_email: "n•••@e•••.ma".into(),
    }
}

/// Its name in the snapshots, what it says, and by which ways it goes.
pub(super) fn all(lang: Lang) -> Vec<(&'static str, Body, Vec<Address>)> {
    let mail = || vec![Address::email(OWN)];
    let everywhere = || vec![Address::email(OTHER), Address::phone(PHONE)];
    let code = Body::Code {
        purpose: Purpose::Complaint,
        form: CodeForm::Digits,
    };
    let opens_at = AT.plus_minutes(72 * 60);
    let closed = |reason| decided(Decision::Closed(reason), "", true);
    let refused = Decision::Refused(RefusalReason::ProofUnreadable);
    let invited = Body::StaffInvited {
        name: named(lang),
        role: Role::Registry,
    };
    vec![
        ("code, complaint", code, mail()),
        (
            "complaint received",
            received(ComplaintKind::WrongData, true),
            mail(),
        ),
        (
            "complaint received, not confirmed",
            received(ComplaintKind::CannotRegister, false),
            mail(),
        ),
        (
            "assisted recovery received",
            received(ComplaintKind::Assisted, true),
            mail(),
        ),
        ("corrected", decided(Decision::Corrected, "", true), mail()),
        ("in order", decided(Decision::InOrder, "", true), mail()),
        ("added", decided(Decision::Added, "", false), mail()),
        (
            "accepted",
            decided(Decision::Accepted { opens_at }, "", true),
            mail(),
        ),
        (
            "refused",
            decided(refused, "La photo est floue.", true),
            mail(),
        ),
        (
            "refused, not confirmed",
            decided(refused, "La photo est floue.", false),
            mail(),
        ),
        ("closed, duplicate", closed(CloseReason::Duplicate), mail()),
        ("closed, stopped", closed(CloseReason::Stopped), mail()),
        ("closed, frozen", closed(CloseReason::Frozen), mail()),
        ("closed, overtaken", closed(CloseReason::Overtaken), mail()),
        ("closed, lapsed", closed(CloseReason::Lapsed), mail()),
        (
            "record corrected",
            Body::RecordCorrected {
                name: named(lang),
                at: AT,
            },
            mail(),
        ),
        ("assisted told", told(lang, false), everywhere()),
        ("assisted told, granted", told(lang, true), everywhere()),
        (
            "assisted ready",
            Body::AssistedReady {
                complaint: id(),
                reference: REFERENCE.into(),
            },
            mail(),
        ),
        ("staff invited", invited, mail()),
    ]
}
