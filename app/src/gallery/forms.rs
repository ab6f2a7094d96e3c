//! Fields, passwords, codes, choices, buttons.

use miftah_rules::view::{Channel, CodeView, PasswordHints};
use miftah_rules::{Detail, Field, Problem, ProblemAt};

use super::Example;
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::code::{CodeStep, code_step};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::new_password::new_password;
use crate::ui::problems;

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let number = &ctx.frame.institution.student_number;
    let field = |field: Field, kind: Kind, value: &str, problems: &[ProblemAt]| {
        let label = match kind {
            Kind::Date => t.register_birth_date_label(),
            Kind::Email => t.register_email_label(),
            Kind::Phone => t.register_phone_label(),
            Kind::Identifier | Kind::Code | Kind::Handle => {
                miftah_messages::Text::own(&number.label)
            }
        };
        let optional = kind == Kind::Phone;
        let hint = (kind == Kind::Date).then(|| t.register_birth_date_hint());
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
    };
    let missing = [Problem::Missing.at(Field::NationalId)];
    let shape = [Problem::EmailShape.at(Field::Email)];
    let example = |name, shown| Example { name, shown };
    vec![
        example(
            "field",
            field(Field::StudentNumber, Kind::Identifier, "", &[]),
        ),
        example(
            "field-ok",
            field(Field::StudentNumber, Kind::Identifier, &number.example, &[]),
        ),
        example(
            "field-problem",
            field(Field::NationalId, Kind::Identifier, "", &missing),
        ),
        example(
            "field-date",
            field(Field::BirthDate, Kind::Date, "21/05/2003", &[]),
        ),
        example(
            "field-email-problem",
            field(Field::Email, Kind::Email, "salma@", &shape),
        ),
        example("field-optional", field(Field::Phone, Kind::Phone, "", &[])),
        example(
            "password-new",
            new_password(ctx, &PasswordHints::default(), &[]),
        ),
        example("code", code(ctx)),
        example("buttons", buttons(ctx)),
        example(
            "summary-fields",
            problems::summary(
                ctx,
                &[
                    Problem::Missing.at(Field::NationalId),
                    Problem::DateShape.at(Field::BirthDate),
                ],
                &[Field::NationalId, Field::BirthDate],
                Html::default(),
            ),
        ),
    ]
}

fn code(ctx: &Ctx) -> Html {
    let view = CodeView {
        sent_to: Some("salma@example.ma".into()),
        channel: Channel::Email,
        resend_in: 24,
        minutes: 10,
        sent_again: true,
        form: miftah_rules::code::CodeForm::Digits,
    };
    let wrong = Problem::CodeWrong
        .at(Field::Code)
        .with(Detail::TriesLeft(3));
    code_step(
        ctx,
        CodeStep {
            code: &view,
            problems: &[wrong],
            action: String::new(),
            step: "code",
            change: ctx.texts.code_change_address(),
        },
    )
}

fn buttons(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <div class="actions">
            {button::submit(Weight::Primary, t.common_continue())}
            {button::submit(Weight::Second, t.common_back())}
            {button::submit(Weight::Quiet, t.common_cancel())}
            {button::submit(Weight::Danger, t.common_remove())}
        </div>
    }
}
