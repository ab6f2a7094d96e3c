//! Changing the e-mail: a code to the new address, a notice to all, the old one too.

use miftah_portal::letter::{Body, Change};
use miftah_rules::view::{ContactStep, Done};
use miftah_rules::{Field, Lang, Place};

use crate::kit::{
    Browser, EMAIL, Kit, MINUTE, PASSWORD, SECOND, body, codes, contact, person, told,
};

const NEW: &str = "Meryem.New@example.ma";

/// Asks for a code to a new address.
async fn ask(browser: &mut Browser<'_>, email: &str) -> miftah_rules::view::ContactView {
    browser.open(Place::Contact, "change=email").await;
    contact(
        browser
            .submit(&[("step", "choose"), ("email", email)])
            .await,
    )
}

#[tokio::test]
async fn the_change_is_done_only_after_the_code_and_every_address_hears_of_it() {
    let (kit, meryem) =
        Kit::with_account_like(|p| p.email = Some("record@example.ma".into()), |_| {}).await;
    let mut browser = kit.signed_in(EMAIL).await;
    let mut other = kit.signed_in(EMAIL).await;
    let view = ask(&mut browser, &format!(" {NEW} ")).await;
    assert_eq!(view.step, ContactStep::Code);
    let code = view.code.expect("a code step");
    assert_eq!((code.sent_to.as_deref(), code.minutes), (Some(NEW), 10));
    let letters = kit.new_letters().await;
    assert_eq!(
        letters.iter().map(|l| l.to.as_str()).collect::<Vec<_>>(),
        [NEW]
    );
    assert_eq!(kit.reread(&meryem).await, meryem, "nothing is changed yet");

    let code = kit.code_in(letters.first().expect("the letter"));
    let view = contact(browser.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(view.done, Some(Done::EmailChanged));
    assert_eq!(
        view.addresses.first().and_then(|a| a.value.as_deref()),
        Some(NEW)
    );
    let changed = kit.reread(&meryem).await;
    assert_eq!(
        (changed.email.as_str(), changed.email_key.as_str()),
        (NEW, "meryem.new@example.ma")
    );
    let letters = kit.new_letters().await;
    assert_eq!(
        told(&letters, Change::EmailChanged),
        [NEW, EMAIL, "record@example.ma"]
    );
    assert_eq!(kit.acts(&meryem).await, ["email_changed"]);

    // Nobody's password became known: other devices stay signed in.
    contact(other.open(Place::Contact, "").await);
    kit.signed_in(NEW).await;
}

#[tokio::test]
async fn the_history_keeps_no_whole_address() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, NEW).await;
    let code = kit.code(&browser.journey(), 1);
    browser.submit(&[("step", "code"), ("code", &code)]).await;
    let subject = format!("account:{}", meryem.id.as_str());
    let acts = kit.portal.store.acts(&subject).await.expect("acts");
    let values = &acts.first().expect("an act").act.values;
    assert!(!values.contains(EMAIL) && !values.contains(NEW), "{values}");
}

#[tokio::test]
async fn a_code_for_another_address_or_journey_is_refused() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, "first@example.ma").await;
    let first = kit.code(&browser.journey(), 1);
    ask(&mut browser, "second@example.ma").await;
    let view = contact(browser.submit(&[("step", "code"), ("code", &first)]).await);
    assert_eq!(codes(&view.problems), ["E303"]);

    // The same journey, another address: the code before is dead.
    let second = kit.code(&browser.journey(), 1);
    browser
        .submit(&[("step", "code"), ("action", "change")])
        .await;
    browser
        .submit(&[("step", "choose"), ("email", "third@example.ma")])
        .await;
    let view = contact(browser.submit(&[("step", "code"), ("code", &second)]).await);
    assert_eq!(
        codes(&view.problems),
        ["E303"],
        "it was sent to another address"
    );
    assert_eq!(kit.reread(&meryem).await.email, EMAIL);
}

#[tokio::test]
async fn five_wrong_codes_or_ten_minutes_end_a_code() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, NEW).await;
    let right = kit.code(&browser.journey(), 1);
    for problem in ["E303", "E303", "E303", "E303", "E304"] {
        let view = contact(
            browser
                .submit(&[("step", "code"), ("code", "nonsense")])
                .await,
        );
        assert_eq!(codes(&view.problems), [problem]);
    }
    let view = contact(browser.submit(&[("step", "code"), ("code", &right)]).await);
    assert_eq!(codes(&view.problems), ["E304"]);

    ask(&mut browser, NEW).await;
    let right = kit.code(&browser.journey(), 1);
    kit.wait(10 * MINUTE);
    let view = contact(browser.submit(&[("step", "code"), ("code", &right)]).await);
    assert_eq!(codes(&view.problems), ["E304"]);
}

#[tokio::test]
async fn a_change_needs_a_password_typed_within_ten_minutes() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    kit.wait(10 * MINUTE);
    assert!(contact(browser.open(Place::Contact, "change=email").await).ask_password);
    for (typed, problem) in [("", "E206"), ("wrong", "E406")] {
        let form = [("email", NEW), ("current_password", typed)];
        let view = contact(browser.submit(&form).await);
        assert_eq!(codes(&view.problems), [problem]);
        assert_eq!(view.typed.get(&Field::Email).map(String::as_str), Some(NEW));
        assert!(view.code.is_none() && view.ask_password);
    }
    assert!(
        kit.new_letters().await.is_empty(),
        "no code goes out before"
    );
    let form = [("email", NEW), ("current_password", PASSWORD)];
    assert!(contact(browser.submit(&form).await).code.is_some());

    // The same holds for another code; the code itself needs no password besides it.
    kit.wait(9 * MINUTE);
    let code = kit.code(&browser.journey(), 1);
    let mut patient = browser.clone();
    kit.wait(MINUTE - SECOND);
    kit.wait(SECOND);
    let view = contact(
        browser
            .submit(&[("step", "code"), ("action", "resend")])
            .await,
    );
    assert_eq!(codes(&view.problems), ["E206"]);
    assert_eq!(view.step, ContactStep::Choose);
    let view = contact(patient.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(
        view.step,
        ContactStep::Choose,
        "the journey went back to the address"
    );
    assert_eq!(kit.reread(&meryem).await.email, EMAIL);
}

#[tokio::test]
async fn a_right_password_is_kept_even_when_the_address_is_wrong() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    kit.wait(11 * MINUTE);
    browser.open(Place::Contact, "change=email").await;
    let form = [("email", "meryem@"), ("current_password", PASSWORD)];
    let view = contact(browser.submit(&form).await);
    assert_eq!(codes(&view.problems), ["E108"]);
    assert!(!view.ask_password, "it need not be typed again");
}

#[tokio::test]
async fn an_email_in_use_looks_like_any_other_and_its_owner_is_told() {
    let kit = Kit::on_disk().await;
    kit.load([person(1), person(2)]).await;
    kit.open_account(&person(1), EMAIL).await;
    kit.open_account(&person(2), "taken@example.ma").await;
    let mut browser = kit.signed_in(EMAIL).await;

    let before = kit.tally().await;
    let free = ask(&mut browser, "frees@example.ma").await;
    let middle = kit.tally().await;
    let mut taken = ask(&mut browser, "taken@example.ma").await;
    let after = kit.tally().await;
    assert_eq!(
        rises(&before, &middle),
        rises(&middle, &after),
        "equal writes"
    );
    // All but the address typed and the journey's id is the same.
    taken.trail = free.trail.clone();
    taken.typed = free.typed.clone();
    if let (Some(a), Some(b)) = (&mut taken.code, &free.code) {
        a.sent_to.clone_from(&b.sent_to);
    }
    assert_eq!(taken, free);

    let letters = kit.new_letters().await;
    let letter = letters
        .iter()
        .find(|l| l.to == "taken@example.ma")
        .expect("a letter");
    assert_eq!(body(letter), Body::EmailInUse);
    let code = kit.code(&browser.journey(), 1);
    let view = contact(browser.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(
        codes(&view.problems),
        ["E303"],
        "even the right code is wrong"
    );

    // Another code, thirty seconds later: the owner hears of that too, or what becomes of the message
    // would differ from a free address's.
    kit.wait(30 * SECOND);
    let view = contact(
        browser
            .submit(&[("step", "code"), ("action", "resend")])
            .await,
    );
    assert!(view.code.is_some_and(|code| code.sent_again));
    let letters = kit.new_letters().await;
    let told: Vec<_> = letters.iter().map(body).collect();
    assert_eq!(told, [Body::EmailInUse]);
    kit.remove().await;
}

/// By how much each count rose.
fn rises(before: &[String], after: &[String]) -> Vec<i64> {
    let numbers = |lines: &[String]| -> Vec<i64> {
        lines
            .iter()
            .flat_map(|l| l.split(' '))
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    numbers(after)
        .iter()
        .zip(numbers(before))
        .map(|(a, b)| a - b)
        .collect()
}

#[tokio::test]
async fn an_email_taken_while_the_code_was_on_its_way_is_told_to_whoever_proved_it() {
    let (kit, meryem) = Kit::with_account().await;
    kit.load([person(2)]).await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, "shared@example.ma").await;
    let code = kit.code(&browser.journey(), 1);
    kit.open_account(&person(2), "shared@example.ma").await;
    let view = contact(browser.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(codes(&view.problems), ["E103"]);
    assert_eq!(view.step, ContactStep::Choose);
    assert_eq!(kit.reread(&meryem).await, meryem);
}

#[tokio::test]
async fn ones_own_address_needs_no_code() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = ask(&mut browser, "MERYEM@example.ma").await;
    assert_eq!(view.done, Some(Done::AlreadyYours));
    assert!(kit.new_letters().await.is_empty());
    assert_eq!(kit.reread(&meryem).await, meryem);
}

#[tokio::test]
async fn another_code_kills_the_one_before() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, NEW).await;
    let view = contact(
        browser
            .submit(&[("step", "code"), ("action", "resend")])
            .await,
    );
    assert!(
        view.code
            .is_some_and(|c| !c.sent_again && c.resend_in == 30),
        "too early"
    );
    kit.wait(30 * SECOND);
    let view = contact(
        browser
            .submit(&[("step", "code"), ("action", "resend")])
            .await,
    );
    assert!(view.code.is_some_and(|code| code.sent_again));
    let (first, second) = (
        kit.code(&browser.journey(), 1),
        kit.code(&browser.journey(), 2),
    );
    let view = contact(browser.submit(&[("step", "code"), ("code", &first)]).await);
    assert_eq!(codes(&view.problems), ["E303"]);
    let view = contact(browser.submit(&[("step", "code"), ("code", &second)]).await);
    assert_eq!(view.done, Some(Done::EmailChanged));
}

#[tokio::test]
async fn an_account_is_no_machine_for_sending_mail() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for n in 0..10 {
        assert!(
            ask(&mut browser, &format!("n{n}@example.ma"))
                .await
                .code
                .is_some(),
            "{n}"
        );
    }
    let view = ask(&mut browser, "n10@example.ma").await;
    assert_eq!(codes(&view.problems), ["E202"]);
    assert!(view.code.is_none());
}

#[tokio::test]
async fn switching_the_language_keeps_what_was_typed_and_where_one_is() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Contact, "change=email").await;
    let form = [("email", "half@exam"), ("switch_language", "fr")];
    let view = contact(browser.submit(&form).await);
    assert_eq!(browser.lang, Lang::Fr);
    assert_eq!(
        view.typed.get(&Field::Email).map(String::as_str),
        Some("half@exam")
    );
    assert!(view.problems.is_empty(), "nothing was submitted");
    let view = contact(browser.submit(&[("email", NEW)]).await);
    assert_eq!(view.step, ContactStep::Code);
    let form = [("step", "code"), ("code", "123"), ("switch_language", "en")];
    let view = contact(browser.submit(&form).await);
    assert_eq!((browser.lang, view.step), (Lang::En, ContactStep::Code));
    assert!(view.problems.is_empty());
    let code = kit.code(&browser.journey(), 1);
    let view = contact(browser.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(view.done, Some(Done::EmailChanged));
}

#[tokio::test]
async fn back_reload_and_double_clicks_change_once_and_say_so() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, NEW).await;
    let reloaded = contact(browser.reload().await);
    assert_eq!(reloaded.step, ContactStep::Code);
    let (mut back, code) = (browser.clone(), kit.code(&browser.journey(), 1));
    let form = [("step", "code"), ("code", code.as_str())];
    browser.post(&form).await.expect("the first click");
    let view = contact(browser.submit(&form).await);
    assert_eq!(codes(&view.problems), ["E306"]);
    assert_eq!(
        view.addresses.first().and_then(|a| a.value.as_deref()),
        Some(NEW)
    );
    assert_eq!(codes(&contact(back.reload().await).problems), ["E306"]);
    assert_eq!(kit.acts(&meryem).await, ["email_changed"]);

    // A form of the first step is as good as new: what was typed goes on.
    let view = contact(
        back.submit(&[("step", "choose"), ("change", "email"), ("email", EMAIL)])
            .await,
    );
    assert_eq!(view.step, ContactStep::Code);
}
