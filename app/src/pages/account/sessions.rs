//! `/account/sessions`: where the account is open, and closing it there.

use miftah_messages::Text;
use miftah_rules::Place;
use miftah_rules::view::{SessionRow, SessionsView};

use super::{back, body, done, moment};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::shell::{Body, Form};
use crate::ui::{rows, text};

pub fn page(ctx: &Ctx, v: &SessionsView) -> Body {
    let t = &ctx.texts;
    let rows: Vec<_> = v
        .sessions
        .iter()
        .map(|row| session(ctx, row, v.now))
        .collect();
    let others = v.sessions.iter().any(|row| !row.current);
    let end = match others {
        true => html! {
            <form class="actions" method="post" action=ctx.href(&Place::Sessions)>
                {button::action(Weight::Second, "end_others", t.account_sessions_end_others())}
            </form>
        },
        false => text("p", "quiet", t.account_sessions_only_this()),
    };
    let sheet = html! {
        <header class="title">
            {back(ctx.href(&Place::Account), t.account_title())}
            {text("h1", "", t.account_sessions_title())}
            {text("p", "title-lead", t.account_sessions_intro())}
        </header>
        {done(ctx, v.done, &[])}
        <ul class="rows">{rows}</ul>
        {end}
    };
    body(ctx, &Place::Sessions, Form::None, sheet)
}

fn session(ctx: &Ctx, row: &SessionRow, now: i64) -> Html {
    let t = &ctx.texts;
    let name = match row.device.is_empty() {
        true => t.account_session_unknown_device(),
        false => Text::ltr(&row.device),
    };
    let ago = now.saturating_sub(row.last_seen) / 1000;
    let used = t.ago(u64::try_from(ago).unwrap_or_default());
    let since = moment(ctx, row.started_on);
    let end = match row.current {
        true => html! {
            <span class="state" data-kind="good">
                {text("span", "", t.account_session_current())}
            </span>
        },
        false => html! {
            <form method="post" action=ctx.href(&Place::Sessions)>
                <button class="button button-quiet" name="session" value=row.id.clone()>
                    {text("span", "", t.account_session_end_there())}
                    {text("span", "visually-hidden", name.clone())}
                </button>
            </form>
        },
    };
    let details = vec![
        t.account_session_used(&used.bare()),
        t.account_session_since(&since.bare()),
    ];
    rows::row(device_icon(&row.device), name, details, end)
}

fn device_icon(device: &str) -> Icon {
    let hand_held = ["Android", "iPhone", "iPad"]
        .iter()
        .any(|name| device.contains(name));
    if hand_held {
        Icon::Phone
    } else {
        Icon::Computer
    }
}
