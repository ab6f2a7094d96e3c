//! The end of an assisted recovery: not before its moment, once, and everybody is told (S0.12).

use miftah_portal::act::Subject;
use miftah_portal::letter::{Body, Change};
use miftah_portal::model::AccountState;
use miftah_rules::complaint::ComplaintState;
use miftah_rules::view::{FollowView, HomeView, News, Onward};
use miftah_rules::{Place, Role};

use crate::assisted::{OLD, PHONE, RECORD, RECORD_PHONE, WAIT, accepted, approved, campus, owner};
use crate::kit::{Browser, Kit, PASSWORD, SECOND, body, codes, follow, home, login, person};
use crate::office::clerk;
use crate::way::{EMAIL, Way, kinds, sent};

pub(crate) const NEW: &str = "une barque bleue sur le lac";

pub(crate) const CHOOSE: [(&str, &str); 3] = [
    ("action", "password"),
    ("password", NEW),
    ("password_again", NEW),
];

/// The browser of whoever has the link to a complaint.
pub(crate) async fn by_link<'k>(kit: &'k Kit, reference: &str) -> (Browser<'k>, FollowView) {
    let id = kit.complaint(reference).await.id;
    let token = kit.portal.key.link("complaint", id.as_str());
    let mut browser = kit.browser();
    let place = Place::Complaint(reference.to_owned());
    browser.open(place, &format!("k={token}")).await;
    let view = follow(browser.submit(&[("token", &token)]).await);
    (browser, view)
}

/// The same, once the waiting period is over and the code to the confirmed address came back.
pub(crate) async fn proved<'k>(kit: &'k Kit, reference: &str) -> (Browser<'k>, FollowView) {
    let (mut browser, view) = by_link(kit, reference).await;
    assert_eq!(view.open.unwrap().onward, Some(Onward::Prove));
    let view = prove(kit, &mut browser, 1).await;
    assert_eq!(codes(&view.problems), Vec::<&str>::new());
    kit.new_letters().await;
    (browser, view)
}

/// Asks for a code and types it.
pub(crate) async fn prove(kit: &Kit, browser: &mut Browser<'_>, counter: i64) -> FollowView {
    browser.submit(&[("action", "send")]).await;
    let code = kit.code(&browser.journey(), counter);
    let fields = [("step", "code"), ("code", code.as_str())];
    follow(browser.submit(&fields).await)
}

/// Whether a handle and a password open an account.
pub(crate) async fn opens(kit: &Kit, handle: &str, password: &str) -> bool {
    let mut browser = kit.browser();
    browser.network = "198.51.100.9".into();
    browser.open(Place::Login, "").await;
    browser
        .submit(&[("handle", handle), ("password", password)])
        .await;
    browser.session.is_some()
}

#[tokio::test]
async fn s0_12_the_password_is_chosen_after_the_waiting_period_and_everything_else_ends() {
    let kit = campus(Kit::new().await).await;
    let before = kit.account_of(&owner()).await.unwrap();
    let mut intruder = kit.browser();
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    intruder.sign_in(OLD).await;
    assert!(intruder.session.is_some());
    // A recovery by the old phone or mailbox is under way, too.
    let mut recovering = kit.browser();
    recovering.open(Place::Recover, "").await;
    let data = [
        ("student_number", "R000000001"),
        ("national_id", "JB400001"),
        ("birth_date", "2004-02-29"),
    ];
    recovering.submit(&data).await;
    recovering
        .submit(&[("step", "destination"), ("channel", "email")])
        .await;
    kit.new_letters().await;

    let (mut browser, view) = proved(&kit, &reference).await;
    let open = view.open.unwrap();
    assert_eq!(open.onward, Some(Onward::Password));
    let nothing = miftah_rules::password::OwnData::default();
    assert_ne!(open.hints.own, nothing, "what it must not contain");
    let page = browser.submit(&CHOOSE).await;
    assert_eq!(browser.place, Place::Home);
    let HomeView::SignedIn { news, .. } = home(page) else {
        panic!("not signed in");
    };
    assert_eq!(news, Some(News::AccountRecoveredEmailReplaced));

    let account = kit.account_of(&owner()).await.unwrap();
    assert_eq!(
        (&account.id, account.state),
        (&before.id, AccountState::Active)
    );
    assert_eq!(
        (account.email.as_str(), account.email_key.as_str()),
        (EMAIL, EMAIL)
    );
    assert_eq!(
        (account.phone.as_deref(), account.phone_confirmed),
        (None, false)
    );
    assert_eq!(account.password_changed_at, kit.now());
    assert!(
        !opens(&kit, EMAIL, PASSWORD).await,
        "the old password is dead"
    );
    assert!(!opens(&kit, OLD, NEW).await, "and the old address");
    assert!(opens(&kit, EMAIL, NEW).await);
    assert!(matches!(
        home(intruder.open(Place::Home, "").await),
        HomeView::Anonymous
    ));
    let code = kit.code(&recovering.journey(), 1);
    let view = crate::kit::recover(
        recovering
            .submit(&[("step", "code"), ("code", &code)])
            .await,
    );
    assert_eq!(codes(&view.problems), ["E306"], "its code is dead");

    let letters = kit.new_letters().await;
    for change in [Change::Recovered, Change::EmailChanged] {
        let about = letters.iter().filter(
            |letter| matches!(body(letter), Body::Notice { change: told, .. } if told == change),
        );
        let mut to: Vec<_> = about.map(|letter| letter.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [RECORD_PHONE, PHONE, OLD, EMAIL, RECORD], "{change:?}");
    }
    assert_eq!(letters.len(), 10);
    let acts = kit.acts(&account).await;
    assert_eq!(
        acts,
        [
            "assisted_asked",
            "assisted_accepted",
            "account_recovered",
            "email_changed"
        ]
    );
    let complaint = kit.complaint(&reference).await;
    assert_eq!(complaint.state, ComplaintState::Completed);
    let told = kit.told(&Subject::complaint(&complaint.id)).await;
    assert_eq!(
        told.last().map(|act| act.act.as_str()),
        Some("complaint_completed")
    );
    assert_eq!(
        told.last().and_then(|act| act.by()),
        None,
        "the person did that"
    );
}

#[tokio::test]
async fn before_its_moment_the_password_cannot_be_set_even_by_a_direct_post() {
    let kit = campus(Kit::new().await).await;
    let account = kit.account_of(&owner()).await;
    let (_, reference) = sent(&kit, Way::Assisted, &owner(), EMAIL).await;
    let mut first = clerk(&kit, "amina", Role::Registry).await;
    let mut second = clerk(&kit, "brahim", Role::Registry).await;
    let refused = async |when: &str| {
        let (mut browser, view) = by_link(&kit, &reference).await;
        assert_eq!(view.open.unwrap().onward, None, "{when}");
        let work = kit.hasher.work();
        let view = follow(browser.submit(&CHOOSE).await);
        assert!(view.open.is_some(), "{when}");
        assert_eq!(
            (browser.session.as_deref(), kit.hasher.work()),
            (None, work),
            "{when}"
        );
        assert_eq!(kit.account_of(&owner()).await, account, "{when}");
    };
    refused("submitted").await;
    first.take(&reference).await;
    refused("in review").await;
    first.press(&reference, "approve", &[]).await;
    refused("approved once").await;
    second.take(&reference).await;
    refused("in review again").await;
    second.press(&reference, "accept", &[]).await;
    refused("accepted").await;
    kit.wait(WAIT - SECOND);
    refused("a second too early").await;
    kit.wait(SECOND);
    let (_, view) = by_link(&kit, &reference).await;
    assert_eq!(view.open.unwrap().onward, Some(Onward::Prove));
}

#[tokio::test]
async fn the_letter_that_it_is_ready_goes_out_exactly_then() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.deliver().await;
    kit.wait(WAIT - SECOND);
    assert!(kit.deliver().await.is_empty(), "not before");
    kit.wait(SECOND);
    let letters = kit.deliver().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, EMAIL));
    let id = kit.complaint(&reference).await.id;
    let token = kit.portal.key.link("complaint", id.as_str());
    assert!(
        letters[0].text.contains(&format!("?k={token}")),
        "{}",
        letters[0].text
    );
    assert!(kit.deliver().await.is_empty(), "once");
}

#[tokio::test]
async fn a_password_that_breaks_a_rule_changes_nothing() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let account = kit.account_of(&owner()).await;
    let (mut browser, _) = proved(&kit, &reference).await;
    for (password, again, code) in [
        ("short", "short", "E401"),
        ("password1", "password1", "E402"),
        ("el alaoui 2026 xx", "el alaoui 2026 xx", "E403"),
        ("meryem.a@example.ma", "meryem.a@example.ma", "E403"),
        (NEW, "une barque", "E404"),
    ] {
        let fields = [
            ("action", "password"),
            ("password", password),
            ("password_again", again),
        ];
        let view = follow(browser.submit(&fields).await);
        assert_eq!(codes(&view.problems), [code], "{password}");
        assert!(view.open.is_some());
    }
    assert_eq!(kit.account_of(&owner()).await, account);
    browser.submit(&CHOOSE).await;
    assert_eq!(browser.place, Place::Home);
}

#[tokio::test]
async fn played_again_it_does_nothing() {
    let kit = campus(Kit::new().await).await;
    let (mut receipt, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let (mut browser, _) = proved(&kit, &reference).await;
    let mut tab = browser.clone();
    let (mut other, _) = proved(&kit, &reference).await;
    browser.submit(&CHOOSE).await;
    let account = kit.account_of(&owner()).await;
    kit.new_letters().await;
    let again = [
        ("action", "password"),
        ("password", "seven grey herons"),
        ("password_again", "seven grey herons"),
    ];
    for replayed in [&mut tab, &mut other, &mut receipt] {
        let outcome = replayed.post(&again).await.expect("an answer");
        replayed.take(&outcome);
        replayed.reload().await;
        assert_eq!(replayed.session, None);
    }
    let (mut late, view) = by_link(&kit, &reference).await;
    let open = view.open.unwrap();
    assert_eq!((open.state, open.onward), (ComplaintState::Completed, None));
    late.submit(&again).await;
    assert_eq!(late.session, None);
    assert_eq!(kit.account_of(&owner()).await, account);
    assert!(kit.new_letters().await.is_empty());
    assert_eq!(kit.case_acts(&reference).await.len(), 6);
}

#[tokio::test]
async fn a_double_click_recovers_once() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let (browser, _) = proved(&kit, &reference).await;
    let (left, right) = tokio::join!(browser.post(&CHOOSE), browser.post(&CHOOSE));
    left.and(right).expect("both are answered");
    let account = kit.account_of(&owner()).await.unwrap();
    assert_eq!(account.version, 1);
    assert_eq!(kit.new_letters().await.len(), 10);
    let sessions = kit
        .portal
        .store
        .sessions(&account.id, kit.now())
        .await
        .unwrap();
    assert_eq!(sessions.len(), 1);
}

#[tokio::test]
async fn somebody_else_who_is_signed_in_here_is_signed_out() {
    let kit = campus(Kit::new().await).await;
    let friend = kit.open_account(&person(2), "friend@example.ma").await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let (mut browser, _) = proved(&kit, &reference).await;
    let query = browser.query.clone();
    browser.sign_in("friend@example.ma").await;
    browser.open(Place::Complaint(reference), &query).await;
    browser.submit(&CHOOSE).await;
    let sessions = kit
        .portal
        .store
        .sessions(&friend.id, kit.now())
        .await
        .unwrap();
    assert!(sessions.is_empty(), "one browser, one person");
}

#[tokio::test]
async fn an_approval_alone_sends_no_letter() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = approved(&kit).await;
    let letters = kit.new_letters().await;
    assert!(
        kinds(&letters)
            .iter()
            .all(|(kind, _)| *kind != "complaint_decided")
    );
    assert_eq!(kit.complaint(&reference).await.opens_at, None);
    let mut browser = kit.browser();
    let page = browser.sign_in(EMAIL).await;
    assert_eq!(
        codes(&login(page).problems),
        ["E201"],
        "the new address is nobody's yet"
    );
}
