//! A code by SMS, through the program as it is and a gateway in a process of its own: whoever has lost
//! the mailbox proves by phone (S0.7, X7).

use serde_json::Value;

use crate::machine::{Machine, stop};
use crate::sms_gateway::SmsGateway;
use miftah_store::testing::{Engine, Place};

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {row}"))
}

/// The step at which an answer is, and where it goes on.
fn step(view: &Value) -> String {
    text(&view["view"]["page"]["recover"], "step").to_owned()
}

#[tokio::test]
async fn a_code_by_sms_opens_the_way_and_the_phone_is_offered_with_a_gateway_only() {
    let gateway = SmsGateway::start();
    let database = Place::make(Engine::Sqlite).await;
    let mut machine = Machine::new("sms");
    machine.database = database.url().to_owned();
    let (running, _) = machine.start();
    let samples = machine.get("/dev/samples.json", &[]).json();
    assert!(stop(running));
    let accounts = samples["accounts"].as_array().expect("a list");
    let account = accounts
        .iter()
        .find(|row| row["state"] == "active" && row["phone_confirmed"] == true)
        .expect("an account with a phone");
    let who = format!(
        "step=find&student_number={}&national_id={}&birth_date={}",
        text(account, "student_number"),
        text(account, "national_id"),
        text(account, "birth_date")
    );
    let here = format!("http://127.0.0.1:{}", machine.port);
    let url = format!("http://127.0.0.1:{}/taken", gateway.port);

    let (running, _) = machine.start_with(&["--public-url", &here]);
    let found = machine.post("/ar/recover", &[], &who).json();
    let destinations = found["view"]["page"]["recover"]["destinations"].to_string();
    assert!(destinations.contains("email"), "{found}");
    assert!(!destinations.contains("phone"), "{destinations}");
    assert!(stop(running));

    let (running, _) = machine.start_with(&["--public-url", &here, "--sms", &url]);
    let begun = machine.post("/ar/recover", &[], &who);
    let cookies = begun.cookies.clone();
    let found = begun.json();
    let place = text(&found, "location").to_owned();
    let sent = machine.post(&place, &cookies, "step=destination&channel=phone");
    assert_eq!(step(&sent.json()), "code");
    let asked = gateway.asked(1);
    let body: Value = serde_json::from_str(text(&asked[0], "body")).expect("JSON");
    assert_eq!(text(&body, "to"), text(account, "phone"));
    let words = text(&body, "text").split(|c: char| !c.is_ascii_digit());
    let code = words.into_iter().find(|word| word.len() == 6);
    let form = format!("step=code&code={}", code.expect("a code"));
    let proved = machine.post(&place, &cookies, &form).json();
    assert_eq!(step(&proved), "password");
    // The gateway and the parts are told, and nothing that was in them.
    let log = machine.log();
    assert!(log.contains("an SMS was handed over"), "{log}");
    for secret in [code.expect("a code"), text(account, "phone")] {
        assert!(!log.contains(secret), "{log}");
    }
    assert!(stop(running));
    machine.remove();
    database.remove().await;
}
