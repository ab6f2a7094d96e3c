//! By e-mail or student number: one answer, one cost, whether the handle is known, unknown, frozen
//! or closed (norm 2).

use miftah_portal::letter::Body;
use miftah_portal::model::AccountState;
use miftah_rules::view::{Channel, Destination, RecoverStep, RecoverView};
use miftah_rules::{Field, Place};

use super::kit::{HOUR, Kit, SECOND, body, codes, person};
use super::way::{EMAIL, PHONE, begin, open_account, send, sent};

/// Persons 1 open, 2 frozen, 3 closed, 4 without account.
async fn campus() -> Kit {
    let kit = Kit::on_disk().await;
    kit.load((1..=4).map(person)).await;
    let states = [
        AccountState::Active,
        AccountState::Frozen,
        AccountState::Closed,
    ];
    for (n, state) in (1..).zip(states) {
        let email = format!("student{n}@example.ma");
        kit.open_account_with(&person(n), &email, |account| {
            account.state = state;
            account.phone = Some(format!("+21261234567{n}"));
            account.phone_confirmed = true;
        })
        .await;
    }
    kit
}

/// A view without what differs between any two journeys.
fn bare(mut view: RecoverView) -> RecoverView {
    view.trail.journey = None;
    view.typed.clear();
    view
}

/// Rows and their versions, as numbers.
async fn numbers(kit: &Kit) -> Vec<i64> {
    let tally = kit.tally().await;
    tally
        .iter()
        .flat_map(|line| line.split(' '))
        .filter_map(|word| word.parse().ok())
        .collect()
}

async fn rise(kit: &Kit, before: &[i64]) -> Vec<i64> {
    numbers(kit)
        .await
        .iter()
        .zip(before)
        .map(|(after, before)| after - before)
        .collect()
}

#[tokio::test]
async fn every_e_mail_gets_the_same_answer_at_the_same_cost() {
    let kit = campus().await;
    let mut seen = Vec::new();
    for n in 1..=4 {
        let email = format!("student{n}@example.ma");
        let mut browser = begin(&kit).await;
        let before = numbers(&kit).await;
        let mut views = vec![bare(send(&mut browser, &[("handle", &email)]).await)];
        let mut costs = vec![rise(&kit, &before).await];
        for fields in [
            [("step", "code"), ("code", "000000")],
            [("step", "code"), ("action", "resend")],
        ] {
            kit.wait(30 * SECOND);
            let before = numbers(&kit).await;
            views.push(bare(send(&mut browser, &fields).await));
            costs.push(rise(&kit, &before).await);
        }
        let letters = kit.new_letters().await;
        assert_eq!(letters.len(), 2, "one letter a code, real or not");
        assert!(letters.iter().all(|letter| letter.to == email));
        seen.push((views, costs));
    }
    assert_eq!(seen[0].0[0].step, RecoverStep::Code);
    assert_eq!(
        seen[0].0[0].code.as_ref().unwrap().sent_to,
        None,
        "not even a mask"
    );
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    kit.remove().await;
}

#[tokio::test]
async fn every_number_gets_the_same_choice_and_the_same_answer() {
    let kit = campus().await;
    let neutral = |channel| Destination {
        channel,
        masked: None,
    };
    for channel in ["email", "phone"] {
        let mut seen = Vec::new();
        for n in 1..=5 {
            let number = person(n).number;
            let mut browser = begin(&kit).await;
            let before = numbers(&kit).await;
            let at_choice = send(&mut browser, &[("student_number", &number)]).await;
            assert_eq!(
                at_choice.destinations,
                [Channel::Email, Channel::Phone].map(neutral)
            );
            let at_code = send(&mut browser, &[("channel", channel)]).await;
            assert_eq!(at_code.step, RecoverStep::Code);
            let cost = rise(&kit, &before).await;
            let letters = kit.new_letters().await;
            seen.push((bare(at_choice), bare(at_code), cost, letters.len()));
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    }
    kit.remove().await;
}

#[tokio::test]
async fn letters_to_nobody_are_like_real_ones() {
    let kit = campus().await;
    let mut browser = begin(&kit).await;
    send(&mut browser, &[("handle", "student1@example.ma")]).await;
    let mut other = begin(&kit).await;
    send(&mut other, &[("handle", "student4@example.ma")]).await;
    let letters = kit.new_letters().await;
    let [real, decoy] = letters.as_slice() else {
        panic!("{letters:?}")
    };
    assert!(!real.decoy && decoy.decoy);
    assert_eq!(real.kind, decoy.kind);
    assert_eq!(real.params, decoy.params);
    assert_eq!(real.to.len(), decoy.to.len());
    assert_eq!(real.next_at, decoy.next_at);
    kit.remove().await;
}

#[tokio::test]
async fn the_code_of_a_decoy_opens_nothing() {
    let kit = campus().await;
    for handle in [
        "student2@example.ma",
        "student3@example.ma",
        "student4@example.ma",
    ] {
        let mut browser = begin(&kit).await;
        send(&mut browser, &[("handle", handle)]).await;
        let code = kit.code(&browser.journey(), 1);
        let view = send(&mut browser, &[("code", &code)]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Code, vec!["E303"]),
            "{handle}"
        );
    }
    kit.remove().await;
}

#[tokio::test]
async fn the_owner_of_a_frozen_account_is_told_instead() {
    let kit = campus().await;
    let mut browser = begin(&kit).await;
    send(&mut browser, &[("handle", "student2@example.ma")]).await;
    let letters = kit.new_letters().await;
    assert_eq!(sent(&letters), [("frozen_told", "student2@example.ma")]);
    assert!(!letters[0].decoy);
    assert!(matches!(body(&letters[0]), Body::FrozenTold { .. }));
    let mut browser = begin(&kit).await;
    send(&mut browser, &[("handle", "student3@example.ma")]).await;
    assert!(
        kit.new_letters().await.iter().all(|letter| letter.decoy),
        "a closed account is gone"
    );
    kit.remove().await;
}

#[tokio::test]
async fn with_the_code_the_account_is_shown() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    for (fields, channel, to) in [
        (
            [
                ("handle", "AMAL.Idrissi@example.ma"),
                ("student_number", ""),
            ],
            "email",
            EMAIL,
        ),
        ([("email", EMAIL), ("handle", "")], "email", EMAIL),
        (
            [("student_number", "r 000000001"), ("email", "")],
            "phone",
            PHONE,
        ),
        (
            [("handle", "R000000001"), ("action", "handle")],
            "email",
            EMAIL,
        ),
    ] {
        let mut browser = begin(&kit).await;
        let mut view = send(&mut browser, &fields).await;
        if view.step == RecoverStep::Destination {
            view = send(&mut browser, &[("channel", channel)]).await;
        }
        assert_eq!(view.step, RecoverStep::Code, "{fields:?}");
        let letters = kit.new_letters().await;
        assert_eq!(sent(&letters), [("code", to)]);
        let view = send(&mut browser, &[("code", &kit.code_in(&letters[0]))]).await;
        assert_eq!(
            (view.step, view.email.as_deref()),
            (RecoverStep::Password, Some(EMAIL))
        );
        assert_eq!(view.may_replace_email, channel == "phone");
    }
}

#[tokio::test]
async fn a_phone_that_was_never_confirmed_gets_nothing() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account_with(&person(1), EMAIL, |account| {
        account.phone = Some(PHONE.into());
    })
    .await;
    let mut browser = begin(&kit).await;
    send(&mut browser, &[("student_number", "R000000001")]).await;
    send(&mut browser, &[("channel", "phone")]).await;
    let letters = kit.new_letters().await;
    assert!(letters[0].decoy && letters[0].to != PHONE);
    // The other address is still there to be taken.
    let view = send(&mut browser, &[("action", "change")]).await;
    assert_eq!(view.step, RecoverStep::Destination);
    send(&mut browser, &[("channel", "email")]).await;
    let code = kit.code_in(&kit.new_letters().await[0]);
    let view = send(&mut browser, &[("code", &code)]).await;
    assert_eq!(view.step, RecoverStep::Password);
}

#[tokio::test]
async fn a_handle_that_cannot_be_one_is_said_at_its_field() {
    let kit = Kit::new().await;
    for (fields, field, code) in [
        (
            [("handle", "amal"), ("action", "handle")],
            Field::Handle,
            "E106",
        ),
        (
            [("handle", ""), ("action", "handle")],
            Field::Handle,
            "E105",
        ),
        (
            [("student_number", "12"), ("action", "")],
            Field::StudentNumber,
            "E106",
        ),
        ([("email", "amal@"), ("action", "")], Field::Handle, "E106"),
    ] {
        let view = send(&mut begin(&kit).await, &fields).await;
        assert_eq!(codes(&view.problems), [code], "{fields:?}");
        assert_eq!(view.problems[0].field, Some(field));
    }
}

#[tokio::test]
async fn ten_codes_a_day_for_one_handle_known_or_not() {
    let kit = campus().await;
    for handle in ["student1@example.ma", "student4@example.ma"] {
        for _ in 0..10 {
            let view = send(&mut begin(&kit).await, &[("handle", handle)]).await;
            assert_eq!(view.step, RecoverStep::Code);
        }
        let mut browser = begin(&kit).await;
        let view = send(&mut browser, &[("handle", handle)]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Find, vec!["E202"])
        );
        assert_eq!(kit.new_letters().await.len(), 10);
        kit.wait(HOUR);
        let view = send(&mut browser, &[("handle", handle)]).await;
        assert_eq!(view.step, RecoverStep::Code, "a delay, never a lock");
        kit.new_letters().await;
    }
    kit.remove().await;
}

#[tokio::test]
async fn a_visit_changes_nothing() {
    let kit = campus().await;
    let before = kit.tally().await;
    let mut browser = kit.browser();
    for query in ["", "j=over", "j=0123", "from=x", "from=0000&j="] {
        browser.open(Place::Recover, query).await;
    }
    assert_eq!(kit.tally().await, before);
    assert_eq!(browser.secret, None);
    kit.remove().await;
}
