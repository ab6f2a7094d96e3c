//! What became of the message with the code: said as the page comes, and as it changes while somebody
//! waits (B.4).

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::view::{Channel, CodeView, Delivery, Moment};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::text_live;

/// A line that is there where the state may be told.
pub(super) fn line(ctx: &Ctx, code: &CodeView) -> Option<Html> {
    let first = code.delivery?;
    let state = RwSignal::new(first);
    #[cfg(feature = "hydrate")]
    watch(state);
    let (words, channel) = (ctx.clone(), code.channel);
    Some(html! {
        <p class="delivery" role="status" data-bad=move || is_bad(state.get()).then_some("true")>
            {text_live("span", "", move || said(&words, channel, state.get()))}
        </p>
    })
}

const fn is_bad(delivery: Delivery) -> bool {
    matches!(
        delivery,
        Delivery::MailboxFull | Delivery::NoMailbox | Delivery::Refused | Delivery::Expired
    )
}

fn said(ctx: &Ctx, channel: Channel, delivery: Delivery) -> Text {
    let t = &ctx.texts;
    let at = |moment: Moment| t.clock(moment.hour, moment.minute).bare();
    match (delivery, channel) {
        (Delivery::Waiting, _) => t.code_delivery_waiting(),
        (Delivery::HandedOver(moment), Channel::Email) => t.code_delivery_handed(&at(moment)),
        (Delivery::HandedOver(moment), Channel::Phone) => t.code_delivery_handed_sms(&at(moment)),
        (Delivery::Delayed(moment), _) => t.code_delivery_delayed(&at(moment)),
        (Delivery::Expired, _) => t.code_delivery_expired(),
        (Delivery::MailboxFull, _) => t.code_delivery_full(),
        (Delivery::NoMailbox, _) => t.code_delivery_no_mailbox(),
        (Delivery::Refused, Channel::Email) => t.code_delivery_refused(),
        (Delivery::Refused, Channel::Phone) => t.code_delivery_refused_sms(),
    }
}

/// Whether something else may become of the message.
#[cfg(feature = "hydrate")]
const fn may_change(delivery: Delivery) -> bool {
    matches!(
        delivery,
        Delivery::Waiting | Delivery::Delayed(_) | Delivery::MailboxFull
    )
}

/// Asks again while somebody is likely to wait: soon, and then less and less.
#[cfg(feature = "hydrate")]
fn watch(state: RwSignal<Delivery>) {
    use std::time::Duration;

    /// Seconds after the page was shown.
    const LOOKS: [u64; 5] = [2, 5, 12, 30, 75];
    Effect::new(move |started: Option<()>| {
        if started.is_some() {
            return;
        }
        for seconds in LOOKS {
            let look = move || {
                if !state.try_get_untracked().is_some_and(may_change) {
                    return;
                }
                crate::client::look_again(move |page| {
                    let now = page.code().and_then(|code| code.delivery);
                    if let Some(now) = now {
                        state.try_set(now);
                    }
                });
            };
            if let Ok(handle) = set_timeout_with_handle(look, Duration::from_secs(seconds)) {
                on_cleanup(move || handle.clear());
            }
        }
    });
}
