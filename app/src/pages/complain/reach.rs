//! How to reach the person.

use miftah_rules::Field;
use miftah_rules::complaint::ComplaintKind;
use miftah_rules::view::ComplainView;

use super::{action, back, buttons, head, one, step};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::area::{Area, area};
use crate::ui::button::{self, Weight};
use crate::ui::field::Kind;
use crate::ui::problems;

const FIELDS: [Field; 3] = [Field::Email, Field::Phone, Field::Note];

pub(super) fn sheet(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let lead = match v.kind {
        ComplaintKind::Assisted => t.complaint_reach_lead_assisted(),
        ComplaintKind::WrongData | ComplaintKind::CannotRegister => t.complaint_reach_lead(),
    };
    let example = &ctx.frame.institution.phone.example;
    let note = v.typed.get(&Field::Note).map_or("", String::as_str);
    html! {
        {head(ctx, v, Some(lead))}
        {problems::summary(ctx, &v.problems, &FIELDS, problems::way_on(ctx, &v.problems))}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {one(ctx, v, Field::Email, Kind::Email, t.complaint_email_label(), None, false)}
            {one(
                ctx,
                v,
                Field::Phone,
                Kind::Phone,
                t.complaint_phone_label(),
                Some(t.complaint_phone_hint(example)),
                true,
            )}
            {area(
                ctx,
                Area {
                    scope: "",
                    field: Field::Note,
                    label: t.complaint_note_label(),
                    hint: t.complaint_note_hint(),
                    value: note,
                    problems: &v.problems,
                    optional: true,
                },
            )}
            {buttons(button::submit(Weight::Primary, t.complaint_next()), Some(back(ctx)))}
        </form>
    }
}
