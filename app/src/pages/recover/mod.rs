//! Recovery (S0.7): one file a step.

use miftah_messages::{Text, Texts};
use miftah_rules::view::{RecoverStep, RecoverView};
use miftah_rules::{Place, Problem};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button;
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body};
use crate::ui::steps::steps;
use crate::ui::{problems, text};

mod code;
mod destination;
mod dispute;
mod find;
mod frozen;
mod new_email;
mod password;
mod sent;
mod typed;

/// Steps that everybody takes: account, address, code, password.
const STEPS: usize = 4;
/// Mismatches from which on the office is shown beside the remedy.
const MISMATCHES_FOR_OFFICE: u32 = 2;

pub fn page(ctx: &Ctx, v: RecoverView) -> Body {
    match v.step {
        RecoverStep::Find => find::page(ctx, &v),
        RecoverStep::Destination if ctx.frame.institution.recovery.types_address => {
            typed::page(ctx, &v)
        }
        RecoverStep::Destination => destination::page(ctx, &v),
        RecoverStep::Dispute => dispute::page(ctx, &v),
        RecoverStep::Code => code::page(ctx, &v),
        RecoverStep::Sent => sent::page(ctx, &v),
        RecoverStep::NewEmail => new_email::page(ctx, &v),
        RecoverStep::NewEmailCode => code::new_email(ctx, &v),
        RecoverStep::Password => password::page(ctx, &v),
        RecoverStep::Frozen => frozen::page(ctx),
    }
}

/// The heading of a step.
pub fn title(t: &Texts, v: &RecoverView) -> Text {
    match v.step {
        RecoverStep::Find => t.recover_title(),
        RecoverStep::Destination if v.temporary => t.recover_temporary_destination_title(),
        RecoverStep::Destination => t.recover_destination_title(),
        RecoverStep::Dispute => t.recover_dispute_confirm_title(),
        RecoverStep::Code => t.recover_code_title(),
        RecoverStep::Sent => t.recover_sent_title(),
        RecoverStep::NewEmail => t.recover_new_email_title(),
        RecoverStep::NewEmailCode => t.recover_new_email_code_title(),
        RecoverStep::Password => t.recover_password_title(),
        RecoverStep::Frozen => t.recover_frozen_title(),
    }
}

/// Where in the journey, and the step's heading.
fn head(ctx: &Ctx, v: &RecoverView, lead: Option<Text>) -> Html {
    let now = match v.step {
        RecoverStep::Find => 1,
        RecoverStep::Destination | RecoverStep::Dispute => 2,
        RecoverStep::Code | RecoverStep::Sent => 3,
        _ => STEPS,
    };
    html! {
        {steps(ctx, now, STEPS)}
        <header class="title">
            {text("h1", "", title(&ctx.texts, v))} {lead.map(|lead| text("p", "title-lead", lead))}
        </header>
    }
}

/// The form posts to the page it is on, with the journey it belongs to.
fn action(ctx: &Ctx, v: &RecoverView) -> String {
    ctx.posts_to(&Place::Recover, &v.trail)
}

/// The step a form is for, so that an old page in another tab moves nothing.
fn step(v: &RecoverView) -> Html {
    button::hidden("step", v.step.name().into())
}

/// What stands beside a step, with the office last unless a problem has already shown it.
fn beside(ctx: &Ctx, v: &RecoverView, parts: Html) -> Beside {
    let office = (!leads_to_office(v)).then(|| {
        html! { <div class="beside-part">{office(ctx)}</div> }
    });
    Beside::Parts(html! {
        {parts}
        {office}
    })
}

/// What a problem leads to: a complaint where the data may be wrong, help by the office where no
/// address is left, else the office.
fn way_on(ctx: &Ctx, v: &RecoverView) -> Html {
    let journey = v.trail.journey.as_deref();
    let Some(met) = v.problems.first().map(|met| met.problem) else {
        return Html::default();
    };
    let office = leads_to_office(v).then(|| problems::office_for(ctx, met));
    match met {
        Problem::DataMismatch => html! {
            {problems::complaint_for(ctx, met, journey)}
            {office}
        },
        Problem::NoReachableAddress => html! {
            {problems::assisted_for(ctx, journey)}
            {office}
        },
        Problem::TooManyTries if v.step == RecoverStep::Find => html! {
            {problems::complaint_for(ctx, met, journey)}
            {office}
        },
        _ => office.unwrap_or_default(),
    }
}

fn leads_to_office(v: &RecoverView) -> bool {
    v.problems.first().is_some_and(|met| match met.problem {
        Problem::DataMismatch => v.mismatches >= MISMATCHES_FOR_OFFICE,
        Problem::TooManyTries | Problem::AccountFrozen | Problem::NoReachableAddress => true,
        _ => false,
    })
}
