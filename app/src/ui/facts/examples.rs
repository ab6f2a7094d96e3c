//! Facts by name, and addresses.

use miftah_messages::Text;
use miftah_rules::view::{AddressView, Channel};

use super::fact;
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::html;
use crate::pages::account::address_list;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let number = &ctx.frame.institution.number;
    let facts = html! {
        <dl class="facts">
            {fact(Text::own(&number.label), Text::ltr(&number.example))}
            {fact(t.account_birth_date(), t.date(2003, 5, 21))}
            {fact(t.account_year(), t.account_not_on_record())}
        </dl>
    };
    let address = |channel, value: Option<&str>, confirmed| AddressView {
        channel,
        value: value.map(str::to_owned),
        confirmed,
    };
    let email = || address(Channel::Email, Some("salma@example.ma"), true);
    let no_phone = [email(), address(Channel::Phone, None, false)];
    let phone = [
        email(),
        address(Channel::Phone, Some("+212612345678"), false),
    ];
    vec![
        example("facts", facts),
        example("facts-addresses", address_list(ctx, &no_phone)),
        example("facts-unconfirmed", address_list(ctx, &phone)),
    ]
}
