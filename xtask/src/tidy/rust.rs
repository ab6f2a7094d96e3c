//! Rules about Rust source.

use super::lexer::{Literal, split, split_product};
use super::{Finding, Source};

/// Tables of letters, and names of invented persons: data that code works on, not texts.
const LETTERS_AS_DATA: &[&str] = &["xtask/src/roll/", "xtask/src/tidy/"];

fn rust(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| source.is(&["rs"]))
}

/// Files that do not begin with a module comment.
pub(crate) fn silent_modules(sources: &[Source]) -> Vec<Finding> {
    rust(sources)
        .filter(|source| !source.is_test())
        .filter(|source| !source.text.trim_start().starts_with("//!"))
        .map(|source| Finding::new(source, 1, "no module comment"))
        .collect()
}

/// `#[allow(…)]` in any form.
pub(crate) fn allowed_lints(sources: &[Source]) -> Vec<Finding> {
    let attributes = ["#[allow(", "#![allow("];
    in_code(sources, |_| true, &attributes)
}

/// Raw content outside the component that escapes, and the document around it: the title and the
/// data block are no elements of a page. `app/src/html` is where it is carried out.
pub(crate) fn stray_raw_content(sources: &[Source]) -> Vec<Finding> {
    let homes = [
        "app/src/ui/text",
        "app/src/document.rs",
        "app/src/html/",
        "xtask/",
    ];
    in_code(
        sources,
        |source| !source.lies_in(&homes),
        &["inner_html", ".raw(", "live_raw("],
    )
}

/// Leptos' own macro would take bare texts, and cost the browser a type an element.
pub(crate) fn foreign_markup(sources: &[Source]) -> Vec<Finding> {
    in_code(
        sources,
        |source| !source.lies_in(&["xtask/"]),
        &["view! {", "view!{", "view!("],
    )
}

/// SQL in string literals outside the store.
pub(crate) fn stray_sql(sources: &[Source]) -> Vec<Finding> {
    in_literals(sources, &["store/", "migrations/"], |_, text| {
        is_sql(text).then(|| format!("SQL: {:?}", shortened(text)))
    })
}

/// Arabic or French in string literals outside the places that hold texts.
pub(crate) fn stray_texts(sources: &[Source]) -> Vec<Finding> {
    let homes: Vec<&str> = [&["messages/", "institutions/"], LETTERS_AS_DATA].concat();
    in_literals(sources, &homes, |source, text| {
        // The rules know letters, keyboard rows and particles; a text for people has words.
        if source.lies_in(&["rules/"]) && !text.contains(' ') {
            return None;
        }
        let language = if has_arabic_word(text) {
            "Arabic"
        } else if has_french_letter(text) {
            "French"
        } else {
            return None;
        };
        Some(format!("{language} text: {:?}", shortened(text)))
    })
}

fn in_code(sources: &[Source], counts: impl Fn(&Source) -> bool, words: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in rust(sources).filter(|source| counts(source)) {
        let code = split(&source.text).code_text();
        for (number, line) in code.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                findings.push(Finding::new(source, number + 1, format!("`{word}`")));
            }
        }
    }
    findings
}

fn in_literals(
    sources: &[Source],
    homes: &[&str],
    judge: impl Fn(&Source, &str) -> Option<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in rust(sources).filter(|source| !source.is_test() && !source.lies_in(homes)) {
        for Literal { line, text } in split_product(&source.text).literals {
            findings.extend(judge(source, &text).map(|what| Finding::new(source, line, what)));
        }
    }
    findings
}

fn is_sql(text: &str) -> bool {
    let words: Vec<String> = text
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    let has = |word: &str| words.iter().any(|other| other == word);
    match words.first().map(String::as_str) {
        Some("select") => has("from"),
        Some("insert" | "replace") => has("into"),
        Some("update") => has("set"),
        Some("delete") => has("from"),
        Some("create" | "drop" | "alter") => ["table", "index", "trigger", "view"]
            .iter()
            .any(|word| has(word)),
        Some("pragma") => words.len() > 1,
        _ => false,
    }
}

/// Two letters in a row: a single one is a table's entry or a unit, not a text.
fn has_arabic_word(text: &str) -> bool {
    let arabic = |c: char| ('\u{0621}'..='\u{064A}').contains(&c);
    let mut before = false;
    text.chars().any(|c| {
        let both = before && arabic(c);
        before = arabic(c);
        both
    })
}

fn has_french_letter(text: &str) -> bool {
    text.contains(|c| "éèêëàâçùûîïôœÉÈÊÀÂÇÙÛÎÔŒ«»".contains(c))
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::super::snippet::lines;
    use super::*;

    #[test]
    fn a_module_says_why() {
        assert_eq!(
            lines(silent_modules, "rules/src/date.rs", "use std::fmt;\n"),
            vec![1]
        );
        assert!(lines(silent_modules, "rules/src/date.rs", "//! Dates.\n").is_empty());
    }

    #[test]
    fn allow_is_found_in_code_only() {
        let text = "// #[allow(dead_code)] is refused\n#[allow(dead_code)]\nfn f() { g(\"#[allow(x)]\") }\n";
        assert_eq!(lines(allowed_lints, "app/src/lib.rs", text), vec![2]);
    }

    #[test]
    fn raw_content_has_one_home() {
        let text = "let a = Element::new(\"p\").raw(x);\nnode.set_inner_html(x);";
        assert_eq!(
            lines(stray_raw_content, "app/src/pages/home.rs", text),
            vec![1, 2]
        );
        assert!(lines(stray_raw_content, "app/src/ui/text/mod.rs", text).is_empty());
    }

    #[test]
    fn pages_are_written_with_one_macro() {
        let text = "html! { <p></p> }\nview! { <p>\"text\"</p> }";
        assert_eq!(
            lines(foreign_markup, "app/src/pages/home.rs", text),
            vec![2]
        );
    }

    #[test]
    fn sql_has_one_home() {
        let text = "const Q: &str =\n  \"select id from person\";";
        assert_eq!(lines(stray_sql, "portal/src/recover.rs", text), vec![2]);
        assert!(lines(stray_sql, "store/src/sqlite.rs", text).is_empty());
        assert!(
            lines(
                stray_sql,
                "portal/src/a.rs",
                "let a = \"update\"; let b = \"select a channel\";"
            )
            .is_empty()
        );
        assert!(
            lines(
                stray_sql,
                "portal/src/a.rs",
                "#[cfg(test)] mod t { const Q: &str = \"delete from x\"; }"
            )
            .is_empty()
        );
    }

    #[test]
    fn texts_have_their_homes() {
        assert_eq!(
            lines(stray_texts, "app/src/page.rs", "let a = \"كلمة السر\";"),
            vec![1]
        );
        assert_eq!(
            lines(stray_texts, "app/src/page.rs", "let a = \"Créer\";"),
            vec![1]
        );
        assert!(lines(stray_texts, "messages/src/ar.rs", "let a = \"كلمة السر\";").is_empty());
        assert!(
            lines(
                stray_texts,
                "app/src/page.rs",
                "// «كلمة السر»\nlet a = 'ة';"
            )
            .is_empty()
        );
        assert!(lines(stray_texts, "rules/tests/vectors.rs", "let a = \"سلمى\";").is_empty());
    }
}
