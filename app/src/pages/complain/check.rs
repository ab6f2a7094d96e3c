//! Everything once more, with a way back to each question.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::complaint::{ComplaintKind, Slot};
use miftah_rules::view::ComplainView;

use super::{action, field_value, head, step};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::check::check;
use crate::ui::facts::fact;
use crate::ui::{field, problems, text, upload};

pub(super) fn sheet(ctx: &Ctx, v: &ComplainView) -> Html {
    let t = &ctx.texts;
    let submit = match v.kind {
        ComplaintKind::Assisted => t.complaint_submit_assisted(),
        ComplaintKind::WrongData | ComplaintKind::CannotRegister => t.complaint_submit(),
    };
    html! {
        {head(ctx, v, Some(t.complaint_check_lead()))}
        {problems::summary(
            ctx,
            &v.problems,
            &[Field::Consent],
            problems::way_on(ctx, &v.problems),
        )}
        {part(ctx, v, t.complaint_check_data(), ("data", t.complaint_check_change_data()), data(ctx, v))}
        {part(
            ctx,
            v,
            t.complaint_check_reach(),
            ("reach", t.complaint_check_change_reach()),
            reach(ctx, v),
        )}
        {part(
            ctx,
            v,
            t.complaint_check_papers(),
            ("papers", t.complaint_check_change_papers()),
            papers(ctx, v),
        )}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {check(
                ctx,
                Field::Consent,
                t.complaint_declare(),
                false,
                &v.problems,
                Html::default(),
            )}
            <div class="actions">{button::submit(Weight::Primary, submit)}</div>
        </form>
    }
}

fn part(
    ctx: &Ctx,
    v: &ComplainView,
    title: Text,
    (to, change): (&'static str, Text),
    facts: Vec<Html>,
) -> Html {
    html! {
        <section class="part">
            {text("h2", "", title)} <dl class="facts">{facts}</dl>
            <form class="actions" method="post" action=action(ctx, v)>
                {step(v)} {button::hidden("to", to.into())}
                <button
                    class="button button-quiet"
                    name="action"
                    value="back"
                    aria-label=change.bare()
                >
                    {text("span", "", ctx.texts.complaint_check_change())}
                </button>
            </form>
        </section>
    }
}

fn data(ctx: &Ctx, v: &ComplainView) -> Vec<Html> {
    let t = &ctx.texts;
    let about = match v.kind {
        ComplaintKind::WrongData => Some(t.complaint_matter_wrong()),
        ComplaintKind::CannotRegister => Some(t.complaint_matter_cannot()),
        ComplaintKind::Assisted => None,
    };
    let about = about.map(|about| fact(t.complaint_matter_legend(), about));
    let fields = v.kind.fields(&ctx.frame.institution.asked());
    let fields = fields.iter().filter_map(|field| {
        let value = v.typed.get(field)?;
        Some(fact(
            field::label(ctx, *field),
            field_value(ctx, *field, value),
        ))
    });
    about.into_iter().chain(fields).collect()
}

fn reach(ctx: &Ctx, v: &ComplainView) -> Vec<Html> {
    let t = &ctx.texts;
    let mut facts: Vec<Html> = [Field::Email, Field::Phone]
        .into_iter()
        .filter_map(|field| {
            let value = v.typed.get(&field)?;
            Some(fact(field::label(ctx, field), Text::ltr(value)))
        })
        .collect();
    if v.unconfirmed {
        facts.push(fact(
            t.complaint_email_label(),
            t.complaint_check_unconfirmed(),
        ));
    }
    if let Some(note) = v.typed.get(&Field::Note) {
        facts.push(fact(t.complaint_note_label(), Text::typed(note)));
    }
    facts
}

fn papers(ctx: &Ctx, v: &ComplainView) -> Vec<Html> {
    let t = &ctx.texts;
    Slot::ALL
        .iter()
        .filter_map(|slot| {
            let paper = v.papers.iter().find(|paper| paper.slot == *slot)?;
            let size = t.common_kilobytes(&paper.kilobytes.to_string()).bare();
            let ending = paper.ending.to_ascii_uppercase();
            let there = t.complaint_paper_there(&ending, &size);
            Some(fact(upload::label(ctx, *slot), there))
        })
        .collect()
}
