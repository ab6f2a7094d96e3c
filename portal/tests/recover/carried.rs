//! Nothing is typed twice: what a refused sign-in or a registration knows comes along, in the same
//! browser only.

use miftah_portal::id::JourneyId;
use miftah_portal::key::token_hash;
use miftah_portal::model::JourneyRow;
use miftah_portal::store::Write;
use miftah_rules::view::{RecoverStep, RegisterStep};
use miftah_rules::{Field, Lang, Place};

use super::kit::{HOUR, Kit, codes, person, recover, register};
use super::way::{begin, open_account, send};

const SECRET: &str = "5ec2e7";

#[tokio::test]
async fn s0_1_a_refused_sign_in_brings_its_handle() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    for (handle, number) in [
        ("amal@example.ma", None),
        ("r 000000001", Some("R000000001")),
    ] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        browser
            .submit(&[("handle", handle), ("password", "no")])
            .await;
        let from = format!("from={}", browser.journey());
        let view = recover(browser.open(Place::Recover, &from).await);
        assert_eq!(
            view.typed.get(&Field::Handle).map(String::as_str),
            Some(handle)
        );
        assert_eq!(
            view.typed.get(&Field::StudentNumber).map(String::as_str),
            number
        );
        assert_eq!(view.trail.from.as_deref(), from.strip_prefix("from="));

        let mut other = kit.browser();
        other.secret = Some("another".into());
        let view = recover(other.open(Place::Recover, &from).await);
        assert!(view.typed.is_empty(), "another browser's");
        kit.wait(2 * HOUR);
        let view = recover(browser.open(Place::Recover, &from).await);
        assert!(view.typed.is_empty(), "expired");
    }
}

/// A registration that met E102, as its row stands in the store.
async fn registration(kit: &Kit, id: &str, step: &str) {
    let data = r#"{"state":{"typed":{"student_number":"R000000001","national_id":"JB400001",
        "birth_date":"29/02/2004","email":"new@example.ma","password":"x"}},"problems":[]}"#;
    let row = JourneyRow {
        id: JourneyId(id.into()),
        browser_hash: token_hash(SECRET),
        account: None,
        kind: "register".into(),
        step: step.into(),
        data: data.into(),
        created_at: kit.now(),
        expires_at: kit.now().plus_minutes(60),
        version: 0,
    };
    kit.portal
        .store
        .commit(vec![Write::AddJourney(row)])
        .await
        .unwrap();
}

#[tokio::test]
async fn s0_5_a_registration_goes_straight_on() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    registration(&kit, "r1", "who").await;
    let mut browser = kit.browser();
    browser.secret = Some(SECRET.into());
    browser.open(Place::Recover, "").await;
    let view = send(&mut browser, &[("from", "r1")]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Destination, vec![])
    );
    assert_eq!(
        view.typed.len(),
        3,
        "only what recovery asks for: {:?}",
        view.typed
    );

    browser.open(Place::Recover, "from=r1").await;
    let view = send(&mut browser, &[]).await;
    assert_eq!(
        view.step,
        RecoverStep::Destination,
        "an outsider's empty form at that address"
    );
}

#[tokio::test]
async fn nothing_is_carried_from_what_is_over_or_unknown() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    registration(&kit, "r1", "over").await;
    registration(&kit, "r2", "who").await;
    let long = "9".repeat(40);
    for (secret, from) in [
        (SECRET, "r1"),
        ("another", "r2"),
        (SECRET, "r3"),
        (SECRET, &long),
    ] {
        let mut browser = kit.browser();
        browser.secret = Some(secret.into());
        browser.open(Place::Recover, "").await;
        let view = send(&mut browser, &[("from", from)]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Find, vec!["E306"])
        );
        assert!(view.typed.is_empty());
    }
}

#[tokio::test]
async fn what_was_just_typed_counts_before_what_was_carried() {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    open_account(&kit, &person(1)).await;
    registration(&kit, "r1", "who").await;
    let mut browser = kit.browser();
    browser.secret = Some(SECRET.into());
    browser.open(Place::Recover, "from=r1").await;
    let fields = [
        ("student_number", "R000000002"),
        ("national_id", "JB400002"),
        ("birth_date", "2004-02-29"),
    ];
    assert_eq!(codes(&send(&mut browser, &fields).await.problems), ["E302"]);
}

#[tokio::test]
async fn a_language_switch_keeps_everything_and_submits_nothing() {
    let kit = Kit::on_disk().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    let mut browser = begin(&kit).await;
    let fields = [
        ("step", "find"),
        ("student_number", "R000000001"),
        ("birth_date", "29/02/20"),
        ("handle", "amal@"),
        ("switch_language", "fr"),
    ];
    let view = send(&mut browser, &fields).await;
    assert_eq!(browser.lang, Lang::Fr);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec![])
    );
    let typed: Vec<_> = view.typed.values().map(String::as_str).collect();
    assert_eq!(typed, ["R000000001", "29/02/20", "amal@"]);
    assert_eq!(kit.new_letters().await, []);

    let journey = browser.journey();
    for (step, fields) in [
        ("destination", vec![("channel", "email")]),
        ("code", vec![("code", "123456")]),
    ] {
        if step == "destination" {
            super::way::give_data(&mut browser, &person(1)).await;
        } else {
            send(&mut browser, &[("channel", "email")]).await;
        }
        let mut all = vec![("step", step), ("switch_language", "en")];
        all.extend(fields);
        let before = kit.tally().await;
        let view = send(&mut browser, &all).await;
        assert_eq!(view.step.name(), step, "the place is kept");
        assert_eq!(browser.journey(), journey);
        assert_eq!(kit.tally().await, before, "no try is counted");
    }
    kit.remove().await;
}

const DATA: [(&str, &str); 3] = [
    ("student_number", "R000000001"),
    ("national_id", "JB400001"),
    ("birth_date", "2004-02-29"),
];

#[tokio::test]
async fn s0_5_from_you_already_have_an_account_to_its_addresses() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let view = register(browser.submit(&DATA).await);
    assert_eq!(codes(&view.problems), ["E102"]);
    let from = browser.journey();
    browser.open(Place::Recover, "").await;
    let view = send(&mut browser, &[("from", &from)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Destination, vec![])
    );
}

#[tokio::test]
async fn s0_8_from_you_have_no_account_yet_to_registration() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let mut browser = begin(&kit).await;
    let view = send(&mut browser, &DATA).await;
    assert_eq!(codes(&view.problems), ["E302"]);
    let from = browser.journey();
    browser.open(Place::Register, "").await;
    let view = register(browser.submit(&[("from", &from)]).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RegisterStep::Contact, vec![])
    );
}
