//! Rules of style that a machine can see: characters, punctuation, words that blame or beg.

use super::template::{Part, Template};

/// Words that put the fault on the reader or beg; say what to do instead.
const AVOIDED: [(&str, &[&str]); 3] = [
    (
        "ar",
        &[
            "المرجو",
            "الرجاء",
            "يرجى",
            "من فضلك",
            "عذرا",
            "نأسف",
            "غير صالح",
        ],
    ),
    (
        "fr",
        &[
            "veuillez",
            "s’il vous plaît",
            "merci de",
            "désolé",
            "invalide",
            "non valide",
        ],
    ),
    ("en", &["please", "sorry", "invalid", "oops"]),
];

/// Characters that GSM 03.38 holds, beyond ASCII letters and digits, in one septet each.
const GSM_7: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n";

/// The faults of one text, each with its remedy.
pub(crate) fn faults(lang: &str, area: &str, template: &Template, raw: &str) -> Vec<String> {
    let mut found = Vec::new();
    if raw.trim().is_empty() {
        found.push("is empty: write the text".to_owned());
    }
    if raw.trim() != raw {
        found.push("begins or ends with a space: remove it".to_owned());
    }
    for c in raw.chars() {
        if let Some(what) = refused(c) {
            found.push(what);
        }
    }
    // Arguments and literals stand for one unbroken word.
    let words: String = template
        .parts
        .iter()
        .map(|part| match part {
            Part::Words(words) => words.as_str(),
            Part::Literal(_) | Part::Slot(_) => "\u{fffc}",
        })
        .collect();
    if words.contains("  ") {
        found.push("two spaces in a row: keep one".to_owned());
    }
    let lower = words.to_lowercase();
    for (_, avoided) in AVOIDED.iter().filter(|(of, _)| *of == lang) {
        for word in avoided.iter().filter(|word| lower.contains(*word)) {
            found.push(format!("says {word:?}: say what happened and what to do"));
        }
    }
    let texting = area == "sms";
    match lang {
        "ar" => arabic(&words, &mut found),
        _ if texting => gsm(template, &mut found),
        "fr" => french(&words, &mut found),
        _ => {}
    }
    if !texting && lang != "ar" && words.contains('\'') {
        found.push("a straight apostrophe: write ’ (U+2019)".to_owned());
    }
    if words.contains("...") {
        found.push("three full stops: write … (U+2026)".to_owned());
    }
    found
}

fn refused(c: char) -> Option<String> {
    let code = u32::from(c);
    match c {
        '\u{0640}' => Some("tatweel U+0640: remove it".to_owned()),
        '\u{200b}'..='\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{00ad}' => Some(format!(
            "invisible character U+{code:04X}: remove it; directions come from {{name:ltr}} and {{'…'}}"
        )),
        '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}' => {
            Some(format!("digit {c}: the product shows Western digits, 0-9"))
        }
        // Only mails have more than one paragraph in a text.
        '\n' => None,
        c if c.is_control() => Some(format!("control character U+{code:04X}: remove it")),
        _ => None,
    }
}

fn arabic(words: &str, found: &mut Vec<String>) {
    for (latin, arabic) in [('?', '؟'), (',', '،'), (';', '؛')] {
        if words.contains(latin) {
            found.push(format!("Latin {latin:?} in Arabic: write {arabic:?}"));
        }
    }
    if let Some(c) = words.chars().find(char::is_ascii_alphabetic) {
        found.push(format!(
            "Latin letter {c:?} in Arabic: wrap the Latin words as {{'…'}}"
        ));
    }
}

/// A no-break space stands before a colon and inside guillemets (U+00A0), a narrow one before
/// `; ? !` (U+202F): Lexique des règles typographiques de l’Imprimerie nationale.
fn french(words: &str, found: &mut Vec<String>) {
    let mut before = None;
    for c in words.chars() {
        let wanted = match c {
            ':' | '»' => Some('\u{a0}'),
            ';' | '?' | '!' => Some('\u{202f}'),
            _ => None,
        };
        if let Some(wanted) = wanted.filter(|wanted| before != Some(*wanted)) {
            let code = u32::from(wanted);
            found.push(format!(
                "{c:?} without U+{code:04X} before it: see docs/add-a-text.md"
            ));
        }
        if before == Some('«') && c != '\u{a0}' {
            found.push("'«' without U+00A0 after it: see docs/add-a-text.md".to_owned());
        }
        before = Some(c);
    }
}

/// One character outside GSM 03.38 makes a segment of 160 characters one of 70.
fn gsm(template: &Template, found: &mut Vec<String>) {
    for part in &template.parts {
        let (Part::Words(words) | Part::Literal(words)) = part else {
            continue;
        };
        for c in words.chars() {
            if !c.is_ascii_alphanumeric() && !GSM_7.contains(c) {
                found.push(format!(
                    "{c:?} is not in the SMS alphabet: choose another word"
                ));
            }
        }
    }
}
