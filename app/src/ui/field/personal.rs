//! The data that find somebody, asked for in the same words wherever they are: numbers, document,
//! birth date, address.

use miftah_messages::Text;
use miftah_rules::view::Typed;
use miftah_rules::{Field, ProblemAt};

use super::{Kind, Spec, field};
use crate::Ctx;
use crate::html::Html;

/// One of them, with what was typed.
pub fn personal(ctx: &Ctx, asked: Field, typed: &Typed, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution;
    let (kind, label, hint) = match asked {
        Field::StudentNumber | Field::PayrollNumber | Field::UserName | Field::PensionNumber => {
            let number = institution.number_of(asked);
            (
                Kind::Identifier,
                ctx.number_label(asked),
                Text::own(number.map_or("", |number| &number.hint)),
            )
        }
        Field::Email => (
            Kind::Email,
            t.register_email_label(),
            t.register_record_email_hint(),
        ),
        Field::NationalId => {
            let example = institution.national_ids.first();
            let example = example.map_or("", |id| &id.example);
            (
                Kind::Identifier,
                t.register_national_id_label(),
                t.register_national_id_hint(example),
            )
        }
        _ => (
            Kind::Date,
            t.register_birth_date_label(),
            t.register_birth_date_hint(),
        ),
    };
    let value = typed.get(&asked).map_or("", String::as_str);
    field(
        ctx,
        Spec {
            field: asked,
            kind,
            label,
            hint: Some(hint),
            value,
            problems,
            optional: institution
                .asks
                .iter()
                .any(|of| of.field == asked && of.optional),
        },
    )
}
