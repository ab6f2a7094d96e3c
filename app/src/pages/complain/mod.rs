//! A complaint (S0.9), or help with an account whose addresses are all lost (S0.12): one question a
//! page.

use miftah_messages::{Text, Texts};
use miftah_rules::complaint::ComplaintKind;
use miftah_rules::view::{ComplainStep, ComplainView};
use miftah_rules::{Field, Place};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::code::{CodeStep, code_step};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::steps::steps;
use crate::ui::{problems, text};

mod check;
mod data;
mod papers;
mod reach;

/// Steps that everybody takes: data, address, code, documents, check.
const STEPS: usize = 5;

pub fn page(ctx: &Ctx, v: &ComplainView) -> Body {
    let sheet = match v.step {
        ComplainStep::Data => data::sheet(ctx, v),
        ComplainStep::Reach => reach::sheet(ctx, v),
        ComplainStep::Code => code(ctx, v),
        ComplainStep::Papers => papers::sheet(ctx, v),
        ComplainStep::Check | ComplainStep::Sent => check::sheet(ctx, v),
    };
    Body {
        sheet,
        beside: Beside::Parts(beside(ctx, v)),
        form: Form::Journey,
    }
}

/// The heading of a step.
pub fn title(t: &Texts, v: &ComplainView) -> Text {
    match v.step {
        ComplainStep::Data if v.kind == ComplaintKind::Assisted => t.complaint_title_assisted(),
        ComplainStep::Data => t.complaint_title(),
        ComplainStep::Reach => t.complaint_reach_title(),
        ComplainStep::Code => t.complaint_code_title(),
        ComplainStep::Papers => t.complaint_papers_title(),
        ComplainStep::Check | ComplainStep::Sent => t.complaint_check_title(),
    }
}

fn head(ctx: &Ctx, v: &ComplainView, lead: Option<Text>) -> Html {
    let now = match v.step {
        ComplainStep::Data => 1,
        ComplainStep::Reach => 2,
        ComplainStep::Code => 3,
        ComplainStep::Papers => 4,
        ComplainStep::Check | ComplainStep::Sent => STEPS,
    };
    html! {
        {steps(ctx, now, STEPS)}
        <header class="title">
            {text("h1", "", title(&ctx.texts, v))} {lead.map(|lead| text("p", "title-lead", lead))}
        </header>
    }
}

fn place(v: &ComplainView) -> Place {
    match v.kind {
        ComplaintKind::Assisted => Place::Assisted,
        ComplaintKind::WrongData | ComplaintKind::CannotRegister => Place::Complain,
    }
}

/// The form posts to the page it is on, with the journey it belongs to.
fn action(ctx: &Ctx, v: &ComplainView) -> String {
    ctx.posts_to(&place(v), &v.trail)
}

fn step(v: &ComplainView) -> Html {
    button::hidden("step", v.step.name().into())
}

/// Onward first, so that the Enter key takes it; back beside it.
fn buttons(onward: Html, back: Option<Html>) -> Html {
    html! { <div class="actions">{onward} {back}</div> }
}

fn back(ctx: &Ctx) -> Html {
    button::action(Weight::Quiet, "back", ctx.texts.complaint_back())
}

fn one(
    ctx: &Ctx,
    v: &ComplainView,
    field: Field,
    kind: Kind,
    label: Text,
    hint: Option<Text>,
    optional: bool,
) -> Html {
    let value = v.typed.get(&field).map_or("", String::as_str);
    let problems = &v.problems;
    field::field(
        ctx,
        Spec {
            field,
            kind,
            label,
            hint,
            value,
            problems,
            optional,
        },
    )
}

fn code(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let form = v.code.as_ref().map(|code| {
        let problems = &v.problems;
        let (action, step) = (action(ctx, v), v.step.name());
        let change = Some(t.code_change_address());
        code_step(
            ctx,
            CodeStep {
                code,
                problems,
                action,
                step,
                change,
            },
        )
    });
    let skip = (v.kind != ComplaintKind::Assisted).then(|| {
        html! {
            <section class="part">
                {text("h2", "", t.complaint_code_skip_title())}
                {text("p", "quiet", t.complaint_code_skip_hint())}
                <form class="actions" method="post" action=action(ctx, v)>
                    {step(v)} {button::action(Weight::Second, "skip", t.complaint_code_skip())}
                </form>
            </section>
        }
    });
    html! {
        {head(ctx, v, None)}
        {problems::summary(ctx, &v.problems, &[Field::Code], problems::way_on(ctx, &v.problems))}
        {form}
        {skip}
    }
}

fn beside(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let follow = (v.step == ComplainStep::Data).then(|| {
        html! {
            <section class="beside-part">
                {button::link(
                    Weight::Second,
                    ctx.href(&Place::Complaints),
                    t.complaint_offer_follow(),
                )}
            </section>
        }
    });
    // A problem that leads to the office has shown it.
    let office = v
        .problems
        .is_empty()
        .then(|| html! { <div class="beside-part">{office(ctx)}</div> });
    html! { {follow} {office} }
}

/// A value of the claim as it is read.
pub fn field_value(ctx: &Ctx, field: Field, value: &str) -> Text {
    match field {
        Field::LastNameAr | Field::FirstNameAr | Field::LastNameLatin | Field::FirstNameLatin => {
            Text::typed(value)
        }
        Field::BirthDate => miftah_rules::date::Date::parse(value).map_or_else(
            |_| Text::ltr(value),
            |date| ctx.texts.date(date.year(), date.month(), date.day()),
        ),
        _ => Text::ltr(value),
    }
}
