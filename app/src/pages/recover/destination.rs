//! Second step: which address gets the code; and, for those who knew all personal data, how to say
//! that the account is somebody else's doing.

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::view::{Channel, Destination, RecoverView};

use super::{action, head, step, way_on};
use crate::Ctx;
use crate::ui::button::{self, Weight};
use crate::ui::choice::{Choice, choices};
use crate::ui::icon::Icon;
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let found = v
        .destinations
        .iter()
        .any(|destination| destination.masked.is_some());
    let lead = if found {
        t.recover_destination_intro()
    } else {
        t.recover_destination_intro_any()
    };
    let answers: Vec<_> = v.destinations.iter().map(|to| choice(ctx, to)).collect();
    // With one address there is nothing to choose, only to agree.
    let chosen = match answers.as_slice() {
        [only] => Some(only.value),
        _ => None,
    };
    let office_above = !v.problems.is_empty();
    let sheet = view! {
        {head(ctx, v, Some(lead))}
        {problems::summary(ctx, &v.problems, &[Field::Channel], way_on(ctx, v))}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {choices(
                ctx,
                Field::Channel,
                t.recover_destination_legend(),
                answers,
                chosen,
                &v.problems,
            )}
            {text("p", "quiet", t.recover_mailbox_lost_hint())}
            <div class="actions">
                {button::submit(Weight::Primary, t.recover_destination_submit())}
                {button::action(Weight::Quiet, "back", t.common_back())}
            </div> {found.then(|| objections(ctx))}
        </form>
    }
    .into_any();
    let beside = if office_above {
        Beside::Nothing
    } else {
        Beside::Parts(all_lost(ctx))
    };
    Body {
        sheet,
        beside,
        form: Form::Journey,
    }
}

fn choice(ctx: &Ctx, to: &Destination) -> Choice {
    let t = &ctx.texts;
    let (value, icon) = match to.channel {
        Channel::Email => ("email", Icon::Mail),
        Channel::Phone => ("phone", Icon::Phone),
    };
    let name: Text = match (to.channel, &to.masked) {
        (Channel::Email, Some(address)) => t.recover_destination_email(address),
        (Channel::Email, None) => t.recover_destination_email_any(),
        (Channel::Phone, Some(phone)) => t.recover_destination_phone(phone),
        (Channel::Phone, None) => t.recover_destination_phone_any(),
    };
    Choice {
        value,
        name,
        detail: None,
        icon: Some(icon),
    }
}

/// Both lead to a page that says what freezing means, and freeze nothing yet.
fn objections(ctx: &Ctx) -> AnyView {
    let t = &ctx.texts;
    view! {
        <section class="part">
            {text("h2", "", t.recover_dispute_title())} <div class="actions">
                {button::action(Weight::Second, "none_mine", t.recover_dispute_none_mine())}
                {button::action(Weight::Second, "never_made", t.recover_dispute_never_made())}
            </div>
        </section>
    }
    .into_any()
}

fn all_lost(ctx: &Ctx) -> AnyView {
    let t = &ctx.texts;
    view! {
        <section class="beside-part">
            {text("h2", "", t.recover_all_lost())} {text("p", "", t.recover_all_lost_hint())}
        </section>
        <div class="beside-part">{office(ctx)}</div>
    }
    .into_any()
}
