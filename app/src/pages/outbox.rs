//! Captured letters (`--dev`): what people would have received, newest first.

use miftah_messages::{Text, Texts};
use miftah_rules::date::Date;
use miftah_rules::view::{Channel, LetterRow, OutboxView};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{rows, text};

pub fn page(ctx: &Ctx, v: OutboxView) -> Body {
    let t = &ctx.texts;
    let list = if v.letters.is_empty() {
        rows::empty(t.dev_outbox_empty())
    } else {
        let items: Vec<_> = v.letters.iter().map(|row| item(t, row)).collect();
        html! { <ol class="outbox">{items}</ol> }
    };
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.dev_outbox_title())} {text("p", "title-lead", t.dev_outbox_intro())}
        </header>
        {list}
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}

/// The letter stands in its own language and direction, whatever the page's.
fn item(t: &Texts, row: &LetterRow) -> Html {
    let (channel, title) = match row.channel {
        Channel::Email => (t.dev_channel_email(), Text::typed(&row.subject)),
        Channel::Phone => (t.dev_channel_sms(), t.dev_channel_sms()),
    };
    let lang = row.lang;
    html! {
        <li class="outbox-item" data-letter=row.id.clone() translate="no">
            {text("h2", "", title)}
            <p class="outbox-head">
                {text("span", "", channel)} {text("span", "", Text::ltr(&row.to))}
                {text("span", "", Text::own(lang.own_name()))}
                {text("time", "", Text::ltr(&moment(row.at)))}
            </p>
            <div lang=lang.tag() dir=lang.dir().as_str()>
                {text("pre", "outbox-text", Text::letter(&row.text))}
            </div>
        </li>
    }
}

/// `2026-11-21 13:05:00 UTC`: the page does not know where its reader is.
fn moment(at: i64) -> String {
    let day = Date::at(at, 0)
        .map(|day| day.to_string())
        .unwrap_or_default();
    let seconds = at.div_euclid(1000).rem_euclid(24 * 3600);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{day} {hour:02}:{minute:02}:{second:02} UTC")
}
