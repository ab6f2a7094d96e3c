//! Mail as it goes over the wire, to a server that speaks just enough SMTP to take it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

use base64ct::{Base64, Encoding as _};
use miftah_portal::ports::{Mail as _, Rendered, SendError};
use miftah_rules::Lang;
use miftah_rules::profile::Institution;

use crate::letters::smtp::Smtp;

/// What came in: the envelope's commands, then the message.
struct Received {
    commands: Vec<String>,
    message: String,
}

/// Takes one message.
fn listen() -> (u16, JoinHandle<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (
        port,
        std::thread::spawn(move || converse(listener.accept().unwrap().0)),
    )
}

fn converse(stream: TcpStream) -> Received {
    let mut out = stream.try_clone().unwrap();
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).unwrap();
    let mut received = Received {
        commands: Vec::new(),
        message: String::new(),
    };
    say("220 mail.example.ma ESMTP");
    let mut in_message = false;
    for line in BufReader::new(stream).lines() {
        let Ok(line) = line else { break };
        if in_message {
            if line == "." {
                in_message = false;
                say("250 2.0.0 taken");
            } else {
                received.message.push_str(&line);
                received.message.push_str("\r\n");
            }
            continue;
        }
        received.commands.push(line.clone());
        match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say("250-mail.example.ma\r\n250 8BITMIME"),
            "DATA" => {
                in_message = true;
                say("354 go on");
            }
            "QUIT" => {
                say("221 2.0.0 bye");
                break;
            }
            _ => say("250 2.0.0 ok"),
        }
    }
    received
}

/// Waits for the conversation's end, and lets the other side work meanwhile.
async fn heard(server: JoinHandle<Received>) -> Received {
    tokio::task::spawn_blocking(move || server.join().unwrap())
        .await
        .unwrap()
}

pub(super) fn institution() -> Arc<Institution> {
    let text = include_str!("../../../../institutions/fsjes/institution.toml");
    Arc::new(toml::from_str(text).unwrap())
}

pub(super) fn smtp(port: u16) -> Smtp {
    Smtp::new(&format!("smtp://127.0.0.1:{port}"), institution()).unwrap()
}

pub(super) fn letter() -> Rendered {
    Rendered {
        id: "019a-77".into(),
        to: "salma.elidrissi@example.ma".into(),
        lang: Lang::Ar,
        subject: "رمز استرجاع حسابك: 119590".into(),
        text: "الرمز هو:\n\u{2068}119590\u{2069}\n".into(),
        html: "<!doctype html>\n<html lang=\"ar\" dir=\"rtl\"><p>الرمز هو: 119590</p></html>\n"
            .into(),
    }
}

/// Headers with their folded lines joined, and the rest.
fn parts(message: &str) -> (String, String) {
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    (head.replace("\r\n ", " "), body.to_owned())
}

#[tokio::test]
async fn a_mail_arrives_whole() {
    let (port, server) = listen();
    let smtp = smtp(port);
    smtp.send(&letter()).await.unwrap();
    drop(smtp);
    let Received { commands, message } = heard(server).await;
    assert!(
        commands
            .iter()
            .any(|line| line.starts_with("MAIL FROM:<scolarite@fsjes.example.ma>"))
    );
    assert!(
        commands
            .iter()
            .any(|line| line.starts_with("RCPT TO:<salma.elidrissi@example.ma>"))
    );
    // Seven bits everywhere: headers and bodies are encoded.
    assert!(message.is_ascii(), "{message}");
    let (head, body) = parts(&message);
    for header in [
        "Message-ID: <019a-77@fsjes.example.ma>",
        "From: FSJES <scolarite@fsjes.example.ma>",
        "To: salma.elidrissi@example.ma",
        "Content-Language: ar",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;",
        "Date: ",
    ] {
        assert!(
            head.lines().any(|line| line.starts_with(header)),
            "{header} in {head}"
        );
    }
    let subject = head
        .lines()
        .find_map(|line| line.strip_prefix("Subject: "))
        .unwrap();
    assert_eq!(decoded(subject), letter().subject);
    // Text first, HTML last: programs show the last part they can (RFC 2046, 5.1.4).
    let text = body
        .find("Content-Type: text/plain; charset=utf-8")
        .unwrap();
    let html = body.find("Content-Type: text/html; charset=utf-8").unwrap();
    assert!(text < html);
    let bodies: Vec<String> = body
        .split("Content-Transfer-Encoding: ")
        .skip(1)
        .map(|part| {
            let (how, rest) = part.split_once("\r\n\r\n").unwrap();
            let encoded = rest.split("\r\n--").next().unwrap();
            let bytes = match how {
                "base64" => Base64::decode_vec(&encoded.replace("\r\n", "")).unwrap(),
                "quoted-printable" => unquoted(encoded),
                _ => panic!("{how}"),
            };
            String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
        })
        .collect();
    assert_eq!(bodies, [letter().text, letter().html]);
}

/// Quoted-printable text (RFC 2045, 6.7).
fn unquoted(text: &str) -> Vec<u8> {
    let mut pieces = text.split('=');
    let mut out = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (hex, rest) = piece.split_at(2);
        // `=` before a line break joins lines.
        out.extend(u8::from_str_radix(hex, 16).ok());
        out.extend(rest.as_bytes());
    }
    out
}

/// A header with its words of RFC 2047 decoded (`=?utf-8?b?…?=`); the space between two of them
/// is not part of the text.
fn decoded(header: &str) -> String {
    let (mut out, mut before) = (Vec::new(), "");
    for word in header.split(' ').filter(|word| !word.is_empty()) {
        let encoded = |word: &str| {
            let inside = word.strip_prefix("=?utf-8?b?")?.strip_suffix("?=")?;
            Base64::decode_vec(inside).ok()
        };
        if !out.is_empty() && (encoded(word).is_none() || encoded(before).is_none()) {
            out.push(b' ');
        }
        out.extend(encoded(word).unwrap_or_else(|| word.as_bytes().to_vec()));
        before = word;
    }
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn line_breaks_cannot_become_headers_or_recipients() {
    let (port, server) = listen();
    let smtp = smtp(port);
    let hostile = "x\r\nBcc: all@example.ma\r\n\r\nbody";
    smtp.send(&Rendered {
        subject: hostile.into(),
        ..letter()
    })
    .await
    .unwrap();
    let to = format!("{}\r\nRCPT TO:<all@example.ma>", letter().to);
    let refused = smtp.send(&Rendered { to, ..letter() }).await;
    assert!(matches!(refused, Err(SendError::Never(_))), "{refused:?}");
    drop(smtp);
    let Received { commands, message } = heard(server).await;
    assert_eq!(
        commands
            .iter()
            .filter(|line| line.starts_with("RCPT"))
            .count(),
        1
    );
    let (head, _) = parts(&message);
    assert!(
        !head
            .to_lowercase()
            .lines()
            .any(|line| line.starts_with("bcc")),
        "{head}"
    );
}
