//! What became of a complaint: asked for by reference and code, opened from a letter, or just sent.

use miftah_messages::{Text, Texts};
use miftah_rules::complaint::{CloseReason, ComplaintKind, ComplaintState};
use miftah_rules::view::{FollowStep, FollowView, FollowWhat, Followed, Onward};
use miftah_rules::{Field, Place};

use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::moment;
use crate::ui::button::{self, Weight};
use crate::ui::code::{CodeStep, code_step};
use crate::ui::facts::fact;
use crate::ui::field::{self, Kind, Spec};
use crate::ui::icon::{Icon, mark};
use crate::ui::office::office;
use crate::ui::rows::row;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{new_password, notice, problems, text};

pub fn page(ctx: &Ctx, v: &FollowView) -> Body {
    let (sheet, form) = match (&v.open, &v.token) {
        (Some(open), _) => (shown(ctx, v, open), Form::Journey),
        (None, Some(token)) => (by_link(ctx, v, token), Form::Journey),
        (None, None) => (ask(ctx, v), Form::Journey),
    };
    // A problem that leads to the office has shown it.
    let office = v
        .problems
        .is_empty()
        .then(|| html! { <div class="beside-part">{office(ctx)}</div> });
    let parts = html! { {office} };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form,
    }
}

/// For `data-step`.
pub const fn step(v: &FollowView) -> &'static str {
    match &v.open {
        None => "ask",
        Some(open) => match open.onward {
            Some(Onward::Prove) if open.proof.is_some() => "code",
            Some(Onward::Password) => "password",
            _ => "shown",
        },
    }
}

/// The heading.
pub fn title(t: &Texts, v: &FollowView) -> Text {
    match (&v.open, &v.token) {
        (Some(open), _) if open.code.is_some() => t.follow_receipt_title(),
        (Some(open), _) if open.kind == ComplaintKind::Assisted => {
            t.follow_title_assisted(&v.reference)
        }
        (Some(_), _) => t.follow_title(&v.reference),
        (None, Some(_)) => t.follow_link_title(&v.reference),
        (None, None) => t.follow_ask_title(),
    }
}

fn here(ctx: &Ctx, v: &FollowView) -> String {
    let place = match v.reference.as_str() {
        "" => Place::Complaints,
        reference if miftah_rules::complaint::is_reference(reference) => {
            Place::Complaint(reference.to_owned())
        }
        _ => Place::Complaints,
    };
    ctx.posts_to(&place, &v.trail)
}

fn head(ctx: &Ctx, v: &FollowView, lead: Option<Text>) -> Html {
    html! {
        <header class="title">
            {text("h1", "", title(&ctx.texts, v))} {lead.map(|lead| text("p", "title-lead", lead))}
        </header>
    }
}

/// Reference and code.
fn ask(ctx: &Ctx, v: &FollowView) -> Html {
    let t = &ctx.texts;
    let one = |field, label, hint, value| {
        field::field(
            ctx,
            Spec {
                field,
                kind: Kind::Reference,
                label,
                hint,
                value,
                problems: &v.problems,
                optional: false,
            },
        )
    };
    html! {
        {head(ctx, v, Some(t.follow_ask_lead()))}
        {problems::summary(
            ctx,
            &v.problems,
            &[Field::Reference, Field::Code],
            problems::way_on(ctx, &v.problems),
        )}
        <form class="form" method="post" action=here(ctx, v) novalidate="" id="journey">
            {one(
                Field::Reference,
                t.follow_reference_label(),
                None,
                &v.reference,
            )}
            {one(
                Field::Code,
                t.follow_code_label(),
                Some(t.follow_code_hint()),
                "",
            )}
            <div class="actions">{button::submit(Weight::Primary, t.follow_ask_submit())}</div>
        </form>
    }
}

/// Opened from a letter: its button shows the complaint.
fn by_link(ctx: &Ctx, v: &FollowView, token: &str) -> Html {
    let t = &ctx.texts;
    html! {
        {head(ctx, v, Some(t.follow_link_lead()))}
        <form class="form" method="post" action=here(ctx, v) novalidate="" id="journey">
            {button::hidden("token", token.to_owned())}
            <div class="actions">{button::submit(Weight::Primary, t.follow_ask_submit())}</div>
        </form>
    }
}

fn shown(ctx: &Ctx, v: &FollowView, open: &Followed) -> Html {
    let t = &ctx.texts;
    let top = match &open.code {
        Some(code) => receipt(ctx, v, code),
        None => head(ctx, v, None),
    };
    let steps: Vec<_> = open.steps.iter().map(|step| line(ctx, *step)).collect();
    html! {
        {top}
        {problems::summary(
            ctx,
            &v.problems,
            &[Field::Code, Field::Password, Field::PasswordAgain],
            problems::way_on(ctx, &v.problems),
        )}
        {onward(ctx, v, open)}
        <section class="part">
            <dl class="facts">
                {fact(t.follow_state(), state(t, open))}
                {reason(t, open).map(|why| fact(t.follow_reason(), why))}
                {(!open.answer.is_empty())
                    .then(|| fact(t.follow_answer(), Text::typed(&open.answer)))}
            </dl>
        </section>
        {next(ctx, open)}
        <section class="part">
            {text("h2", "", t.follow_steps_title())} <ul class="rows">{steps}</ul>
        </section>
        {withdraw(ctx, v, open)}
    }
}

fn receipt(ctx: &Ctx, v: &FollowView, code: &str) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="confirm">
            {mark()} {text("h1", "", t.follow_receipt_title())}
            <dl class="facts confirm-facts">
                {fact(t.follow_reference_label(), Text::ltr(&v.reference))}
                {fact(t.follow_code_label(), Text::ltr(code))}
            </dl>
            {text("p", "", t.follow_receipt_keep())} {text("p", "quiet", t.follow_receipt_lost())}
        </section>
    }
}

/// Whose turn it is.
fn state(t: &Texts, open: &Followed) -> Text {
    match open.state {
        ComplaintState::Accepted if open.onward.is_some() => t.follow_state_ready(),
        state => t.complaint_state(state),
    }
}

fn reason(t: &Texts, open: &Followed) -> Option<Text> {
    let refused = open.refused.map(|reason| t.complaint_refusal(reason));
    refused.or_else(|| open.closed.map(|reason| t.complaint_closing(reason)))
}

fn line(ctx: &Ctx, step: FollowStep) -> Html {
    let t = &ctx.texts;
    let (icon, what) = match step.what {
        FollowWhat::Submitted => (Icon::Mail, t.follow_step_submitted()),
        FollowWhat::Taken => (Icon::Person, t.follow_step_taken()),
        FollowWhat::Waiting => (Icon::Clock, t.follow_step_waiting()),
        FollowWhat::Approved => (Icon::Tick, t.follow_step_approved()),
        FollowWhat::Accepted => (Icon::Tick, t.follow_step_accepted()),
        FollowWhat::Completed => (Icon::Tick, t.follow_step_completed()),
        FollowWhat::Refused => (Icon::Alert, t.follow_step_refused()),
        FollowWhat::Closed => (Icon::Info, t.follow_step_closed()),
        FollowWhat::Reopened => (Icon::Clock, t.follow_step_reopened()),
    };
    row(icon, what, vec![moment(ctx, step.on)], Html::default())
}

/// What happens next while it is the office's turn.
fn next(ctx: &Ctx, open: &Followed) -> Html {
    let t = &ctx.texts;
    let lines = match open.state {
        ComplaintState::Submitted | ComplaintState::InReview => {
            let first = match open.kind {
                ComplaintKind::Assisted => t.follow_next_assisted(),
                ComplaintKind::WrongData | ComplaintKind::CannotRegister => t.follow_next_office(),
            };
            let told = match open.unconfirmed {
                true => t.follow_next_untold(),
                false => t.follow_next_told(&open.sent_to),
            };
            vec![first, told]
        }
        ComplaintState::Accepted if open.onward.is_none() => {
            let when = open.opens_on.map(|on| moment(ctx, on).bare());
            vec![t.follow_opens_on(&when.unwrap_or_default())]
        }
        _ => return Html::default(),
    };
    let lines: Vec<_> = lines.into_iter().map(|line| text("p", "", line)).collect();
    html! { <section class="part">{text("h2", "", t.follow_next_title())} {lines}</section> }
}

/// What the person can do now that the office has decided.
fn onward(ctx: &Ctx, v: &FollowView, open: &Followed) -> Html {
    let t = &ctx.texts;
    let journey = v.trail.journey.clone().unwrap_or_default();
    let go = |place: &Place, words: Text, label: Text| {
        let form = html! {
            <form class="actions" method="post" action=ctx.href(place)>
                {button::hidden("from", journey.clone())} {button::submit(Weight::Primary, label)}
            </form>
        };
        notice::around(notice::Kind::Good, words, form)
    };
    match (open.onward, open.state) {
        (Some(Onward::Register), _) => go(
            &Place::Register,
            t.follow_onward_register(),
            t.follow_onward_register_link(),
        ),
        (Some(Onward::Recover), _) => go(
            &Place::Recover,
            t.follow_onward_recover(),
            t.follow_onward_recover_link(),
        ),
        (Some(Onward::Prove), _) => prove(ctx, v, open),
        (Some(Onward::Password), _) => password(ctx, v, open),
        (None, ComplaintState::Closed) if open.closed == Some(CloseReason::Lapsed) => go(
            &Place::Assisted,
            t.follow_again_lapsed(),
            t.follow_again_title(),
        ),
        (None, ComplaintState::Refused) => {
            let place = match open.kind {
                ComplaintKind::Assisted => Place::Assisted,
                ComplaintKind::WrongData | ComplaintKind::CannotRegister => Place::Complain,
            };
            go(&place, t.follow_again(), t.follow_again_title())
        }
        (None, _) => Html::default(),
    }
}

/// Before the password: a code to the address that was confirmed.
fn prove(ctx: &Ctx, v: &FollowView, open: &Followed) -> Html {
    let t = &ctx.texts;
    let form = match &open.proof {
        Some(code) => code_step(
            ctx,
            CodeStep {
                code,
                problems: &v.problems,
                action: here(ctx, v),
                step: "code",
                change: None,
            },
        ),
        None => html! {
            {text("p", "", t.follow_prove_lead(&open.sent_to))}
            <form class="actions" method="post" action=here(ctx, v) id="journey">
                {button::action(Weight::Primary, "send", t.follow_prove_send())}
            </form>
        },
    };
    html! { <section class="part">{text("h2", "", t.follow_prove_title())} {form}</section> }
}

/// Assisted recovery, at its end.
fn password(ctx: &Ctx, v: &FollowView, open: &Followed) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="part">
            {text("h2", "", t.follow_password_title())}
            {text("p", "", t.follow_password_lead(&open.sent_to))}
            <form class="form" method="post" action=here(ctx, v) novalidate="">
                {new_password::new_password(ctx, &open.hints, &v.problems)}
                <div class="actions">
                    {button::action(Weight::Primary, "password", t.follow_password_submit())}
                </div>
            </form>
        </section>
    }
}

/// Taking it back, asked once more.
fn withdraw(ctx: &Ctx, v: &FollowView, open: &Followed) -> Html {
    let t = &ctx.texts;
    let asked = html! {
        {text("h2", "", t.follow_withdraw_sure_title())} {text("p", "", t.follow_withdraw_sure())}
        <div class="actions">
            {button::action(Weight::Second, "withdraw_now", t.follow_withdraw_now())}
            {button::action(Weight::Quiet, "keep", t.follow_withdraw_keep())}
        </div>
    };
    let offered = html! {
        {text("h2", "", t.follow_withdraw_title())}
        <div class="actions">
            {button::action(Weight::Quiet, "withdraw", t.follow_withdraw())}
        </div>
    };
    let button = match (open.may_withdraw, open.withdrawing) {
        (false, _) => None,
        (true, true) => Some(asked),
        (true, false) => Some(offered),
    };
    // The language switch is a button of the form with this id, wherever there is one.
    let id = (open.onward != Some(Onward::Prove)).then_some("journey");
    html! {
        <form class="part" method="post" action=here(ctx, v) id=id>
            {button}
        </form>
    }
}
