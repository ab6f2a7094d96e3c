//! First step: personal data, which works when everything is forgotten; below it the short way for
//! those who know their e-mail or number.
//!
//! Both ways are one form: what is filled decides, so that a language switch keeps everything and
//! the Enter key does what the fields say.

use miftah_messages::Text;
use miftah_rules::profile::{RecoverBy, RecoveryDelivery};
use miftah_rules::view::RecoverView;
use miftah_rules::{Field, Place, Problem};

use super::{action, head, step, way_on};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{notice, problems, robot, text};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    match ctx.frame.institution.recovery.by {
        RecoverBy::Data => by_data(ctx, v),
        RecoverBy::Number => {
            let institution = &ctx.frame.institution;
            let lead = match institution.recovery.delivery {
                RecoveryDelivery::Code => ctx.texts.recover_number_intro(),
                RecoveryDelivery::TemporaryPassword => ctx.texts.recover_temporary_intro(),
            };
            let number = &institution.number;
            let label = Text::own(&number.label);
            by_one(ctx, v, lead, label, Some(Text::own(&number.hint)))
        }
        RecoverBy::Handle => {
            let (lead, label) = (
                ctx.texts.recover_handle_intro(),
                ctx.texts.login_handle_label(),
            );
            by_one(ctx, v, lead, label, None)
        }
    }
}

/// The roll's number (S1.2), or what one signs in with (S2.2), is all that is asked.
fn by_one(ctx: &Ctx, v: &RecoverView, lead: Text, label: Text, hint: Option<Text>) -> Body {
    let value = v.typed.get(&Field::Handle).map_or("", String::as_str);
    let sheet = html! {
        {head(ctx, v, Some(lead))}
        {ctx.frame.person.as_ref().map(|name| already(ctx, name))}
        {problems::summary(ctx, &v.problems, &[Field::Handle, Field::RobotCode], next(ctx, v))}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {field::field(
                ctx,
                Spec {
                    field: Field::Handle,
                    kind: Kind::Handle,
                    label,
                    hint,
                    value,
                    problems: &v.problems,
                    optional: false,
                },
            )}
            {robot::robot(ctx, v.robot, &v.problems)}
            <div class="actions">
                {button::submit(Weight::Primary, ctx.texts.common_continue())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Parts(beside(ctx)),
        form: Form::Journey,
    }
}

fn by_data(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let carried = v.trail.from.is_some();
    let mut fields = ctx.frame.institution.asked();
    let data: Vec<_> = fields
        .iter()
        .map(|field| field::personal(ctx, *field, &v.typed, &v.problems))
        .collect();
    fields.extend([Field::Handle, Field::RobotCode]);
    let sheet = html! {
        {head(ctx, v, Some(t.recover_intro()))}
        {ctx.frame.person.as_ref().map(|name| already(ctx, name))}
        {problems::summary(ctx, &v.problems, &fields, next(ctx, v))}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)} {carried.then(|| text("p", "quiet", t.recover_find_carried()))}
            <section class="part">
                {text("h2", "", t.recover_way_data())}
                {text("p", "quiet", t.recover_way_data_hint())} {data}
                {robot::robot(ctx, v.robot, &v.problems)}
                <div class="actions">
                    {button::submit(Weight::Primary, t.recover_find_submit())}
                </div>
            </section>
            <section class="part">
                {text("h2", "", t.recover_way_handle())}
                {text("p", "quiet", t.recover_way_handle_hint())}
                {handle(ctx, v)}
                <div class="actions">
                    {button::action(Weight::Second, "handle", t.recover_find_submit_code())}
                </div>
            </section>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Parts(beside(ctx)),
        form: Form::Journey,
    }
}

/// The e-mail or number that somebody remembers.
fn handle(ctx: &Ctx, v: &RecoverView) -> Html {
    let value = v.typed.get(&Field::Handle).map_or("", String::as_str);
    field::field(
        ctx,
        Spec {
            field: Field::Handle,
            kind: Kind::Handle,
            label: ctx.texts.login_handle_label(),
            hint: None,
            value,
            problems: &v.problems,
            optional: false,
        },
    )
}

/// Somebody is signed in here already: that may be all they wanted.
fn already(ctx: &Ctx, name: &str) -> Html {
    let t = &ctx.texts;
    let on = html! {
        {text("p", "", t.login_already_body(name))}
        <a href=ctx.href(&Place::Home)>{text("span", "", t.login_already_continue())}</a>
    };
    notice::around(notice::Kind::Info, t.login_already_title(), on)
}

/// What a problem of the page leads to.
fn next(ctx: &Ctx, v: &RecoverView) -> Html {
    let without_account = v
        .problems
        .iter()
        .any(|met| met.problem == Problem::NoAccountYet);
    match &v.trail.journey {
        Some(id) if without_account => register(ctx, id),
        _ => way_on(ctx, v),
    }
}

/// Registration takes what was typed here along (S0.8).
fn register(ctx: &Ctx, journey: &str) -> Html {
    html! {
        <form class="actions" method="post" action=ctx.href(&Place::Register)>
            {button::hidden("from", journey.to_owned())}
            {button::submit(Weight::Second, ctx.texts.recover_find_register_link())}
        </form>
    }
}

fn beside(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution;
    let number = (institution.recovery.by != RecoverBy::Handle).then(|| {
        html! {
            <section class="beside-part">
                {text("h2", "", t.register_number_where())}
                {text("p", "", Text::own(&institution.number.printed_on))}
            </section>
        }
    });
    let lost = (institution.recovery.by == RecoverBy::Handle).then(|| {
        html! {
            <section class="beside-part">
                {text("h2", "", t.recover_all_lost())} {text("p", "", t.recover_all_lost_hint())}
                {button::link(
                    Weight::Second,
                    ctx.href(&Place::Assisted),
                    t.recover_handle_assisted(),
                )}
            </section>
        }
    });
    html! {
        {number} {lost}
        {ctx.frame.institution.registers.then(|| first_time(ctx))}
    }
}

fn first_time(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="beside-part">
            {text("h2", "", t.recover_find_register())}
            {button::link(
                Weight::Second,
                ctx.href(&Place::Register),
                t.recover_find_register_link(),
            )}
        </section>
    }
}
