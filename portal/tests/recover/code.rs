//! The code: bound to its journey, its browser and its place in line; ten minutes, five tries.

use miftah_portal::store::Write;
use miftah_rules::view::{Channel, RecoverStep};
use miftah_rules::{Detail, Place};

use super::kit::{HOUR, Kit, MINUTE, SECOND, codes, person, recover};
use super::way::{EMAIL, NEW_PASSWORD, PHONE, begin, open_account, proved, send, sent, waiting};

async fn campus() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    open_account(&kit, &person(1)).await;
    kit
}

#[tokio::test]
async fn a_new_code_after_thirty_seconds_kills_the_old_one() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    let first = kit.code_in(&kit.new_letters().await[0]);

    kit.wait(29 * SECOND);
    let view = send(&mut browser, &[("step", "code"), ("action", "resend")]).await;
    assert_eq!(
        view.code.unwrap().resend_in,
        1,
        "the page says how long to wait"
    );
    assert_eq!(kit.new_letters().await, []);

    kit.wait(SECOND);
    let view = send(&mut browser, &[("step", "code"), ("action", "resend")]).await;
    assert!(view.code.as_ref().unwrap().sent_again);
    assert_eq!(view.code.unwrap().resend_in, 30);
    let second = kit.code_in(&kit.new_letters().await[0]);
    assert_ne!(first, second);

    let view = send(&mut browser, &[("code", &first)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec!["E303"])
    );
    assert!(!view.code.unwrap().sent_again, "told once");
    let view = send(&mut browser, &[("code", &second)]).await;
    assert_eq!(view.step, RecoverStep::Password);
}

#[tokio::test]
async fn five_tries_then_even_the_right_code_is_refused() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    let right = kit.code_in(&kit.new_letters().await[0]);
    let wrong = if right == "000000" {
        "000001"
    } else {
        "000000"
    };

    let view = send(&mut browser, &[("code", "")]).await;
    assert_eq!(codes(&view.problems), ["E105"], "an empty field is no try");
    for left in (1..=4).rev() {
        let view = send(&mut browser, &[("code", wrong)]).await;
        assert_eq!(codes(&view.problems), ["E303"]);
        assert_eq!(view.problems[0].detail, Detail::TriesLeft(left));
    }
    assert_eq!(
        codes(&send(&mut browser, &[("code", wrong)]).await.problems),
        ["E304"]
    );
    let view = send(&mut browser, &[("code", &right)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec!["E304"])
    );

    kit.wait(30 * SECOND);
    send(&mut browser, &[("action", "resend")]).await;
    let code = kit.code_in(&kit.new_letters().await[0]);
    assert_eq!(
        send(&mut browser, &[("code", &code)]).await.step,
        RecoverStep::Password
    );
}

#[tokio::test]
async fn a_code_lives_ten_minutes_and_is_read_as_people_write_it() {
    let kit = campus().await;
    for (wait, step) in [
        (10 * MINUTE - 1, RecoverStep::Password),
        (10 * MINUTE, RecoverStep::Code),
    ] {
        let mut browser = waiting(&kit, &person(1), Channel::Email).await;
        let code = kit.code(&browser.journey(), 1);
        kit.wait(wait);
        let (start, end) = code.split_at(3);
        let spaced = format!(" {start} - {end}\u{200f}");
        let view = send(&mut browser, &[("code", &spaced)]).await;
        assert_eq!(view.step, step, "{:?}", view.problems);
        assert_eq!(view.problems.is_empty(), step == RecoverStep::Password);
    }
}

#[tokio::test]
async fn a_code_is_bound_to_its_journey_and_its_browser() {
    let kit = campus().await;
    let mut owner = waiting(&kit, &person(1), Channel::Email).await;
    let mut other = waiting(&kit, &person(1), Channel::Email).await;
    let code = kit.code(&owner.journey(), 1);
    let view = send(&mut other, &[("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec!["E303"])
    );

    for secret in [None, Some("another".to_owned()), other.secret.clone()] {
        let mut thief = owner.clone();
        thief.secret = secret;
        let view = recover(thief.reload().await);
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Find, vec!["E306"])
        );
        let view = send(&mut thief, &[("step", "code"), ("code", &code)]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Find, vec!["E306"])
        );
    }
    let view = send(&mut owner, &[("code", &code)]).await;
    assert_eq!(
        view.step,
        RecoverStep::Password,
        "nothing a stranger did counts"
    );
}

#[tokio::test]
async fn another_address_can_be_taken_and_only_the_newest_code_counts() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    let by_mail = kit.code_in(&kit.new_letters().await[0]);
    let view = send(&mut browser, &[("step", "code"), ("action", "change")]).await;
    assert_eq!(
        (view.step, view.destinations.len()),
        (RecoverStep::Destination, 2)
    );
    let view = send(&mut browser, &[("channel", "phone")]).await;
    assert_eq!(view.step, RecoverStep::Code);
    assert!(
        !view.code.unwrap().sent_again,
        "the first one to this address"
    );
    let letters = kit.new_letters().await;
    assert_eq!(sent(&letters), [("code", PHONE)]);
    let by_sms = kit.code_in(&letters[0]);
    let view = send(&mut browser, &[("code", &by_mail)]).await;
    assert_eq!(codes(&view.problems), ["E303"]);

    // There and back at once sends nothing new: what has just left will do.
    send(&mut browser, &[("action", "change")]).await;
    let view = send(&mut browser, &[("channel", "phone")]).await;
    assert_eq!(view.step, RecoverStep::Code);
    assert_eq!(kit.new_letters().await, []);
    let view = send(&mut browser, &[("code", &by_sms)]).await;
    assert_eq!(
        (view.step, view.may_replace_email),
        (RecoverStep::Password, true)
    );
}

#[tokio::test]
async fn going_there_and_back_gives_no_further_tries() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    for _ in 0..5 {
        send(&mut browser, &[("code", "1")]).await;
        send(&mut browser, &[("action", "change")]).await;
        send(&mut browser, &[("channel", "email")]).await;
    }
    let code = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, &[("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec!["E304"])
    );
}

#[tokio::test]
async fn ten_codes_a_day_for_one_account() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    for _ in 1..10 {
        kit.wait(30 * SECOND);
        let view = send(&mut browser, &[("action", "resend")]).await;
        assert_eq!(codes(&view.problems), Vec::<&str>::new());
    }
    kit.wait(30 * SECOND);
    let view = send(&mut browser, &[("action", "resend")]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec!["E202"])
    );
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 10);
    let view = send(&mut browser, &[("code", &kit.code_in(&letters[9]))]).await;
    assert_eq!(view.step, RecoverStep::Password, "the last one still works");
}

#[tokio::test]
async fn what_was_used_cannot_be_used_again() {
    let kit = campus().await;
    let mut browser = proved(&kit, &person(1), Channel::Email).await;
    let (query, code) = (browser.query.clone(), kit.code(&browser.journey(), 1));
    let before = browser.clone();
    let password = [("password", NEW_PASSWORD), ("password_again", NEW_PASSWORD)];
    browser.submit(&password).await;
    let session = browser.session.clone();

    for fields in [
        vec![("step", "code"), ("code", code.as_str())],
        vec![("code", code.as_str())],
        [("step", "password")].into_iter().chain(password).collect(),
        password.to_vec(),
    ] {
        let mut replay = before.clone();
        replay.open(Place::Recover, &query).await;
        let view = send(&mut replay, &fields).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Find, vec!["E306"])
        );
        assert_eq!(replay.session, None);
    }
    assert!(session.is_some());
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(kit.acts(&account).await, ["account_recovered"]);
}

#[tokio::test]
async fn a_journey_expires() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    kit.wait(HOUR);
    let view = recover(browser.reload().await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E306"])
    );
    // The form of that page begins a new one.
    let view = send(&mut browser, &[("step", "find"), ("handle", EMAIL)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec![])
    );
}

#[tokio::test]
async fn norm_1_a_code_proves_no_address_that_was_replaced_meanwhile() {
    let kit = campus().await;
    for channel in [Channel::Email, Channel::Phone] {
        let mut browser = waiting(&kit, &person(1), channel).await;
        let mut account = kit.account_of(&person(1)).await.expect("an account");
        match channel {
            Channel::Email => {
                account.email = "amal.elsewhere@example.ma".into();
                account.email_key.clone_from(&account.email);
            }
            Channel::Phone => account.phone = Some("+212699999999".into()),
        }
        let change = vec![Write::ChangeAccount(account)];
        kit.portal.store.commit(change).await.expect("a change");
        let code = kit.code(&browser.journey(), 1);
        let view = send(&mut browser, &[("step", "code"), ("code", &code)]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Code, vec!["E304"]),
            "{channel:?}"
        );
    }
}

#[tokio::test]
async fn going_back_to_the_beginning_burns_the_code() {
    let kit = campus().await;
    let ask = [("step", "find"), ("handle", EMAIL), ("action", "handle")];
    let mut browser = begin(&kit).await;
    send(&mut browser, &ask).await;
    let first = kit.code(&browser.journey(), 1);
    send(&mut browser, &[("step", "code"), ("action", "change")]).await;
    let view = send(&mut browser, &ask).await;
    assert_eq!(view.step, RecoverStep::Code);
    let view = send(&mut browser, &[("step", "code"), ("code", &first)]).await;
    assert_eq!(codes(&view.problems), ["E303"]);
    let second = kit.code(&browser.journey(), 2);
    let view = send(&mut browser, &[("step", "code"), ("code", &second)]).await;
    assert_eq!(view.step, RecoverStep::Password);
}
