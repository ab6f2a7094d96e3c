//! What no snapshot can promise: one code a letter, one segment an SMS, hostile names.

use miftah_rules::Lang;
use miftah_rules::code::CodeForm;
use miftah_rules::profile::Institution;
use miftah_rules::view::Channel;

use super::{AT, OTHER, OWN, PHONE, all, dispute, each, institution, letter, notice, write};
use crate::compose::{looks_like_a_code, unlike_a_code};
use crate::id::AccountId;
use crate::key::ServerKey;
use crate::letter::{Address, Body, Change, Dispute, Purpose};
use crate::model::Letter;
use crate::ports::Rendered;

#[test]
fn a_code_letter_shows_the_code_and_nothing_like_it() {
    let mut institution = institution();
    institution.office.phone = "0528 232817".into();
    institution.office.email = "bureau.123456@fsjes.example.ma".into();
    let purposes = [Purpose::Register, Purpose::Recover, Purpose::Contact];
    let forms = [CodeForm::Digits, CodeForm::Letters];
    for (lang, form) in Lang::ALL
        .into_iter()
        .flat_map(|lang| forms.map(|form| (lang, form)))
    {
        let code = ServerKey::new([7; 32]).code("journey-1", 1, form);
        for purpose in purposes {
            for to in [Address::email(OWN), Address::phone(PHONE)] {
                let letter = letter(lang, to);
                let rendered = write(&institution, &letter, &Body::Code { purpose, form }).unwrap();
                assert_eq!(code_words(&rendered.text), [code.as_str()]);
                let html = rendered.html.split("<body").last().unwrap_or_default();
                assert!(html.is_empty() || code_words(html) == [code.as_str()]);
            }
        }
    }
}

/// As `\b(\d{6}|[A-Z]{8})\b` finds them.
fn code_words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| looks_like_a_code(word)).collect()
}

#[test]
fn numbers_of_six_digits_are_split() {
    assert_eq!(unlike_a_code("0528 232817"), "0528 232\u{a0}817");
    assert_eq!(unlike_a_code("123456"), "123\u{a0}456");
    assert_eq!(unlike_a_code("05 28 23 28 17"), "05 28 23 28 17");
    assert_eq!(unlike_a_code("+212528232817"), "+212528232817");
}

#[test]
fn a_code_letter_without_its_code_is_not_written() {
    let (institution, body) = (
        institution(),
        Body::Code {
            purpose: Purpose::Recover,
            form: CodeForm::Digits,
        },
    );
    for to in [Address::email(OWN), Address::phone(PHONE)] {
        let letter = Letter {
            journey: None,
            ..letter(Lang::Ar, to)
        };
        assert_eq!(write(&institution, &letter, &body), None);
    }
    let to = letter(Lang::Ar, Address::phone(PHONE));
    assert_eq!(write(&institution, &to, &Body::EmailInUse), None);
    assert_eq!(write(&institution, &to, &dispute(Dispute::NotMe)), None);
}

#[test]
fn hostile_names_and_devices_stay_where_they_are_put() {
    let hostile = "x\r\nBcc: all@example.ma\u{202e}\u{2069}\u{2066}<b>&\"'\u{0}\u{2028}";
    let (institution, account) = (institution(), AccountId("account-1".into()));
    for lang in Lang::ALL {
        let bodies = [
            Body::RecordTold {
                name: hostile.into(),
                account: account.clone(),
                at: AT,
                device: hostile.into(),
            },
            Body::Notice {
                change: Change::EmailChanged,
                name: hostile.into(),
                account: account.clone(),
                at: AT,
                device: hostile.into(),
                about: Some(Address::email(hostile)),
            },
            Body::OfficeDispute {
                number: hostile.into(),
                name: hostile.into(),
                reason: Dispute::NotMe,
                at: AT,
            },
        ];
        for body in bodies {
            let letter = letter(lang, Address::email(OTHER));
            let Rendered {
                subject,
                text,
                html,
                ..
            } = write(&institution, &letter, &body).unwrap();
            for part in [&subject, &text, &html] {
                assert!(
                    !part.contains(['\r', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2028}', '\0'])
                );
                assert!(!part.contains("\nBcc"));
            }
            assert!(!subject.contains('\n'));
            assert!(!html.contains("<b>"));
            for line in text.lines() {
                let count = |c| line.matches(c).count();
                assert_eq!(count('\u{2068}'), count('\u{2069}'), "{line}");
            }
        }
    }
}

#[test]
fn who_reads_a_lost_mailbox_does_not_learn_the_new_address() {
    for lang in Lang::ALL {
        for (name, to, rendered) in each(lang) {
            if to.to == OWN || to.channel == Channel::Phone {
                continue;
            }
            let whole = [&rendered.text, &rendered.html]
                .iter()
                .any(|part| part.contains(OWN));
            assert!(!whole, "{name} to {}", to.to);
        }
    }
}

#[test]
fn an_sms_is_one_segment_with_the_longest_names_and_three_with_a_link() {
    let mut institution = institution();
    institution.office.phone = "+212 528 23 28 17".into();
    for short in ["ABCDEFGHIJKL", "علوم القانون"] {
        institution.short_name.ar = short.into();
        institution.short_name.fr = "ABCDEFGHIJKL".into();
        institution.short_name.en = "ABCDEFGHIJKL".into();
        for lang in Lang::ALL {
            for (name, body, ways) in all(lang) {
                for to in ways.into_iter().filter(|to| to.channel == Channel::Phone) {
                    let sms = write(&institution, &letter(lang, to), &body).unwrap().text;
                    let units = sms.encode_utf16().count();
                    let most = match (lang, sms.contains("https://")) {
                        (Lang::Ar, false) => 70,
                        (Lang::Ar, true) => 3 * 67,
                        (Lang::Fr | Lang::En, false) => 160,
                        (Lang::Fr | Lang::En, true) => 2 * 153,
                    };
                    assert!(units <= most, "{name} in {lang:?}: {units} units: {sms}");
                    assert!(
                        lang == Lang::Ar || !sms.contains('\u{2068}'),
                        "not GSM: {sms}"
                    );
                }
            }
        }
    }
}

#[test]
fn times_are_the_institutions_own() {
    let mut institution = institution();
    let body = notice(Lang::En, Change::Recovered, None);
    let letter = letter(Lang::En, Address::email(OWN));
    let told = |institution: &Institution| write(institution, &letter, &body).unwrap().text;
    assert!(told(&institution).contains("21\u{a0}November 2026 at 14:05"));
    institution.utc_offset_minutes = 14 * 60;
    assert!(told(&institution).contains("22\u{a0}November 2026 at 03:05"));
}
