//! Registration (S0.2): one file a step.

use miftah_messages::{Text, Texts};
use miftah_rules::view::{Already, RegisterStep, RegisterView};
use miftah_rules::{Field, Place, Problem};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::shell::Body;
use crate::ui::steps::steps;
use crate::ui::{problems, text};

mod already;
mod code;
mod contact;
mod password;
mod who;

// The gallery shows it.
#[cfg(feature = "ssr")]
pub(crate) use contact::suggestion;

pub fn page(ctx: &Ctx, v: RegisterView) -> Body {
    match (&v.already, v.step) {
        (Already::SignedIn(name), _) => already::signed_in(ctx, name),
        (Already::Opened, _) => already::opened(ctx),
        (Already::FromRoll, _) => already::from_roll(ctx),
        (Already::No, RegisterStep::Who) => who::page(ctx, &v),
        (Already::No, RegisterStep::Contact) => contact::page(ctx, &v),
        (Already::No, RegisterStep::Code) => code::page(ctx, &v),
        (Already::No, RegisterStep::Password) => password::page(ctx, &v),
    }
}

/// Heading of the page, also in the document's title.
pub fn title(t: &Texts, v: &RegisterView) -> Text {
    match (&v.already, v.step) {
        (Already::SignedIn(_), _) => t.register_already_title(),
        (Already::Opened, _) => t.register_opened_title(),
        (Already::FromRoll, _) => t.register_from_roll_title(),
        (Already::No, RegisterStep::Who) => t.register_title(),
        (Already::No, RegisterStep::Contact) => t.register_contact_title(),
        (Already::No, RegisterStep::Code) => t.register_code_title(),
        (Already::No, RegisterStep::Password) => t.register_password_title(),
    }
}

/// Steps, heading and problems: what stands above the form of each step.
fn head(ctx: &Ctx, v: &RegisterView, lead: Option<Text>, fields: &[Field]) -> Html {
    let now = RegisterStep::ALL.iter().position(|step| *step == v.step);
    html! {
        {steps(ctx, now.map_or(1, |index| index + 1), RegisterStep::ALL.len())}
        <header class="title">
            {text("h1", "", title(&ctx.texts, v))}
            {lead.map(|lead| text("p", "title-lead", lead))}
        </header>
        {problems::summary(ctx, &v.problems, fields, next(ctx, v))}
    }
}

/// The form posts to the page it is on, with the journey it belongs to.
fn action(ctx: &Ctx, v: &RegisterView) -> String {
    ctx.posts_to(&Place::Register, &v.trail)
}

fn typed(v: &RegisterView, field: Field) -> &str {
    v.typed.get(&field).map_or("", String::as_str)
}

/// What leads on from a problem of the page as a whole.
fn next(ctx: &Ctx, v: &RegisterView) -> Html {
    match v.problems.first().map(|met| met.problem) {
        Some(Problem::AccountExists) => recover(ctx, v),
        Some(met @ Problem::NoRecord) if v.mismatches < 2 => {
            problems::complaint_for(ctx, met, v.trail.journey.as_deref())
        }
        Some(met @ (Problem::NoRecord | Problem::NotEligible | Problem::TooManyTries)) => html! {
            {problems::complaint_for(ctx, met, v.trail.journey.as_deref())}
            {problems::office_for(ctx, met)}
        },
        _ => Html::default(),
    }
}

/// Recovery with everything typed here (S0.5): a post, so that the data is read from the journey
/// and never stands in an address.
fn recover(ctx: &Ctx, v: &RegisterView) -> Html {
    let label = ctx
        .texts
        .problem(Problem::AccountExists.code())
        .map_or_else(|| ctx.texts.common_nav_recover(), |words| words.next);
    html! {
        <form class="actions" method="post" action=ctx.href(&Place::Recover)>
            {v.trail.journey.clone().map(|id| button::hidden("from", id))}
            {button::submit(Weight::Second, label)}
        </form>
    }
}
