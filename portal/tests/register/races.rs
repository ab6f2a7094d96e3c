//! Two tabs, two browsers, double clicks: one account, and a page that knows.

use miftah_portal::fault::Fault;
use miftah_portal::letter::Body;
use miftah_portal::visitor::Outcome;
use miftah_rules::view::{Already, RegisterStep};
use miftah_rules::{Field, Place};

use crate::databases::on_each;
use crate::kit::{Browser, Kit, MINUTE, PASSWORD, body, codes, person, register};
use crate::steps::{
    EMAIL, at_code, at_contact, at_password, kit, send, send_email, send_password, send_who,
};

on_each! {
    a_double_click_on_the_last_button_opens_one_account
    a_double_click_on_any_button_moves_once_and_sends_once
    both_at_the_same_moment_open_one_account
    one_address_for_two_persons_at_the_same_moment_is_one_account
}

/// The last form.
const LAST: [(&str, &str); 3] = [
    ("step", "password"),
    ("password", PASSWORD),
    ("password_again", PASSWORD),
];

/// The same form from each browser in the same moment, each on a thread of its own.
async fn together(browsers: [&Browser<'_>; 2], form: &[(&str, &str)]) -> [Outcome; 2] {
    let [one, two] = browsers.map(|browser| tokio::spawn(browser.click(form)));
    let (first, second) = tokio::join!(one, two);
    [first, second].map(|click| click.expect("no panic").expect("an answer"))
}

/// How many of these answers lead to the account's home.
fn opened(outcomes: &[Outcome]) -> usize {
    let home = |outcome: &&Outcome| outcome.place == Place::Home;
    outcomes.iter().filter(home).count()
}

async fn a_double_click_on_the_last_button_opens_one_account(kit: &Kit) {
    kit.load([person(1)]).await;
    let browser = at_password(kit).await;
    kit.new_letters().await;
    let outcomes = together([&browser; 2], &LAST).await;
    assert_eq!(opened(&outcomes), 1, "{outcomes:?}");
    assert_eq!(kit.new_letters().await.len(), 1);
    // The browser follows the second answer and may never see the first one's cookie.
    let mut browser = browser;
    let view = register(browser.reload().await);
    assert_eq!(view.already, Already::Opened);
}

async fn a_double_click_on_any_button_moves_once_and_sends_once(kit: &Kit) {
    kit.load([person(1)]).await;
    let browser = at_contact(kit).await;
    let form = [("step", "contact"), ("email", EMAIL), ("terms", "yes")];
    let [first, second] = together([&browser; 2], &form).await;
    assert_eq!(first, second);
    let mut browser = browser;
    assert_eq!(register(browser.reload().await).step, RegisterStep::Code);
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    let code = kit.code_in(&letters[0]);
    assert_eq!(
        send(&mut browser, "code", &[("code", &code)]).await.step,
        RegisterStep::Password
    );
}

#[tokio::test]
async fn two_tabs_on_one_journey_show_where_it_stands() {
    let kit = kit().await;
    let mut one = at_code(&kit).await;
    let mut two = one.clone();
    let code = kit.code(&one.journey(), 1);
    send(&mut one, "code", &[("code", &code)]).await;
    let view = send(&mut two, "code", &[("action", "change")]).await;
    assert_eq!(
        view.step,
        RegisterStep::Password,
        "the other tab was further"
    );
    let view = send(&mut two, "who", &[("student_number", "R9")]).await;
    assert_eq!(view.step, RegisterStep::Password);
}

#[tokio::test]
async fn two_students_on_one_computer_do_not_meet() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    let mut one = at_code(&kit).await;
    let mut two = kit.browser();
    two.secret = one.secret.clone();
    two.open(Place::Register, "").await;
    send_who(&mut two, &person(2)).await;
    let view = send_email(&mut two, "two@example.ma").await;
    assert_eq!(
        view.code.unwrap().sent_to.as_deref(),
        Some("two@example.ma")
    );
    let view = register(one.reload().await);
    assert_eq!(view.code.unwrap().sent_to.as_deref(), Some(EMAIL));
}

#[tokio::test]
async fn the_second_journey_of_one_person_ends_at_recovery() {
    let kit = kit().await;
    let mut late = at_password(&kit).await;
    let mut quick = kit.browser();
    quick.open(Place::Register, "").await;
    send_who(&mut quick, &person(1)).await;
    send_email(&mut quick, "quick@example.ma").await;
    let code = kit.code(&quick.journey(), 1);
    send(&mut quick, "code", &[("code", &code)]).await;
    send_password(&mut quick).await;
    kit.new_letters().await;

    let view = register(send_password(&mut late).await);
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E102"], RegisterStep::Who)
    );
    assert_eq!(view.typed[&Field::StudentNumber], "R000000001");
    assert!(late.session.is_none());
    assert!(kit.new_letters().await.is_empty());
    assert_eq!(
        kit.account_of(&person(1)).await.unwrap().email,
        "quick@example.ma"
    );
}

async fn both_at_the_same_moment_open_one_account(kit: &Kit) {
    kit.load([person(1)]).await;
    let (one, two) = (at_password(kit).await, at_password(kit).await);
    let outcomes = together([&one, &two], &LAST).await;
    assert_eq!(opened(&outcomes), 1, "{outcomes:?}");
}

async fn one_address_for_two_persons_at_the_same_moment_is_one_account(kit: &Kit) {
    kit.load([person(1), person(2)]).await;
    let one = at_password(kit).await;
    let mut two = kit.browser();
    two.open(Place::Register, "").await;
    send_who(&mut two, &person(2)).await;
    send_email(&mut two, EMAIL).await;
    let code = kit.code(&two.journey(), 1);
    send(&mut two, "code", &[("code", &code)]).await;
    let outcomes = together([&one, &two], &LAST).await;
    assert_eq!(opened(&outcomes), 1, "{outcomes:?}");
    let accounts = [
        kit.account_of(&person(1)).await,
        kit.account_of(&person(2)).await,
    ];
    assert_eq!(accounts.iter().flatten().count(), 1);
}

#[tokio::test]
async fn an_address_taken_in_between_leads_back_without_a_word_on_the_page() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    let mut browser = at_password(&kit).await;
    kit.open_account(&person(2), EMAIL).await;
    kit.wait(2 * MINUTE);
    kit.new_letters().await;
    let view = register(send_password(&mut browser).await);
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E306"], RegisterStep::Contact)
    );
    assert_eq!(view.typed[&Field::Email], EMAIL);
    assert!(kit.account_of(&person(1)).await.is_none());

    let view = send_email(&mut browser, EMAIL).await;
    assert_eq!(
        view.step,
        RegisterStep::Code,
        "and then as for any address in use"
    );
    let code = kit.code(&browser.journey(), 2);
    assert_eq!(
        codes(
            &send(&mut browser, "code", &[("code", &code)])
                .await
                .problems
        ),
        ["E303"]
    );
    send(&mut browser, "code", &[("action", "change")]).await;
    let view = send_email(&mut browser, "mine@example.ma").await;
    assert_eq!(
        view.code.unwrap().sent_to.as_deref(),
        Some("mine@example.ma")
    );
    let code = kit.code(&browser.journey(), 3);
    send(&mut browser, "code", &[("code", &code)]).await;
    send_password(&mut browser).await;
    assert_eq!(
        kit.account_of(&person(1)).await.unwrap().email,
        "mine@example.ma"
    );
}

#[tokio::test]
async fn the_owner_hears_of_a_race_too() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    let mut browser = at_password(&kit).await;
    kit.open_account(&person(2), EMAIL).await;
    kit.new_letters().await;
    send_password(&mut browser).await;
    let letters = kit.new_letters().await;
    let told: Vec<_> = letters.iter().map(body).collect();
    assert_eq!(told, [Body::EmailInUse]);
}

#[tokio::test]
async fn someone_who_left_the_faculty_meanwhile_is_told() {
    let kit = kit().await;
    let mut browser = at_password(&kit).await;
    let mut left = person(1);
    left.status = "withdrawn".into();
    kit.wait(1000);
    kit.load([left]).await;
    let view = register(send_password(&mut browser).await);
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E104"], RegisterStep::Who)
    );
    assert!(kit.account_of(&person(1)).await.is_none());
}

#[tokio::test]
async fn norm_5_a_full_queue_is_told_at_once_and_nothing_is_lost() {
    let kit = kit().await;
    let mut browser = at_password(&kit).await;
    kit.hasher.be_busy();
    let form = [
        ("step", "password"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    assert!(matches!(browser.post(&form).await, Err(Fault::Busy)));
    assert_eq!(
        register(browser.reload().await).step,
        RegisterStep::Password
    );
}
