//! The code: bound to its journey, single, limited (norm 3).

use miftah_rules::Detail;
use miftah_rules::view::RegisterStep;

use crate::kit::{MINUTE, SECOND, codes, person, register};
use crate::steps::{at_code, at_password, kit, send, send_who};

#[tokio::test]
async fn a_code_is_understood_however_it_is_pasted() {
    for write in [
        |code: &str| format!(" {} {} ", &code[..3], &code[3..]),
        |code: &str| format!("\u{202A}{}-{}\u{202C}", &code[..3], &code[3..]),
        |code: &str| {
            code.bytes()
                .map(|b| char::from_u32(0x660 + u32::from(b - b'0')).unwrap())
                .collect()
        },
    ] {
        let kit = kit().await;
        let mut browser = at_code(&kit).await;
        let code = write(&kit.code(&browser.journey(), 1));
        let view = send(&mut browser, "code", &[("code", &code)]).await;
        assert_eq!(view.step, RegisterStep::Password, "{code:?}");
    }
}

#[tokio::test]
async fn five_tries_then_only_a_new_code_helps() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let right = kit.code(&browser.journey(), 1);
    let wrong = if right == "111111" {
        "222222"
    } else {
        "111111"
    };
    assert_eq!(
        codes(&send(&mut browser, "code", &[("code", "")]).await.problems),
        ["E105"]
    );
    for left in (1..=4).rev() {
        let view = send(&mut browser, "code", &[("code", wrong)]).await;
        assert_eq!(codes(&view.problems), ["E303"]);
        assert_eq!(view.problems[0].detail, Detail::TriesLeft(left));
    }
    for typed in [wrong, &right, &right] {
        let view = send(&mut browser, "code", &[("code", typed)]).await;
        assert_eq!(
            (codes(&view.problems), view.step),
            (vec!["E304"], RegisterStep::Code)
        );
    }
    kit.wait(30 * SECOND);
    let view = send(&mut browser, "code", &[("action", "resend")]).await;
    assert!(view.problems.is_empty() && view.code.unwrap().sent_again);
    assert_eq!(
        codes(
            &send(&mut browser, "code", &[("code", &right)])
                .await
                .problems
        ),
        ["E303"]
    );
    let second = kit.letters_code(&browser.journey(), 2);
    let view = send(&mut browser, "code", &[("code", &second)]).await;
    assert_eq!(view.step, RegisterStep::Password);
}

#[tokio::test]
async fn ten_minutes_and_no_longer() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let code = kit.code(&browser.journey(), 1);
    kit.wait(10 * MINUTE);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(codes(&view.problems), ["E304"]);
}

#[tokio::test]
async fn before_thirty_seconds_the_page_only_shows_how_long_to_wait() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    kit.new_letters().await;
    kit.wait(29 * SECOND);
    let view = send(&mut browser, "code", &[("action", "resend")]).await;
    let code = view.code.unwrap();
    assert_eq!((code.resend_in, code.sent_again), (1, false));
    assert!(view.problems.is_empty());
    assert!(kit.new_letters().await.is_empty());
    kit.wait(SECOND);
    let code = send(&mut browser, "code", &[("action", "resend")])
        .await
        .code
        .unwrap();
    assert_eq!((code.resend_in, code.sent_again), (30, true));
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(
        letters[0].journey.as_ref().map(|(_, counter)| *counter),
        Some(2)
    );
}

#[tokio::test]
async fn a_code_opens_its_own_journey_only_and_in_its_own_browser_only() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    let one = at_code(&kit).await;
    let mut two = at_code(&kit).await;
    let foreign = kit.code(&one.journey(), 1);
    assert_eq!(
        codes(&send(&mut two, "code", &[("code", &foreign)]).await.problems),
        ["E303"]
    );

    let mut stranger = two.clone();
    stranger.secret = Some("0".repeat(32));
    let own = kit.code(&two.journey(), 1);
    let view = send(&mut stranger, "code", &[("code", &own)]).await;
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E306"], RegisterStep::Who)
    );
    let view = send(&mut two, "code", &[("code", &own)]).await;
    assert_eq!(
        view.step,
        RegisterStep::Password,
        "the stranger used nothing up"
    );
}

#[tokio::test]
async fn a_code_sent_for_one_record_proves_nothing_for_another() {
    let kit = kit().await;
    kit.load([person(2)]).await;
    let mut browser = at_code(&kit).await;
    let first = kit.code(&browser.journey(), 1);
    send(&mut browser, "code", &[("action", "change")]).await;
    send(&mut browser, "contact", &[("action", "back")]).await;
    send_who(&mut browser, &person(2)).await;
    let same = [("email", crate::steps::EMAIL), ("terms", "yes")];
    let view = send(&mut browser, "contact", &same).await;
    assert_eq!(view.step, RegisterStep::Code);
    let view = send(&mut browser, "code", &[("code", &first)]).await;
    assert_eq!(codes(&view.problems), ["E303"]);
}

#[tokio::test]
async fn a_used_code_is_used_up() {
    let kit = kit().await;
    let mut browser = at_password(&kit).await;
    let code = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(
        view.step,
        RegisterStep::Password,
        "the old page shows where things stand"
    );
    let view = register(browser.reload().await);
    assert!(view.problems.is_empty());
}
