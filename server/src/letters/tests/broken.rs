//! Mail that breaks, against a real mail server in a process of its own: what is refused, at which
//! step, what is cut, what hangs, and what is down (B.4).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use miftah_portal::deliver::{BATCH, Carriers};
use miftah_portal::letter::Body;
use miftah_portal::model::Letter;
use miftah_portal::ports::{About, Mail as _, Rendered, SendError};

use super::mail_server::MailServer;
use super::scene::{Post, Scene, letter as queued, soon};
use super::smtp::{letter, smtp};
use super::{MINUTE, NOW};
use crate::letters::smtp::Smtp;
use crate::letters::smtp::talk::{LIMITS, Limits};
use crate::letters::worker::Workers;

/// Long enough for a server that answers, on a machine that is busy.
const SHORT: Limits = Limits {
    step: Duration::from_secs(2),
    text: Duration::from_secs(2),
    goodbye: Duration::from_secs(1),
};

fn within(limits: Limits, server: &MailServer) -> Smtp {
    let mut smtp = smtp(server.port);
    smtp.limits = limits;
    smtp
}

/// A scene whose mails go to the server, with workers as a server has them.
async fn scene(smtp: Smtp) -> (Scene, Workers) {
    let scene = Scene::with(Post::that_takes_all()).await;
    let carriers = Carriers {
        mail: Arc::new(smtp),
        sms: scene.sms.clone(),
    };
    let workers = Workers::start(&scene.portal, &carriers);
    (scene, workers)
}

fn message_id(id: &str) -> String {
    format!("<{id}@fsjes.example.ma>")
}

/// `for_good`, what it is about, and that the server's words are kept.
#[tokio::test]
async fn a_refusal_is_about_the_mailbox_only_where_it_can_be() {
    let server = MailServer::start();
    let cases = [
        // Before anybody is named: about us.
        (
            "CONNECT",
            "554 5.7.1 we do not know you",
            false,
            About::Other,
        ),
        ("CONNECT", "421 4.3.2 too many", false, About::Other),
        ("EHLO", "550 what a name", false, About::Other),
        ("MAIL", "550 sender refused", false, About::Other),
        ("MAIL", "550 5.1.1 what a sender", false, About::Other),
        ("MAIL", "552 5.2.2 our own quota", false, About::Other),
        ("MAIL", "451 4.3.0 later", false, About::Other),
        ("MAIL", "421 4.3.2 going down", false, About::Other),
        // The recipient.
        ("RCPT", "550 5.1.1 no such user", true, About::Mailbox),
        ("RCPT", "553 5.1.3 what a name", true, About::Mailbox),
        ("RCPT", "556 5.1.10 no mail here", true, About::Mailbox),
        (
            "RCPT",
            "550 5.1.1 no such user [10.5.2.2]",
            true,
            About::Mailbox,
        ),
        ("RCPT", "550 nobody here", true, About::Mailbox),
        ("RCPT", "550 5.2.2 over quota", true, About::Full),
        ("RCPT", "550 5.6.0 what a message", true, About::Other),
        ("RCPT", "553 5.1.8 what a sender", true, About::Other),
        ("RCPT", "552 5.2.2 mailbox full", false, About::Full),
        ("RCPT", "452 4.2.2 over quota", false, About::Full),
        ("RCPT", "452 4.3.1 full", false, About::Other),
        ("RCPT", "450 4.2.1 busy", false, About::Other),
        ("RCPT", "451 4.7.1 greylisted", false, About::Other),
        ("RCPT", "421 4.3.2 going down", false, About::Other),
        (
            "RCPT",
            "550 5.7.1 your network is on a list",
            false,
            About::Other,
        ),
        ("RCPT", "554 5.7.1 denied", false, About::Other),
        ("RCPT", "530 5.7.0 authenticate first", false, About::Other),
        // The text: only where the reply says so.
        ("DATA", "554 no valid recipients", false, About::Other),
        ("DATA", "451 4.3.0 later", false, About::Other),
        ("DATA", "250 what", false, About::Other),
        ("WHOLE", "550 5.1.1 no such user", true, About::Mailbox),
        ("WHOLE", "552 5.2.2 mailbox full", false, About::Full),
        ("WHOLE", "550 looks like spam", false, About::Other),
        ("WHOLE", "554 5.6.0 what a message", false, About::Other),
        ("WHOLE", "451 4.3.0 later", false, About::Other),
        ("WHOLE", "421 4.3.2 going down", false, About::Other),
        ("WHOLE", "354 what", false, About::Other),
    ];
    let smtp = smtp(server.port);
    for (at, reply, for_good, about) in cases {
        server.once(at, reply);
        let refusal = match soon(smtp.send(&letter())).await {
            Err(SendError::Never(refusal)) if for_good => refusal,
            Err(SendError::Later(refusal)) if !for_good => refusal,
            other => panic!("{at} {reply}: {other:?}"),
        };
        assert_eq!(refusal.about, about, "{at} {reply}");
        let (code, words) = reply.split_once(' ').unwrap();
        let said = match words {
            "what" => format!("answered with {code}"),
            words => words.to_owned(),
        };
        assert!(refusal.said.contains(&said), "{at} {reply}: {refusal}");
    }
    assert_eq!(server.ids("TAKEN"), [""; 0]);
    soon(smtp.send(&letter())).await.unwrap();
    assert_eq!(server.ids("TAKEN"), [message_id(&letter().id)]);
}

/// The server has the text and dies before it says so: it gets the same letter again, and can tell
/// by its Message-ID.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_is_sent_again_under_the_same_message_id() {
    let server = MailServer::start();
    server.once("INSIDE", "close");
    server.once("WHOLE", "close");
    let (scene, workers) = scene(smtp(server.port)).await;
    let bell = workers.bell();
    scene.queue(queued("1", &Body::EmailInUse)).await;
    let mut delays = Vec::new();
    for minutes in [1, 5, 15] {
        assert!(soon(bell.ring()).await);
        delays.push(server.ids("TAKEN").len());
        scene.clock.advance_ms(minutes * MINUTE);
    }
    workers.stop().await;
    // Cut inside, cut after, taken.
    assert_eq!(delays, [0, 0, 1]);
    assert_eq!(server.steps("INSIDE").len(), 1);
    let id = message_id("1");
    assert_eq!(server.ids("WHOLE"), [id.clone(), id.clone()]);
    assert_eq!(server.ids("TAKEN"), [id]);
    assert!(scene.is_done().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_is_given_up_and_nobody_waits_with_it() {
    let server = MailServer::start();
    let hangs = "hangs@example.ma";
    server.always_to(hangs, "WHOLE", "stall");
    let patient = Limits {
        text: Duration::from_secs(600),
        ..LIMITS
    };
    let (scene, workers) = scene(within(patient, &server)).await;
    scene
        .queue(Letter {
            to: hangs.into(),
            ..queued("hangs", &Body::EmailInUse)
        })
        .await;
    server.wait_for("WHOLE", 1);
    for id in 0..2 * BATCH {
        scene
            .queue(queued(&id.to_string(), &Body::EmailInUse))
            .await;
    }
    server.wait_for("TAKEN", 2 * BATCH);
    assert!(!server.ids("TAKEN").contains(&message_id("hangs")));
    server.go_on();
    soon(workers.stop()).await;
    assert_eq!(server.ids("TAKEN").len(), 2 * BATCH + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_has_its_time() {
    let server = MailServer::start();
    let smtp = Arc::new(within(SHORT, &server));
    let mut sending = Vec::new();
    for (at, said) in [
        ("CONNECT", "connection: no answer in 2 s"),
        ("RCPT", "RCPT: no answer in 2 s"),
        ("WHOLE", "text: no answer in 2 s"),
    ] {
        server.once(at, "stall");
        let (smtp, before) = (Arc::clone(&smtp), server.steps(at).len());
        let hung = tokio::spawn(async move { smtp.send(&letter()).await });
        server.wait_for(at, before + 1);
        sending.push((said, hung));
    }
    for (said, hung) in sending {
        match soon(hung).await.unwrap() {
            Err(SendError::Later(refusal)) => assert_eq!(refusal, said.into()),
            other => panic!("{said}: {other:?}"),
        }
    }
    // A refusal counts, whatever becomes of our goodbye.
    server.once("RCPT", "550 5.1.1 nobody");
    server.always("QUIT", "stall");
    let refused = soon(smtp.send(&letter())).await;
    assert!(matches!(refused, Err(SendError::Never(_))), "{refused:?}");
    soon(smtp.send(&letter())).await.unwrap();
}

/// What the server answers late is not taken for the answer to another letter.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_is_nobody_elses() {
    let server = MailServer::start();
    let smtp = within(SHORT, &server);
    server.once("WHOLE", "stall");
    let given_up = soon(smtp.send(&letter())).await;
    assert!(matches!(given_up, Err(SendError::Later(_))), "{given_up:?}");
    server.go_on();
    server.always("WHOLE", "550 5.1.1 nobody");
    let other = Rendered {
        id: "other".into(),
        ..letter()
    };
    let refused = soon(smtp.send(&other)).await;
    assert!(matches!(refused, Err(SendError::Never(_))), "{refused:?}");
    assert!(!server.ids("TAKEN").contains(&message_id("other")));
}

/// Letters wait for their own next try: the one that waited longest is not the first to go, and none
/// waits longer after than the server was down.
#[tokio::test(flavor = "multi_thread")]
async fn an_hour_without_a_mail_server_loses_nothing() {
    let server = MailServer::start();
    server.listen(false);
    let (scene, workers) = scene(smtp(server.port)).await;
    let bell = workers.bell();
    let mut arrived: Vec<(i64, String)> = Vec::new();
    for minute in 0..=180 {
        if [0, 10, 40, 59, 61].contains(&minute) {
            scene
                .queue(Letter {
                    created_at: scene.portal.clock.now(),
                    next_at: scene.portal.clock.now(),
                    ..queued(&minute.to_string(), &Body::EmailInUse)
                })
                .await;
        }
        if minute == 60 {
            assert_eq!(server.ids("TAKEN"), [""; 0]);
            server.listen(true);
        }
        assert!(soon(bell.ring()).await);
        for id in server.ids("TAKEN").split_off(arrived.len()) {
            arrived.push((minute, id));
        }
        scene.clock.advance_ms(MINUTE);
    }
    workers.stop().await;
    let wanted = [(60, "59"), (61, "40"), (61, "61"), (81, "0"), (91, "10")]
        .map(|(minute, id)| (minute, message_id(id)));
    arrived.sort();
    assert_eq!(arrived, wanted);
    assert!(scene.is_done().await);
    assert_eq!(
        scene.portal.clock.now().0 / MINUTE,
        NOW.0 / MINUTE + 181 + 30 * 24 * 60
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn several_letters_go_out_beside_each_other_each_once() {
    let server = MailServer::start();
    server.always("WHOLE", "stall");
    let (scene, workers) = scene(smtp(server.port)).await;
    let all = 2 * BATCH + 3;
    for id in 0..all {
        scene
            .queue(queued(&id.to_string(), &Body::EmailInUse))
            .await;
    }
    server.wait_for("WHOLE", BATCH);
    assert_eq!(server.steps("CONNECT").len(), BATCH, "no more at once");
    server.forget();
    server.go_on();
    assert!(soon(workers.bell().ring()).await);
    workers.stop().await;
    let ids = server.ids("TAKEN");
    assert_eq!(ids.len(), all);
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>().len(), all);
    assert!(scene.is_done().await);
}
