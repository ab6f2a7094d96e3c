//! "None of these is mine", "I never made an account" (S0.5): frozen after a page that says what
//! that means, told to everybody, undone by the office, once a day.

use miftah_portal::letter::{Body, Change, Dispute};
use miftah_portal::model::{Account, AccountState, Act};
use miftah_portal::store::Write;
use miftah_rules::Place;
use miftah_rules::view::{Channel, DisputeReason, HomeView, RecoverStep};

use super::kit::{DAY, Kit, PASSWORD, body, codes, home, login, person};
use super::way::{EMAIL, PHONE, begin, give_data, located, open_account, send, told, waiting};

async fn campus() -> Kit {
    let kit = Kit::on_disk().await;
    let mut owner = person(1);
    owner.email = Some("record@example.ma".into());
    kit.load([owner, person(2)]).await;
    open_account(&kit, &person(1)).await;
    kit
}

/// What the office does once it has looked.
async fn open_again(kit: &Kit, mut account: Account) {
    account.state = AccountState::Active;
    let act = Act {
        subject: format!("account:{}", account.id.as_str()),
        kind: "account_unfrozen".into(),
        at: kit.now(),
        values: "{}".into(),
        salt: "00".into(),
    };
    let writes = vec![Write::ChangeAccount(account), Write::Record(act)];
    kit.portal.store.commit(writes).await.unwrap();
}

#[tokio::test]
async fn s0_5_an_account_somebody_else_made_is_frozen() {
    let kit = campus().await;
    let mut intruder = kit.browser();
    intruder.open(Place::Login, "").await;
    intruder
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;
    let mut recovering = waiting(&kit, &person(1), Channel::Email).await;
    kit.new_letters().await;

    for (action, reason) in [
        ("none_mine", DisputeReason::NoneMine),
        ("never_made", DisputeReason::NeverMade),
    ] {
        let mut browser = located(&kit, &person(1)).await;
        let view = send(&mut browser, &[("step", "destination"), ("action", action)]).await;
        assert_eq!(
            (view.step, view.dispute),
            (RecoverStep::Dispute, Some(reason))
        );
    }
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(
        account.state,
        AccountState::Active,
        "the page only explains"
    );

    let mut browser = located(&kit, &person(1)).await;
    send(&mut browser, &[("channel", "none")]).await;
    let view = send(&mut browser, &[("step", "dispute"), ("action", "freeze")]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Frozen, vec![])
    );
    assert!(view.typed.is_empty());

    let frozen = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(frozen.state, AccountState::Frozen);
    assert_eq!(
        (&frozen.email, &frozen.password),
        (&account.email, &account.password)
    );
    assert_eq!(kit.acts(&frozen).await, ["account_frozen"]);
    let letters = kit.new_letters().await;
    let office = &kit.portal.institution.office.email;
    assert!(letters.iter().any(|letter| {
        &letter.to == office
            && matches!(
                body(letter),
                Body::OfficeDispute {
                    reason: Dispute::NoneMine,
                    ..
                }
            )
    }));
    assert_eq!(
        told(&letters, Change::Frozen),
        [PHONE, EMAIL, "record@example.ma"]
    );

    assert!(matches!(
        home(intruder.open(Place::Home, "").await),
        HomeView::Anonymous
    ));
    intruder.open(Place::Login, "").await;
    let page = intruder
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;
    assert_eq!(codes(&login(page).problems), ["E205"]);
    let code = kit.code(&recovering.journey(), 1);
    let view = send(&mut recovering, &[("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E306"])
    );
    let view = give_data(&mut begin(&kit).await, &person(1)).await;
    assert_eq!(codes(&view.problems), ["E205"]);
    kit.remove().await;
}

#[tokio::test]
async fn only_the_button_of_the_page_that_explains_it_freezes() {
    let kit = campus().await;
    let mut browser = located(&kit, &person(1)).await;
    let view = send(
        &mut browser,
        &[("step", "destination"), ("action", "freeze")],
    )
    .await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Destination, vec!["E105"])
    );
    send(&mut browser, &[("action", "never_made")]).await;
    for fields in [
        vec![("step", "dispute")],
        vec![],
        vec![("switch_language", "fr")],
    ] {
        let view = send(&mut browser, &fields).await;
        assert_eq!(view.step, RecoverStep::Dispute);
    }
    let view = send(&mut browser, &[("step", "dispute"), ("action", "back")]).await;
    assert_eq!(
        (view.step, view.destinations.len()),
        (RecoverStep::Destination, 2)
    );
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.state, AccountState::Active);
    kit.remove().await;
}

#[tokio::test]
async fn a_handle_alone_freezes_nothing() {
    let kit = campus().await;
    let mut browser = begin(&kit).await;
    send(&mut browser, &[("student_number", "R000000001")]).await;
    for fields in [
        vec![("action", "none_mine")],
        vec![("action", "never_made")],
        vec![("channel", "none")],
        vec![("step", "dispute"), ("action", "freeze")],
    ] {
        let view = send(&mut browser, &fields).await;
        assert_eq!(view.step, RecoverStep::Destination, "{fields:?}");
    }
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.state, AccountState::Active);
    kit.remove().await;
}

#[tokio::test]
async fn once_a_day_for_one_person_so_that_the_office_s_word_holds() {
    let kit = campus().await;
    let mut browser = located(&kit, &person(1)).await;
    send(&mut browser, &[("action", "never_made")]).await;
    send(&mut browser, &[("action", "freeze")]).await;
    open_again(&kit, kit.account_of(&person(1)).await.unwrap()).await;
    kit.new_letters().await;

    let mut browser = located(&kit, &person(1)).await;
    send(&mut browser, &[("action", "never_made")]).await;
    let view = send(&mut browser, &[("action", "freeze")]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Dispute, vec!["E202"])
    );
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.state, AccountState::Active);
    assert_eq!(kit.new_letters().await, [], "nobody is bothered again");

    kit.wait(DAY);
    let mut browser = located(&kit, &person(1)).await;
    send(&mut browser, &[("action", "never_made")]).await;
    let view = send(&mut browser, &[("action", "freeze")]).await;
    assert_eq!(view.step, RecoverStep::Frozen);
    kit.remove().await;
}

#[tokio::test]
async fn a_double_click_freezes_once() {
    let kit = campus().await;
    let mut browser = located(&kit, &person(1)).await;
    send(&mut browser, &[("action", "none_mine")]).await;
    let freeze = [("step", "dispute"), ("action", "freeze")];
    let (left, right) = tokio::join!(browser.post(&freeze), browser.post(&freeze));
    left.and(right).unwrap();
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!((account.state, account.version), (AccountState::Frozen, 1));
    assert_eq!(kit.acts(&account).await, ["account_frozen"]);
    kit.remove().await;
}
