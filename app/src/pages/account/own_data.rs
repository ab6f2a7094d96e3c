//! `/account/data`: what people said of themselves, where it is theirs to change (S2.1).

use miftah_rules::view::OwnDataView;
use miftah_rules::{Field, Place};

use super::{back, body, current_password};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::shell::{Body, Form};
use crate::ui::{field, problems, text};

pub fn page(ctx: &Ctx, v: &OwnDataView) -> Body {
    let t = &ctx.texts;
    let mut fields = ctx.frame.institution.opens_with();
    let inputs: Vec<_> = fields
        .iter()
        .map(|field| field::personal(ctx, *field, &v.typed, &v.problems))
        .collect();
    fields.push(Field::CurrentPassword);
    let password = v.ask_password.then(|| {
        let why = Some(t.account_data_ask());
        current_password(ctx, why, &v.problems)
    });
    let sheet = html! {
        {back(ctx.href(&Place::Account), t.account_title())}
        <header class="title">
            {text("h1", "", t.account_data_change())}
            {text("p", "title-lead", t.account_data_lead())}
        </header>
        {problems::summary(ctx, &v.problems, &fields, problems::way_on(ctx, &v.problems))}
        <form
            class="form"
            method="post"
            action=ctx.posts_to(&Place::OwnData, &v.trail)
            novalidate=""
            id="journey"
        >
            {inputs.into_iter().collect::<Html>()}
            {password}
            <div class="actions">{button::submit(Weight::Primary, t.common_save())}</div>
        </form>
    };
    body(ctx, &Place::Account, Form::Journey, sheet)
}
