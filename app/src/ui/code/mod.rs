//! The code step of every journey: where the code went, the field, another code, a wrong address,
//! where else to look.

mod delivery;
#[cfg(feature = "ssr")]
pub(crate) mod examples;

use leptos::prelude::*;
use miftah_messages::{Text, Texts};
use miftah_rules::code::CodeForm;
use miftah_rules::view::{Channel, CodeView};
use miftah_rules::{Field, ProblemAt};

use super::button::{self, Weight};
use super::field::{self, Kind, Spec};
use super::icon::{Icon, icon};
use super::{live, notice, problems, text, text_live};
use crate::Ctx;
use crate::html::{Html, html};

/// What a journey adds to its code step.
#[derive(Debug)]
pub struct CodeStep<'a> {
    pub code: &'a CodeView,
    pub problems: &'a [ProblemAt],
    /// Where the form posts to.
    pub action: String,
    /// The `step` the form is for.
    pub step: &'static str,
    /// Label of the button that goes back and changes the address or takes another one, where there
    /// is another.
    pub change: Option<Text>,
}

/// Forms: one to send the code (id `journey`), whose further buttons ask for a new code
/// (`action=resend`) or another address (`action=change`).
pub fn code_step(ctx: &Ctx, step: CodeStep<'_>) -> Html {
    let t = &ctx.texts;
    let CodeStep {
        code,
        problems,
        action,
        step,
        change,
    } = step;
    html! {
        {code
            .sent_again
            .then(|| notice::success(t.code_resent(), None))} {text("p", "", sent(ctx, code))}
        {delivery::line(ctx, code)}
        <form class="form" method="post" action=action novalidate="" id="journey">
            {button::hidden("step", step.into())}
            {input(ctx, code.form, problems)} {text("p", "quiet", t.code_valid_minutes(code.minutes))}
            <div class="actions">{button::submit(Weight::Primary, t.code_submit())}</div>
            {elsewhere(ctx, code)} <div class="actions">
                {resend(
                    ctx,
                    code.resend_in,
                    t.code_resend(),
                    |t, left| match left {
                        0 => t.code_resend_ready(),
                        left => t.code_resend_in(left),
                    },
                )}
                {change.map(|change| button::action(Weight::Quiet, "change", change))}
            </div>
        </form>
    }
}

/// The field: a keyboard of digits for digits, the ordinary one for letters.
fn input(ctx: &Ctx, form: CodeForm, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    match form {
        CodeForm::Digits => field::field(
            ctx,
            Spec {
                field: Field::Code,
                kind: Kind::Code,
                label: t.code_label(),
                hint: Some(t.code_hint()),
                value: "",
                problems,
                optional: false,
            },
        ),
        CodeForm::Letters => letters(ctx, problems),
    }
}

/// Eight letters; nothing is checked before they are sent.
fn letters(ctx: &Ctx, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let met = problems::of(problems, Field::Code);
    let described = if met.is_some() {
        "code-problem code-hint"
    } else {
        "code-hint"
    };
    let invalid = met.is_some().then_some("true");
    html! {
        <div class="field code">
            <label class="field-label" for="code">
                {text("span", "", t.code_label())}
            </label>
            {text::text_with_id("p", "field-hint", "code-hint".to_owned(), t.code_letters_hint())}
            {met.map(|met| problems::at_field(ctx, Field::Code, &met))}
            <div class="control">
                <input
                    id="code"
                    name="code"
                    type="text"
                    dir="ltr"
                    autocomplete="one-time-code"
                    autocapitalize="characters"
                    spellcheck="false"
                    maxlength="24"
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </div>
        </div>
    }
}

fn sent(ctx: &Ctx, code: &CodeView) -> Text {
    let t = &ctx.texts;
    match (code.form, &code.sent_to, code.channel) {
        (CodeForm::Digits, Some(to), Channel::Email) => t.code_sent_to_email(to),
        (CodeForm::Digits, Some(to), Channel::Phone) => t.code_sent_to_phone(to),
        (CodeForm::Digits, None, Channel::Email) => t.code_sent_if_email(),
        (CodeForm::Digits, None, Channel::Phone) => t.code_sent_if_phone(),
        (CodeForm::Letters, Some(to), Channel::Email) => t.code_letters_sent_to_email(to),
        (CodeForm::Letters, Some(to), Channel::Phone) => t.code_letters_sent_to_phone(to),
        (CodeForm::Letters, None, Channel::Email) => t.code_letters_sent_if_email(),
        (CodeForm::Letters, None, Channel::Phone) => t.code_letters_sent_if_phone(),
    }
}

/// Where to look before asking for another code.
pub fn elsewhere(ctx: &Ctx, code: &CodeView) -> Html {
    let t = &ctx.texts;
    let lines = match code.channel {
        Channel::Email => vec![
            t.code_missing_wait(),
            t.code_missing_spam(),
            t.code_missing_search(&ctx.frame.institution.short_name),
        ],
        Channel::Phone => vec![t.code_missing_wait(), t.code_missing_sms()],
    };
    let lines: Vec<_> = lines.into_iter().map(|line| text("p", "", line)).collect();
    html! {
        <div class="notice" data-kind="info">
            {icon(Icon::Info)} <div class="notice-words">
                {text("p", "notice-title", t.code_missing())} {lines}
            </div>
        </div>
    }
}

/// The button for another code or message, and in words how many seconds are left. With scripts it waits, visibly, until one may be asked for;
/// without, it is always there and the server says how long to wait.
pub fn resend(
    ctx: &Ctx,
    seconds: u64,
    label: Text,
    wait: impl Fn(&Texts, u64) -> Text + Send + Sync + 'static,
) -> Html {
    let t = ctx.texts.clone();
    let left = RwSignal::new(seconds);
    #[cfg(feature = "hydrate")]
    count_down(left);
    let live = live();
    let waiting = move || live.get() && left.get() > 0;
    let words = t;
    html! {
        <button
            class="button button-second"
            name="action"
            value="resend"
            formnovalidate=""
            aria-disabled=move || waiting().then_some("true")
        >
            {text("span", "", label)}
        </button>
        <p class="countdown" role="timer">
            {text_live("span", "", move || {
                wait(&words, left.get())
            })}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn count_down(left: RwSignal<u64>) {
    use std::time::Duration;

    // An effect, because only the browser runs it: the server renders the first number.
    Effect::new(move |started: Option<()>| {
        if started.is_some() {
            return;
        }
        let tick = move || {
            left.try_update(|left| *left = left.saturating_sub(1));
        };
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
    });
}
