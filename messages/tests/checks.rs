//! The build's checks, run on bad texts: each fault must stop the build and say its remedy.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests may fail loudly; clippy exempts only the tests themselves"
)]

#[path = "../build/check.rs"]
mod check;
#[path = "../build/encode.rs"]
mod encode;
#[path = "../build/generate.rs"]
mod generate;
#[path = "../build/source.rs"]
mod source;
#[path = "../build/style.rs"]
mod style;
#[path = "../build/template.rs"]
mod template;

use std::path::Path;

use source::{Catalog, Finding};

/// The findings for one area whose three files hold these texts.
fn findings(area: &str, ar: &str, fr: &str, en: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut catalog = Catalog::default();
    for (lang, content) in source::LANGS.into_iter().zip([ar, fr, en]) {
        let parsed = source::parse(lang, area, content, &mut found);
        catalog.areas.insert((lang, area.to_owned()), parsed);
    }
    check::check(&catalog, &mut found);
    found.iter().map(Finding::to_string).collect()
}

#[track_caller]
fn one_finding(found: &[String], wanted: &str) {
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].contains(wanted),
        "{:?} does not say {wanted:?}",
        found[0]
    );
}

/// A fault in one language's text, the other two being sound.
#[track_caller]
fn faulty(lang: &str, text: &str, wanted: &str) {
    let line = |of: &str, sound: &str| {
        format!(
            "# comment\nkey = \"{}\"\n",
            if of == lang { text } else { sound }
        )
    };
    let found = findings(
        "page",
        &line("ar", "نص"),
        &line("fr", "texte"),
        &line("en", "text"),
    );
    one_finding(&found, wanted);
    one_finding(
        &found,
        &format!("messages/texts/{lang}/page.toml:2: page.key: "),
    );
}

#[test]
fn the_texts_of_the_product_are_sound() {
    let mut found = Vec::new();
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    let catalog = source::read(&texts, &mut found).unwrap();
    check::check(&catalog, &mut found);
    assert_eq!(found, []);
    assert!(catalog.names().len() > 10);
}

#[test]
fn sound_texts_pass() {
    let ar = "k = \"إلى {a:ltr}، {'Code Massar'}\"\n[n]\nzero = \"لا شيء\"\none = \"واحد\"\n\
              two = \"اثنان\"\nfew = \"{n:count} أيام\"\nmany = \"{n:count} يوما\"\n\
              other = \"{n:count} يوم\"\n";
    let fr = "k = \"À {a:ltr}\u{a0}: l’adresse\"\n[n]\none = \"{n:count} jour\"\n\
              other = \"{n:count} jours\"\n";
    let en = "k = \"To {a:ltr}\"\n[n]\none = \"one day\"\nother = \"{n:count} days\"\n";
    assert_eq!(findings("page", ar, fr, en), Vec::<String>::new());
}

#[test]
fn a_key_missing_in_a_language_is_found() {
    let found = findings(
        "page",
        "a = \"ا\"\nb = \"ب\"",
        "a = \"a\"",
        "a = \"a\"\nb = \"b\"",
    );
    one_finding(
        &found,
        "messages/texts/fr/page.toml:1: page.b: is missing in fr",
    );
    let found = findings("page", "a = \"ا\"", "a = \"a\"", "a = \"a\"\nc = \"c\"");
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn arguments_must_agree() {
    let found = findings(
        "p",
        "a = \"{x:ltr}\"",
        "a = \"{x:ltr}\"",
        "a = \"{x:auto}\"",
    );
    one_finding(&found, "takes (x:auto) but texts/ar/p.toml:1 takes (x:ltr)");
    let found = findings("p", "a = \"{x:ltr}\"", "a = \"à lui\"", "a = \"{x:ltr}\"");
    one_finding(&found, "takes () but");
}

#[test]
fn templates_must_be_whole() {
    faulty_template("{name}", "has no kind");
    faulty_template("{name:sideways}", "unknown kind");
    faulty_template("{Name:ltr}", "small letters");
    faulty_template("{name:ltr", "without its '}'");
    faulty_template("name}", "without its '{'");
    faulty_template("{''}", "an empty literal");
}

#[track_caller]
fn faulty_template(text: &str, wanted: &str) {
    let error = template::Template::parse(text).unwrap_err();
    assert!(error.contains(wanted), "{error:?}");
}

#[test]
fn plural_forms_must_be_whole() {
    let ar = "[n]\nzero = \"لا\"\none = \"واحد\"\ntwo = \"اثنان\"\nmany = \"{n:count} يوما\"\n\
              other = \"{n:count} يوم\"\n";
    let fr = "[n]\none = \"un jour\"\nother = \"{n:count} jours\"\n";
    let en = "[n]\none = \"one day\"\nother = \"{n:count} days\"\n";
    one_finding(&findings("p", ar, fr, en), "plural form \"few\" is missing");
    let whole = &format!("{ar}few = \"{{n:count}} أيام\"\n");
    assert_eq!(findings("p", whole, fr, en), Vec::<String>::new());

    let extra = &format!("{en}few = \"{{n:count}} days\"\n");
    one_finding(
        &findings("p", whole, fr, extra),
        "unknown plural form \"few\"",
    );
    let mute = "[n]\none = \"one day\"\nother = \"days\"\n";
    assert!(findings("p", whole, fr, mute)[0].contains("does not show the number"));
    let uneven = "[n]\none = \"one day\"\nother = \"{n:count} days, {x:ltr}\"\n";
    let found = findings("p", whole, fr, uneven);
    assert!(found[0].contains("different arguments"), "{found:#?}");
    let mixed = findings("p", whole, fr, "n = \"days\"");
    one_finding(&mixed, "a text here and a plural in");
    let flat = "n = \"{n:count}\"";
    assert!(
        findings("p", flat, flat, flat)
            .iter()
            .all(|f| f.contains("without plural forms"))
    );
}

#[test]
fn characters_that_mislead_are_refused() {
    faulty("ar", "مفتـاح", "tatweel");
    faulty("ar", "رقم\u{200f}", "invisible character U+200F");
    faulty("en", "a\u{2066}b", "invisible character U+2066");
    faulty("ar", "٣ أيام", "Western digits");
    faulty("fr", "un  mot", "two spaces");
    faulty("en", "end ", "begins or ends with a space");
    faulty("en", "", "is empty");
}

#[test]
fn punctuation_follows_the_language() {
    faulty("ar", "هل نسيت?", "write '؟'");
    faulty("ar", "أولا, ثانيا", "write '،'");
    faulty("ar", "أولا; ثانيا", "write '؛'");
    faulty("ar", "رقم Massar", "wrap the Latin words");
    faulty("fr", "Oublié ?", "U+202F");
    faulty("fr", "Code : 1", "U+00A0");
    faulty("fr", "«\u{a0}mot »", "U+00A0");
    faulty("fr", "l'adresse", "straight apostrophe");
    faulty("en", "wait...", "three full stops");
}

#[test]
fn nobody_is_begged_or_blamed() {
    faulty("ar", "المرجو الانتظار", "says");
    faulty("ar", "رمز غير صالح", "says");
    faulty("fr", "Veuillez patienter", "says");
    faulty("fr", "Code invalide", "says");
    faulty("en", "Please wait", "says");
    faulty("en", "Invalid code", "says");
}

#[test]
fn sms_keep_to_the_alphabet_of_one_segment() {
    let found = findings("sms", "a = \"رمز\"", "a = \"être\"", "a = \"code\"");
    one_finding(&found, "'ê' is not in the SMS alphabet");
    assert_eq!(
        findings("sms", "a = \"رمز\"", "a = \"l'été à 5\"", "a = \"don't\""),
        Vec::<String>::new()
    );
}

#[test]
fn a_problem_has_all_its_parts_and_no_arguments() {
    let four = "e101_title = \"T\"\ne101_cause = \"C\"\ne101_remedy = \"R\"\ne101_field = \"F\"\n";
    let whole = &format!("{four}e101_next = \"N\"\ne101_field_email = \"E\"\n");
    let ar = &whole.replace(['T', 'C', 'R', 'F', 'N', 'E'], "ن");
    assert_eq!(findings("problems", ar, whole, whole), Vec::<String>::new());
    let found = findings("problems", ar, whole, four);
    assert!(
        found
            .iter()
            .any(|f| f.contains("each code needs title, cause")),
        "{found:#?}"
    );
    let odd = &format!("{whole}e101_colour = \"red\"\n");
    let found = findings("problems", ar, whole, odd);
    assert!(
        found
            .iter()
            .any(|f| f.contains("e101_colour: a problem has the parts"))
    );
}

#[test]
fn what_is_not_a_text_is_named() {
    let found = findings("p", "a = 3", "a = \"a\"", "a = \"a\"");
    assert!(
        found[0].contains("write a text or a plural table"),
        "{found:#?}"
    );
    let found = findings("p", "A = \"ا\"", "", "");
    one_finding(&found, "p.A: not a key");
    let found = findings("p", "a = \"\na = 1", "", "");
    assert!(
        found[0].starts_with("messages/texts/ar/p.toml:1"),
        "{found:#?}"
    );
}

#[test]
fn generated_code_holds_no_raw_direction_marks() {
    let mut catalog = Catalog::default();
    for lang in source::LANGS {
        let text = "k = \"{'X'} {a:ltr} \\\"q\\\"\"";
        catalog.areas.insert(
            (lang, "page".to_owned()),
            source::parse(lang, "page", text, &mut Vec::new()),
        );
    }
    let code = generate::generate(&catalog);
    assert!(
        code.contains("pub fn page_k(&self, a: &str) -> Text"),
        "{code}"
    );
    assert!(
        code.contains(r#""\u{2066}X\u{2069} \u{1}0 \"q\"""#),
        "{code}"
    );
    assert!(!code.contains(['\u{2066}', '\u{2069}', '\u{1}']));
}
