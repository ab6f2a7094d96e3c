//! Members of staff come and go: invited, they choose their own password; removed, they are out.

use miftah_portal::model::NO_PASSWORD;
use miftah_portal::staff::{Added, Newcomer, Removed, add, list, remove};
use miftah_rules::view::{Channel, Page, RecoverStep};
use miftah_rules::{Lang, Place, Role};

use crate::kit::{Kit, MINUTE, PASSWORD, SECOND, codes, login, person, recover, staff};
use crate::way::kinds;

const EMAIL: &str = "Amina@Desk.example";

fn newcomer(email: &str) -> Newcomer {
    Newcomer {
        name: " أمينة  بناني ".into(),
        email: email.into(),
        role: Role::Registry,
        lang: Lang::Fr,
    }
}

async fn invite(kit: &Kit, email: &str) -> Added {
    let store = kit.portal.store.as_ref();
    add(store, (&kit.portal).into(), &newcomer(email))
        .await
        .expect("an answer")
}

/// Signs in with a password and answers the problems met.
async fn tried(kit: &Kit, password: &str) -> Vec<&'static str> {
    let mut browser = kit.browser();
    browser.open(Place::Login, "").await;
    let page = browser
        .submit(&[("handle", EMAIL), ("password", password)])
        .await;
    assert_eq!(browser.session, None);
    codes(&login(page).problems)
}

#[tokio::test]
async fn whoever_is_invited_chooses_a_password_by_recovery_and_is_at_the_desk() {
    let kit = Kit::new().await;
    assert_eq!(invite(&kit, EMAIL).await, Added::Done);
    let listed = list(kit.portal.store.as_ref()).await.unwrap();
    assert_eq!((listed.len(), listed[0].has_password), (1, false));
    assert_eq!(
        listed[0].to_string(),
        "registry\tAmina@desk.example\tأمينة بناني"
    );
    let letters = kit.deliver().await;
    assert_eq!((letters.len(), letters[0].lang), (1, Lang::Fr));
    assert!(
        letters[0]
            .text
            .contains("https://portal.example/fr/recover"),
        "{}",
        letters[0].text
    );

    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    let fields = [("handle", EMAIL), ("action", "handle")];
    let view = recover(browser.submit(&fields).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec![])
    );
    assert_eq!(kit.deliver().await.len(), 1);
    let code = kit.code(&browser.journey(), 1);
    let view = recover(browser.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(view.step, RecoverStep::Password, "{:?}", view.problems);
    let own = [
        ("step", "password"),
        ("password", "بناني بناني"),
        ("password_again", "بناني بناني"),
    ];
    let view = recover(browser.submit(&own).await);
    assert_eq!(codes(&view.problems), ["E403"], "not their own name");
    let fields = [
        ("step", "password"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let page = browser.submit(&fields).await;
    assert_eq!(browser.place, Place::Staff);
    assert_eq!(staff(page).officer, "أمينة بناني");
    assert!(list(kit.portal.store.as_ref()).await.unwrap()[0].has_password);

    let mut again = kit.browser();
    again.sign_in("amina@desk.example").await;
    assert_eq!(again.place, Place::Staff);
    for place in [Place::Security, Place::Sessions, Place::Account] {
        let shown = again.look(&place, "").await;
        assert!(
            matches!(shown, miftah_portal::pages::Shown::Page(_)),
            "{place:?}"
        );
    }
}

#[tokio::test]
async fn before_that_no_password_is_right_and_each_try_costs_a_hash() {
    let kit = Kit::new().await;
    invite(&kit, EMAIL).await;
    for password in [NO_PASSWORD, "", " ", PASSWORD, "$cheap$!"] {
        let work = kit.hasher.work();
        let met = tried(&kit, password).await;
        if password.trim().is_empty() {
            assert_eq!(met, ["E105"]);
            continue;
        }
        assert_eq!(
            (met, kit.hasher.work()),
            (vec!["E201"], work + 1),
            "{password}"
        );
        kit.wait(MINUTE);
    }
}

#[tokio::test]
async fn an_address_that_has_an_account_is_no_officer_s() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let student = kit.open_account(&person(1), "amal@example.ma").await;
    assert_eq!(invite(&kit, "Amal@Example.ma").await, Added::EmailTaken);
    assert_eq!(invite(&kit, EMAIL).await, Added::Done);
    assert_eq!(invite(&kit, "amina@desk.example").await, Added::EmailTaken);
    assert_eq!(invite(&kit, "amina").await, Added::NoEmail);
    let nameless = Newcomer {
        name: "\u{200f} ".into(),
        ..newcomer("x@desk.example")
    };
    let store = kit.portal.store.as_ref();
    let refused = add(store, (&kit.portal).into(), &nameless).await.unwrap();
    assert_eq!(refused, Added::NoName);
    assert_eq!(list(store).await.unwrap().len(), 1);
    assert_eq!(
        kinds(&kit.new_letters().await),
        [("staff_invited", "Amina@desk.example")]
    );
    assert_eq!(kit.account_of(&person(1)).await, Some(student));
}

#[tokio::test]
async fn whoever_is_removed_is_signed_out_and_told_and_the_address_is_free() {
    let kit = Kit::new().await;
    let account = kit
        .officer("amina", "amina@desk.example", Role::Administrator)
        .await;
    let mut browser = kit.browser();
    browser.sign_in("amina@desk.example").await;
    let mut recovering = kit.browser();
    recovering.open(Place::Recover, "").await;
    recovering
        .submit(&[("handle", "amina@desk.example"), ("action", "handle")])
        .await;
    kit.new_letters().await;
    kit.wait(SECOND);
    let store = kit.portal.store.as_ref();
    let gone = remove(store, (&kit.portal).into(), " AMINA@desk.example")
        .await
        .unwrap();
    assert_eq!(gone, Removed::Done);
    assert!(browser.visitor().await.signed_in.is_none());
    assert_eq!(
        kinds(&kit.new_letters().await),
        [("notice", "amina@desk.example")]
    );
    assert_eq!(tried(&kit, PASSWORD).await, ["E201"]);
    let code = kit.code(&recovering.journey(), 1);
    let view = recover(
        recovering
            .submit(&[("step", "code"), ("code", &code)])
            .await,
    );
    assert_eq!(codes(&view.problems), ["E306"]);
    assert_eq!(kit.acts(&account).await, ["officer_removed"]);
    assert_eq!(list(store).await.unwrap(), []);
    for email in ["amina@desk.example", "nobody@desk.example", "amina"] {
        let again = remove(store, (&kit.portal).into(), email).await.unwrap();
        assert_eq!(again, Removed::Nobody, "{email}");
    }
    assert_eq!(invite(&kit, "amina@desk.example").await, Added::Done);
    assert_eq!(list(store).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_student_is_not_removed_by_it() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let student = kit.open_account(&person(1), "amal@example.ma").await;
    let store = kit.portal.store.as_ref();
    let refused = remove(store, (&kit.portal).into(), "amal@example.ma")
        .await
        .unwrap();
    assert_eq!(refused, Removed::Nobody);
    assert_eq!(kit.account_of(&person(1)).await, Some(student));
}

#[tokio::test]
async fn an_officer_has_no_student_s_pages_and_the_list_is_by_name() {
    let kit = Kit::new().await;
    for (name, email) in [("Zineb", "z@desk.example"), ("Amina", "a@desk.example")] {
        kit.officer(name, email, Role::Administrator).await;
    }
    let listed = list(kit.portal.store.as_ref()).await.unwrap();
    let names: Vec<_> = listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Amina", "Zineb"]);
    let mut browser = kit.browser();
    let Page::Staff(view) = browser.sign_in("z@desk.example").await else {
        panic!("no desk");
    };
    assert_eq!(
        (view.officer.as_str(), view.role),
        ("Zineb", Role::Administrator)
    );
    // The number of a student never leads to an officer's account.
    let mut recovering = kit.browser();
    recovering.open(Place::Recover, "").await;
    let fields = [("handle", "z@desk.example"), ("action", "handle")];
    let view = recover(recovering.submit(&fields).await);
    let channel = view.code.map(|code| code.channel);
    assert_eq!(channel, Some(Channel::Email));
}
