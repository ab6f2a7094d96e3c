//! What is read: notices, steps, lists, contact, confirmation.

use miftah_messages::Text;
use miftah_rules::Place;
use miftah_rules::view::{AddressView, Channel};

use super::{Example, example};
use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::address_list;
use crate::ui::facts::fact;
use crate::ui::icon::{Icon, icon, mark};
use crate::ui::notice::{self, Kind, notice};
use crate::ui::office::office;
use crate::ui::printed::where_printed;
use crate::ui::rows::{empty, row};
use crate::ui::steps::steps;
use crate::ui::tasks::{coded, task};
use crate::ui::{button, text};

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    [notices(ctx), lists(ctx), others(ctx)]
        .into_iter()
        .flatten()
        .collect()
}

fn notices(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let told = |kind| notice(kind, t.code_missing(), Some(t.code_missing_wait()));
    let link = html! {
        {text("p", "", t.account_profile_wrong_how())}
        <a href="#office">{text("span", "", t.account_profile_wrong_office())}</a>
    };
    vec![
        example("notice-info", told(Kind::Info)),
        example("notice-good", told(Kind::Good)),
        example("notice-warn", told(Kind::Warn)),
        example("notice-danger", told(Kind::Danger)),
        example(
            "notice-title",
            notice::success(t.account_done_session_ended(), None),
        ),
        example(
            "notice-link",
            notice::around(Kind::Info, t.account_profile_wrong(), link),
        ),
    ]
}

fn lists(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let number = &ctx.frame.institution.student_number;
    let tasks = html! {
        <ul class="tasks">
            {task(ctx, &Place::Contact, t.home_todo_add_phone(), Some(t.home_todo_add_phone_why()))}
            {task(ctx, &Place::Password, t.home_task_password(), None)}
            {coded(ctx, &Place::Problem("E303".into()), t.code_missing(), "E303")}
        </ul>
    };
    let facts = html! {
        <dl class="facts">
            {fact(Text::own(&number.label), Text::ltr(&number.example))}
            {fact(t.account_birth_date(), t.date(2003, 5, 21))}
            {fact(t.account_year(), t.account_not_on_record())}
        </dl>
    };
    let address = |channel, value: Option<&str>, confirmed| AddressView {
        channel,
        value: value.map(str::to_owned),
        confirmed,
    };
    let email = || address(Channel::Email, Some("salma@example.ma"), true);
    let no_phone = [email(), address(Channel::Phone, None, false)];
    let phone = [
        email(),
        address(Channel::Phone, Some("+212612345678"), false),
    ];
    let here = html! {
        <span class="state" data-kind="good">
            {text("span", "", t.account_session_current())}
        </span>
    };
    let ago = |seconds| t.account_session_used(&t.ago(seconds).bare());
    let end = || button::submit(button::Weight::Quiet, t.account_session_end_there());
    let rows = html! {
        <ul class="rows">
            {row(Icon::Phone, Text::ltr("Chrome · Android"), vec![ago(130)], here)}
            {row(
                Icon::Computer,
                Text::ltr("Firefox · Windows"),
                vec![ago(90_000), t.date(2026, 9, 3)],
                end(),
            )}
            {row(Icon::Clock, t.act("password_changed"), vec![], Html::default())}
        </ul>
    };
    vec![
        example("tasks", tasks),
        example("facts", facts),
        example("facts-addresses", address_list(ctx, &no_phone)),
        example("facts-unconfirmed", address_list(ctx, &phone)),
        example("rows", rows),
        example("rows-empty", empty(t.account_security_empty())),
    ]
}

fn others(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let icons = [
        Icon::Tick,
        Icon::Open,
        Icon::Alert,
        Icon::Info,
        Icon::Mail,
        Icon::Phone,
        Icon::Computer,
        Icon::Person,
        Icon::Clock,
        Icon::Globe,
        Icon::Offline,
        Icon::Forward,
        Icon::Back,
    ];
    let icons = html! { <p>{icons.map(icon).into_iter().collect::<Html>()}</p> };
    let mixed = html! {
        {text("p", "", t.code_sent_to_email("salma.bennani+fsjes@example.ac.ma"))}
        {text("p", "", t.register_contact_found("Salma BENNANI"))}
        {text("p", "quiet", t.home_student_number(&ctx.frame.institution.student_number.example))}
        {text("p", "", t.account_phone_new_hint(&ctx.frame.institution.phone.example))}
    };
    let confirmed = html! {
        <section class="confirm">
            {mark()} {text("h1", "", t.login_signed_out_title())}
            {text("p", "quiet", t.login_signed_out_body())}
            <p class="confirm-reference">{text("span", "", Text::ltr("FS-A3K7-91QD"))}</p>
        </section>
    };
    vec![
        example("steps-1", steps(ctx, 1, 4)),
        example("steps-2", steps(ctx, 2, 4)),
        example("steps-3", steps(ctx, 3, 4)),
        example("steps-4", steps(ctx, 4, 4)),
        example("text", mixed),
        example("icon", icons),
        // The gate is looked at on the entry pages, which it fills.
        example("icon-mark", html! { <p class="footer-mark">{mark()}</p> }),
        example("office", office(ctx)),
        example("printed", where_printed(ctx)),
        example("confirm", confirmed),
    ]
}
