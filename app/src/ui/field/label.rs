//! What the data of a person are called, wherever they are asked for or shown.

use miftah_messages::Text;
use miftah_rules::Field;

use crate::Ctx;

/// The label of one of them.
pub fn label(ctx: &Ctx, field: Field) -> Text {
    let t = &ctx.texts;
    match field {
        field if field.is_number() => ctx.number_label(field),
        Field::Handle => t.login_handle_label(),
        Field::NationalId => t.register_national_id_label(),
        Field::BirthDate => t.register_birth_date_label(),
        Field::BirthPlace => t.register_birth_place_label(),
        Field::LastNameAr => t.complaint_last_name_ar(),
        Field::FirstNameAr => t.complaint_first_name_ar(),
        Field::LastNameLatin => t.complaint_last_name_latin(),
        Field::FirstNameLatin => t.complaint_first_name_latin(),
        Field::Phone => t.complaint_phone_label(),
        _ => t.complaint_email_label(),
    }
}
