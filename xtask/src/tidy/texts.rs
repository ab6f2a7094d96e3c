//! Texts that nobody shows. A text that is kept for later is translated for nothing, and whoever
//! edits it believes that somebody reads it.

use super::{Finding, Source};

/// Keys of `messages/texts/ar` whose method no Rust source names. Problems' own texts (`e101_title`)
/// and the words that find them are found by their code.
pub(crate) fn unused_texts(sources: &[Source]) -> Vec<Finding> {
    let code: Vec<&str> = sources
        .iter()
        .filter(|source| source.is(&["rs"]))
        .map(|source| source.text.as_str())
        .collect();
    let mut findings = Vec::new();
    for source in sources {
        let Some(area) = source
            .path
            .strip_prefix("messages/texts/ar/")
            .and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        for (line, key) in keys(&source.text) {
            let method = format!("{area}_{key}");
            let by_code = matches!(area, "problems" | "search") && is_code(key);
            if !by_code && !code.iter().any(|text| names(text, &method)) {
                findings.push(Finding::new(
                    source,
                    line,
                    format!("`{method}` is never shown"),
                ));
            }
        }
    }
    findings
}

/// Keys with their lines: `key = …` before any table, and names of tables (plural texts).
fn keys(text: &str) -> Vec<(usize, &str)> {
    let mut in_table = false;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            in_table = true;
            found.push((index + 1, name));
        } else if let Some((key, _)) = line.split_once('=').filter(|_| !in_table) {
            let key = key.trim();
            if key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
                found.push((index + 1, key));
            }
        }
    }
    found
}

/// `e` and three digits, then the part.
fn is_code(key: &str) -> bool {
    let mut chars = key.chars();
    chars.next() == Some('e') && chars.take(3).filter(char::is_ascii_digit).count() == 3
}

/// Whether `text` has `word` as a word of its own.
fn names(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_text_nobody_names_is_found() {
        let texts =
            "# Login\nshown = \"a\"\nunused = \"b\"\n\n[days]\none = \"c\"\nother = \"d\"\n";
        let sources = [
            source("messages/texts/ar/login.toml", texts),
            source(
                "messages/texts/ar/problems.toml",
                "e101_title = \"x\"\nabout = \"y\"\n",
            ),
            source(
                "app/src/a.rs",
                "t.login_shown(); t.login_unused_more(); t.login_days(3)",
            ),
        ];
        let found: Vec<_> = unused_texts(&sources)
            .into_iter()
            .map(|finding| (finding.line, finding.what))
            .collect();
        assert_eq!(
            found,
            [
                (3, "`login_unused` is never shown".to_owned()),
                (2, "`problems_about` is never shown".to_owned())
            ]
        );
    }
}
