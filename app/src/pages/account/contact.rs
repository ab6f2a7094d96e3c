//! `/account/contact`: both addresses; then one address and its form; then its code.

use miftah_messages::{Text, Texts};
use miftah_rules::view::{AddressView, Channel, ContactChange, ContactStep, ContactView};
use miftah_rules::{Field, Place};

use super::{address_list, back, body, current_password, done, written};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::code::{CodeStep, code_step};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::shell::{Body, Form};
use crate::ui::{notice, problems, text};

pub fn page(ctx: &Ctx, v: &ContactView) -> Body {
    let (form, sheet) = match (v.step, v.change, &v.code) {
        (ContactStep::Code, Some(change), Some(code)) => {
            (Form::Journey, code_page(ctx, v, change, code))
        }
        (_, Some(change), _) => (Form::Journey, change_page(ctx, v, change)),
        _ => (Form::None, list_page(ctx, v)),
    };
    body(ctx, &Place::Contact, form, sheet)
}

fn list_page(ctx: &Ctx, v: &ContactView) -> Html {
    let t = &ctx.texts;
    let phone = v
        .addresses
        .iter()
        .any(|a| a.channel == Channel::Phone && a.value.is_some());
    let remove = phone.then(|| {
        let href = change_href(ctx, ContactChange::RemovePhone);
        html! {
            <div class="actions">
                {button::link(Weight::Quiet, href, t.account_phone_remove())}
            </div>
        }
    });
    html! {
        <header class="title">
            {text("h1", "", title(t, v))}
            {text("p", "title-lead", t.account_contact_intro())}
        </header>
        {done(ctx, v.done, &v.problems)}
        {problems::summary(ctx, &v.problems, &[], problems::way_on(ctx, &v.problems))}
        {same_password(ctx, &v.addresses)}
        {address_list(ctx, &v.addresses)}
        {remove}
    }
}

/// The mailbox opens with the very password that would be forgotten (S1.1).
fn same_password(ctx: &Ctx, addresses: &[AddressView]) -> Option<Html> {
    let t = &ctx.texts;
    let domains = &ctx.frame.institution.recovery.same_password;
    let email = addresses.iter().find(|a| a.channel == Channel::Email)?;
    let key = email.value.as_ref()?.to_lowercase();
    let (_, domain) = key.rsplit_once('@')?;
    domains.iter().any(|own| own == domain).then(|| {
        notice::notice(
            notice::Kind::Warn,
            t.account_same_password_title(),
            Some(t.account_same_password_body()),
        )
    })
}

fn change_page(ctx: &Ctx, v: &ContactView, change: ContactChange) -> Html {
    let t = &ctx.texts;
    let now = of(v, change);
    let linked = [Field::Email, Field::Phone, Field::CurrentPassword];
    let submit = match change {
        ContactChange::Email => button::submit(Weight::Primary, t.account_email_submit()),
        ContactChange::Phone => button::submit(Weight::Primary, t.account_phone_submit()),
        ContactChange::RemovePhone => button::submit(Weight::Danger, t.account_phone_remove()),
    };
    let password = v
        .ask_password
        .then(|| current_password(ctx, Some(t.account_ask_password_hint()), &v.problems));
    html! {
        <header class="title">
            {back(ctx.href(&Place::Contact), t.account_contact_title())} {text("h1", "", title(t, v))}
            {now.and_then(|a| a.value.as_ref().map(|value| written(a.channel, value)))
                .map(|now| text("p", "title-lead", t.account_contact_now(&now)))}
        </header>
        {problems::summary(ctx, &v.problems, &linked, problems::way_on(ctx, &v.problems))}
        <form class="form" method="post" action=action(ctx, v, change) novalidate="" id="journey">
            {button::hidden("step", ContactStep::Choose.name().into())}
            {button::hidden("change", change.name().into())} {input(ctx, v, change)} {password}
            <div class="actions">
                {submit}
                {button::link(
                    Weight::Quiet,
                    ctx.href(&Place::Contact),
                    t.account_contact_keep(),
                )}
            </div>
        </form>
    }
}

/// The field for the new address, or what the removal entails.
fn input(ctx: &Ctx, v: &ContactView, change: ContactChange) -> Html {
    let t = &ctx.texts;
    let typed = |field: Field| v.typed.get(&field).map_or("", String::as_str);
    let (field, kind, label, hint) = match change {
        ContactChange::Email => (
            Field::Email,
            Kind::Email,
            t.account_email_new_label(),
            t.account_email_new_hint(),
        ),
        ContactChange::Phone => (
            Field::Phone,
            Kind::Phone,
            t.account_phone_new_label(),
            t.account_phone_new_hint(&ctx.frame.institution.phone.example),
        ),
        ContactChange::RemovePhone => {
            let entails = t.account_phone_remove_consequence();
            return notice::notice(notice::Kind::Warn, entails, None);
        }
    };
    field::field(
        ctx,
        Spec {
            field,
            kind,
            label,
            hint: Some(hint),
            value: typed(field),
            problems: &v.problems,
            optional: false,
        },
    )
}

fn code_page(
    ctx: &Ctx,
    v: &ContactView,
    change: ContactChange,
    code: &miftah_rules::view::CodeView,
) -> Html {
    let t = &ctx.texts;
    let another = match code.channel {
        Channel::Email => t.code_change_address(),
        Channel::Phone => t.code_change_phone(),
    };
    html! {
        <header class="title">
            {back(ctx.href(&Place::Contact), t.account_contact_title())}
            {text("h1", "", title(t, v))}
        </header>
        {problems::summary(ctx, &v.problems, &[Field::Code], problems::way_on(ctx, &v.problems))}
        {code_step(
            ctx,
            CodeStep {
                code,
                problems: &v.problems,
                action: action(ctx, v, change),
                step: ContactStep::Code.name(),
                change: Some(another),
            },
        )}
    }
}

/// The heading says what the page does to the address as it is now.
pub fn title(t: &Texts, v: &ContactView) -> Text {
    let Some(change) = v.change else {
        return t.account_contact_title();
    };
    if v.step == ContactStep::Code {
        return t.account_contact_code_title();
    }
    match (
        change,
        of(v, change).map(|a| (a.value.is_some(), a.confirmed)),
    ) {
        (ContactChange::Email, Some((false, _))) => t.account_email_add(),
        (ContactChange::Email, _) => t.account_email_change(),
        (ContactChange::RemovePhone, _) => t.account_phone_remove(),
        (ContactChange::Phone, Some((true, true))) => t.account_phone_change(),
        (ContactChange::Phone, Some((true, false))) => t.account_phone_confirm(),
        (ContactChange::Phone, _) => t.account_phone_add(),
    }
}

fn of(v: &ContactView, change: ContactChange) -> Option<&AddressView> {
    let channel = match change {
        ContactChange::Email => Channel::Email,
        ContactChange::Phone | ContactChange::RemovePhone => Channel::Phone,
    };
    v.addresses.iter().find(|a| a.channel == channel)
}

fn change_href(ctx: &Ctx, change: ContactChange) -> String {
    format!("{}?change={}", ctx.href(&Place::Contact), change.name())
}

/// The journey once there is one, else what the form is about.
fn action(ctx: &Ctx, v: &ContactView, change: ContactChange) -> String {
    match &v.trail.journey {
        Some(id) => format!("{}?j={id}", ctx.href(&Place::Contact)),
        None => change_href(ctx, change),
    }
}
