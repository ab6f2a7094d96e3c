//! Two directions in one line.

use super::text;
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::html;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let mixed = html! {
        {text("p", "", t.code_sent_to_email("salma.bennani+fsjes@example.ac.ma"))}
        {text("p", "", t.register_contact_found("Salma BENNANI"))}
        {text("p", "quiet", t.home_number(&ctx.frame.institution.number.example))}
        {text("p", "", t.account_phone_new_hint(&ctx.frame.institution.phone.example))}
    };
    vec![example("text", mixed)]
}
