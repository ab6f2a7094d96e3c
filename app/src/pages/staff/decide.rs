//! What the officer decides: consent, refusal, an end without a decision. Each is a form of its own,
//! folded until it is needed.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::complaint::{CloseReason, ComplaintEvent, RefusalReason};
use miftah_rules::view::{CaseView, StaffView};

use super::case::{here, version};
use super::record::{reasons, word};
use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::current_password;
use crate::ui::button::{self, Weight};
use crate::ui::text;

pub(super) fn decide(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let parts: Vec<_> = case
        .may
        .iter()
        .filter_map(|event| match event {
            ComplaintEvent::Approve | ComplaintEvent::Accept => Some(consent(ctx, v, case, *event)),
            ComplaintEvent::Refuse => Some(refuse(ctx, v, case)),
            ComplaintEvent::Close => Some(close(ctx, v, case)),
            _ => None,
        })
        .collect();
    Html::many(parts)
}

fn consent(ctx: &Ctx, v: &StaffView, case: &CaseView, event: ComplaintEvent) -> Html {
    let t = &ctx.texts;
    let password = case
        .ask_password
        .then(|| current_password(ctx, Some(t.desk_approve_password()), &v.problems));
    let label = match event {
        ComplaintEvent::Accept => t.desk_accept(),
        _ => t.desk_approve(),
    };
    html! {
        <form class="part" method="post" action=here(ctx, case)>
            {text("h2", "", t.desk_approve_title())} {text("p", "quiet", t.desk_approve_lead())}
            {version(case)} {password}
            <div class="actions">{button::action(Weight::Primary, event.name(), label)}</div>
        </form>
    }
}

fn refuse(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let answers = RefusalReason::ALL
        .iter()
        .map(|reason| (reason.name(), t.complaint_refusal(*reason)))
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
    let answers = [CloseReason::Duplicate, CloseReason::NotCompetent]
        .map(|reason| (reason.name(), t.complaint_closing(reason)))
        .into();
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
    html! {
        <details class="part desk-decide" open=open>
            <summary>{text("span", "", form.title)}</summary>
            <form class="form" method="post" action=here(ctx, case)>
                {version(case)} {reasons(ctx, &scope, form.answers, &met)}
                {word(ctx, &scope, &met, form.wordless)}
                <div class="actions">
                    {button::action(Weight::Danger, form.event.name(), form.label)}
                </div>
            </form>
        </details>
    }
}
