//! The step of a code: sent, unknown whether sent, wrong, eight letters.

use miftah_rules::code::CodeForm;
use miftah_rules::view::{Channel, CodeView, Delivery, Moment};
use miftah_rules::{Detail, Field, Problem, ProblemAt};

use super::{CodeStep, code_step};
use crate::Ctx;
use crate::gallery::{Example, among, example};
use crate::ui::live::Pose;

const MOMENT: Moment = Moment {
    year: 2026,
    month: 9,
    day: 3,
    hour: 10,
    minute: 42,
};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let to = |channel, sent_to: Option<&str>| CodeView {
        sent_to: sent_to.map(str::to_owned),
        channel,
        resend_in: 24,
        minutes: 10,
        sent_again: false,
        form: CodeForm::Digits,
        delivery: sent_to.map(|_| Delivery::HandedOver(MOMENT)),
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
            change: Some(change),
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
    let fared = |delivery| CodeView {
        delivery: Some(delivery),
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
        example("code-waiting", step(&fared(Delivery::Waiting), &[], true)),
        example(
            "code-delayed",
            step(&fared(Delivery::Delayed(MOMENT)), &[], true),
        ),
        example("code-full", step(&fared(Delivery::MailboxFull), &[], true)),
        example("code-expired", step(&fared(Delivery::Expired), &[], true)),
        example(
            "code-no-mailbox",
            step(&fared(Delivery::NoMailbox), &[], true),
        ),
    ]
}
