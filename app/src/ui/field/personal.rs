//! The data that find somebody, or that people say of themselves, asked for in the same words wherever
//! they are: numbers, names, document, birth date, address.

use miftah_messages::Text;
use miftah_rules::view::Typed;
use miftah_rules::{Field, ProblemAt};

use super::{Kind, Spec, field, label};
use crate::Ctx;
use crate::html::Html;

/// One of them, with what was typed.
pub fn personal(ctx: &Ctx, asked: Field, typed: &Typed, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution;
    let (kind, hint) = match asked {
        field if field.is_number() => {
            let number = institution.number_of(asked);
            let hint = Text::own(number.map_or("", |number| &number.hint));
            (Kind::Identifier, Some(hint))
        }
        Field::Handle => (Kind::Handle, None),
        Field::Email => (Kind::Email, Some(t.register_record_email_hint())),
        Field::NationalId => {
            let example = institution.national_ids.first();
            let example = example.map_or("", |id| &id.example);
            (Kind::Identifier, Some(t.register_national_id_hint(example)))
        }
        Field::Phone => (
            Kind::Phone,
            Some(t.register_record_phone_hint(&institution.phone.example)),
        ),
        Field::BirthDate => (Kind::Date, Some(t.register_birth_date_hint())),
        Field::BirthPlace => (Kind::Name, Some(t.register_birth_place_hint())),
        _ => (Kind::Name, None),
    };
    let label = match asked {
        Field::Email => t.register_email_label(),
        Field::Phone => t.register_phone_label(),
        field => label(ctx, field),
    };
    let value = typed.get(&asked).map_or("", String::as_str);
    field(
        ctx,
        Spec {
            field: asked,
            kind,
            label,
            hint,
            value,
            problems,
            optional: institution
                .asks
                .iter()
                .any(|of| of.field == asked && of.optional),
        },
    )
}
