//! Second step where the address is typed once more (S1.2): by which way, and the address or number that
//! was recorded. Both fields stand there; the style shows the one of the way that is chosen.

use miftah_rules::Field;
use miftah_rules::view::{Channel, RecoverView};

use super::{action, beside, head, step, way_on};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::choice::{Choice, choices};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::icon::Icon;
use crate::ui::shell::{Body, Form};
use crate::ui::{problems, text};

const FIELDS: [Field; 3] = [Field::Channel, Field::Email, Field::Phone];

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let ways: Vec<Channel> = v.destinations.iter().map(|to| to.channel).collect();
    let answers: Vec<_> = ways.iter().map(|way| choice(ctx, *way)).collect();
    let chosen = match answers.as_slice() {
        [only] => Some(only.value),
        _ => v.typed.get(&Field::Channel).map(String::as_str),
    };
    let chosen = answers
        .iter()
        .map(|a| a.value)
        .find(|value| Some(*value) == chosen);
    let fields: Vec<_> = ways.iter().map(|way| address(ctx, v, *way)).collect();
    let sheet = html! {
        {head(ctx, v, Some(t.recover_typed_intro()))}
        {problems::summary(ctx, &v.problems, &FIELDS, way_on(ctx, v))}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {choices(
                ctx,
                Field::Channel,
                t.recover_typed_legend(),
                answers,
                chosen,
                &v.problems,
            )}
            {fields}
            <div class="actions">
                {button::submit(Weight::Primary, t.recover_typed_submit())}
                {button::action(Weight::Quiet, "back", t.common_back())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: beside(ctx, v, none_left(ctx, v)),
        form: Form::Journey,
    }
}

fn choice(ctx: &Ctx, way: Channel) -> Choice {
    let t = &ctx.texts;
    let (value, name, icon) = match way {
        Channel::Email => ("email", t.recover_typed_email(), Icon::Mail),
        Channel::Phone => ("phone", t.recover_typed_phone(), Icon::Phone),
    };
    Choice {
        value,
        name,
        detail: None,
        icon: Some(icon),
    }
}

fn address(ctx: &Ctx, v: &RecoverView, way: Channel) -> Html {
    let t = &ctx.texts;
    let (field, kind, when, label, hint) = match way {
        Channel::Email => (
            Field::Email,
            Kind::Email,
            "when-email",
            t.recover_typed_email_label(),
            None,
        ),
        Channel::Phone => (
            Field::Phone,
            Kind::Phone,
            "when-phone",
            t.recover_typed_phone_label(),
            Some(t.recover_typed_phone_hint(&ctx.frame.institution.phone.example)),
        ),
    };
    let input = field::field(
        ctx,
        Spec {
            field,
            kind,
            label,
            hint,
            value: v.typed.get(&field).map_or("", String::as_str),
            problems: &v.problems,
            optional: false,
        },
    );
    html! { <div class=when>{input}</div> }
}

/// No address was ever recorded, or all are lost: the office helps (S0.12).
fn none_left(ctx: &Ctx, v: &RecoverView) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="beside-part">
            {text("h2", "", t.recover_typed_none())} {text("p", "", t.recover_all_lost_hint())}
            {problems::assisted_for(ctx, v.trail.journey.as_deref())}
        </section>
    }
}
