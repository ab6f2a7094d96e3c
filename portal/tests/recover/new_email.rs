//! The mailbox is lost, the phone is kept: another address in the same journey.

use miftah_portal::letter::{Body, Change};
use miftah_portal::store::Write;
use miftah_rules::view::{Channel, HomeView, News, RecoverStep};
use miftah_rules::{Field, Place};

use super::kit::{Browser, Kit, SECOND, body, codes, home, login, person};
use super::way::{EMAIL, NEW_PASSWORD, PHONE, open_account, proved, send, sent, told};

const NEW_EMAIL: &str = "Amal.New@example.ma";
const PASSWORDS: [(&str, &str); 2] = [("password", NEW_PASSWORD), ("password_again", NEW_PASSWORD)];

async fn campus() -> Kit {
    let kit = Kit::on_disk().await;
    kit.load([person(1), person(2)]).await;
    open_account(&kit, &person(1)).await;
    kit.open_account(&person(2), "taken@example.ma").await;
    kit
}

/// Proved by SMS and at the question for another address.
async fn asked(kit: &Kit) -> Browser<'_> {
    let mut browser = proved(kit, &person(1), Channel::Phone).await;
    let view = send(
        &mut browser,
        &[("step", "password"), ("action", "replace_email")],
    )
    .await;
    assert_eq!(
        (view.step, view.email.as_deref()),
        (RecoverStep::NewEmail, Some(EMAIL))
    );
    kit.new_letters().await;
    browser
}

#[tokio::test]
async fn s0_7_mailbox_lost_phone_kept() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    let view = send(&mut browser, &[("email", NEW_EMAIL)]).await;
    assert_eq!(view.step, RecoverStep::NewEmailCode);
    assert_eq!(
        view.code.unwrap().sent_to.as_deref(),
        Some(NEW_EMAIL),
        "they typed it"
    );
    let letters = kit.new_letters().await;
    assert_eq!(sent(&letters), [("code", NEW_EMAIL)]);
    let view = send(&mut browser, &[("code", &kit.code_in(&letters[0]))]).await;
    assert_eq!(
        (view.step, view.email.as_deref()),
        (RecoverStep::Password, Some(NEW_EMAIL))
    );

    let HomeView::SignedIn { news, .. } = home(browser.submit(&PASSWORDS).await) else {
        panic!("not signed in")
    };
    assert_eq!(news, Some(News::AccountRecoveredEmailReplaced));
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(
        (account.email.as_str(), account.email_key.as_str()),
        (NEW_EMAIL, "amal.new@example.ma")
    );
    assert_eq!(
        kit.acts(&account).await,
        ["account_recovered", "email_changed"]
    );

    let letters = kit.new_letters().await;
    for change in [Change::Recovered, Change::EmailChanged] {
        assert_eq!(
            told(&letters, change),
            [PHONE, NEW_EMAIL, EMAIL],
            "the former one too"
        );
    }
    for (handle, opens) in [(NEW_EMAIL, true), (EMAIL, false)] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        let page = browser
            .submit(&[("handle", handle), ("password", NEW_PASSWORD)])
            .await;
        if opens {
            assert!(matches!(home(page), HomeView::SignedIn { .. }));
        } else {
            assert_eq!(codes(&login(page).problems), ["E201"]);
        }
    }
    kit.remove().await;
}

#[tokio::test]
async fn the_code_by_sms_does_not_prove_the_new_mailbox() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    let by_sms = kit.code(&browser.journey(), 1);
    send(&mut browser, &[("email", NEW_EMAIL)]).await;
    let view = send(&mut browser, &[("code", &by_sms)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::NewEmailCode, vec!["E303"])
    );
    kit.remove().await;
}

#[tokio::test]
async fn s0_6_an_address_of_another_account_is_answered_like_any_other() {
    let kit = campus().await;
    let mut seen = Vec::new();
    for email in [NEW_EMAIL, "TAKEN@example.ma"] {
        let mut browser = asked(&kit).await;
        let before = kit.tally().await;
        let mut view = send(&mut browser, &[("email", email)]).await;
        let after = kit.tally().await;
        let letters = kit.new_letters().await;
        let [letter] = letters.as_slice() else {
            panic!("{letters:?}")
        };
        // The owner's own spelling.
        let to = email.replace("TAKEN", "taken");
        assert_eq!((&letter.to, letter.decoy), (&to, false));
        let told = matches!(body(letter), Body::EmailInUse);
        assert_eq!(
            told,
            email != NEW_EMAIL,
            "the mailbox's owner is told what to do"
        );

        let code = view.code.as_mut().unwrap();
        assert_eq!(
            code.sent_to.take().map(|to| to.to_lowercase()),
            Some(email.to_lowercase())
        );
        view.trail.journey = None;
        view.typed.clear();
        seen.push((view, grown(&before, &after)));
        if told {
            let code = kit.code(&browser.journey(), 2);
            let view = send(&mut browser, &[("code", &code)]).await;
            assert_eq!(
                (view.step, codes(&view.problems)),
                (RecoverStep::NewEmailCode, vec!["E303"])
            );
            kit.wait(30 * SECOND);
            send(&mut browser, &[("action", "resend")]).await;
            assert_eq!(kit.new_letters().await[0].kind, "email_in_use");
        }
    }
    assert_eq!(seen[0], seen[1]);
    kit.remove().await;
}

/// How much each number of a tally has grown.
fn grown(before: &[String], after: &[String]) -> Vec<i64> {
    let numbers = |lines: &[String]| -> Vec<i64> {
        lines
            .iter()
            .flat_map(|line| line.split(' '))
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
async fn an_address_taken_meanwhile_is_told_to_its_prover() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    send(&mut browser, &[("email", NEW_EMAIL)]).await;
    let code = kit.code_in(&kit.new_letters().await[0]);
    send(&mut browser, &[("code", &code)]).await;

    let mut other = kit.account_of(&person(2)).await.unwrap();
    other.email = NEW_EMAIL.into();
    other.email_key = NEW_EMAIL.to_lowercase();
    kit.portal
        .store
        .commit(vec![Write::ChangeAccount(other)])
        .await
        .unwrap();

    let view = send(&mut browser, &PASSWORDS).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::NewEmail, vec!["E103"])
    );
    assert_eq!(view.problems[0].field, Some(Field::Email));
    assert_eq!(browser.session, None);
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.email, EMAIL, "nothing half done");
    assert_eq!(kit.new_letters().await, []);

    let view = send(&mut browser, &[("step", "new_email"), ("action", "keep")]).await;
    assert_eq!(
        (view.step, view.email.as_deref()),
        (RecoverStep::Password, Some(EMAIL))
    );
    assert!(matches!(
        home(browser.submit(&PASSWORDS).await),
        HomeView::SignedIn { .. }
    ));
    kit.remove().await;
}

#[tokio::test]
async fn whoever_reads_the_mailbox_cannot_replace_it() {
    let kit = campus().await;
    let mut browser = proved(&kit, &person(1), Channel::Email).await;
    let view = send(
        &mut browser,
        &[("step", "password"), ("action", "replace_email")],
    )
    .await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Password, vec!["E105"])
    );
    let view = send(&mut browser, &[("step", "new_email"), ("email", NEW_EMAIL)]).await;
    assert_eq!(view.step, RecoverStep::Password);
    kit.remove().await;
}

#[tokio::test]
async fn the_account_s_own_address_replaces_nothing() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    let view = send(&mut browser, &[("email", "AMAL.idrissi@example.ma")]).await;
    assert_eq!(
        (view.step, view.email.as_deref()),
        (RecoverStep::Password, Some(EMAIL))
    );
    assert_eq!(kit.new_letters().await, []);
    kit.remove().await;
}

#[tokio::test]
async fn a_slip_in_the_new_address_can_be_mended() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    for (email, code) in [("", "E105"), ("amal@", "E108")] {
        let view = send(&mut browser, &[("email", email)]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::NewEmail, vec![code])
        );
    }
    assert_eq!(kit.new_letters().await, []);
    let fields = [
        ("step", "new_email"),
        ("email", "amal@exmaple.ma"),
        ("switch_language", "fr"),
    ];
    let view = send(&mut browser, &fields).await;
    assert_eq!(
        view.typed.get(&Field::Email).map(String::as_str),
        Some("amal@exmaple.ma")
    );

    send(&mut browser, &[("email", "amal@exmaple.ma")]).await;
    let first = kit.code_in(&kit.new_letters().await[0]);
    let view = send(
        &mut browser,
        &[("step", "new_email_code"), ("action", "change")],
    )
    .await;
    assert_eq!(
        view.typed.get(&Field::Email).map(String::as_str),
        Some("amal@exmaple.ma")
    );
    let view = send(&mut browser, &[("email", NEW_EMAIL)]).await;
    assert_eq!(view.step, RecoverStep::NewEmailCode);
    let view = send(&mut browser, &[("code", &first)]).await;
    assert_eq!(
        codes(&view.problems),
        ["E303"],
        "proves the other mailbox, not this one"
    );
    let code = kit.code_in(&kit.new_letters().await[0]);
    let view = send(&mut browser, &[("code", &code)]).await;
    assert_eq!(
        (view.step, view.email.as_deref()),
        (RecoverStep::Password, Some(NEW_EMAIL))
    );
    kit.remove().await;
}
