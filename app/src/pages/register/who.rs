//! First step: the data that find the record, and where they are printed (S0.4).

use miftah_messages::Text;
use miftah_rules::date::Date;
use miftah_rules::view::{RegisterStep, RegisterView, Unmet};
use miftah_rules::{Field, Place, Problem};

use super::{action, head};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::printed::where_printed;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{notice, robot, text};

pub(super) fn page(ctx: &Ctx, v: &RegisterView) -> Body {
    let t = &ctx.texts;
    let fields = ctx.frame.institution.opens_with();
    let linked: Vec<_> = fields.iter().copied().chain([Field::RobotCode]).collect();
    let unknown = v
        .problems
        .iter()
        .any(|met| met.problem == Problem::NoRecord);
    // Drawn, it belongs to what was typed wrongly; told, it is told beside the form.
    let shown = unknown && ctx.frame.institution.pictures;
    let carried = v
        .trail
        .from
        .is_some()
        .then(|| notice::notice(notice::Kind::Info, t.register_who_carried(), None));
    let lead = t.register_intro(&ctx.frame.institution.name);
    let sheet = html! {
        {head(ctx, v, Some(lead), &linked)}
        {unmet(ctx, v)} {shown.then(|| where_printed(ctx))}
        {carried}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {button::hidden("step", RegisterStep::Who.name().into())}
            {v.trail.from.clone().map(|from| button::hidden("from", from))}
            <div>
                {text("h2", "", t.register_who_title())}
                {text("p", "quiet", t.register_who_intro())}
            </div>
            {fields
                .iter()
                .map(|field| field::personal(ctx, *field, &v.typed, &v.problems))
                .collect::<Html>()}
            {robot::robot(ctx, v.robot, &v.problems)}
            <div class="actions">{button::submit(Weight::Primary, t.register_who_submit())}</div>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Parts(beside(ctx, !shown && !ctx.frame.institution.is_open())),
        form: Form::Journey,
    }
}

/// Every condition that is not met, each with what to do (S4.3).
fn unmet(ctx: &Ctx, v: &RegisterView) -> Option<Html> {
    let t = &ctx.texts;
    let on = |day: &str| {
        Date::parse(day).map_or_else(
            |_| Text::ltr(day),
            |date| t.date(date.year(), date.month(), date.day()),
        )
    };
    let rows: Vec<_> = v
        .unmet
        .iter()
        .map(|one| match one {
            Unmet::Status => t.register_unmet_status(),
            Unmet::CardExpired(day) => t.register_unmet_card(&on(day).bare()),
            Unmet::PermitExpired(day) => t.register_unmet_permit(&on(day).bare()),
        })
        .map(|words| html! { <li>{text("span", "", words)}</li> })
        .collect();
    (!rows.is_empty()).then(|| {
        html! {
            <section class="part">
                {text("h2", "", t.register_unmet_title())} <ul class="needs">{rows}</ul>
            </section>
        }
    })
}

fn beside(ctx: &Ctx, with_pictures: bool) -> Html {
    let t = &ctx.texts;
    let needs: Vec<_> = [
        t.register_need_card(),
        t.register_need_id(),
        t.register_need_email(),
    ]
    .into_iter()
    .map(|need| html! { <li>{text("span", "", need)}</li> })
    .collect();
    let link = |place: &Place, label: Text| button::link(Weight::Second, ctx.href(place), label);
    html! {
        <section class="beside-part">
            {text("h2", "", t.register_need_title())} <ul class="needs">{needs}</ul>
        </section>
        {with_pictures
            .then(|| {
                html! {
                    <section class="beside-part">
                        {text("h2", "", t.register_number_where())} {where_printed(ctx)}
                    </section>
                }
            })}
        <section class="beside-part">
            {text("h2", "", t.register_have_account())}
            {link(&Place::Login, t.register_have_account_login())}
            {link(&Place::Recover, t.register_have_account_recover())}
        </section>
    }
}
