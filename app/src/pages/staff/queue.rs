//! The queue.

use miftah_messages::Text;
use miftah_rules::Place;
use miftah_rules::complaint::ComplaintState;
use miftah_rules::view::{QueueKind, QueueRow, QueueView, StaffView};

use super::kind;
use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::moment;
use crate::ui::button::{self, Weight};
use crate::ui::icon::{Icon, icon};
use crate::ui::rows::empty;
use crate::ui::{problems, text};

pub(super) fn sheet(ctx: &Ctx, v: &StaffView, queue: &QueueView) -> Html {
    let t = &ctx.texts;
    let title = match queue.kind {
        QueueKind::Found => t.desk_found_title(),
        _ => t.desk_title(),
    };
    let waiting = (queue.waiting > 0 && queue.kind == QueueKind::Waiting)
        .then(|| text("p", "title-lead", t.desk_waiting(queue.waiting)));
    let list = if queue.rows.is_empty() {
        empty(match queue.kind {
            QueueKind::Waiting => t.desk_empty_waiting(),
            QueueKind::Mine => t.desk_empty_mine(),
            QueueKind::Decided => t.desk_empty_decided(),
            QueueKind::Found => t.desk_empty_found(),
        })
    } else {
        let rows: Vec<_> = queue.rows.iter().map(|r| row(ctx, r)).collect();
        html! { <ul class="tasks">{rows}</ul> }
    };
    html! {
        <header class="title">{text("h1", "", title)} {waiting}</header>
        {problems::summary(ctx, &v.problems, &[], Html::default())}
        {search(ctx, queue)}
        {list}
        {pages(ctx, queue)}
    }
}

fn search(ctx: &Ctx, queue: &QueueView) -> Html {
    let t = &ctx.texts;
    html! {
        <form class="desk-search" method="get" action=ctx.href(&Place::Staff) role="search">
            <div class="field">
                <label class="field-label" for="q">
                    {text("span", "", t.desk_search_label())}
                </label>
                <div class="control">
                    <input id="q" name="q" type="search" dir="ltr" value=queue.sought.clone() />
                </div>
            </div>
            {button::submit(Weight::Second, t.desk_search())}
        </form>
    }
}

/// A complaint as one line: what it is, whose, since when, with whom.
pub(super) fn row(ctx: &Ctx, row: &QueueRow) -> Html {
    let t = &ctx.texts;
    let href = ctx.href(&Place::StaffComplaint(row.reference.clone()));
    let since = t.desk_row_since(&moment(ctx, row.submitted_on).bare());
    let with = row.officer.as_ref().map(|name| t.desk_row_with(name));
    let second = row.approved_once.then(|| t.desk_row_second());
    html! {
        <li class="task">
            <div class="task-words">
                <a class="task-link" href=href>
                    {text("span", "", Text::typed(&row.name))}
                </a>
                {text("span", "task-code", Text::ltr(&row.reference))}
                {text("span", "task-detail", kind(t, row.kind))}
                {text("span", "task-detail", Text::ltr(&row.number))}
                {text("span", "task-detail", since)}
                {(row.state != ComplaintState::Submitted)
                    .then(|| text("span", "task-detail", t.complaint_state(row.state)))}
                {with.map(|with| text("span", "task-detail", with))}
                {second.map(|second| text("span", "task-detail", second))}
            </div>
            {icon(Icon::Forward)}
        </li>
    }
}

fn pages(ctx: &Ctx, queue: &QueueView) -> Html {
    let t = &ctx.texts;
    let to = |page: u64, label: Text| {
        let href = format!(
            "{}?show={}&page={page}",
            ctx.href(&Place::Staff),
            queue.kind.name()
        );
        button::link(Weight::Second, href, label)
    };
    let before = (queue.page > 1).then(|| to(queue.page - 1, t.desk_previous_page()));
    let after = queue.more.then(|| to(queue.page + 1, t.desk_next_page()));
    if before.is_none() && after.is_none() {
        return Html::default();
    }
    html! { <div class="actions">{before} {after}</div> }
}
