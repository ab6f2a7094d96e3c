//! The account pages, and what they share: the navigation beside them, what was just done, the
//! password that is asked for again.

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::phone::Phone;
use miftah_rules::view::{AddressView, Channel, Done, Moment};
use miftah_rules::{Field, Place, ProblemAt};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::icon::{Icon, icon};
use crate::ui::password::{Role, password};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{notice, text};

pub mod close;
pub mod contact;
pub mod new_password;
pub mod own_data;
pub mod profile;
pub mod security;
pub mod sessions;

/// An account page in its frame; `here` is the page itself.
fn body(ctx: &Ctx, here: &Place, form: Form, sheet: Html) -> Body {
    Body {
        sheet,
        beside: Beside::Nav(nav(ctx, here)),
        form,
    }
}

fn nav(ctx: &Ctx, here: &Place) -> Html {
    let t = &ctx.texts;
    let items: Vec<_> = [
        (Place::Account, t.account_nav_profile()),
        (Place::Contact, t.account_nav_contact()),
        (Place::Password, t.account_nav_password()),
        (Place::Sessions, t.account_nav_sessions()),
        (Place::Security, t.account_nav_security()),
        (Place::CloseAccount, t.account_nav_close()),
    ]
    .into_iter()
    // An administrator removes officers.
    .filter(|(place, _)| !(ctx.frame.staff && *place == Place::CloseAccount))
    .map(|(place, label)| {
        let current = (place == *here).then_some("page");
        html! {
            <li>
                <a href=ctx.href(&place) aria-current=current>
                    {text("span", "", label)}
                </a>
            </li>
        }
    })
    .collect();
    html! {
        <nav class="beside-nav" aria-label=t.account_nav().bare()>
            <ul>{items}</ul>
        </nav>
    }
}

/// What has just succeeded, as long as nothing failed since.
fn done(ctx: &Ctx, done: Option<Done>, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let Some(done) = done.filter(|_| problems.is_empty()) else {
        return Html::default();
    };
    let title = match done {
        Done::EmailChanged => t.account_done_email_changed(),
        Done::PhoneChanged => t.account_done_phone_changed(),
        Done::PhoneRemoved => t.account_done_phone_removed(),
        Done::AlreadyYours => t.account_done_already_yours(),
        Done::DataSaved => t.account_done_data_saved(),
        Done::PasswordChanged => t.account_done_password_changed(),
        Done::PasswordProved => t.account_done_password_proved(),
        Done::SessionEnded => t.account_done_session_ended(),
        Done::OthersEnded => t.account_done_others_ended(),
        Done::LanguageSaved => t.account_language_saved(),
    };
    notice::success(title, None)
}

/// The current password, with why it is asked for.
pub(crate) fn current_password(ctx: &Ctx, why: Option<Text>, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let typed = RwSignal::new(String::new());
    let below = why.map_or_else(Html::default, |why| text("p", "field-hint", why));
    password(
        ctx,
        Field::CurrentPassword,
        Role::Current,
        t.password_current_label(),
        problems,
        typed,
        below,
    )
}

/// The way back from a page below another.
pub(crate) fn back(href: String, label: Text) -> Html {
    html! {
        <a class="back" href=href>
            {icon(Icon::Back)}
            {text("span", "", label)}
        </a>
    }
}

/// Both addresses with their state and the way to change them.
pub(crate) fn address_list(ctx: &Ctx, addresses: &[AddressView]) -> Html {
    let rows: Vec<_> = addresses.iter().map(|a| address(ctx, a)).collect();
    html! { <dl class="facts">{rows}</dl> }
}

fn address(ctx: &Ctx, address: &AddressView) -> Html {
    let t = &ctx.texts;
    let (label, word) = match address.channel {
        Channel::Email => (t.account_email(), "email"),
        Channel::Phone => (t.account_phone(), "phone"),
    };
    let (none, why) = match address.channel {
        Channel::Email => (t.account_no_email(), t.account_no_email_why()),
        Channel::Phone => (t.account_no_phone(), t.account_no_phone_why()),
    };
    let (kind, state) = match address.confirmed {
        true => ("good", t.account_confirmed()),
        false => ("yours", t.account_not_confirmed()),
    };
    let (value, state, change) = match &address.value {
        Some(value) => (
            text("dd", "", Text::ltr(&written(address.channel, value))),
            html! {
                <dd>
                    <span class="state" data-kind=kind>
                        {text("span", "", state)}
                    </span>
                </dd>
            },
            if address.confirmed {
                t.common_change()
            } else {
                t.common_confirm()
            },
        ),
        None => (
            text("dd", "", none),
            text("dd", "task-detail", why),
            t.common_add(),
        ),
    };
    html! {
        <div class="facts-row">
            {text("dt", "", label.clone())} {value} {state} <dd class="facts-change">
                <a href=format!("{}?change={word}", ctx.href(&Place::Contact))>
                    {text("span", "", change)} {text("span", "visually-hidden", label)}
                </a>
            </dd>
        </div>
    }
}

/// An address as people write it.
fn written(channel: Channel, value: &str) -> String {
    match (channel, Phone::try_from(value.to_owned())) {
        (Channel::Phone, Ok(phone)) => phone.spaced(),
        _ => value.to_owned(),
    }
}

/// A moment in words.
pub fn moment(ctx: &Ctx, moment: Moment) -> Text {
    let t = &ctx.texts;
    let date = t.date(moment.year, moment.month, moment.day);
    t.date_time(&date, moment.hour, moment.minute)
}
