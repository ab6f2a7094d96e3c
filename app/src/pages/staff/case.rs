//! One complaint: who asks, what is claimed beside what is recorded, documents, decision, history.

use miftah_messages::Text;
use miftah_rules::complaint::{ComplaintEvent, ComplaintState};
use miftah_rules::view::{CaseAct, CasePaper, CaseView, StaffView};
use miftah_rules::{Field, Place};

use super::{decide, kind, queue, record};
use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::moment;
use crate::ui::button::{self, Weight};
use crate::ui::facts::fact;
use crate::ui::icon::Icon;
use crate::ui::rows::row;
use crate::ui::{notice, problems, text, upload};

/// Fields that a problem of this page can be about.
const FIELDS: [Field; 9] = [
    Field::CurrentPassword,
    Field::Reason,
    Field::Answer,
    Field::StudentNumber,
    Field::PayrollNumber,
    Field::UserName,
    Field::Programme,
    Field::Year,
    Field::Status,
];

pub(super) fn sheet(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let title = t.desk_case_title(&kind(t, case.kind).bare(), &case.reference);
    let others: Vec<_> = case
        .others
        .iter()
        .map(|other| queue::row(ctx, other))
        .collect();
    let others = (!others.is_empty()).then(|| {
        html! {
            <section class="part">
                {text("h2", "", t.desk_others_title())} <ul class="tasks">{others}</ul>
            </section>
        }
    });
    html! {
        <header class="title">
            {text("h1", "", title)} {text("p", "title-lead", t.complaint_state(case.state))}
        </header>
        {case.told.then(|| notice::success(t.desk_told(), None))}
        {case.moved.then(|| notice::notice(notice::Kind::Warn, t.desk_moved(), None))}
        {problems::summary(ctx, &v.problems, &FIELDS, Html::default())}
        {standing(ctx, case)}
        {moves(ctx, case)}
        <div class="desk-case">
            <div class="desk-facts">{person(ctx, case)} {record::records(ctx, v, case)}</div>
            <div class="desk-papers">{papers(ctx, case)}</div>
        </div>
        {decide::decide(ctx, v, case)}
        {others}
        {history(ctx, case)}
    }
}

/// Who has it, and what was decided.
fn standing(ctx: &Ctx, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let with = match (&case.officer, case.mine) {
        (_, true) => Some(t.desk_with_me()),
        (Some(name), false) => Some(t.desk_with(name)),
        (None, false) => None,
    };
    let first = case
        .approved_by
        .as_ref()
        .map(|name| t.desk_approved_by(name));
    let opens = case
        .opens_on
        .filter(|_| case.state == ComplaintState::Accepted)
        .map(|on| t.follow_opens_on(&moment(ctx, on).bare()));
    let refused = case.refused.map(|reason| t.complaint_refusal(reason));
    let closed = case.closed.map(|reason| t.complaint_closing(reason));
    let answer = (!case.answer.is_empty()).then(|| Text::typed(&case.answer));
    let lines: Vec<_> = [with, first, opens, refused, closed, answer]
        .into_iter()
        .flatten()
        .map(|line| text("p", "", line))
        .collect();
    html! { <div class="desk-standing">{lines}</div> }
}

/// The buttons that need nothing but a press.
fn moves(ctx: &Ctx, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let buttons: Vec<_> = case
        .may
        .iter()
        .filter_map(|event| {
            let (weight, label) = match event {
                ComplaintEvent::Take => (Weight::Primary, t.desk_take()),
                ComplaintEvent::Release => (Weight::Quiet, t.desk_release()),
                ComplaintEvent::Reopen => (Weight::Second, t.desk_reopen()),
                _ => return None,
            };
            Some(button::action(weight, event.name(), label))
        })
        .collect();
    if buttons.is_empty() {
        return Html::default();
    }
    let hint = case
        .may
        .contains(&ComplaintEvent::Take)
        .then(|| text("p", "quiet", t.desk_take_hint()));
    html! {
        <form class="part" method="post" action=here(ctx, case)>
            {version(case)} {hint} <div class="actions">{buttons}</div>
        </form>
    }
}

pub(super) fn here(ctx: &Ctx, case: &CaseView) -> String {
    ctx.href(&Place::StaffComplaint(case.reference.clone()))
}

/// What the officer saw: a decision about anything else does not count.
pub(super) fn version(case: &CaseView) -> Html {
    button::hidden("version", case.version.to_string())
}

fn person(ctx: &Ctx, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let confirmed = match case.email_confirmed {
        true => t.desk_email_confirmed(),
        false => t.desk_email_unconfirmed(),
    };
    let problem = case.problem.map(|problem| {
        let words = t.problem(problem.code()).map(|words| words.title.bare());
        let words = format!("{} {}", problem.code(), words.unwrap_or_default());
        fact(t.desk_problem(), Text::own(&words))
    });
    let phone = case
        .phone
        .as_ref()
        .map(|phone| fact(t.desk_phone(), Text::ltr(phone)));
    let note = (!case.note.is_empty()).then(|| fact(t.desk_note(), Text::typed(&case.note)));
    html! {
        <section class="part">
            {text("h2", "", t.desk_person_title())} <dl class="facts">
                {fact(t.desk_email(), t.desk_email_is(&case.email, &confirmed.bare()))}
                {phone}
                {fact(t.desk_lang(), Text::own(case.lang.own_name()))}
                {fact(t.desk_submitted(), moment(ctx, case.submitted_on))}
                {problem}
                {note}
            </dl>
        </section>
    }
}

/// Pictures are shown, everything else is downloaded. Only for the officer who has it.
fn papers(ctx: &Ctx, case: &CaseView) -> Html {
    let t = &ctx.texts;
    if !case.mine {
        return Html::default();
    }
    let shown: Vec<_> = case
        .papers
        .iter()
        .map(|paper| one(ctx, case, paper))
        .collect();
    let none = shown
        .is_empty()
        .then(|| text("p", "quiet", t.desk_papers_none()));
    html! { <section class="part">{text("h2", "", t.desk_papers_title())} {shown} {none}</section> }
}

fn one(ctx: &Ctx, case: &CaseView, paper: &CasePaper) -> Html {
    let t = &ctx.texts;
    let href = format!("{}/{}", here(ctx, case), paper.slot.name());
    let label = upload::label(ctx, paper.slot);
    let name = label.bare();
    if paper.picture {
        return html! {
            <figure class="desk-paper">
                {text("figcaption", "", label)}
                <a href=href.clone() target="_blank" rel="noopener" aria-label=t.desk_paper_open(&name).bare()>
                    <img src=href alt=name loading="lazy" />
                </a>
            </figure>
        };
    }
    let size = t.common_kilobytes(&paper.kilobytes.to_string()).bare();
    let download = button::link(Weight::Second, href, t.desk_paper_download(&name, &size));
    html! { <div class="desk-paper">{download}</div> }
}

fn history(ctx: &Ctx, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let rows: Vec<_> = case.history.iter().map(|act| line(ctx, act)).collect();
    html! {
        <section class="part">
            {text("h2", "", t.desk_history_title())} <ul class="rows">{rows}</ul>
        </section>
    }
}

fn line(ctx: &Ctx, act: &CaseAct) -> Html {
    let t = &ctx.texts;
    let what = t.act(&act.act);
    let what = match &act.by {
        Some(by) => t.desk_history_by(&what.bare(), by),
        None => what,
    };
    row(
        Icon::Clock,
        what,
        vec![moment(ctx, act.on)],
        Html::default(),
    )
}
