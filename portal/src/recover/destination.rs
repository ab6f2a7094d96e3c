//! Second step: to which address does the code go? Masks are shown to those alone who knew all
//! personal data; to them it is also said how to object (S0.5).

use miftah_rules::form::{Posted, read};
use miftah_rules::view::{Channel, Destination, DisputeReason, RecoverView, Typed};
use miftah_rules::{Field, Problem};

use super::located::{By, Located};
use super::{Recover, Stage, stay};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::Address;
use crate::portal::Portal;
use crate::proof::{masked, unbroken};
use crate::visitor::{Outcome, Visitor};

const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Phone];

pub(super) async fn show(
    portal: &Portal,
    located: &Located,
    view: &mut RecoverView,
) -> Fallible<()> {
    view.destinations = match (located.by, &located.account) {
        (By::Data, Some(id)) => {
            let account = portal.store.account(id).await?;
            let addresses = account.map(|account| account.confirmed_addresses());
            addresses
                .unwrap_or_default()
                .iter()
                .filter(|to| portal.ways.has(to.channel))
                .map(|to| Destination {
                    channel: to.channel,
                    masked: Some(unbroken(&masked(to))),
                })
                .collect()
        }
        _ => CHANNELS
            .into_iter()
            .filter(|channel| portal.ways.has(*channel))
            .map(|channel| Destination {
                channel,
                masked: None,
            })
            .collect(),
    };
    Ok(())
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    located: Located,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.problems.clear();
    if posted.action() == "back" {
        journey.state.begin_again();
        return stay(portal, &journey).await;
    }
    if let (By::Data, Some(account), Some(reason)) =
        (located.by, &located.account, objection(posted))
    {
        journey.state.stage = Stage::Dispute {
            account: account.clone(),
            reason,
        };
        return stay(portal, &journey).await;
    }
    keep(portal, &mut journey.state.typed, posted);
    let Some(channel) = chosen(posted) else {
        journey.problems = vec![Problem::Missing.at(Field::Channel)];
        return stay(portal, &journey).await;
    };
    if !is_offered(portal, &located, channel).await? {
        journey.problems = vec![Problem::Missing.at(Field::Channel)];
        return stay(portal, &journey).await;
    }
    if !portal.institution.recovery.types_address {
        let unknown = nowhere(channel);
        return located
            .send(portal, visitor, journey, channel, unknown)
            .await;
    }
    let field = field(channel);
    let brief = portal.institution.brief(visitor.lang);
    match read(field, posted.value(field), &brief) {
        Ok(to) => {
            let typed = Address { channel, to };
            located.send(portal, visitor, journey, channel, typed).await
        }
        Err(problem) => {
            journey.problems = vec![problem.at(field)];
            stay(portal, &journey).await
        }
    }
}

/// The address once recorded, where it is typed here.
pub(super) fn keep(portal: &Portal, typed: &mut Typed, posted: &Posted) {
    if portal.institution.recovery.types_address {
        let fields = [Field::Channel, Field::Email, Field::Phone];
        typed.retain(|field, _| !fields.contains(field));
        typed.extend(posted.keep(&fields));
    }
}

const fn field(channel: Channel) -> Field {
    match channel {
        Channel::Email => Field::Email,
        Channel::Phone => Field::Phone,
    }
}

fn chosen(posted: &Posted) -> Option<Channel> {
    match posted.value(Field::Channel).trim() {
        "email" => Some(Channel::Email),
        "phone" | "sms" => Some(Channel::Phone),
        _ => None,
    }
}

fn objection(posted: &Posted) -> Option<DisputeReason> {
    match (posted.action(), posted.value(Field::Channel).trim()) {
        ("none_mine", _) | (_, "none") => Some(DisputeReason::NoneMine),
        ("never_made", _) => Some(DisputeReason::NeverMade),
        _ => None,
    }
}

/// By handle all ways are offered, whatever the account has.
async fn is_offered(portal: &Portal, located: &Located, channel: Channel) -> Fallible<bool> {
    if !portal.ways.has(channel) {
        return Ok(false);
    }
    let (By::Data, Some(id)) = (located.by, &located.account) else {
        return Ok(true);
    };
    let account = portal.store.account(id).await?;
    Ok(account.is_some_and(|account| account.confirmed_address(channel).is_some()))
}

/// An address of usual length that is nobody's. Only decoys carry it.
fn nowhere(channel: Channel) -> Address {
    match channel {
        Channel::Email => Address::email("somebody.somewhere@nowhere.invalid"),
        Channel::Phone => Address::phone("+212600000000"),
    }
}
