//! The documents, one slot each.

use miftah_rules::Field;
use miftah_rules::complaint::Slot;
use miftah_rules::view::ComplainView;

use super::{action, back, buttons, head, step};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::problems;
use crate::ui::upload::upload;

const FIELDS: [Field; 3] = [Field::IdFront, Field::IdBack, Field::Slip];

pub(super) fn sheet(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let slots: Vec<_> = Slot::ALL
        .iter()
        .map(|slot| {
            let there = v.papers.iter().find(|paper| paper.slot == *slot);
            let optional = !v.required.contains(slot);
            upload(ctx, *slot, there, optional, &v.problems)
        })
        .collect();
    html! {
        {head(ctx, v, Some(t.complaint_papers_lead()))}
        {problems::summary(ctx, &v.problems, &FIELDS, problems::way_on(ctx, &v.problems))}
        <form
            class="form"
            method="post"
            enctype="multipart/form-data"
            action=action(ctx, v)
            novalidate=""
            id="journey"
        >
            {step(v)} {slots}
            {buttons(
                button::submit(Weight::Primary, t.complaint_papers_submit()),
                Some(back(ctx)),
            )}
        </form>
    }
}
