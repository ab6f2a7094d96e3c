//! What a form says and is sent with: buttons, the code step, problems.

use miftah_rules::code::CodeForm;
use miftah_rules::view::{Channel, CodeView};
use miftah_rules::{Detail, Field, Place, Problem, ProblemAt};

use super::{Example, among, example};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::code::{CodeStep, code_step};
use crate::ui::live::Pose;
use crate::ui::problems::{summary, way_on};

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    [buttons(ctx), codes(ctx), problems(ctx)]
        .into_iter()
        .flatten()
        .collect()
}

fn buttons(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let all = html! {
        <div class="actions">
            {button::submit(Weight::Primary, t.common_continue())}
            {button::submit(Weight::Second, t.common_back())}
            {button::submit(Weight::Quiet, t.common_cancel())}
            {button::submit(Weight::Danger, t.common_remove())}
        </div>
    };
    let links = html! {
        <div class="actions">
            {button::link(Weight::Primary, ctx.href(&Place::Home), t.common_continue())}
            {button::link(Weight::Second, ctx.href(&Place::Home), t.common_back())}
            {button::link(Weight::Quiet, ctx.href(&Place::Home), t.common_cancel())}
        </div>
    };
    // As the app marks the pressed button, and the one for a new code while it waits.
    let states = html! {
        <div class="actions">
            <button class="button" aria-busy="true">
                {crate::ui::text("span", "", t.common_continue())}
            </button>
            <button class="button button-second" aria-disabled="true">
                {crate::ui::text("span", "", t.code_resend())}
            </button>
        </div>
    };
    vec![
        example("button", all),
        example("button-link", links),
        example("button-busy", states),
    ]
}

fn codes(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let to = |channel, sent_to: Option<&str>| CodeView {
        sent_to: sent_to.map(str::to_owned),
        channel,
        resend_in: 24,
        minutes: 10,
        sent_again: false,
        form: CodeForm::Digits,
    };
    let step = |code: &CodeView, problems: &[ProblemAt], live| {
        let change = match code.channel {
            Channel::Email => t.code_change_address(),
            Channel::Phone => t.code_change_phone(),
        };
        let step = CodeStep {
            code,
            problems,
            action: String::new(),
            step: "code",
            change,
        };
        let pose = Pose {
            live,
            ..Pose::default()
        };
        among(pose, || code_step(ctx, step))
    };
    let email = to(Channel::Email, Some("salma@example.ma"));
    let again = CodeView {
        sent_again: true,
        resend_in: 0,
        ..email.clone()
    };
    let sms = to(Channel::Phone, Some("06 •• •• •• 14"));
    let letters = CodeView {
        form: CodeForm::Letters,
        ..email.clone()
    };
    let wrong = [Problem::CodeWrong
        .at(Field::Code)
        .with(Detail::TriesLeft(3))];
    vec![
        example("code", step(&email, &[], false)),
        example("code-sms", step(&sms, &[], true)),
        example("code-unknown", step(&to(Channel::Email, None), &[], true)),
        example("code-wrong", step(&again, &wrong, true)),
        example("code-letters", step(&letters, &[], true)),
    ]
}

fn problems(ctx: &Ctx) -> Vec<Example> {
    let fields = [
        Problem::Missing.at(Field::NationalId),
        Problem::DateShape.at(Field::BirthDate),
    ];
    let linked = [Field::NationalId, Field::BirthDate];
    let wait = [Problem::TooManyTries.alone().with(Detail::WaitSeconds(240))];
    let refused = [Problem::SignInRefused.alone()];
    vec![
        example(
            "problems-fields",
            summary(ctx, &fields, &linked, Html::default()),
        ),
        example(
            "problems-page",
            summary(ctx, &refused, &[], way_on(ctx, &refused)),
        ),
        example(
            "problems-wait",
            summary(ctx, &wait, &[], way_on(ctx, &wait)),
        ),
    ]
}
