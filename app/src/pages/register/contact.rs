//! Second step: e-mail, phone if wanted, terms.

use miftah_rules::Field;
use miftah_rules::view::{RegisterStep, RegisterView};

use super::{action, head, typed};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::icon::{Icon, icon};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

const FIELDS: [Field; 3] = [Field::Email, Field::Phone, Field::Terms];

pub(super) fn page(ctx: &Ctx, v: &RegisterView) -> Body {
    let t = &ctx.texts;
    let found = v
        .first_name
        .as_ref()
        .map(|name| t.register_contact_found(name));
    let email = Spec {
        field: Field::Email,
        kind: Kind::Email,
        label: t.register_email_label(),
        hint: Some(t.register_email_hint()),
        value: typed(v, Field::Email),
        problems: &v.problems,
        optional: false,
    };
    let phone = Spec {
        field: Field::Phone,
        kind: Kind::Phone,
        label: t.register_phone_label(),
        hint: Some(t.register_phone_hint(&ctx.frame.institution.phone.example)),
        value: typed(v, Field::Phone),
        problems: &v.problems,
        optional: true,
    };
    let sheet = html! {
        {head(ctx, v, found, &FIELDS)}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {button::hidden("step", RegisterStep::Contact.name().into())}
            {field::field(ctx, email)}
            {v.suggestion.as_ref().map(|meant| suggestion(ctx, meant))}
            {field::field(ctx, phone)}
            {terms(ctx, v)}
            <div class="actions">
                {button::submit(Weight::Primary, t.register_contact_submit())}
                {button::action(Weight::Quiet, "back", t.register_contact_back())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Parts(beside(ctx)),
        form: Form::Journey,
    }
}

/// "Did you mean …?", asked before a code is sent. Sending again takes the address as it is.
fn suggestion(ctx: &Ctx, meant: &str) -> Html {
    let t = &ctx.texts;
    html! {
        <div class="notice" data-kind="warn" role="alert">
            {icon(Icon::Mail)} <div class="notice-words">
                {text("p", "notice-title", t.register_email_suggestion(meant))}
                {button::action(
                    Weight::Second,
                    "use_suggestion",
                    t.register_email_suggestion_use(),
                )}
            </div>
        </div>
    }
}

/// The texts are read through buttons of the form, so that nothing typed is lost on the way.
fn terms(ctx: &Ctx, v: &RegisterView) -> Html {
    let t = &ctx.texts;
    let problem = problems::of(&v.problems, Field::Terms);
    let name = Field::Terms.name();
    html! {
        <div class="field">
            {problem.as_ref().map(|met| problems::at_field(ctx, Field::Terms, met))}
            <label class="check">
                <input
                    type="checkbox"
                    id=name
                    name=name
                    value="yes"
                    checked=!typed(v, Field::Terms).is_empty()
                    aria-describedby=problem.is_some().then(|| format!("{name}-problem"))
                    aria-invalid=problem.is_some().then_some("true")
                />
                {text("span", "check-words", t.register_terms_label())}
            </label>
            <div class="actions">
                {button::action(Weight::Quiet, "read_terms", t.register_terms_read())}
                {button::action(Weight::Quiet, "read_privacy", t.register_privacy_read())}
            </div>
        </div>
    }
}

fn beside(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="beside-part">
            {text("h2", "", t.register_contact_not_me())}
            <div class="actions">
                <button
                    class="button button-second"
                    form="journey"
                    name="action"
                    value="back"
                    formnovalidate=""
                >
                    {text("span", "", t.register_contact_not_me_link())}
                </button>
            </div>
        </section>
    }
}
