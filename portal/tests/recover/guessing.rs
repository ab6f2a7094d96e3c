//! Guessing codes in many journeys at once is guessing at one address (norm 3).

use miftah_rules::code::CodeForm;
use miftah_rules::view::{RecoverStep, RecoverView};

use crate::kit::{Browser, DAY, Kit, SECOND, codes, person};
use crate::way::{EMAIL, begin, open_account, send};

const NOBODY: &str = "nobody.here@example.ma";

async fn campus() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    kit
}

/// A journey at its code step, begun by e-mail.
async fn by_email<'k>(kit: &'k Kit, email: &str) -> (Browser<'k>, RecoverView) {
    let mut browser = begin(kit).await;
    let view = send(&mut browser, &[("handle", email), ("action", "handle")]).await;
    assert_eq!(view.step, RecoverStep::Code, "{:?}", view.problems);
    (browser, view)
}

fn form(view: &RecoverView) -> CodeForm {
    view.code.as_ref().expect("a code step").form
}

/// Types a code that is not the right one.
async fn guess(kit: &Kit, browser: &mut Browser<'_>) -> RecoverView {
    let right = kit.code(&browser.journey(), 1);
    let wrong = if right == "111111" {
        "222222"
    } else {
        "111111"
    };
    send(browser, &[("step", "code"), ("code", wrong)]).await
}

#[tokio::test]
async fn norm_3_after_five_wrong_codes_for_an_address_its_codes_are_letters() {
    let kit = campus().await;
    // Whether the address is known makes no difference that can be seen.
    for email in [EMAIL, NOBODY] {
        for _ in 0..5 {
            let (mut browser, view) = by_email(&kit, email).await;
            assert_eq!(form(&view), CodeForm::Digits);
            assert_eq!(codes(&guess(&kit, &mut browser).await.problems), ["E303"]);
        }
        let (_, view) = by_email(&kit, email).await;
        assert_eq!(form(&view), CodeForm::Letters);
    }
    // The owner, who reads the mailbox, gets in all the same.
    let (mut owner, _) = by_email(&kit, EMAIL).await;
    let digits = kit.code(&owner.journey(), 1);
    let view = send(&mut owner, &[("step", "code"), ("code", &digits)]).await;
    assert_eq!(codes(&view.problems), ["E303"], "letters, not digits");
    let code = kit.letters_code(&owner.journey(), 1).to_lowercase();
    let spaced = format!("{} {}", &code[..4], &code[4..]);
    let view = send(&mut owner, &[("step", "code"), ("code", &spaced)]).await;
    assert_eq!(view.step, RecoverStep::Password, "{:?}", view.problems);
}

#[tokio::test]
async fn norm_3_the_letter_carries_the_code_that_the_page_asks_for() {
    let kit = campus().await;
    for _ in 0..5 {
        let (mut browser, _) = by_email(&kit, EMAIL).await;
        guess(&kit, &mut browser).await;
    }
    kit.new_letters().await;
    let (browser, _) = by_email(&kit, EMAIL).await;
    let letters = kit.new_letters().await;
    let said = format!("{:?}", letters[0].params);
    assert!(said.contains("letters"), "{said}");
    let code = kit.letters_code(&browser.journey(), 1);
    assert!(!said.contains(&code), "no code is stored");
}

#[tokio::test]
async fn norm_3_journeys_begun_beforehand_give_no_more_than_ten_guesses() {
    let kit = campus().await;
    for email in [EMAIL, NOBODY] {
        let mut prepared = Vec::new();
        for _ in 0..4 {
            prepared.push(by_email(&kit, email).await.0);
        }
        let mut judged = 0;
        for browser in prepared.iter_mut().take(3) {
            for _ in 0..4 {
                let view = guess(&kit, browser).await;
                judged += usize::from(codes(&view.problems) == ["E303"]);
            }
        }
        assert_eq!(judged, 10, "{email}");
        let last = &mut prepared[3];
        let right = kit.code(&last.journey(), 1);
        let view = send(last, &[("step", "code"), ("code", &right)]).await;
        assert_eq!(codes(&view.problems), ["E304"], "{email}");
        // Another code helps at once.
        kit.wait(30 * SECOND);
        let view = send(last, &[("step", "code"), ("action", "resend")]).await;
        assert_eq!(form(&view), CodeForm::Letters, "{:?}", view.problems);
    }
}

#[tokio::test]
async fn norm_3_a_day_later_codes_are_digits_again() {
    let kit = campus().await;
    for _ in 0..5 {
        let (mut browser, _) = by_email(&kit, EMAIL).await;
        guess(&kit, &mut browser).await;
    }
    kit.wait(DAY);
    let (_, view) = by_email(&kit, EMAIL).await;
    assert_eq!(form(&view), CodeForm::Digits);
}
