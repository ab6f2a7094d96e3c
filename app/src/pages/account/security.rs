//! `/account/security`: what a recovery could go through, and what happened so far.

use miftah_rules::Place;
use miftah_rules::view::{ActRow, Channel, SecurityView};

use super::{address_list, back, body, moment};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::shell::{Body, Form};
use crate::ui::{rows, text};

pub fn page(ctx: &Ctx, v: &SecurityView) -> Body {
    let t = &ctx.texts;
    let phone = v
        .addresses
        .iter()
        .any(|a| a.channel == Channel::Phone && a.confirmed);
    let ready = match phone {
        true => t.account_security_recovery_both(),
        false => t.account_security_recovery_email_only(),
    };
    let sheet = html! {
        <header class="title">
            {back(ctx.href(&Place::Account), t.account_title())}
            {text("h1", "", t.account_security_title())}
        </header>
        <section class="part">
            {text("h2", "", t.account_security_recovery_title())} {text("p", "", ready)}
            {address_list(ctx, &v.addresses)}
        </section>
        <section class="part">
            {text("h2", "", t.account_security_history())}
            {text("p", "quiet", t.account_security_intro())} {history(ctx, &v.acts)}
            {(v.older > 0).then(|| text("p", "quiet", t.account_security_older()))}
        </section>
        <section class="part">
            {text("h2", "", t.account_security_not_me())}
            {text("p", "", t.account_security_not_me_how())} <div class="actions">
                {button::link(
                    Weight::Second,
                    ctx.href(&Place::Password),
                    t.account_password_title(),
                )}
            </div>
        </section>
    };
    body(ctx, &Place::Security, Form::None, sheet)
}

fn history(ctx: &Ctx, acts: &[ActRow]) -> Html {
    let t = &ctx.texts;
    if acts.is_empty() {
        return rows::empty(t.account_security_empty());
    }
    act_rows(ctx, acts)
}

/// What was done and when, a line each.
pub fn act_rows(ctx: &Ctx, acts: &[ActRow]) -> Html {
    let rows: Vec<_> = acts
        .iter()
        .map(|row| {
            let details = vec![moment(ctx, row.on)];
            rows::row(
                Icon::Clock,
                ctx.texts.act(&row.act),
                details,
                Html::default(),
            )
        })
        .collect();
    html! { <ul class="rows">{rows}</ul> }
}
