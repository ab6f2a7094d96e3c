//! Letters that could not be delivered.

use miftah_messages::Text;
use miftah_rules::Place;
use miftah_rules::view::{Channel, ParkedRow};

use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::moment;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::rows::{empty, row};
use crate::ui::{notice, text};

pub(super) fn sheet(ctx: &Ctx, rows: &[ParkedRow]) -> Html {
    let t = &ctx.texts;
    let released = ctx.frame.query.contains("released=1");
    let list = if rows.is_empty() {
        empty(t.desk_letters_none())
    } else {
        let rows: Vec<_> = rows.iter().map(|letter| one(ctx, letter)).collect();
        html! { <ul class="rows">{rows}</ul> }
    };
    html! {
        <header class="title">
            {text("h1", "", t.desk_letters_title())} {text("p", "title-lead", t.desk_letters_lead())}
        </header>
        {released.then(|| notice::success(t.desk_letter_released(), None))}
        {list}
    }
}

fn one(ctx: &Ctx, letter: &ParkedRow) -> Html {
    let t = &ctx.texts;
    let icon = match letter.channel {
        Channel::Email => Icon::Mail,
        Channel::Phone => Icon::Phone,
    };
    let details = vec![
        t.desk_letter_to(&letter.to),
        moment(ctx, letter.parked_on),
        t.desk_letter_said(&letter.said),
    ];
    let end = if letter.dead {
        text("span", "quiet", t.desk_letter_dead())
    } else {
        html! {
            <form method="post" action=ctx.href(&Place::StaffLetters)>
                {button::hidden("letter", letter.id.clone())}
                {button::action(Weight::Second, "release", t.desk_letter_release())}
            </form>
        }
    };
    row(icon, name(ctx, letter), details, end)
}

fn name(ctx: &Ctx, letter: &ParkedRow) -> Text {
    let t = &ctx.texts;
    match letter.kind.as_str() {
        "code" => t.desk_letter_code(),
        "notice" | "record_told" | "frozen_told" => t.desk_letter_notice(),
        "complaint_received" | "complaint_decided" | "assisted_told" | "assisted_ready" => {
            t.desk_letter_complaint()
        }
        _ => t.desk_letter_other(),
    }
}
