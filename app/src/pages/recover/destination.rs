//! Second step: which address gets the code; and, for those who knew all personal data, how to say
//! that the account is somebody else's doing.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::view::{Channel, Destination, RecoverView};

use super::{action, beside, head, step, way_on};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::choice::{Choice, choices};
use crate::ui::icon::Icon;
use crate::ui::notice::{self, Kind};
use crate::ui::shell::{Body, Form};
use crate::ui::{problems, text};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let found = v
        .destinations
        .iter()
        .any(|destination| destination.masked.is_some());
    let with_phone = v.destinations.iter().any(|to| to.channel == Channel::Phone);
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
    let sheet = html! {
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
            {with_phone
                .then(|| {
                    notice::notice(
                        Kind::Info,
                        t.recover_mailbox_lost(),
                        Some(t.recover_mailbox_lost_hint()),
                    )
                })}
            <div class="actions">
                {button::submit(Weight::Primary, t.recover_destination_submit())}
                {button::action(Weight::Quiet, "back", t.common_back())}
            </div> {found.then(|| objections(ctx))}
        </form>
    };
    Body {
        sheet,
        beside: beside(ctx, v, all_lost(ctx, v)),
        form: Form::Journey,
    }
}

fn choice(ctx: &Ctx, to: &Destination) -> Choice {
    let t = &ctx.texts;
    let (value, icon) = match to.channel {
        Channel::Email => ("email", Icon::Mail),
        Channel::Phone => ("phone", Icon::Phone),
    };
    let name = match to.channel {
        Channel::Email => t.recover_destination_email(),
        Channel::Phone => t.recover_destination_phone(),
    };
    let detail = to.masked.as_deref().map(Text::ltr);
    Choice {
        value,
        name,
        detail,
        icon: Some(icon),
    }
}

/// Both lead to a page that says what freezing means, and freeze nothing yet.
fn objections(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="part">
            {text("h2", "", t.recover_dispute_title())} <div class="actions">
                {button::action(Weight::Second, "none_mine", t.recover_dispute_none_mine())}
                {button::action(Weight::Second, "never_made", t.recover_dispute_never_made())}
            </div>
        </section>
    }
}

fn all_lost(ctx: &Ctx, v: &RecoverView) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="beside-part">
            {text("h2", "", t.recover_all_lost())} {text("p", "", t.recover_all_lost_hint())}
            {problems::assisted_for(ctx, v.trail.journey.as_deref())}
        </section>
    }
}
