//! Second step: e-mail, phone if wanted, terms.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::view::{RegisterStep, RegisterView};

use super::{action, head, typed};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::check::check;
use crate::ui::facts::fact;
use crate::ui::field::{self, Kind, Spec};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{notice, text};

const FIELDS: [Field; 4] = [Field::Email, Field::EmailAgain, Field::Phone, Field::Terms];

pub(super) fn page(ctx: &Ctx, v: &RegisterView) -> Body {
    let t = &ctx.texts;
    let found = v
        .first_name
        .as_ref()
        .map(|name| t.register_contact_found(name));
    // Where the address is one of the data that found the record, a code goes to no other.
    let is_known = ctx
        .frame
        .institution
        .asks
        .iter()
        .any(|asked| asked.field == Field::Email);
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
        optional: !ctx.frame.institution.needs_phone,
    };
    let sheet = html! {
        {head(ctx, v, found, &FIELDS)}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {button::hidden("step", RegisterStep::Contact.name().into())}
            {if is_known { known(ctx, v) } else { field::field(ctx, email) }}
            {twice(ctx, v)}
            {v.suggestion.as_ref().map(|meant| suggestion(ctx, meant))}
            {field::field(ctx, phone)}
            {ctx.frame.institution.asks_terms.then(|| terms(ctx, v))}
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

/// Once more, where the institution wants it. It may be pasted.
fn twice(ctx: &Ctx, v: &RegisterView) -> Option<Html> {
    let spec = Spec {
        field: Field::EmailAgain,
        kind: Kind::Email,
        label: ctx.texts.register_email_again_label(),
        hint: None,
        value: typed(v, Field::EmailAgain),
        problems: &v.problems,
        optional: false,
    };
    let wanted = ctx.frame.institution.email_twice;
    wanted.then(|| field::field(ctx, spec))
}

/// The address that the record has, as it was typed.
fn known(ctx: &Ctx, v: &RegisterView) -> Html {
    let address = typed(v, Field::Email);
    html! {
        <dl class="facts">
            {fact(ctx.texts.register_email_label(), Text::ltr(address))}
        </dl>
        {button::hidden(Field::Email.name(), address.to_owned())}
    }
}

/// "Did you mean …?", asked before a code is sent. Sending again takes the address as it is.
pub(crate) fn suggestion(ctx: &Ctx, meant: &str) -> Html {
    let t = &ctx.texts;
    let take = button::action(
        Weight::Second,
        "use_suggestion",
        t.register_email_suggestion_use(),
    );
    let meant = t.register_email_suggestion(meant);
    html! { <div role="alert">{notice::around(notice::Kind::Warn, meant, take)}</div> }
}

/// The texts are read through buttons of the form, so that nothing typed is lost on the way.
fn terms(ctx: &Ctx, v: &RegisterView) -> Html {
    let t = &ctx.texts;
    let read = html! {
        <div class="actions">
            {button::action(Weight::Quiet, "read_terms", t.register_terms_read())}
            {button::action(Weight::Quiet, "read_privacy", t.register_privacy_read())}
        </div>
    };
    let agreed = !typed(v, Field::Terms).is_empty();
    check(
        ctx,
        Field::Terms,
        t.register_terms_label(),
        agreed,
        &v.problems,
        read,
    )
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
