//! What the officer decides: consent, refusal, an end without a decision. Each is a form of its own,
//! folded until it is needed.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::complaint::{CloseReason, ComplaintEvent, RefusalReason};
use miftah_rules::view::{CaseView, StaffView};

use super::case::{here, version};
use super::record::reasons;
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::area::area_in;
use crate::ui::button::{self, Weight};
use crate::ui::text;

pub(super) fn decide(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let parts: Vec<_> = case
        .may
        .iter()
        .filter_map(|event| match event {
            ComplaintEvent::Approve | ComplaintEvent::Accept => Some(consent(ctx, case, *event)),
            ComplaintEvent::Refuse => Some(refuse(ctx, v, case)),
            ComplaintEvent::Close => Some(close(ctx, v, case)),
            _ => None,
        })
        .collect();
    Html::many(parts)
}

fn consent(ctx: &Ctx, case: &CaseView, event: ComplaintEvent) -> Html {
    let t = &ctx.texts;
    let label = match event {
        ComplaintEvent::Accept => t.desk_accept(),
        _ => t.desk_approve(),
    };
    html! {
        <form class="part" method="post" action=here(ctx, case)>
            {text("h2", "", t.desk_approve_title())} {text("p", "quiet", t.desk_approve_lead())}
            {version(case)}
            <div class="actions">{button::action(Weight::Primary, event.name(), label)}</div>
        </form>
    }
}

fn refuse(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let answers = RefusalReason::ALL
        .iter()
        .map(|reason| (reason.name(), refusal(ctx, *reason)))
        .collect();
    let form = Folded {
        title: t.desk_refuse_title(),
        answers,
        event: ComplaintEvent::Refuse,
        label: t.desk_refuse(),
        wordless: false,
    };
    folded(ctx, v, case, form)
}

fn close(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let answers = vec![
        (CloseReason::Duplicate.name(), t.follow_closed_duplicate()),
        (
            CloseReason::NotCompetent.name(),
            t.follow_closed_not_competent(),
        ),
    ];
    let form = Folded {
        title: t.desk_close_title(),
        answers,
        event: ComplaintEvent::Close,
        label: t.desk_close(),
        wordless: true,
    };
    folded(ctx, v, case, form)
}

struct Folded {
    title: Text,
    answers: Vec<(&'static str, Text)>,
    event: ComplaintEvent,
    label: Text,
    /// A reason says enough.
    wordless: bool,
}

fn folded(ctx: &Ctx, v: &StaffView, case: &CaseView, form: Folded) -> Html {
    let t = &ctx.texts;
    // Problems belong to the form that was sent.
    let sent = case.decide.unwrap_or(ComplaintEvent::Refuse) == form.event;
    let met: Vec<_> = v
        .problems
        .iter()
        .filter(|met| sent && matches!(met.field, Some(Field::Reason | Field::Answer)))
        .cloned()
        .collect();
    let scope = match sent {
        true => String::new(),
        false => format!("{}-", form.event.name()),
    };
    let open = (!met.is_empty()).then_some("");
    let (label, hint) = (t.desk_answer_label(), t.desk_answer_hint());
    html! {
        <details class="part desk-decide" open=open>
            <summary>{text("span", "", form.title)}</summary>
            <form class="form" method="post" action=here(ctx, case)>
                {version(case)} {reasons(ctx, &scope, form.answers, &met)}
                {area_in(ctx, &scope, Field::Answer, label, hint, "", &met, form.wordless)}
                <div class="actions">
                    {button::action(Weight::Danger, form.event.name(), form.label)}
                </div>
            </form>
        </details>
    }
}

pub(super) fn refusal(ctx: &Ctx, reason: RefusalReason) -> Text {
    let t = &ctx.texts;
    match reason {
        RefusalReason::RollIsRight => t.follow_reason_roll_is_right(),
        RefusalReason::ProofUnreadable => t.follow_reason_proof_unreadable(),
        RefusalReason::ProofMissing => t.follow_reason_proof_missing(),
        RefusalReason::AnotherPerson => t.follow_reason_another_person(),
        RefusalReason::NotEnrolled => t.follow_reason_not_enrolled(),
        RefusalReason::Other => t.follow_reason_other(),
    }
}

pub(super) fn closing(ctx: &Ctx, reason: CloseReason) -> Text {
    let t = &ctx.texts;
    match reason {
        CloseReason::Withdrawn => t.follow_closed_withdrawn(),
        CloseReason::Duplicate => t.follow_closed_duplicate(),
        CloseReason::NotCompetent => t.follow_closed_not_competent(),
        CloseReason::Stopped => t.follow_closed_stopped(),
    }
}
