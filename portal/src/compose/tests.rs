//! Every letter as people receive it, against the checked-in snapshots.

use std::fmt::Write as _;
use std::path::PathBuf;

use miftah_rules::Lang;
use miftah_rules::code::CodeForm;
use miftah_rules::profile::Institution;
use miftah_rules::view::Channel;

use super::{Facts, Writer};
use crate::id::{AccountId, JourneyId, LetterId};
use crate::key::ServerKey;
use crate::letter::{Address, Body, Change, Dispute, Purpose};
use crate::model::Letter;
use crate::ports::{Millis, Rendered};

mod activation;
mod desk;
mod promises;

/// Set to renew the snapshots.
const BLESS: &str = "MIFTAH_BLESS";
const URL: &str = "https://portail.fsjes.example.ma";
/// 2026-11-21 14:05 in Morocco.
const AT: Millis = Millis(1_795_266_300_000);
const OWN: &str = "salma.elidrissi@example.ma";
const OTHER: &str = "old-mailbox@example.com";
const PHONE: &str = "+212612345678";
const OTHER_PHONE: &str = "+212698765432";

fn institution() -> Institution {
    toml::from_str(include_str!("../../../institutions/fsjes/institution.toml")).unwrap()
}

fn letter(lang: Lang, to: Address) -> Letter {
    Letter {
        id: LetterId("letter-1".into()),
        kind: "kind".into(),
        channel: to.channel,
        to: to.to,
        lang,
        params: String::new(),
        journey: Some((JourneyId("journey-1".into()), 1)),
        decoy: false,
        created_at: AT,
        next_at: AT,
        attempts: 1,
    }
}

fn write(institution: &Institution, letter: &Letter, body: &Body) -> Option<Rendered> {
    let key = ServerKey::new([7; 32]);
    let facts = Facts {
        account_email: OWN.into(),
    };
    Writer {
        institution,
        key: &key,
        public_url: URL,
    }
    .write(letter, body, &facts)
}

fn named(lang: Lang) -> String {
    if lang == Lang::Ar {
        "سلمى".into()
    } else {
        "Salma".into()
    }
}

fn notice(lang: Lang, change: Change, about: Option<Address>) -> Body {
    Body::Notice {
        change,
        name: named(lang),
        account: AccountId("account-1".into()),
        at: AT,
        device: "Chrome · Android".into(),
        about,
    }
}

fn told(lang: Lang, device: &str) -> Body {
    let account = AccountId("account-1".into());
    Body::RecordTold {
        name: named(lang),
        account,
        at: AT,
        device: device.into(),
    }
}

fn dispute(reason: Dispute) -> Body {
    let (number, name) = ("R130012345".into(), "سلمى الإدريسي".into());
    Body::OfficeDispute {
        number,
        name,
        reason,
        at: AT,
    }
}

/// Every letter there is: its name in the snapshots, what it says, and by which ways it goes.
fn all(lang: Lang) -> Vec<(&'static str, Body, Vec<Address>)> {
    let (own, other) = (Address::email(OWN), Address::email(OTHER));
    let (phone, other_phone) = (Address::phone(PHONE), Address::phone(OTHER_PHONE));
    let both = || vec![own.clone(), phone.clone()];
    let mail = || vec![own.clone()];
    let code = |purpose| Body::Code {
        purpose,
        form: CodeForm::Digits,
    };
    let mut letters = vec![
        ("code, register", code(Purpose::Register), both()),
        ("code, recover", code(Purpose::Recover), both()),
        ("code, contact", code(Purpose::Contact), both()),
        ("e-mail in use", Body::EmailInUse, mail()),
        (
            "record told",
            told(lang, "Firefox · Windows"),
            vec![other.clone(), phone.clone()],
        ),
        (
            "record told, unknown device",
            told(lang, ""),
            vec![other.clone()],
        ),
        (
            "opened",
            notice(lang, Change::Opened, Some(own.clone())),
            both(),
        ),
        ("recovered", notice(lang, Change::Recovered, None), both()),
        (
            "password changed",
            notice(lang, Change::PasswordChanged, None),
            both(),
        ),
        (
            "data changed",
            notice(lang, Change::DataChanged, None),
            both(),
        ),
        (
            "e-mail changed",
            notice(lang, Change::EmailChanged, Some(own.clone())),
            vec![own.clone(), other, phone.clone()],
        ),
        (
            "phone changed",
            notice(lang, Change::PhoneChanged, Some(phone.clone())),
            vec![own.clone(), phone.clone(), other_phone.clone()],
        ),
        (
            "phone removed",
            notice(lang, Change::PhoneRemoved, Some(phone.clone())),
            vec![own.clone(), phone.clone(), other_phone],
        ),
        ("frozen", notice(lang, Change::Frozen, None), both()),
        ("unfrozen", notice(lang, Change::Unfrozen, None), both()),
        ("closed", notice(lang, Change::Closed, None), both()),
        (
            "frozen told",
            Body::FrozenTold { name: named(lang) },
            both(),
        ),
        ("dispute, none mine", dispute(Dispute::NoneMine), mail()),
        ("dispute, never made", dispute(Dispute::NeverMade), mail()),
        ("dispute, not me", dispute(Dispute::NotMe), mail()),
    ];
    letters.extend(desk::all(lang));
    letters
}

fn each(lang: Lang) -> Vec<(&'static str, Address, Rendered)> {
    let institution = institution();
    let mut letters = Vec::new();
    for (name, body, ways) in all(lang) {
        for to in ways {
            let rendered = write(&institution, &letter(lang, to.clone()), &body)
                .unwrap_or_else(|| panic!("{name} to {to:?} has no words"));
            letters.push((name, to, rendered));
        }
    }
    letters
}

/// Compares with `snapshots/<name>`, or writes it when `MIFTAH_BLESS` is set.
fn compare(name: &str, found: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "src/compose/snapshots", name]
        .iter()
        .collect();
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(&path, found).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == found,
        "letters are not as in {}: run `{BLESS}=1 cargo test -p miftah-portal compose`, then read \
         the difference in git as the person who receives them",
        path.display()
    );
}

#[test]
fn letters_are_as_in_the_snapshots() {
    for lang in Lang::ALL {
        let (mut mails, mut texts) = (String::new(), String::new());
        for (name, to, rendered) in each(lang) {
            let out = match to.channel {
                Channel::Email => &mut mails,
                Channel::Phone => &mut texts,
            };
            let _ = writeln!(out, "==== {name} → {}", to.to);
            match to.channel {
                Channel::Email => {
                    let _ = writeln!(out, "Subject: {}\n\n{}", rendered.subject, rendered.text);
                }
                Channel::Phone => {
                    let _ = writeln!(out, "{}\n", rendered.text);
                }
            }
        }
        compare(&format!("mail.{}.txt", lang.tag()), &mails);
        compare(&format!("sms.{}.txt", lang.tag()), &texts);
    }
}

#[test]
fn html_parts_are_as_in_the_snapshots() {
    for lang in Lang::ALL {
        let shown = ["code, register", "e-mail changed", "dispute, not me"];
        let parts: String = each(lang)
            .into_iter()
            .filter(|(name, to, _)| shown.contains(name) && to.to == OWN)
            .map(|(name, _, rendered)| format!("==== {name}\n{}\n", rendered.html))
            .collect();
        compare(&format!("html.{}.txt", lang.tag()), &parts);
    }
}

#[test]
fn html_says_what_the_text_says_and_fetches_nothing() {
    for lang in Lang::ALL {
        for (name, to, rendered) in each(lang) {
            if to.channel == Channel::Phone {
                assert_eq!(
                    (rendered.subject.as_str(), rendered.html.as_str()),
                    ("", "")
                );
                continue;
            }
            let html = &rendered.html;
            for mark in ["<img", "src=", "url(", "<script", "<link", "@import"] {
                assert!(!html.contains(mark), "{name}: {mark}");
            }
            let opening = format!(
                "<html lang=\"{}\" dir=\"{}\">",
                lang.tag(),
                lang.dir().as_str()
            );
            assert!(html.contains(&opening), "{name}");
            for link in html.split("href=\"").skip(1) {
                assert!(link.starts_with(URL), "{name}");
            }
            // Same words, once marks and escapes are gone.
            let words = |text: &str| -> Vec<String> {
                text.split(|c: char| c.is_whitespace() || "\u{2068}\u{2069}—".contains(c))
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let body = html.split_once("<body").unwrap().1;
            let mut bare = String::new();
            for piece in body.split('<').skip(1) {
                // Lines and paragraphs part words; isolates inside a line do not.
                if piece.starts_with("br") || piece.starts_with('p') || piece.starts_with("/p") {
                    bare.push(' ');
                }
                bare.push_str(piece.split_once('>').unwrap().1);
            }
            let bare = bare
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
            let head = institution().name.get(lang).split_whitespace().count();
            let joined = |words: &[String]| words.concat();
            assert_eq!(
                joined(&words(&bare)[head..]),
                joined(&words(&rendered.text)),
                "{name}"
            );
        }
    }
}
