//! A field of each kind: empty, read, refused.

use miftah_messages::Text;
use miftah_rules::{Field, Problem, ProblemAt};

use super::{Kind, Spec, field};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::pages::register::suggestion;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let number = &ctx.frame.institution.number;
    let one = |asked: Field, kind: Kind, value: &str, problems: &[ProblemAt]| {
        let (label, hint) = match kind {
            Kind::Date => (
                t.register_birth_date_label(),
                Some(t.register_birth_date_hint()),
            ),
            Kind::Email => (t.register_email_label(), Some(t.register_email_hint())),
            Kind::Phone => (t.register_phone_label(), None),
            Kind::Handle => (t.login_handle_label(), None),
            Kind::Name => (t.complaint_last_name_ar(), None),
            Kind::Reference => (t.follow_reference_label(), None),
            Kind::Identifier | Kind::Code => {
                (Text::own(&number.label), Some(Text::own(&number.hint)))
            }
        };
        let spec = Spec {
            field: asked,
            kind,
            label,
            hint,
            value,
            problems,
            optional: kind == Kind::Phone,
        };
        field(ctx, spec)
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
        example("field-name", one(Field::LastNameAr, Kind::Name, "", &[])),
        example(
            "field-reference",
            one(Field::Reference, Kind::Reference, "FSAB3CD4EF", &[]),
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
