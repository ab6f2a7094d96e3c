//! What it is about, and the values that are right.

use miftah_messages::Text;
use miftah_rules::complaint::ComplaintKind;
use miftah_rules::view::ComplainView;
use miftah_rules::{Field, Place, Problem};

use super::{action, buttons, head, one, step};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::choice::{Choice, choices};
use crate::ui::field::{self, Kind};
use crate::ui::{notice, problems, text};

pub(super) fn sheet(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let assisted = v.kind == ComplaintKind::Assisted;
    let (intro, lead) = match assisted {
        true => (
            t.complaint_intro_assisted(),
            t.complaint_data_lead_assisted(),
        ),
        false => (t.complaint_intro(), t.complaint_data_lead()),
    };
    let asked = v.kind.fields(&ctx.frame.institution.asked());
    let fields: Vec<_> = asked.iter().map(|field| ask(ctx, v, *field)).collect();
    let met = v.problem.and_then(|problem| t.problem(problem.code()));
    let met = met.map(|words| {
        notice::notice(
            notice::Kind::Info,
            t.complaint_met(&words.title.bare()),
            None,
        )
    });
    let from = v.trail.from.clone();
    html! {
        {head(ctx, v, Some(intro))}
        {problems::summary(ctx, &v.problems, &asked, onward(ctx, v))}
        {met}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {v.problem.map(|problem| button::hidden("problem", problem.code().into()))}
            {from.is_some().then(|| text("p", "quiet", t.complaint_carried()))}
            {(!assisted).then(|| matter(ctx, v))}
            <section class="part">
                {text("h2", "", t.complaint_data_title())} {text("p", "quiet", lead)} {fields}
            </section>
            {buttons(button::submit(Weight::Primary, t.complaint_next()), None)}
        </form>
    }
}

fn matter(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let answer = |kind: ComplaintKind, name: Text, detail: Text| Choice {
        value: kind.name(),
        name,
        detail: Some(detail),
        icon: None,
    };
    let answers = vec![
        answer(
            ComplaintKind::WrongData,
            t.complaint_matter_wrong(),
            t.complaint_matter_wrong_hint(),
        ),
        answer(
            ComplaintKind::CannotRegister,
            t.complaint_matter_cannot(),
            t.complaint_matter_cannot_hint(),
        ),
    ];
    let (legend, chosen) = (t.complaint_matter_legend(), Some(v.kind.name()));
    choices(ctx, Field::Matter, legend, answers, chosen, &v.problems)
}

fn ask(ctx: &Ctx, v: &ComplainView, field: Field) -> Html {
    match field {
        // Not everybody has their name in these letters on a document.
        Field::LastNameLatin | Field::FirstNameLatin => one(
            ctx,
            v,
            field,
            Kind::Name,
            field::label(ctx, field),
            None,
            true,
        ),
        field => field::personal(ctx, field, &v.typed, &v.problems),
    }
}

/// What a problem of the page leads to.
fn onward(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    match v.problems.first().map(|met| met.problem) {
        // No account is found by these data: they may be wrong themselves.
        Some(Problem::DataMismatch) => carry(ctx, v, &Place::Complain, t.complaint_offer_link()),
        Some(Problem::NoAccountYet) => {
            carry(ctx, v, &Place::Register, t.recover_find_register_link())
        }
        _ => problems::way_on(ctx, &v.problems),
    }
}

fn carry(ctx: &Ctx, v: &ComplainView, to: &Place, label: Text) -> Html {
    let from = v.trail.journey.clone().unwrap_or_default();
    html! {
        <form class="actions" method="post" action=ctx.href(to)>
            {button::hidden("from", from)} {button::submit(Weight::Second, label)}
        </form>
    }
}
