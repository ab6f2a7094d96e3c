//! The desk. Only the server knows these pages: browsers of students carry nothing of them, and the
//! app loads them whole.

use miftah_messages::{Text, Texts};
use miftah_rules::Place;
use miftah_rules::complaint::ComplaintKind;
use miftah_rules::view::{StaffContent, StaffView};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

mod case;
mod decide;
mod letters;
mod queue;
mod record;

pub fn page(ctx: &Ctx, v: &StaffView) -> Body {
    let sheet = match &v.content {
        StaffContent::Queue(queue) => queue::sheet(ctx, v, queue),
        StaffContent::Case(case) => case::sheet(ctx, v, case),
        StaffContent::Letters(rows) => letters::sheet(ctx, rows),
    };
    let form = Form::None;
    Body {
        sheet: html! {
            {nav(ctx, v)}
            {sheet}
        },
        beside: Beside::Nothing,
        form,
    }
}

/// The heading.
pub fn title(t: &Texts, v: &StaffView) -> Text {
    match &v.content {
        StaffContent::Queue(_) => t.desk_title(),
        StaffContent::Case(case) => t.desk_case_title(&kind(t, case.kind).bare(), &case.reference),
        StaffContent::Letters(_) => t.desk_letters_title(),
    }
}

fn nav(ctx: &Ctx, v: &StaffView) -> Html {
    let t = &ctx.texts;
    let here = format!("{}?{}", ctx.frame.path, ctx.frame.query);
    let item = |path: String, label: Text| {
        let current = (here.trim_end_matches('?') == path).then_some("page");
        let href = format!("/{}{path}", ctx.lang().tag());
        html! {
            <li>
                <a href=href aria-current=current>
                    {text("span", "", label)}
                </a>
            </li>
        }
    };
    let staff = Place::Staff.path();
    let letters = v
        .role
        .sees_letters()
        .then(|| item(Place::StaffLetters.path(), t.desk_nav_letters()));
    html! {
        <nav class="desk-nav" aria-label=t.desk_title().bare()>
            <ul>
                {item(staff.clone(), t.desk_nav_waiting())}
                {item(format!("{staff}?show=mine"), t.desk_nav_mine())}
                {item(format!("{staff}?show=decided"), t.desk_nav_decided())} {letters}
            </ul>
        </nav>
    }
}

fn kind(t: &Texts, kind: ComplaintKind) -> Text {
    match kind {
        ComplaintKind::WrongData => t.desk_kind_wrong_data(),
        ComplaintKind::CannotRegister => t.desk_kind_cannot_register(),
        ComplaintKind::Assisted => t.desk_kind_assisted(),
    }
}
