//! Norm 5: whoever knows a number or an address can keep nobody out, and a network is slowed down
//! but never refused.

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
mod kit;

use kit::{Browser, Kit, MINUTE, PASSWORD, codes, home, login, person, recover, register};
use miftah_portal::fault::Fault;
use miftah_rules::view::{HomeView, RecoverStep, RegisterStep};
use miftah_rules::{Detail, Place};

const EMAIL: &str = "amal@example.ma";
const NUMBER: &str = "R000000001";

async fn campus() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    kit.open_account(&person(1), EMAIL).await;
    kit
}

fn at<'k>(kit: &'k Kit, network: &str) -> Browser<'k> {
    let mut browser = kit.browser();
    browser.network = network.into();
    browser
}

/// The problems of a sign-in; none when it succeeded.
async fn sign_in(browser: &mut Browser<'_>, handle: &str, password: &str) -> Vec<&'static str> {
    browser.open(Place::Login, "").await;
    let page = browser
        .submit(&[("handle", handle), ("password", password)])
        .await;
    match page {
        miftah_rules::view::Page::Login(view) => codes(&view.problems),
        page => {
            assert!(matches!(home(page), HomeView::SignedIn { .. }));
            vec![]
        }
    }
}

#[tokio::test]
async fn a_strangers_wrong_passwords_are_the_strangers() {
    let kit = campus().await;
    let mut stranger = at(&kit, "198.51.100.7");
    for handle in [EMAIL, NUMBER] {
        for _ in 0..20 {
            sign_in(&mut stranger, handle, "guess").await;
        }
        assert_eq!(sign_in(&mut stranger, handle, PASSWORD).await, ["E202"]);
        let mut owner = at(&kit, "192.0.2.1");
        assert_eq!(sign_in(&mut owner, handle, PASSWORD).await, [""; 0]);
        // The owner's success is no fresh start for the stranger.
        assert_eq!(sign_in(&mut stranger, handle, PASSWORD).await, ["E202"]);
    }
}

#[tokio::test]
async fn many_networks_together_make_an_owner_wait_minutes_at_most() {
    let kit = campus().await;
    for n in 0..200 {
        let mut stranger = at(&kit, &format!("198.51.100.{n}"));
        sign_in(&mut stranger, EMAIL, "guess").await;
        kit.wait(5 * MINUTE);
    }
    let mut stranger = at(&kit, "203.0.113.1");
    sign_in(&mut stranger, EMAIL, "guess").await;
    let mut owner = at(&kit, "192.0.2.1");
    owner.open(Place::Login, "").await;
    let fields = [("handle", EMAIL), ("password", PASSWORD)];
    let view = login(owner.submit(&fields).await);
    assert_eq!(view.problems[0].detail, Detail::WaitSeconds(5 * 60));
    kit.wait(5 * MINUTE);
    assert_eq!(sign_in(&mut owner, EMAIL, PASSWORD).await, [""; 0]);
}

#[tokio::test]
async fn a_strangers_guesses_at_personal_data_keep_nobody_from_registering_or_recovering() {
    let kit = campus().await;
    let mut stranger = at(&kit, "198.51.100.7");
    for place in [Place::Register, Place::Recover] {
        for number in [NUMBER, "R000000002"] {
            for _ in 0..8 {
                stranger.open(place.clone(), "").await;
                let wrong = [
                    ("student_number", number),
                    ("national_id", "JB499999"),
                    ("birth_date", "2004-02-29"),
                ];
                stranger.submit(&wrong).await;
            }
        }
    }
    let mut owner = at(&kit, "192.0.2.1");
    owner.open(Place::Recover, "").await;
    let data = |number, id| {
        [
            ("student_number", number),
            ("national_id", id),
            ("birth_date", "2004-02-29"),
        ]
    };
    let view = recover(owner.submit(&data(NUMBER, "JB400001")).await);
    assert_eq!(view.step, RecoverStep::Destination, "{:?}", view.problems);
    let mut new = at(&kit, "192.0.2.2");
    new.open(Place::Register, "").await;
    let view = register(new.submit(&data("R000000002", "JB400002")).await);
    assert_eq!(view.step, RegisterStep::Contact, "{:?}", view.problems);
}

#[tokio::test]
async fn codes_that_a_stranger_asks_for_keep_no_code_from_the_owner() {
    let kit = campus().await;
    let ask = async |network: &str| {
        let mut browser = at(&kit, network);
        browser.open(Place::Recover, "").await;
        let view = recover(
            browser
                .submit(&[("handle", EMAIL), ("action", "handle")])
                .await,
        );
        codes(&view.problems)
    };
    for _ in 0..10 {
        assert_eq!(ask("198.51.100.7").await, [""; 0]);
    }
    assert_eq!(ask("198.51.100.7").await, ["E202"]);
    assert_eq!(ask("192.0.2.1").await, [""; 0]);
}

#[tokio::test]
async fn a_network_is_slowed_down_by_its_failures_and_never_refused() {
    let kit = campus().await;
    let campus = "192.0.2.9";
    assert_eq!(kit.portal.network_delay(campus).await.unwrap(), 0);
    for n in 0..201 {
        let handle = format!("student{n}@example.ma");
        let problems = sign_in(&mut at(&kit, campus), &handle, "guess").await;
        assert_eq!(problems, ["E201"]);
    }
    assert_eq!(kit.portal.network_delay(campus).await.unwrap(), 1);
    assert_eq!(kit.portal.network_delay("192.0.2.10").await.unwrap(), 0);
    let mut owner = at(&kit, campus);
    assert_eq!(sign_in(&mut owner, EMAIL, PASSWORD).await, [""; 0]);
    kit.wait(60 * MINUTE);
    assert_eq!(kit.portal.network_delay(campus).await.unwrap(), 0);
}

#[tokio::test]
async fn wrong_codes_are_failures_of_their_network_too() {
    let kit = campus().await;
    let network = "192.0.2.9";
    for n in 0..41 {
        let mut browser = at(&kit, network);
        browser.open(Place::Recover, "").await;
        let handle = format!("student{n}@example.ma");
        browser
            .submit(&[("handle", &handle), ("action", "handle")])
            .await;
        for _ in 0..5 {
            browser
                .submit(&[("step", "code"), ("code", "000000")])
                .await;
        }
    }
    assert_eq!(kit.portal.network_delay(network).await.unwrap(), 1);
}

#[tokio::test]
async fn a_network_that_begins_journeys_without_end_is_told_to_come_back() {
    let kit = Kit::on_disk().await;
    let begin = async |network: &str| {
        let mut browser = at(&kit, network);
        browser.place = Place::Recover;
        browser.post(&[("handle", "?"), ("action", "handle")]).await
    };
    for _ in 0..2000 {
        assert!(begin("198.51.100.7").await.is_ok());
    }
    let before = kit.tally().await;
    assert!(matches!(begin("198.51.100.7").await, Err(Fault::Busy)));
    assert_eq!(kit.tally().await, before, "nothing was written");
    assert!(begin("192.0.2.1").await.is_ok());
    kit.wait(1000);
    assert!(begin("198.51.100.7").await.is_ok());
    kit.remove().await;
}
