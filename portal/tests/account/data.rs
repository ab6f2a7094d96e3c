//! The file with everything the portal keeps about a person.

use miftah_portal::account::{Download, download};
use miftah_portal::visitor::Arrival;
use miftah_rules::Place;
use miftah_rules::view::{Done, Page};

use crate::kit::{Browser, CheapHasher, EMAIL, Kit, MINUTE, PASSWORD, PHONE, account, codes};

async fn ask(kit: &Kit, browser: &Browser<'_>) -> Download {
    let arrival = Arrival {
        robot: None,
        lang: browser.lang,
        browser: browser.secret.clone(),
        session: browser.session.clone(),
        network: browser.network.clone(),
        device: "Firefox · Android".into(),
    };
    let visitor = kit.portal.receive(arrival).await.expect("a visitor");
    download(&kit.portal, &visitor).await.expect("an answer")
}

#[tokio::test]
async fn it_holds_person_account_addresses_sessions_and_acts_and_no_secret() {
    let (kit, meryem) = Kit::with_account_like(
        |person| person.email = Some("record@example.ma".into()),
        |account| account.phone = Some(PHONE.into()),
    )
    .await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Account, "").await;
    browser
        .submit(&[("action", "language"), ("language", "fr")])
        .await;
    let Download::File { name, json } = ask(&kit, &browser).await else {
        panic!("a file")
    };
    assert_eq!(name, "fsjes-2026-09-01.json");
    let data: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(data["made_at"], "2026-09-01T08:00:00Z");
    assert_eq!(data["person"]["student_number"], "R000000001");
    assert_eq!(data["person"]["birth_date"], "2004-02-29");
    assert_eq!(data["account"]["language_of_letters"], "fr");
    let addresses: Vec<_> = data["addresses"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|a| a["value"].clone())
        .collect();
    assert_eq!(addresses, [EMAIL, PHONE, "record@example.ma"]);
    assert_eq!(data["sessions"][0]["device"], "Firefox · Android");
    let acts: Vec<_> = data["acts"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|a| a["act"].clone())
        .collect();
    assert_eq!(acts, ["signed_in", "language_changed", "data_downloaded"]);
    assert!(json.contains("\n  \"person\": {"), "people can read it");

    let hash = CheapHasher::phc(PASSWORD);
    let token = browser.session.clone().expect("a session");
    let token_hash = miftah_portal::key::token_hash(&token);
    let secret = browser
        .secret
        .clone()
        .unwrap_or_else(|| "no browser secret".into());
    let sealed = kit
        .portal
        .store
        .acts(&format!("account:{}", meryem.id.as_str()))
        .await;
    let chain = sealed.expect("acts");
    let of_the_chain = chain.iter().flat_map(|s| [&s.act.salt, &s.digest, &s.hash]);
    for hidden in [&hash, &token, &token_hash, &secret]
        .into_iter()
        .chain(of_the_chain)
    {
        assert!(!json.contains(hidden.as_str()), "{hidden}");
    }
}

#[tokio::test]
async fn it_needs_a_session_and_a_password_typed_within_ten_minutes() {
    let (kit, meryem) = Kit::with_account().await;
    let mut stranger = kit.browser();
    let Download::Elsewhere(outcome) = ask(&kit, &stranger).await else {
        panic!("no file")
    };
    stranger.take(&outcome);
    assert!(matches!(stranger.reload().await, Page::Login(_)));

    let mut browser = kit.signed_in(EMAIL).await;
    assert!(!account(browser.open(Place::Account, "").await).ask_password);
    kit.wait(10 * MINUTE);
    let Download::Elsewhere(outcome) = ask(&kit, &browser).await else {
        panic!("no file")
    };
    browser.take(&outcome);
    let view = account(browser.reload().await);
    assert!(view.ask_password);
    assert_eq!(codes(&view.problems), ["E206"]);
    for (typed, problem) in [("", "E206"), ("wrong", "E406")] {
        let form = [("action", "prove"), ("current_password", typed)];
        assert_eq!(
            codes(&account(browser.submit(&form).await).problems),
            [problem]
        );
    }
    assert!(kit.acts(&meryem).await.is_empty());

    let form = [("action", "prove"), ("current_password", PASSWORD)];
    let view = account(browser.submit(&form).await);
    assert_eq!(
        (view.done, view.ask_password),
        (Some(Done::PasswordProved), false)
    );
    assert!(matches!(ask(&kit, &browser).await, Download::File { .. }));
}
