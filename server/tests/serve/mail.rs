//! Mail that breaks, as people at the page and the operator at the log meet it: the program as it is,
//! against a real mail server in a process of its own (B.4).

use std::process::Command;
use std::time::Duration;

use miftah_store::testing::{Engine, Place};
use serde_json::Value;

use crate::machine::{Machine, Running, stop};
use crate::mail_server::{MailServer, Mode};

/// How often is looked whether something has come to be, and how long between two looks.
const LOOKS: usize = 1500;
const PAUSE: Duration = Duration::from_millis(20);

/// A portal whose mails go to a server that does as it is told. Without `--dev`, which sends none:
/// time passes by dating letters back.
struct Portal {
    machine: Machine,
    running: Running,
    database: Place,
    options: [String; 4],
    accounts: Vec<Value>,
    persons: Vec<Value>,
}

/// Somebody who waits for a code.
struct Waiting {
    location: String,
    cookies: Vec<String>,
}

impl Portal {
    async fn start(test: &str, smtp: &str) -> Self {
        let database = Place::make(Engine::Sqlite).await;
        let mut machine = Machine::new(test);
        machine.database = database.url().to_owned();
        // Once with `--dev`, which fills the roll and opens accounts.
        let (running, _) = machine.start();
        let mut samples = machine.get("/dev/samples.json", &[]).json();
        assert!(stop(running));
        let mut list = |name: &str, wanted: fn(&Value) -> bool| -> Vec<Value> {
            let rows = samples[name].take();
            let rows = rows.as_array().expect("a list").iter().cloned();
            rows.filter(wanted).collect()
        };
        let here = format!("http://127.0.0.1:{}", machine.port);
        let options = ["--public-url", &here, "--smtp", smtp].map(str::to_owned);
        Self {
            accounts: list("accounts", |row| row["state"] == "active"),
            persons: list("without_account", |row| row["eligible"] == true),
            running: serve(&machine, &options),
            machine,
            database,
            options,
        }
    }

    async fn to(test: &str, server: &MailServer) -> Self {
        Self::start(test, &format!("smtp://127.0.0.1:{}", server.port)).await
    }

    /// Person number `n` of those without an account says that their e-mail is `email`.
    fn register(&self, n: usize, email: &str) -> Waiting {
        let field = |name: &str| self.persons[n][name].as_str().expect("a text").to_owned();
        let who = format!(
            "step=who&student_number={}&national_id={}&birth_date={}",
            field("student_number"),
            field("national_id"),
            field("birth_date")
        );
        let begun = self.machine.post("/ar/register", &[], &who);
        let place = begun.json()["location"].as_str().map(str::to_owned);
        let waiting = Waiting {
            location: place.expect("a place"),
            cookies: begun.cookies,
        };
        let form = format!("step=contact&terms=yes&email={email}");
        assert_eq!(self.step_after(&waiting, &form), "code");
        waiting
    }

    /// The step to which a form leads.
    fn step_after(&self, waiting: &Waiting, form: &str) -> String {
        let Waiting { location, cookies } = waiting;
        let view = self.machine.post(location, cookies, form).json();
        let step = view["view"]["page"]["register"]["step"].as_str();
        step.unwrap_or_else(|| panic!("{view}")).to_owned()
    }

    /// What the page says of the message, without the moments.
    fn told(&self, waiting: &Waiting) -> String {
        let page = self.machine.get(&waiting.location, &waiting.cookies).json();
        let told = &page["view"]["page"]["register"]["code"]["delivery"];
        match told {
            Value::String(name) => name.clone(),
            Value::Object(one) => one.keys().next().cloned().unwrap_or_default(),
            _ => panic!("nothing told in {page}"),
        }
    }

    /// Waits until the page says so of the message.
    fn tells(&self, waiting: &Waiting, wanted: &str) {
        let mut told = String::new();
        for _ in 0..LOOKS {
            told = self.told(waiting);
            if told == wanted {
                return;
            }
            std::thread::park_timeout(PAUSE);
        }
        panic!("{told} instead of {wanted}: {}", self.machine.log());
    }

    /// Waits until the statement answers so.
    async fn holds(&self, statement: &'static str, wanted: &[&str]) {
        let mut texts = Vec::new();
        for _ in 0..LOOKS {
            texts = self.database.texts(statement).await;
            if texts == wanted {
                return;
            }
            std::thread::park_timeout(PAUSE);
        }
        panic!("{texts:?} instead of {wanted:?}: {}", self.machine.log());
    }

    /// The process is gone at once, and comes back on the same machine.
    fn kill_and_start(mut self) -> Self {
        self.running.child.kill().expect("it is killed");
        self.running.child.wait().expect("it is gone");
        self.running = serve(&self.machine, &self.options);
        self
    }

    async fn end(self) {
        assert!(stop(self.running));
        self.machine.remove();
        self.database.remove().await;
    }
}

fn serve(machine: &Machine, options: &[String; 4]) -> Running {
    machine
        .start_with(&options.each_ref().map(String::as_str))
        .0
}

/// The code in the last text that the server has seen for this address.
fn code(server: &MailServer, to: &str) -> String {
    let texts = server.steps("WHOLE");
    let mine = texts.iter().rev().find(|one| one["to"] == to);
    let text = mine.and_then(|one| one["text"].as_str()).expect("a text");
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find(is_code).expect("a code").to_owned()
}

#[tokio::test]
async fn a_code_that_arrives_opens_the_way() {
    let server = MailServer::start();
    server.once("CONNECT", "stall");
    let portal = Portal::to("arrives", &server).await;
    let to = "amal@example.ma";
    let waiting = portal.register(0, to);
    server.wait_for("CONNECT", 1);
    assert_eq!(portal.told(&waiting), "waiting");
    server.go_on();
    portal.tells(&waiting, "handed_over");
    let form = format!("step=code&code={}", code(&server, to));
    assert_eq!(portal.step_after(&waiting, &form), "password");
    portal.end().await;
}

/// The same for an address that is free and for one that is somebody's, at once and when a code
/// would be dead.
#[tokio::test]
async fn what_became_of_a_message_is_told_and_tells_nothing_of_accounts() {
    let server = MailServer::start();
    let portal = Portal::to("told", &server).await;
    let mut everybody = Vec::new();
    for (n, (at, reply, now, later)) in [
        (
            "RCPT",
            "550 5.1.1 no such mailbox",
            "no_mailbox",
            "no_mailbox",
        ),
        ("RCPT", "552 5.2.2 mailbox full", "mailbox_full", "expired"),
        ("RCPT", "550 5.6.0 no", "refused", "refused"),
        ("RCPT", "451 4.7.1 greylisted", "delayed", "expired"),
        ("MAIL", "550 5.1.8 what a sender", "delayed", "expired"),
        ("DATA", "554 5.3.0 no", "delayed", "expired"),
        ("INSIDE", "close", "delayed", "expired"),
        ("WHOLE", "552 5.2.2 mailbox full", "mailbox_full", "expired"),
        ("WHOLE", "421 4.3.2 going down", "delayed", "expired"),
        ("WHOLE", "close", "delayed", "expired"),
        ("WHOLE", "250 2.0.0 taken", "handed_over", "handed_over"),
    ]
    .into_iter()
    .enumerate()
    {
        server.forget();
        server.always(at, reply);
        let free = format!("free{n}@example.ma");
        let used = portal.accounts[n]["email"].as_str().unwrap();
        let both = [free.as_str(), used].map(|email| {
            let person = everybody.len() % portal.persons.len();
            portal.register(person, email)
        });
        for waiting in both {
            portal.tells(&waiting, now);
            everybody.push((waiting, later));
        }
    }
    let twenty_minutes = "update letter set created_at = created_at - 1200000, \
        next_at = next_at - 1200000";
    portal.database.run(twenty_minutes).await;
    for (waiting, later) in &everybody {
        portal.tells(waiting, later);
    }
    portal.end().await;
}

/// A recovery that begins with an address says nothing of the message: only one that is known has
/// one.
#[tokio::test]
async fn a_recovery_looks_the_same_whatever_the_mailbox_answers() {
    let server = MailServer::start();
    server.always("RCPT", "550 5.1.1 no such mailbox");
    let portal = Portal::to("recovery", &server).await;
    let known = portal.accounts[0]["email"].as_str().unwrap();
    let begun = [known, "nobody@example.ma"].map(|handle| {
        let form = format!("step=find&action=handle&handle={handle}");
        let begun = portal.machine.post("/ar/recover", &[], &form);
        let location = begun.json()["location"].as_str().unwrap().to_owned();
        (handle, location, begun.cookies)
    });
    let states = "select state from letter";
    portal.holds(states, &["parked", "sent"]).await;
    let pages = begun.map(|(handle, location, cookies)| {
        let view = portal.machine.get(&location, &cookies).json();
        let mut page = view["view"]["page"]["recover"].clone();
        assert_eq!(page["step"], "code", "{page}");
        assert_eq!(page["code"]["delivery"], Value::Null);
        page["code"]["resend_in"] = Value::Null;
        page["trail"]["journey"] = Value::Null;
        page.to_string().replace(handle, "HANDLE")
    });
    assert_eq!(pages[0], pages[1]);
    let met = server.steps("RCPT");
    let met: Vec<_> = met.iter().map(|one| one["to"].clone()).collect();
    assert_eq!(met, [known]);
    portal.end().await;
}

#[tokio::test]
async fn while_mail_is_down_the_page_says_so_and_once_it_is_back_the_code_arrives() {
    let server = MailServer::start();
    server.listen(false);
    let portal = Portal::to("down", &server).await;
    let to = "amal@example.ma";
    let (early, late) = (
        portal.register(0, "early@example.ma"),
        portal.register(1, to),
    );
    for waiting in [&early, &late] {
        portal.tells(waiting, "delayed");
    }
    let a_minute = "update letter set created_at = created_at - 60000, next_at = next_at - 60000";
    portal.database.run(a_minute).await;
    let tries = "select state || attempts from letter";
    portal.holds(tries, &["waiting2", "waiting2"]).await;
    for waiting in [&early, &late] {
        assert_eq!(portal.told(waiting), "delayed");
    }
    // By the next try one of them is too old.
    let eight = "update letter set created_at = created_at - 480000 \
        where destination = 'early@example.ma'";
    let five = "update letter set created_at = created_at - 300000, next_at = next_at - 300000";
    server.listen(true);
    portal.database.run(eight).await;
    portal.database.run(five).await;
    portal.tells(&early, "expired");
    portal.tells(&late, "handed_over");
    assert_eq!(server.steps("TAKEN").len(), 1);
    let form = format!("step=code&code={}", code(&server, to));
    assert_eq!(portal.step_after(&late, &form), "password");
    portal.end().await;
}

/// Killed when the mail server has taken a letter and nobody has written that down.
#[tokio::test]
async fn a_program_that_is_killed_loses_no_letter_and_repeats_none_that_is_recorded() {
    let server = MailServer::start();
    let portal = Portal::to("killed", &server).await;
    let recorded = portal.register(0, "recorded@example.ma");
    portal.tells(&recorded, "handed_over");
    server.once("WHOLE", "stall");
    let to = "acknowledged@example.ma";
    let waiting = portal.register(1, to);
    server.wait_for("WHOLE", 2);
    // It hears nothing any more: the acknowledgement comes and is not recorded.
    let id = portal.running.child.id().to_string();
    let stopped = Command::new("kill").args(["-STOP", &id]).status();
    assert!(stopped.unwrap().success());
    server.go_on();
    server.wait_for("TAKEN", 2);

    let portal = portal.kill_and_start();
    assert_eq!(portal.told(&waiting), "waiting");
    assert_eq!(portal.told(&recorded), "handed_over");
    // Its time with the dead worker is over.
    let lease = "update letter set created_at = created_at - 300000, next_at = next_at - 300000";
    portal.database.run(lease).await;
    portal.tells(&waiting, "handed_over");
    let form = format!("step=code&code={}", code(&server, to));
    assert_eq!(portal.step_after(&waiting, &form), "password");

    // What is recorded is never due again, whatever the time and however often it starts.
    let portal = portal.kill_and_start();
    portal.database.run(lease).await;
    let last = portal.register(2, "last@example.ma");
    portal.tells(&last, "handed_over");
    let taken = server.ids("TAKEN");
    assert_eq!(taken.len(), 4, "{taken:?}");
    assert_eq!(taken[1], taken[2], "the server can tell that it has it");
    assert!(taken[0] != taken[1] && taken[3] != taken[1] && taken[3] != taken[0]);
    portal.end().await;
}

/// A certificate that nobody has signed, and a server that does not encrypt at all.
#[tokio::test]
async fn where_tls_is_wrong_nothing_is_sent_and_the_log_says_why_without_a_secret() {
    for (mode, url, why) in [
        (
            Mode::Tls,
            "smtps://portal:s3cret@localhost",
            "UnknownIssuer",
        ),
        (
            Mode::Starttls,
            "smtp://portal:s3cret@0.0.0.0",
            "UnknownIssuer",
        ),
        (
            Mode::Plain,
            "smtp://portal:s3cret@0.0.0.0",
            "STARTTLS is not supported",
        ),
    ] {
        let server = MailServer::start_as(mode);
        let url = format!("{url}:{}", server.port);
        let portal = Portal::start(&format!("{mode:?}"), &url).await;
        let to = "amal@example.ma";
        let waiting = portal.register(0, to);
        portal.tells(&waiting, "delayed");
        for step in ["AUTH", "MAIL", "RCPT", "DATA", "WHOLE"] {
            assert_eq!(server.steps(step).len(), 0, "{mode:?} {step}");
        }
        let log = portal.machine.log();
        let line = log.lines().find(|line| line.contains("refused for now"));
        assert!(
            line.is_some_and(|line| line.contains(why)),
            "{mode:?}: {log}"
        );
        for secret in ["s3cret", to] {
            assert!(!log.contains(secret), "{mode:?} {secret}: {log}");
        }
        portal.end().await;
    }
}
