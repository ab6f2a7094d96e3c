//! `/account`: the record as the roll has it, addresses, language of letters, one's data.

use miftah_messages::Text;
use miftah_rules::date::Date;
use miftah_rules::view::{AccountView, ProfileKind, ProfileRow};
use miftah_rules::{Field, Lang, Place};

use super::{address_list, body, current_password, done};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::facts::fact;
use crate::ui::shell::{Body, Form};
use crate::ui::tasks::task;
use crate::ui::{notice, problems, text};

pub fn page(ctx: &Ctx, v: &AccountView) -> Body {
    let t = &ctx.texts;
    let rows: Vec<_> = v.profile.iter().map(|row| record(ctx, row)).collect();
    let intro = match v.is_own {
        true => t.account_data_intro(),
        false => t.account_profile_intro(),
    };
    let sheet = html! {
        <header class="title">{text("h1", "", t.account_title())}</header>
        {done(ctx, v.done, &v.problems)}
        {problems::summary(ctx, &v.problems, &[Field::CurrentPassword], problems::way_on(ctx, &v.problems))}
        <section class="part">
            {text("h2", "", t.account_profile_title())}
            {text("p", "quiet", intro)} <dl class="facts">{rows}</dl>
            {if v.is_own { change(ctx) } else { wrong(ctx) }}
        </section>
        <section class="part">
            {text("h2", "", t.account_contact_title())} {address_list(ctx, &v.addresses)}
        </section>
        <section class="part">
            {text("h2", "", t.account_security_title())}
            <ul class="tasks">
                {task(ctx, &Place::Password, t.account_password_title(), None)}
                {task(
                    ctx,
                    &Place::Sessions,
                    t.account_sessions_title(),
                    Some(t.account_sessions_count(u64::from(v.sessions))),
                )} {task(ctx, &Place::Security, t.account_security_history(), None)}
            </ul>
        </section>
        {language(ctx, v)}
        {download(ctx, v)}
    };
    body(ctx, &Place::Account, Form::None, sheet)
}

fn record(ctx: &Ctx, row: &ProfileRow) -> Html {
    let t = &ctx.texts;
    let label = match row.kind {
        ProfileKind::Name => t.account_name(),
        ProfileKind::NameArabic => t.account_name_arabic(),
        ProfileKind::NameLatin => t.account_name_latin(),
        ProfileKind::Number => Text::own(&ctx.frame.institution.number.label),
        ProfileKind::PensionNumber => ctx.number_label(Field::PensionNumber),
        ProfileKind::NationalId => t.account_national_id(),
        ProfileKind::BirthDate => t.account_birth_date(),
        ProfileKind::BirthPlace => t.register_birth_place_label(),
        ProfileKind::Programme => t.account_programme(),
        ProfileKind::Year => t.account_year(),
    };
    let value = match row.kind {
        _ if row.value.is_empty() => t.account_not_on_record(),
        ProfileKind::Number | ProfileKind::PensionNumber | ProfileKind::NationalId => {
            Text::ltr(&row.value)
        }
        ProfileKind::BirthDate => Date::parse(&row.value).map_or_else(
            |_| Text::ltr(&row.value),
            |date| t.date(date.year(), date.month(), date.day()),
        ),
        ProfileKind::Name
        | ProfileKind::NameArabic
        | ProfileKind::NameLatin
        | ProfileKind::BirthPlace
        | ProfileKind::Programme
        | ProfileKind::Year => Text::typed(&row.value),
    };
    fact(label, value)
}

/// Whoever said it may say something else.
fn change(ctx: &Ctx) -> Html {
    let link = button::link(
        Weight::Second,
        ctx.href(&Place::OwnData),
        ctx.texts.account_data_change(),
    );
    html! { <div class="actions">{link}</div> }
}

/// What to do when the record is wrong: a complaint with the record already in it.
fn wrong(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    let how = html! {
        {text("p", "", t.account_profile_wrong_how())}
        <a href=ctx.href(&Place::Complain)>{text("span", "", t.complaint_offer_link())}</a>
    };
    notice::around(notice::Kind::Info, t.account_profile_wrong(), how)
}

fn language(ctx: &Ctx, v: &AccountView) -> Html {
    let t = &ctx.texts;
    let choices: Vec<_> = Lang::ALL
        .into_iter()
        .map(|lang| {
            html! {
                <label class="choice">
                    <input
                        type="radio"
                        name="language"
                        value=lang.tag()
                        checked=lang == v.letters_lang
                    />
                    <span class="choice-words" lang=lang.tag() translate="no">
                        {text("span", "choice-name", Text::own(lang.own_name()))}
                    </span>
                </label>
            }
        })
        .collect();
    html! {
        <section class="part">
            {text("h2", "", t.account_language_title())}
            {text("p", "quiet", t.account_language_hint())}
            <form class="form" method="post" action=ctx.href(&Place::Account)>
                <fieldset class="choices">
                    {text("legend", "visually-hidden", t.account_language_title())}
                    <div class="choices-list">{choices}</div>
                </fieldset>
                <div class="actions">
                    {button::action(Weight::Second, "language", t.common_save())}
                </div>
            </form>
        </section>
    }
}

fn download(ctx: &Ctx, v: &AccountView) -> Html {
    let t = &ctx.texts;
    let what = if v.ask_password {
        let why = Some(t.account_download_ask());
        html! {
            <form
                class="form"
                method="post"
                action=ctx.posts_to(&Place::Account, &v.trail)
                novalidate=""
            >
                {current_password(ctx, why, &v.problems)} <div class="actions">
                    {button::action(Weight::Second, "prove", t.account_download_ask_submit())}
                </div>
            </form>
        }
    } else {
        let href = format!("{}/data.json", ctx.href(&Place::Account));
        html! {
            <div class="actions">
                <a class="button button-second" href=href download="">
                    {text("span", "", t.account_download_button())}
                </a>
            </div>
        }
    };
    html! {
        <section class="part" id="data">
            {text("h2", "", t.account_download_title())} {text("p", "", t.account_download_body())}
            {what}
        </section>
    }
}
