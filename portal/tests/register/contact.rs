//! The address: known or not, the page and the work are the same (S0.6, norm 2).

use miftah_portal::letter::Body;
use miftah_portal::model::AccountState;
use miftah_rules::view::{Channel, RegisterStep};
use miftah_rules::{Field, Place};

use crate::kit::{Kit, MINUTE, SECOND, body, codes, person, register};
use crate::steps::{
    EMAIL, at_code, at_contact, at_password, kit, send, send_email, send_password, send_who,
};

#[tokio::test]
async fn address_and_terms_are_needed_the_phone_is_not() {
    let kit = kit().await;
    let mut browser = at_contact(&kit).await;
    let fields = [("email", "meryem@"), ("phone", "0512345678")];
    let view = send(&mut browser, "contact", &fields).await;
    assert_eq!(codes(&view.problems), ["E108", "E109", "E110"]);
    let met: Vec<_> = view.problems.iter().map(|met| met.field).collect();
    assert_eq!(met, [Field::Email, Field::Phone, Field::Terms].map(Some));
    assert_eq!(view.typed[&Field::Email], "meryem@");

    let view = send(&mut browser, "contact", &[]).await;
    assert_eq!(codes(&view.problems), ["E105", "E110"]);
    assert!(kit.new_letters().await.is_empty());
    let view = send_email(&mut browser, " <Meryem.A@Example.MA> ").await;
    assert_eq!(view.step, RegisterStep::Code);
    assert_eq!(
        view.code.unwrap().sent_to.as_deref(),
        Some("Meryem.A@example.ma")
    );
}

#[tokio::test]
async fn a_slip_in_the_domain_is_asked_about_once_and_never_corrected_unasked() {
    let kit = kit().await;
    let mut browser = at_contact(&kit).await;
    let view = send_email(&mut browser, "meryem@gmial.com").await;
    assert_eq!(view.step, RegisterStep::Contact);
    assert!(view.problems.is_empty());
    assert_eq!(view.suggestion.as_deref(), Some("meryem@gmail.com"));
    assert!(kit.new_letters().await.is_empty());
    let view = send_email(&mut browser, "meryem@gmial.com").await;
    assert_eq!(
        view.code.unwrap().sent_to.as_deref(),
        Some("meryem@gmial.com")
    );

    let mut browser = at_contact(&kit).await;
    send_email(&mut browser, "meryem@gmial.com").await;
    let fields = [
        ("email", "meryem@gmial.com"),
        ("terms", "yes"),
        ("action", "use_suggestion"),
    ];
    let view = send(&mut browser, "contact", &fields).await;
    assert_eq!(
        view.code.unwrap().sent_to.as_deref(),
        Some("meryem@gmail.com")
    );
}

#[tokio::test]
async fn reading_the_terms_loses_nothing() {
    let kit = kit().await;
    for (action, place) in [
        ("read_terms", Place::Terms),
        ("read_privacy", Place::Privacy),
    ] {
        let mut browser = at_contact(&kit).await;
        let query = browser.query.clone();
        let fields = [
            ("email", "mer"),
            ("phone", "06"),
            ("terms", "yes"),
            ("action", action),
        ];
        let fields = [&[("step", "contact")], fields.as_slice()].concat();
        browser.submit(&fields).await;
        assert_eq!((&browser.place, &browser.query), (&place, &query));
        let view = register(browser.open(Place::Register, &query).await);
        assert_eq!(view.typed[&Field::Email], "mer");
        assert_eq!(view.typed[&Field::Phone], "06");
        assert!(view.typed.contains_key(&Field::Terms));
        assert!(view.problems.is_empty());
    }
}

#[tokio::test]
async fn s0_6_an_address_in_use_shows_the_same_page_and_costs_the_same_writes() {
    let mut seen = Vec::new();
    for known in [false, true] {
        let kit = Kit::on_disk().await;
        kit.load([person(1), person(2)]).await;
        let taken = if known { EMAIL } else { "another@example.ma" };
        kit.open_account(&person(2), taken).await;
        let mut browser = at_contact(&kit).await;
        let mut story = Vec::new();
        let mut view = send_email(&mut browser, EMAIL).await;
        for _ in 0..3 {
            view.trail.journey = None;
            story.push((view, kit.tally().await));
            kit.wait(31 * SECOND);
            view = send(&mut browser, "code", &[("action", "resend")]).await;
        }
        for typed in ["000000", "", "1"] {
            view = send(&mut browser, "code", &[("code", typed)]).await;
            view.trail.journey = None;
            story.push((view, kit.tally().await));
        }
        seen.push(story);
        kit.remove().await;
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn s0_6_the_owner_is_told_in_the_place_of_each_code_and_no_code_ever_opens() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    kit.open_account(&person(2), "meryem.a@EXAMPLE.ma").await;
    let mut browser = at_code(&kit).await;
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (body(&letters[0]), letters[0].decoy),
        (Body::EmailInUse, false)
    );
    assert_eq!(
        letters[0].to,
        "meryem.a@example.ma".replace("example", "EXAMPLE")
    );

    for counter in 1..=3 {
        let code = kit.code(&browser.journey(), counter);
        let view = send(&mut browser, "code", &[("code", &code)]).await;
        assert_eq!(codes(&view.problems), ["E303"], "not even the right one");
        kit.wait(31 * SECOND);
        send(&mut browser, "code", &[("action", "resend")]).await;
    }
    let letters = kit.new_letters().await;
    let told: Vec<_> = letters.iter().map(body).collect();
    assert_eq!(told, [Body::EmailInUse, Body::EmailInUse, Body::EmailInUse]);
}

#[tokio::test]
async fn s0_6_an_owner_who_has_just_registered_is_told_too() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    let mut owner = at_password(&kit).await;
    send_password(&mut owner).await;
    kit.new_letters().await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    send_who(&mut browser, &person(2)).await;
    send_email(&mut browser, EMAIL).await;
    let letters = kit.new_letters().await;
    assert_eq!(
        letters.iter().map(body).collect::<Vec<_>>(),
        [Body::EmailInUse]
    );
}

#[tokio::test]
async fn a_closed_account_leaves_its_address_and_its_person_free() {
    let kit = kit().await;
    kit.open_account_with(&person(1), EMAIL, |account| {
        account.state = AccountState::Closed;
    })
    .await;
    at_code(&kit).await;
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].decoy);
    assert!(matches!(body(&letters[0]), Body::Code { .. }));
}

#[tokio::test]
async fn changing_the_address_keeps_it_and_kills_its_code() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let first = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("action", "change")]).await;
    assert_eq!(view.step, RegisterStep::Contact);
    assert_eq!(view.typed[&Field::Email], EMAIL);

    let view = send_email(&mut browser, "other@example.ma").await;
    let code = view.code.unwrap();
    assert_eq!(
        (code.sent_to.as_deref(), code.sent_again),
        (Some("other@example.ma"), false)
    );
    let view = send(&mut browser, "code", &[("code", &first)]).await;
    assert_eq!(codes(&view.problems), ["E303"]);
    let letters = kit.new_letters().await;
    let second = letters
        .iter()
        .find(|letter| letter.to == "other@example.ma")
        .unwrap();
    assert_eq!(second.channel, Channel::Email);
    let view = send(&mut browser, "code", &[("code", &kit.code_in(second))]).await;
    assert_eq!(view.step, RegisterStep::Password);
    assert_eq!(
        view.typed[&Field::Email],
        "other@example.ma",
        "the page says which address"
    );
}

#[tokio::test]
async fn looking_back_at_the_same_address_sends_no_second_code_at_once() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    send(&mut browser, "code", &[("action", "change")]).await;
    let view = send_email(&mut browser, EMAIL).await;
    assert_eq!(view.step, RegisterStep::Code);
    assert_eq!(kit.new_letters().await.len(), 1);
    kit.wait(MINUTE);
    send(&mut browser, "code", &[("action", "change")]).await;
    send_email(&mut browser, EMAIL).await;
    assert_eq!(
        kit.new_letters().await.len(),
        1,
        "a minute later it is a new one"
    );
}

#[tokio::test]
async fn ten_codes_from_one_network_whoever_asks_and_for_whatever_address() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    for _ in 0..10 {
        at_code(&kit).await;
    }
    // The address has had enough, ...
    let mut other = kit.browser();
    other.open(Place::Register, "").await;
    send_who(&mut other, &person(2)).await;
    let view = send_email(&mut other, &EMAIL.to_uppercase()).await;
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E202"], RegisterStep::Contact)
    );
    let view = send_email(&mut other, "other@example.ma").await;
    assert_eq!(view.step, RegisterStep::Code);
    // ... and one student's data is no machine for mailing strangers.
    let mut browser = at_contact(&kit).await;
    let view = send_email(&mut browser, "stranger@example.ma").await;
    assert_eq!(codes(&view.problems), ["E202"]);
    assert_eq!(kit.new_letters().await.len(), 11);
}
