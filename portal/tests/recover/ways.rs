//! SMS cost money and are not everywhere: they are offered where they go out, and counted.

use miftah_portal::Portal;
use miftah_portal::pages::{self, Shown};
use miftah_portal::portal::Ways;
use miftah_portal::query::Query;
use miftah_portal::visitor::Arrival;
use miftah_rules::Place;
use miftah_rules::view::{Channel, Page, RecoverStep};

use crate::kit::{Browser, DAY, Kit, SECOND, codes, person, recover};
use crate::way::{begin, located, open_account, send};

async fn campus() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    open_account(&kit, &person(1)).await;
    kit
}

/// Asks by student number for a code by SMS; the problems met.
async fn by_sms(kit: &Kit, number: &str) -> Vec<&'static str> {
    let mut browser = begin(kit).await;
    send(
        &mut browser,
        &[("step", "find"), ("handle", number), ("action", "handle")],
    )
    .await;
    let view = send(
        &mut browser,
        &[("step", "destination"), ("channel", "phone")],
    )
    .await;
    codes(&view.problems)
}

#[tokio::test]
async fn norm_5_five_sms_a_day_whether_the_number_has_a_phone_or_an_account() {
    let kit = campus().await;
    for number in ["R000000001", "R000000002", "R000000009"] {
        for n in 0..5 {
            assert_eq!(by_sms(&kit, number).await, [""; 0], "{number} {n}");
        }
        assert_eq!(by_sms(&kit, number).await, ["E202"], "{number}");
    }
    kit.wait(DAY);
    assert_eq!(by_sms(&kit, "R000000001").await, [""; 0], "another day");
}

#[tokio::test]
async fn without_a_gateway_the_phone_is_no_way() {
    let mut kit = campus().await;
    let mut by_data: Browser<'_> = located(&kit, &person(1)).await;
    let view = recover(by_data.reload().await);
    let channels: Vec<_> = view.destinations.iter().map(|to| to.channel).collect();
    assert_eq!(channels, [Channel::Email, Channel::Phone]);
    let (secret, query) = (by_data.secret.clone(), by_data.query.clone());

    kit.portal = Portal {
        ways: Ways { sms: false },
        ..kit.portal.clone()
    };
    kit.wait(SECOND);
    let arrival = Arrival {
        browser: secret.clone(),
        ..Arrival::default()
    };
    let visitor = kit.portal.receive(arrival).await.expect("a visitor");
    let shown = pages::show(&kit.portal, &visitor, &Place::Recover, &Query::new(&query)).await;
    let Ok(Shown::Page(page)) = shown else {
        panic!("no page");
    };
    let Page::Recover(view) = *page else {
        panic!("another page");
    };
    let channels: Vec<_> = view.destinations.iter().map(|to| to.channel).collect();
    assert_eq!(channels, [Channel::Email]);

    // Asked for all the same, it is refused, and nothing is sent.
    let mut browser = kit.browser();
    (browser.secret, browser.place, browser.query) = (secret, Place::Recover, query);
    let view = send(
        &mut browser,
        &[("step", "destination"), ("channel", "phone")],
    )
    .await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Destination, vec!["E105"])
    );
    assert!(kit.new_letters().await.is_empty());
}
