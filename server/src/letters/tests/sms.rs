//! SMS as they go over the wire, to a gateway that takes them or fails in every way.

use std::path::PathBuf;

use miftah_portal::ports::{About, Rendered, SendError, Sms as _};
use miftah_rules::Lang;
use serde_json::{Value, json};

use super::sms_gateway::SmsGateway;
use crate::letters::sms::Gateways;

fn letter(id: &str) -> Rendered {
    Rendered {
        id: id.to_owned(),
        to: "+212612345678".into(),
        lang: Lang::Ar,
        subject: String::new(),
        text: "FSJES: رمز التأكيد 493817 \"لك وحدك\" & {to}".into(),
        html: String::new(),
    }
}

/// Gateways as a file describes them, one for each path, on these ports.
fn gateways(name: &str, described: &[(u16, &str, &str)]) -> Gateways {
    let mut text = String::new();
    for (port, path, more) in described {
        text.push_str(&format!(
            "[[gateways]]\nname = \"{path}\"\nurl = \"http://127.0.0.1:{port}/{path}\"\n\
            body = '{{\"to\":\"{{to}}\",\"message\":\"{{text}}\"}}'\nwrong_number = [404]\n\
            timeout_seconds = 1\n{more}\n"
        ));
    }
    let path = file(name);
    std::fs::write(&path, text).unwrap();
    Gateways::open(path.to_str().unwrap()).unwrap()
}

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("miftah_sms_{}_{name}.toml", std::process::id()))
}

fn paths(asked: &[Value]) -> Vec<&str> {
    asked
        .iter()
        .filter_map(|one| one["path"].as_str())
        .collect()
}

#[tokio::test]
async fn a_gateway_named_by_its_url_gets_number_text_and_id() {
    let server = SmsGateway::start();
    let sms = Gateways::open(&format!("http://127.0.0.1:{}/taken", server.port)).unwrap();
    sms.send(&letter("letter-1")).await.unwrap();
    let asked = &server.asked(1)[0];
    let body: Value = serde_json::from_str(asked["body"].as_str().unwrap()).unwrap();
    let whole = letter("letter-1");
    assert_eq!(
        body,
        json!({ "to": whole.to, "text": whole.text, "id": whole.id })
    );
    assert_eq!(asked["method"], "POST");
    assert_eq!(asked["headers"]["content-type"], "application/json");
    assert_eq!(asked["headers"]["idempotency-key"], "letter-1");
}

#[tokio::test]
async fn a_gateway_is_asked_as_its_description_says() {
    let server = SmsGateway::start();
    let path = file("described");
    std::fs::write(
        &path,
        format!(
            "[[gateways]]\nname = \"get\"\nmethod = \"GET\"\nnumber = \"digits\"\n\
            url = \"http://127.0.0.1:{0}/taken?to={{to}}&text={{text}}&key=${{PATH}}\"\n\
            headers = {{ Idempotency-Key = \"ours-{{id}}\" }}\ntaken_if = '\"ok\"'\n",
            server.port
        ),
    )
    .unwrap();
    // Not valid in a URL: what the environment holds is put in as it is.
    assert!(std::env::var("PATH").unwrap().contains('/'));
    let sms = Gateways::open(path.to_str().unwrap()).unwrap();
    sms.send(&letter("7")).await.unwrap();
    let asked = &server.asked(1)[0];
    let url = url::Url::parse("http://localhost").unwrap();
    let url = url.join(asked["path"].as_str().unwrap()).unwrap();
    let pairs: Vec<_> = url.query_pairs().take(2).map(|pair| pair.1).collect();
    assert_eq!(pairs, ["212612345678", letter("7").text.as_str()]);
    assert_eq!(asked["method"], "GET");
    assert_eq!(asked["headers"]["idempotency-key"], "ours-7");
    assert_eq!(asked["body"], "");
}

#[tokio::test]
async fn whatever_fails_is_tried_again_later_and_says_nothing_of_the_sms() {
    let server = SmsGateway::start();
    for (path, more) in [
        ("twice", ""),
        ("repeats", ""),
        ("redirect", ""),
        ("hang", ""),
        ("cut", ""),
        ("garbage", ""),
        ("unknown", ""),
        ("says-no", "taken_if = '\"ok\"'"),
        ("huge", "taken_if = '\"ok\"'"),
        ("slow", "taken_if = '\"ok\"'"),
    ] {
        let sms = gateways(path, &[(server.port, path, more)]);
        let Err(SendError::Later(refusal)) = sms.send(&letter("1")).await else {
            panic!("{path} is no reason to give up, and none to rest");
        };
        assert!(refusal.said.starts_with(path), "{}", refusal.said);
        for secret in ["493817", "612345678"] {
            assert!(!refusal.said.contains(secret), "{}", refusal.said);
        }
    }
    // A redirect is not followed: nobody else is to get the text.
    let asked = server.asked(10);
    assert!(!paths(&asked).contains(&"/taken"));
}

#[tokio::test]
async fn a_gateway_that_is_not_there_is_tried_again_later() {
    let gone = SmsGateway::start().port;
    let sms = gateways("gone", &[(gone, "gone", "")]);
    let refused = sms.send(&letter("1")).await;
    assert!(matches!(refused, Err(SendError::Later(_))), "{refused:?}");
}

#[tokio::test]
async fn a_number_that_gets_none_is_not_tried_again_nor_elsewhere() {
    let server = SmsGateway::start();
    let port = server.port;
    let sms = gateways("wrong", &[(port, "wrong", ""), (port, "taken", "")]);
    let Err(SendError::Never(refusal)) = sms.send(&letter("1")).await else {
        panic!("refused for good");
    };
    assert_eq!(refusal.about, About::Mailbox);
    assert_eq!(paths(&server.asked(1)), ["/wrong"]);
}

#[tokio::test]
async fn when_the_first_gateway_fails_the_second_has_it_with_the_same_key() {
    let server = SmsGateway::start();
    let port = server.port;
    let sms = gateways("second", &[(port, "hang", ""), (port, "taken", "")]);
    sms.send(&letter("1")).await.unwrap();
    // Who failed comes last for a while.
    sms.send(&letter("2")).await.unwrap();
    let asked = server.asked(3);
    assert_eq!(paths(&asked), ["/hang", "/taken", "/taken"]);
    let keys: Vec<_> = asked
        .iter()
        .map(|one| one["headers"]["idempotency-key"].as_str().unwrap())
        .collect();
    assert_eq!(keys, ["1", "1", "2"]);
}

#[tokio::test]
async fn a_gateway_that_works_again_is_first_again() {
    let server = SmsGateway::start();
    let port = server.port;
    let sms = gateways(
        "again",
        &[(port, "twice", ""), (port, "says-no", "taken_if = 'ok'")],
    );
    for _ in 0..2 {
        let refused = sms.send(&letter("1")).await;
        assert!(matches!(refused, Err(SendError::Later(_))), "{refused:?}");
    }
    sms.send(&letter("1")).await.unwrap();
    let asked = server.asked(5);
    assert_eq!(paths(&asked)[4], "/twice");
}

#[tokio::test]
async fn a_wrong_certificate_gets_nothing() {
    let server = SmsGateway::start_with_tls();
    let url = format!("https://localhost:{}/taken", server.port);
    let Err(SendError::Later(refusal)) = Gateways::open(&url).unwrap().send(&letter("1")).await
    else {
        panic!("an unknown issuer is not believed");
    };
    assert!(refusal.said.contains("UnknownIssuer"), "{}", refusal.said);
    assert_eq!(server.asked(0), [Value::Null; 0]);
}
