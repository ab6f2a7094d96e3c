//! What people are told, through the methods that pages and letters call.

use std::collections::BTreeSet;

use miftah_messages::{ProblemText, Texts};
use miftah_rules::sms::parts;
use miftah_rules::{Detail, Field, Lang, Problem};

/// Longest arguments of an SMS: a short name has at most 12 characters (`rules::profile`), a
/// phone number as printed 17 (`+212 5 28 23 28 17` without one space).
const SHORT_NAME: [&str; 2] = ["ABCDEFGHIJKL", "علوم القانون"];
const PHONE: &str = "+212 528 23 28 17";
/// The longer form of a code.
const CODE: &str = "BCDFGHJK";

/// A "not me" link of a long address: 40 characters, then an account, a moment and a proof.
const LINK: &str = "https://portail.universite.example.ma/ar/not-me/\
    018f3c1a-2b3c-7d4e-8f90-0a1b2c3d4e5f_1795266300000.b29f1da0e36275e44d78bcf6f69052b0";

#[test]
fn every_sms_takes_as_few_segments_as_can_be() {
    for lang in Lang::ALL {
        let t = Texts::new(lang);
        // An Arabic short name in a French SMS would make it one of 70: profiles give Latin ones.
        let names = SHORT_NAME
            .iter()
            .filter(|name| lang == Lang::Ar || name.is_ascii());
        for name in names {
            let short = [
                t.sms_code(name, CODE),
                t.sms_account_frozen(name, PHONE),
                t.sms_account_unfrozen(name, PHONE),
                t.sms_account_closed(name, PHONE),
            ];
            let linked = [
                t.sms_password_changed(name, LINK),
                t.sms_account_recovered(name, LINK),
                t.sms_email_changed(name, LINK),
                t.sms_phone_added(name, LINK),
                t.sms_phone_changed(name, LINK),
                t.sms_phone_removed(name, LINK),
                t.sms_account_opened(name, LINK),
            ];
            for (texts, most) in [
                (&short[..], 1),
                (&linked[..], if lang == Lang::Ar { 3 } else { 2 }),
            ] {
                for text in texts {
                    let sms = text.sms();
                    assert!(parts(&sms) <= most, "{}: {sms}", sms.encode_utf16().count());
                }
            }
        }
    }
}

#[test]
fn a_code_is_one_unbroken_group() {
    for lang in Lang::ALL {
        let t = Texts::new(lang);
        assert!(t.sms_code("FSJES", CODE).sms().contains(CODE));
        assert!(t.mail_register_code_subject(CODE).bare().contains(CODE));
    }
}

#[test]
fn every_problem_has_words_in_every_language() {
    for lang in Lang::ALL {
        let t = Texts::new(lang);
        for problem in Problem::ALL {
            let ProblemText {
                title,
                cause,
                remedy,
                field,
                next,
            } = t
                .problem(problem.code())
                .unwrap_or_else(|| panic!("{}", problem.code()));
            for text in [title, cause, remedy, field, next] {
                assert!(
                    !text.bare().trim().is_empty(),
                    "{} in {lang:?}",
                    problem.code()
                );
            }
        }
        assert_eq!(t.problem("E999"), None);
        assert_eq!(t.problem("e101"), t.problem("E101"));
    }
}

#[test]
fn there_are_words_for_no_other_code() {
    let known: BTreeSet<_> = Problem::ALL.iter().map(|p| p.code()).collect();
    assert_eq!(Texts::problem_codes().collect::<BTreeSet<_>>(), known);
}

#[test]
fn an_empty_field_is_asked_for_by_its_own_name() {
    for lang in Lang::ALL {
        let t = Texts::new(lang);
        let generic = t.problem("E105").map(|text| text.field);
        let mut seen = BTreeSet::new();
        for field in Field::ALL {
            // A box that is not ticked is E110 or no problem at all.
            if matches!(field, Field::Terms | Field::Keep) {
                continue;
            }
            let text = t.problem_at_field("E105", *field);
            assert_ne!(text, generic, "{field:?}");
            assert!(
                seen.insert(text.map(|t| t.bare())),
                "{field:?} shares its words"
            );
        }
    }
}

#[test]
fn a_problem_at_a_field_says_there_what_the_summary_says() {
    let t = Texts::new(Lang::Fr);
    let met = Problem::Shape.at(Field::Handle);
    let field = t.problem_met(&met).map(|text| text.field);
    assert_eq!(field, t.problem_at_field("E106", Field::Handle));
    assert!(field.is_some_and(|text| {
        text.html()
            .contains("<bdi dir=\"ltr\" translate=\"no\">amal@")
    }));
    let alone = t.problem_met(&Problem::SignInRefused.alone());
    assert_eq!(alone, t.problem("E201"));
}

#[test]
fn details_are_told_in_whole_sentences() {
    let ar = Texts::new(Lang::Ar);
    let say = |detail| ar.problem_detail(&detail).map(|text| text.bare());
    assert_eq!(say(Detail::None), None);
    assert_eq!(say(Detail::TriesLeft(2)).as_deref(), Some("بقيت محاولتان."));
    assert_eq!(say(Detail::TriesLeft(4)).as_deref(), Some("بقيت 4 محاولات."));
    assert_eq!(
        say(Detail::WaitSeconds(15)).as_deref(),
        Some("يمكن المحاولة من جديد بعد 15 ثانية.")
    );
    assert_eq!(
        say(Detail::WaitSeconds(170)).as_deref(),
        Some("يمكن المحاولة من جديد بعد 3 دقائق.")
    );
    assert_eq!(
        say(Detail::WaitSeconds(12 * 3600)).as_deref(),
        Some("يمكن المحاولة من جديد بعد 12 ساعة.")
    );
    let incident = ar.problem_detail(&Detail::Incident("K7-\u{202e}<b>".into()));
    assert!(incident.is_some_and(|text| text.html().ends_with(">K7-&lt;b&gt;</bdi>")));
}

#[test]
fn an_address_in_a_sentence_is_isolated_everywhere() {
    let hostile = "x\u{2069}\"><script>@a.ma";
    for lang in Lang::ALL {
        let text = Texts::new(lang).code_sent_to_email(hostile);
        let html = text.html();
        assert!(
            html.contains("<bdi dir=\"ltr\" translate=\"no\">x&quot;&gt;&lt;script&gt;@a.ma</bdi>"),
            "{html}"
        );
        assert_eq!(text.plain().matches('\u{2068}').count(), 1);
        assert_eq!(text.plain().matches('\u{2069}').count(), 1);
        assert!(text.bare().contains("x\"><script>@a.ma"));
    }
}

#[test]
fn numbers_take_their_plural() {
    let say = |lang, n| Texts::new(lang).code_resend_in(n).bare();
    assert_eq!(say(Lang::Ar, 30), "يمكن طلب رمز جديد بعد 30 ثانية.");
    assert_eq!(say(Lang::Ar, 3), "يمكن طلب رمز جديد بعد 3 ثوان.");
    assert_eq!(say(Lang::Ar, 2), "يمكن طلب رمز جديد بعد ثانيتين.");
    assert!(say(Lang::Fr, 1).ends_with("dans 1 seconde."));
    assert!(say(Lang::En, 0).ends_with("in 0 seconds."));
}
