//! A temporary password is on its way, if the address was the account's (S1.3): what it is good for,
//! what comes next, and another one. Nothing is typed here: it is a password, and belongs to the
//! page where people sign in.

use miftah_messages::Text;
use miftah_rules::Place;
use miftah_rules::view::{Channel, CodeView, RecoverView};

use super::{action, beside, head, step};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::code::{elsewhere, resend};
use crate::ui::shell::{Body, Form};
use crate::ui::{notice, text};

/// Minutes from which hours are told.
const HOUR: u64 = 60;

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let sent = v.code.as_ref().map(|code| sent(ctx, v, code));
    let sheet = html! {
        {head(ctx, v, None)}
        {sent}
    };
    Body {
        sheet,
        beside: beside(ctx, v, Html::default()),
        form: Form::Journey,
    }
}

fn sent(ctx: &Ctx, v: &RecoverView, code: &CodeView) -> Html {
    let t = &ctx.texts;
    let to = code.sent_to.as_deref().unwrap_or_default();
    let told = match code.channel {
        Channel::Email => t.recover_sent_if_email(to),
        Channel::Phone => t.recover_sent_if_phone(to),
    };
    // The user name goes along, as after a refused sign-in.
    let login = match &v.trail.journey {
        Some(id) => format!("{}?from={id}", ctx.href(&Place::Login)),
        None => ctx.href(&Place::Login),
    };
    html! {
        {code.sent_again.then(|| notice::success(t.recover_sent_again(), None))}
        {text("p", "", told)}
        {text("p", "quiet", valid(ctx, code.minutes))}
        <section class="part">
            {text("h2", "", t.recover_sent_then_title())}
            <ol class="problem-do">
                <li>{text("p", "", t.recover_sent_then_sign_in())}</li>
                <li>{text("p", "", t.recover_sent_then_change())}</li>
            </ol>
            <div class="actions">
                {button::link(Weight::Primary, login, t.recover_sent_submit())}
            </div>
        </section>
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)} {elsewhere(ctx, code)} <div class="actions">
                {resend(
                    ctx,
                    code.resend_in,
                    t.recover_sent_resend(),
                    |t, left| match left {
                        0 => t.recover_sent_resend_ready(),
                        left => t.recover_sent_resend_in(left),
                    },
                )} {button::action(Weight::Quiet, "change", t.recover_sent_change())}
            </div>
        </form>
    }
}

fn valid(ctx: &Ctx, minutes: u64) -> Text {
    match minutes {
        0..HOUR => ctx.texts.recover_sent_minutes(minutes),
        _ => ctx.texts.recover_sent_hours(minutes / HOUR),
    }
}
