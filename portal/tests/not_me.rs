//! Norms 3 and 6: the link "this was not me" freezes the account, after its page has been answered
//! by a person.
#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
mod kit;

use kit::{DAY, Kit, PASSWORD, body, codes, home, person};
use miftah_portal::id::AccountId;
use miftah_portal::letter::{Body, Change, Dispute, NOT_ME, not_me_about};
use miftah_portal::model::{Account, AccountState, Act};
use miftah_portal::roll::Registry;
use miftah_portal::store::Write;
use miftah_portal::unfreeze::{Unfrozen, unfreeze};
use miftah_rules::view::{HomeView, NotMeState, NotMeView, Page};
use miftah_rules::{Field, Lang, Place};

const EMAIL: &str = "amal@example.ma";

async fn campus() -> (Kit, Account) {
    let kit = Kit::on_disk().await;
    kit.load([person(1)]).await;
    let account = kit.open_account(&person(1), EMAIL).await;
    (kit, account)
}

#[cfg(test)]
fn not_me(page: Page) -> NotMeView {
    match page {
        Page::NotMe(view) => view,
        other => panic!("another page: {other:?}"),
    }
}

/// The link of a letter caused now.
fn link(kit: &Kit, account: &AccountId) -> Place {
    Place::NotMe(
        kit.portal
            .key
            .link(NOT_ME, &not_me_about(account, kit.now())),
    )
}

/// Something that was done to the account, now.
fn act(kit: &Kit, account: &Account, kind: &str) -> Write {
    Write::Record(Act {
        subject: format!("account:{}", account.id.as_str()),
        kind: kind.into(),
        at: kit.now(),
        values: "{}".into(),
        salt: "00".into(),
    })
}

#[cfg(test)]
async fn commit(kit: &Kit, writes: Vec<Write>) {
    kit.portal.store.commit(writes).await.unwrap();
}

#[tokio::test]
async fn only_the_answer_not_me_changes_anything() {
    let (kit, account) = campus().await;
    commit(&kit, vec![act(&kit, &account, "signed_in")]).await;
    kit.wait(DAY);
    commit(&kit, vec![act(&kit, &account, "password_changed")]).await;
    let place = link(&kit, &account.id);
    let before = kit.tally().await;
    let mut scanner = kit.browser();
    let asked = not_me(scanner.open(place.clone(), "").await);
    assert_eq!((asked.state, asked.problems.len()), (NotMeState::Ask, 0));
    // An SMS has no room for it: the page says what was done, and when.
    let told: Vec<_> = asked.told.iter().map(|row| row.act.as_str()).collect();
    assert_eq!(told, ["password_changed"]);
    for query in ["answer=was_me", "answer=not_me", "verdict=not_me"] {
        scanner.open(place.clone(), query).await;
    }
    // A robot that sends the form as it stands: no answer is marked.
    scanner.open(place.clone(), "").await;
    let view = not_me(scanner.submit(&[]).await);
    assert_eq!(
        (view.state, codes(&view.problems)),
        (NotMeState::Ask, vec!["E105"])
    );
    assert_eq!(view.problems[0].field, Some(Field::Verdict));
    scanner.open(place.clone(), "").await;
    let view = not_me(
        scanner
            .submit(&[("switch_language", "fr"), ("verdict", "not_me")])
            .await,
    );
    assert_eq!((view.state, scanner.lang), (NotMeState::Ask, Lang::Fr));
    scanner.open(place, "").await;
    let view = not_me(scanner.submit(&[("verdict", "it_was_me")]).await);
    assert_eq!(view.state, NotMeState::WasMe);
    assert_eq!(kit.tally().await, before);
    kit.remove().await;
}

#[tokio::test]
async fn it_was_not_me_freezes_once_and_says_so_ever_after() {
    let (kit, account) = campus().await;
    let mut intruder = kit.browser();
    intruder.open(Place::Login, "").await;
    intruder
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;

    let place = link(&kit, &account.id);
    let mut owner = kit.browser();
    owner.open(place.clone(), "").await;
    let view = not_me(owner.submit(&[("verdict", "not_me")]).await);
    assert_eq!(view.state, NotMeState::Frozen);
    let frozen = kit.account_of(&person(1)).await.unwrap();
    assert_eq!((frozen.state, frozen.version), (AccountState::Frozen, 1));
    assert_eq!(kit.acts(&frozen).await, ["account_frozen"]);
    assert!(matches!(
        home(intruder.open(Place::Home, "").await),
        HomeView::Anonymous
    ));
    let letters = kit.new_letters().await;
    let office = |body: &Body| {
        matches!(
            body,
            Body::OfficeDispute {
                reason: Dispute::NotMe,
                ..
            }
        )
    };
    assert!(letters.iter().any(|letter| office(&body(letter))));
    let told = |body: &Body| {
        matches!(
            body,
            Body::Notice {
                change: Change::Frozen,
                ..
            }
        )
    };
    assert!(
        letters
            .iter()
            .any(|letter| told(&body(letter)) && letter.to == EMAIL)
    );

    let before = kit.tally().await;
    for verdict in ["not_me", "it_was_me", ""] {
        let mut again = kit.browser();
        again.open(place.clone(), "").await;
        let view = not_me(again.submit(&[("verdict", verdict)]).await);
        assert_eq!(view.state, NotMeState::Frozen, "{verdict}");
    }
    assert_eq!(kit.tally().await, before);
    kit.remove().await;
}

#[tokio::test]
async fn two_clicks_at_once_freeze_once() {
    let (kit, account) = campus().await;
    let mut browser = kit.browser();
    browser.open(link(&kit, &account.id), "").await;
    let verdict = [("verdict", "not_me")];
    let (left, right) = tokio::join!(browser.post(&verdict), browser.post(&verdict));
    left.and(right).unwrap();
    assert_eq!(kit.acts(&account).await, ["account_frozen"]);
    kit.remove().await;
}

#[tokio::test]
async fn a_link_works_for_thirty_days_and_for_its_own_account() {
    let (kit, account) = campus().await;
    let place = link(&kit, &account.id);
    let Place::NotMe(token) = &place else {
        panic!("a link")
    };
    let (about, proof) = token.rsplit_once('.').unwrap();
    let forged = [
        String::new(),
        "x".into(),
        about.to_owned(),
        format!("{about}.{}", "0".repeat(proof.len())),
        format!("{}.{proof}", about.replace('_', "_1")),
        kit.portal.key.link("another-purpose", about),
        kit.portal.key.link(NOT_ME, "no-moment"),
        kit.portal.key.link(
            NOT_ME,
            &not_me_about(&AccountId("nobody".into()), kit.now()),
        ),
    ];
    for token in forged {
        let mut browser = kit.browser();
        let view = not_me(browser.open(Place::NotMe(token.clone()), "").await);
        assert_eq!(view.state, NotMeState::Unknown, "{token}");
        let view = not_me(browser.submit(&[("verdict", "not_me")]).await);
        assert_eq!(view.state, NotMeState::Unknown, "{token}");
    }
    kit.wait(30 * DAY - 1);
    let mut browser = kit.browser();
    assert_eq!(
        not_me(browser.open(place.clone(), "").await).state,
        NotMeState::Ask
    );
    kit.wait(1);
    let view = not_me(browser.submit(&[("verdict", "not_me")]).await);
    assert_eq!(view.state, NotMeState::Unknown);
    assert_eq!(
        kit.account_of(&person(1)).await.unwrap().state,
        AccountState::Active
    );
    kit.remove().await;
}

#[tokio::test]
async fn a_closed_account_has_no_link() {
    let (kit, mut account) = campus().await;
    account.state = AccountState::Closed;
    let place = link(&kit, &account.id);
    kit.portal
        .store
        .commit(vec![Write::ChangeAccount(account)])
        .await
        .unwrap();
    assert_eq!(
        not_me(kit.browser().open(place, "").await).state,
        NotMeState::Unknown
    );
    kit.remove().await;
}

#[tokio::test]
async fn what_the_office_has_looked_at_is_not_frozen_again_by_an_old_letter() {
    let (kit, account) = campus().await;
    let old = link(&kit, &account.id);
    let mut browser = kit.browser();
    browser.open(old.clone(), "").await;
    browser.submit(&[("verdict", "not_me")]).await;
    kit.wait(DAY);
    let mut opened = kit.account_of(&person(1)).await.unwrap();
    opened.state = AccountState::Active;
    let unfrozen = act(&kit, &account, "account_unfrozen");
    commit(&kit, vec![Write::ChangeAccount(opened), unfrozen]).await;

    browser.open(old, "").await;
    let view = not_me(browser.submit(&[("verdict", "not_me")]).await);
    assert_eq!(view.state, NotMeState::Unknown);
    kit.wait(1);
    let mut browser = kit.browser();
    browser.open(link(&kit, &account.id), "").await;
    let view = not_me(browser.submit(&[("verdict", "not_me")]).await);
    assert_eq!(view.state, NotMeState::Frozen, "a newer letter counts");
    kit.remove().await;
}

#[tokio::test]
async fn once_the_office_has_looked_the_account_opens_and_old_links_stay_dead() {
    let (kit, account) = campus().await;
    let place = link(&kit, &account.id);
    let mut owner = kit.browser();
    owner.open(place.clone(), "").await;
    owner.submit(&[("verdict", "not_me")]).await;
    kit.new_letters().await;

    let institution = kit::institution();
    let registry = Registry {
        clock: kit.portal.clock.as_ref(),
        random: kit.portal.random.as_ref(),
        institution: &institution,
    };
    let store = kit.portal.store.as_ref();
    let open = async |number: &str| unfreeze(store, registry, number).await.expect("an answer");
    kit.load([person(2)]).await;
    assert_eq!(open("nonsense").await, Unfrozen::NoStudent);
    assert_eq!(open("R000000009").await, Unfrozen::NoStudent);
    assert_eq!(open("R000000002").await, Unfrozen::NoAccount);
    assert!(kit.new_letters().await.is_empty(), "nothing happened yet");

    kit.wait(DAY);
    assert_eq!(open("r 000 000 001").await, Unfrozen::Done);
    assert_eq!(open("R000000001").await, Unfrozen::NotFrozen);
    let after = kit.account_of(&person(1)).await.expect("an account");
    assert_eq!(after.state, AccountState::Active);
    assert_eq!(
        kit.acts(&account).await,
        ["account_frozen", "account_unfrozen"]
    );
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    assert!(matches!(
        body(&letters[0]),
        Body::Notice {
            change: Change::Unfrozen,
            ..
        }
    ));
    // The letter that froze it does so no more, ...
    let view = not_me(owner.open(place, "").await);
    assert_eq!(view.state, NotMeState::Unknown);
    // ... and the owner signs in.
    let mut browser = kit.browser();
    browser.open(Place::Login, "").await;
    let page = browser
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;
    assert!(matches!(home(page), HomeView::SignedIn { .. }));
    kit.remove().await;
}
