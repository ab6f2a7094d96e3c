//! What became of the message is said as it is, and tells nothing about accounts (B.4, norm 2).

use miftah_portal::ports::{About, Refusal};
use miftah_rules::view::{Channel, Delivery, Moment};

use crate::kit::{Browser, Kit, MINUTE, person, register};
use crate::steps::{EMAIL, at_code, at_contact, kit, send_email};

async fn told(browser: &mut Browser<'_>) -> Delivery {
    let view = register(browser.reload().await);
    view.code.unwrap().delivery.unwrap()
}

/// Takes what is due, and refuses or sends the real letters; decoys are done with.
async fn meet(kit: &Kit, refusal: Option<(&str, About, bool)>) {
    let store = &kit.portal.store;
    let now = kit.now();
    let due = store.take_letters(Channel::Email, now, MINUTE, 9).await;
    for letter in due.unwrap() {
        let Some((said, about, for_good)) = refusal.filter(|_| !letter.decoy) else {
            store.letter_sent(&letter.id, now).await.unwrap();
            continue;
        };
        let refusal = Refusal {
            said: said.into(),
            about,
        };
        if for_good {
            store
                .letter_parked(&letter.id, now, &refusal)
                .await
                .unwrap();
        } else {
            let next = now.plus_minutes(1);
            store
                .letter_delayed(&letter.id, next, &refusal)
                .await
                .unwrap();
        }
    }
}

fn at(moment: Moment) -> (u8, u8) {
    (moment.hour, moment.minute)
}

#[tokio::test]
async fn the_state_of_a_message_is_said() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    assert_eq!(told(&mut browser).await, Delivery::Waiting);
    meet(&kit, Some(("450 4.7.1 greylisted", About::Other, false))).await;
    let Delivery::Delayed(next) = told(&mut browser).await else {
        panic!("not delayed");
    };
    kit.wait(MINUTE);
    meet(&kit, None).await;
    let Delivery::HandedOver(then) = told(&mut browser).await else {
        panic!("not handed over");
    };
    assert_eq!(at(then), at(next), "tried when it was promised");
}

/// Free, somebody's, and somebody's who was told of it a moment ago: what becomes of the message is
/// what becomes of a message to that mailbox.
#[tokio::test]
async fn what_is_said_is_the_same_for_a_free_address_and_a_used_one() {
    for met in [
        None,
        Some(("450 4.7.1 greylisted", About::Other, false)),
        Some(("552 5.2.2 full", About::Full, false)),
        Some(("550 5.1.1 nobody", About::Mailbox, true)),
        Some(("550 no", About::Other, true)),
    ] {
        let mut stories = Vec::new();
        for used in [false, true] {
            let kit = kit().await;
            if used {
                kit.load([person(2)]).await;
                kit.open_account(&person(2), EMAIL).await;
            }
            let mut story = Vec::new();
            for spelling in [EMAIL, "MERYEM.a@EXAMPLE.ma"] {
                let mut browser = at_contact(&kit).await;
                send_email(&mut browser, spelling).await;
                story.push(told(&mut browser).await);
                meet(&kit, met).await;
                story.push(told(&mut browser).await);
                kit.wait(20 * MINUTE);
                story.push(told(&mut browser).await);
            }
            stories.push(story);
        }
        assert_eq!(stories[0], stories[1], "{met:?}");
        assert_eq!(stories[0][0], Delivery::Waiting);
        assert_ne!(stories[0][1], Delivery::Waiting);
    }
}

#[tokio::test]
async fn a_mailbox_that_refuses_is_named() {
    for (said, about, for_good, wanted) in [
        ("552 5.2.2 full", About::Full, false, Delivery::MailboxFull),
        (
            "550 5.1.1 nobody",
            About::Mailbox,
            true,
            Delivery::NoMailbox,
        ),
        ("550 no", About::Other, true, Delivery::Refused),
    ] {
        let kit = kit().await;
        let mut browser = at_code(&kit).await;
        meet(&kit, Some((said, about, for_good))).await;
        assert_eq!(told(&mut browser).await, wanted);
    }
}
