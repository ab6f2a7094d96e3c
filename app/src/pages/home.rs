//! Home: what needs me now, then few tasks.

use miftah_messages::Text;
use miftah_rules::Place;
use miftah_rules::view::{HomeView, News, Standing, Todo};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::notice;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::tasks::task;
use crate::ui::text;

pub fn page(ctx: &Ctx, v: HomeView) -> Body {
    match v {
        HomeView::Anonymous => anonymous(ctx),
        HomeView::SignedIn {
            name,
            number,
            programme,
            year,
            standing,
            todos,
            news,
        } => {
            let facts = [number, programme, year];
            signed_in(ctx, &name, &facts, standing, &todos, news)
        }
    }
}

/// Three ways in, each with the words of somebody who is in that situation.
fn anonymous(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution.name;
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.home_anonymous_title())}
            {text("p", "title-lead", t.home_anonymous_intro(institution))}
        </header>
        <ul class="tasks">
            {task(ctx, &Place::Login, t.home_login_title(), Some(t.home_login_hint()))}
            {ctx.frame.institution.registers.then(|| {
                task(ctx, &Place::Register, t.home_register_title(), Some(t.home_register_hint()))
            })}
            {task(ctx, &Place::Recover, t.home_recover_title(), Some(t.home_recover_hint()))}
            {services(ctx)}
        </ul>
    };
    Body {
        sheet,
        beside: Beside::Gate(Html::default()),
        form: Form::None,
    }
}

/// What the institution offers, where it says so.
fn services(ctx: &Ctx) -> Option<Html> {
    let t = &ctx.texts;
    let has = ctx.frame.institution.services;
    has.then(|| {
        task(
            ctx,
            &Place::Services,
            t.home_services_title(),
            Some(t.home_services_hint()),
        )
    })
}

fn signed_in(
    ctx: &Ctx,
    name: &str,
    facts: &[String; 3],
    standing: Standing,
    todos: &[Todo],
    news: Option<News>,
) -> Body {
    let t = &ctx.texts;
    let [number, programme, year] = facts;
    let line = match year.as_str() {
        "" => Text::own(programme),
        year => t.home_student_line(programme, year),
    };
    let sheet = html! {
        {news.map(|news| told(ctx, news))}
        <header class="title">
            {text("h1", "", t.home_welcome(name))}
            {text("p", "title-lead", line)}
            {text("p", "quiet", t.home_number(number))}
        </header>
        {not_listed(ctx, standing)}
        <section class="part">
            {text("h2", "", t.home_todo_title())} {todo_list(ctx, todos)}
        </section>
        <section class="part">
            {text("h2", "", t.home_tasks_title())}
            <ul class="tasks">
                {services(ctx)}
                {task(ctx, &Place::Contact, t.home_task_contact(), None)}
                {task(ctx, &Place::Password, t.home_task_password(), None)}
                {task(ctx, &Place::Sessions, t.home_task_sessions(), None)}
                {task(ctx, &Place::Account, t.home_task_profile(), None)}
            </ul>
        </section>
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}

/// Whoever left the lists keeps the account and hears why less may be open to them.
fn not_listed(ctx: &Ctx, standing: Standing) -> Html {
    let t = &ctx.texts;
    match standing {
        Standing::Listed => Html::default(),
        Standing::NotListed => notice::notice(
            notice::Kind::Warn,
            t.home_not_listed_title(),
            Some(t.home_not_listed()),
        ),
    }
}

fn told(ctx: &Ctx, news: News) -> Html {
    let t = &ctx.texts;
    let (title, next) = match news {
        News::AccountOpened => (
            t.home_news_account_opened(),
            t.home_news_account_opened_next(),
        ),
        News::AccountRecovered => (
            t.home_news_account_recovered(),
            t.home_news_account_recovered_next(),
        ),
        News::AccountRecoveredEmailReplaced => (
            t.home_news_email_replaced(),
            t.home_news_email_replaced_next(),
        ),
        News::PasswordChosen => (
            t.home_news_password_chosen(),
            t.home_news_password_chosen_next(),
        ),
    };
    notice::success(title, Some(next))
}

fn todo_list(ctx: &Ctx, todos: &[Todo]) -> Html {
    let t = &ctx.texts;
    if todos.is_empty() {
        return text("p", "quiet", t.home_todo_none());
    }
    let rows: Vec<_> = todos
        .iter()
        .map(|todo| match todo {
            Todo::AddPhone => (t.home_todo_add_phone(), t.home_todo_add_phone_why()),
            Todo::ConfirmPhone => (t.home_todo_confirm_phone(), t.home_todo_confirm_phone_why()),
            Todo::AddEmail => (t.home_todo_add_email(), t.home_todo_add_email_why()),
            Todo::OtherEmail => (t.home_todo_other_email(), t.home_todo_other_email_why()),
        })
        .map(|(label, why)| task(ctx, &Place::Contact, label, Some(why)))
        .collect();
    html! { <ul class="tasks">{rows}</ul> }
}
