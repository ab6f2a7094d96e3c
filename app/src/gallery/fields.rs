//! What is typed, ticked and chosen.

use miftah_messages::Text;
use miftah_rules::view::PasswordHints;
use miftah_rules::{Detail, Field, Problem, ProblemAt};

use super::{Example, among, example};
use crate::Ctx;
use crate::html::Html;
use crate::pages::account::current_password;
use crate::pages::register::suggestion;
use crate::ui::check::check;
use crate::ui::choice::{Choice, choices};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::icon::Icon;
use crate::ui::live::Pose;
use crate::ui::new_password::new_password;

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    [fields(ctx), passwords(ctx), boxes(ctx)]
        .into_iter()
        .flatten()
        .collect()
}

fn fields(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let number = &ctx.frame.institution.student_number;
    let one = |field: Field, kind: Kind, value: &str, problems: &[ProblemAt]| {
        let (label, hint) = match kind {
            Kind::Date => (
                t.register_birth_date_label(),
                Some(t.register_birth_date_hint()),
            ),
            Kind::Email => (t.register_email_label(), Some(t.register_email_hint())),
            Kind::Phone => (t.register_phone_label(), None),
            Kind::Handle => (t.login_handle_label(), None),
            Kind::Identifier | Kind::Code => {
                (Text::own(&number.label), Some(Text::own(&number.hint)))
            }
        };
        let spec = Spec {
            field,
            kind,
            label,
            hint,
            value,
            problems,
            optional: kind == Kind::Phone,
        };
        field::field(ctx, spec)
    };
    let missing = [Problem::Missing.at(Field::NationalId)];
    let date = [Problem::DateShape.at(Field::BirthDate)];
    let email = [Problem::EmailShape.at(Field::Email)];
    vec![
        example(
            "field",
            one(Field::StudentNumber, Kind::Identifier, "", &[]),
        ),
        example(
            "field-ok",
            one(Field::StudentNumber, Kind::Identifier, &number.example, &[]),
        ),
        example(
            "field-problem",
            one(Field::NationalId, Kind::Identifier, "", &missing),
        ),
        example(
            "field-date",
            one(Field::BirthDate, Kind::Date, "21/05/2003", &[]),
        ),
        example(
            "field-date-problem",
            one(Field::BirthDate, Kind::Date, "31/02/2003", &date),
        ),
        example(
            "field-email",
            one(Field::Email, Kind::Email, "salma@example.ma", &[]),
        ),
        example(
            "field-email-problem",
            one(Field::Email, Kind::Email, "salma@", &email),
        ),
        example("field-email-suggestion", suggestion(ctx, "salma@gmail.com")),
        example("field-optional", one(Field::Phone, Kind::Phone, "", &[])),
        example("field-handle", one(Field::Handle, Kind::Handle, "", &[])),
    ]
}

fn passwords(ctx: &Ctx) -> Vec<Example> {
    let hints = PasswordHints::default();
    let new = |typed: &'static str, problems: &[ProblemAt]| {
        let pose = Pose {
            live: true,
            typed,
            ..Pose::default()
        };
        among(pose, || new_password(ctx, &hints, problems))
    };
    let live = Pose {
        live: true,
        ..Pose::default()
    };
    let peeked = Pose {
        peeked: true,
        ..live
    };
    let wrong = [Problem::CurrentPasswordWrong
        .at(Field::CurrentPassword)
        .with(Detail::TriesLeft(2))];
    let short = [Problem::PasswordShort.at(Field::Password)];
    let differ = [Problem::PasswordsDiffer.at(Field::PasswordAgain)];
    let why = || Some(ctx.texts.account_ask_password_hint());
    vec![
        example("password", current_password(ctx, None, &[])),
        example(
            "password-live",
            among(live, || current_password(ctx, why(), &[])),
        ),
        example(
            "password-shown",
            among(peeked, || current_password(ctx, why(), &[])),
        ),
        example(
            "password-problem",
            among(live, || current_password(ctx, None, &wrong)),
        ),
        example("new-password", new_password(ctx, &hints, &[])),
        example("new-password-live", new("", &[])),
        example("new-password-weak", new("salma1", &short)),
        example("new-password-fair", new("zitouna2003", &differ)),
        example("new-password-strong", new("Zitouna kerma! 27 nakhla", &[])),
    ]
}

fn boxes(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let terms = |checked, problems: &[ProblemAt]| {
        check(
            ctx,
            Field::Terms,
            t.register_terms_label(),
            checked,
            problems,
            Html::default(),
        )
    };
    let choice = |chosen, problems: &[ProblemAt]| {
        let answers = vec![
            Choice {
                value: "email",
                name: t.recover_destination_email(),
                detail: Some(Text::ltr("s••••a@gmail.com")),
                icon: Some(Icon::Mail),
            },
            Choice {
                value: "phone",
                name: t.recover_destination_phone(),
                detail: Some(Text::ltr("06 •• •• •• 14")),
                icon: Some(Icon::Phone),
            },
        ];
        let legend = t.recover_destination_legend();
        choices(ctx, Field::Channel, legend, answers, chosen, problems)
    };
    let long = || {
        let answer = |value, name, detail| Choice {
            value,
            name,
            detail: Some(detail),
            icon: None,
        };
        let answers = vec![
            answer("it_was_me", t.notme_was_me(), t.notme_was_me_hint()),
            answer("not_me", t.notme_was_not_me(), t.notme_was_not_me_hint()),
        ];
        choices(ctx, Field::Verdict, t.notme_legend(), answers, None, &[])
    };
    let unread = [Problem::TermsNotAccepted.at(Field::Terms)];
    let none = [Problem::Missing.at(Field::Channel)];
    vec![
        example("check", terms(false, &[])),
        example("check-ticked", terms(true, &[])),
        example("check-problem", terms(false, &unread)),
        example("choice", choice(None, &[])),
        example("choice-chosen", choice(Some("phone"), &[])),
        example("choice-problem", choice(None, &none)),
        example("choice-sentences", long()),
    ]
}
