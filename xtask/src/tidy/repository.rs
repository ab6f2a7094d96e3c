//! Rules about files, migrations, stories and crates.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Finding, Source};
use crate::fault::Outcome;

const LONGEST: usize = 400;

/// Written so that this file does not break its own rule.
const LATER: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// Stories of part A (accounts of the faculty's portal).
const STORIES: [&str; 14] = [
    "S0.1", "S0.2", "S0.3", "S0.4", "S0.5", "S0.6", "S0.7", "S0.8", "S0.10", "S0.11", "X1", "X2",
    "X3", "X4",
];

/// Who may use whom. What is not listed here is a crate of somebody else.
const ALLOWED: &[(&str, &[&str])] = &[
    ("miftah-argon2id", &[]),
    ("miftah-rules", &[]),
    ("miftah-messages", &["miftah-rules"]),
    ("miftah-portal", &["miftah-rules", "miftah-messages"]),
    (
        "miftah-store",
        &["miftah-rules", "miftah-messages", "miftah-portal"],
    ),
    // Measures the product and is no part of it.
    (
        "miftah-bench",
        &[
            "miftah-argon2id",
            "miftah-rules",
            "miftah-portal",
            "miftah-store",
            "miftah-app",
        ],
    ),
    ("miftah-html-macro", &[]),
    (
        "miftah-app",
        &["miftah-rules", "miftah-messages", "miftah-html-macro"],
    ),
    (
        "miftah-frontend",
        &["miftah-rules", "miftah-messages", "miftah-app"],
    ),
    (
        "miftah-server",
        &[
            "miftah-argon2id",
            "miftah-rules",
            "miftah-messages",
            "miftah-portal",
            "miftah-store",
            "miftah-app",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that may not come near: the core knows no framework, the browser no heavy tables.
const BANNED: &[(&str, &[&str])] = &[
    (
        "miftah-rules",
        &[
            "regex",
            "chrono",
            "time",
            "rand",
            "getrandom",
            "tokio",
            "leptos",
            "axum",
            "sqlx",
        ],
    ),
    (
        "miftah-messages",
        &[
            "regex", "fluent", "chrono", "tokio", "leptos", "axum", "sqlx",
        ],
    ),
    (
        "miftah-portal",
        &["leptos", "axum", "sqlx", "tokio", "rand", "getrandom"],
    ),
    ("miftah-store", &["leptos", "axum"]),
    (
        "miftah-app",
        &[
            "regex",
            "zxcvbn",
            "fluent",
            "chrono",
            "chrono-tz",
            "tokio",
            "axum",
            "sqlx",
        ],
    ),
    (
        "miftah-frontend",
        &[
            "regex",
            "zxcvbn",
            "fluent",
            "chrono",
            "chrono-tz",
            "tokio",
            "axum",
            "sqlx",
        ],
    ),
];

/// Files of more than 400 lines.
pub(crate) fn too_long(sources: &[Source]) -> Vec<Finding> {
    let long = |source: &&Source| {
        source.is(&["rs", "mjs", "js", "ts", "css"]) && source.text.lines().count() > LONGEST
    };
    sources
        .iter()
        .filter(long)
        .map(|source| Finding::new(source, 0, format!("{} lines", source.text.lines().count())))
        .collect()
}

/// Carriage returns.
pub(crate) fn carriage_returns(sources: &[Source]) -> Vec<Finding> {
    in_lines(sources, |line| {
        line.ends_with('\r').then(|| "CR LF".to_owned())
    })
}

/// Marks of unfinished work.
pub(crate) fn left_for_later(sources: &[Source]) -> Vec<Finding> {
    in_lines(sources, |line| {
        let words = || line.split(|c: char| !c.is_alphanumeric());
        words()
            .find(|word| LATER.contains(word))
            .map(|word| format!("`{word}`"))
    })
}

/// Addresses of a registry in `package-lock.json`.
pub(crate) fn named_registries(sources: &[Source]) -> Vec<Finding> {
    let locks: Vec<Source> = sources
        .iter()
        .filter(|source| source.path.ends_with("package-lock.json"))
        .cloned()
        .collect();
    in_lines(&locks, |line| {
        line.contains("\"resolved\"")
            .then(|| line.trim().to_owned())
    })
}

/// Migrations without a twin, or with a number out of line.
pub(crate) fn unequal_migrations(sources: &[Source]) -> Vec<Finding> {
    let folders = ["migrations/sqlite/", "migrations/postgres/"];
    let names = folders.map(|folder| -> BTreeSet<&str> {
        let sql = sources.iter().filter(|source| source.is(&["sql"]));
        sql.filter_map(|source| source.path.strip_prefix(folder))
            .collect()
    });
    let [sqlite, postgres] = &names;
    let mut findings = Vec::new();
    let mut find = |path: String, what: &str| {
        findings.push(Finding {
            path,
            line: 0,
            what: what.to_owned(),
        });
    };
    for name in sqlite.difference(postgres) {
        find(format!("migrations/postgres/{name}"), "missing");
    }
    for name in postgres.difference(sqlite) {
        find(format!("migrations/sqlite/{name}"), "missing");
    }
    for (folder, names) in folders.iter().zip(&names) {
        for (index, name) in names.iter().enumerate() {
            if !name.starts_with(&format!("{:04}_", index + 1)) {
                find(format!("{folder}{name}"), "number out of line");
            }
        }
    }
    findings
}

/// Stories that no end-to-end test names.
pub(crate) fn unwalked_stories(sources: &[Source]) -> Vec<Finding> {
    let tests: String = sources
        .iter()
        .filter(|source| source.lies_in(&["end2end/"]))
        .map(|source| source.text.as_str())
        .collect();
    let named: BTreeSet<&str> = tests
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .collect();
    STORIES
        .iter()
        .filter(|story| !named.contains(*story))
        .map(|story| Finding {
            path: "end2end".to_owned(),
            line: 0,
            what: format!("no test names {story}"),
        })
        .collect()
}

/// Dependencies against the arrow, read from `cargo metadata`.
///
/// # Errors
/// That is no JSON.
pub(crate) fn wrong_dependencies(metadata: &str) -> Outcome<Vec<Finding>> {
    let metadata: Value = serde_json::from_str(metadata)?;
    let mut findings = Vec::new();
    for package in list(&metadata, "packages") {
        let name = text(package, "name");
        let rule = ALLOWED
            .iter()
            .find(|(of, _)| *of == name)
            .map(|(_, allowed)| *allowed);
        let banned = BANNED
            .iter()
            .find(|(of, _)| *of == name)
            .map_or(&[][..], |(_, banned)| banned);
        let mut find = |what: String| {
            findings.push(Finding {
                path: format!("{name}/Cargo.toml"),
                line: 0,
                what,
            });
        };
        let Some(allowed) = rule else {
            find("a crate without a place in the architecture: name it in tidy's table".to_owned());
            continue;
        };
        // Tests may reach further: a dev-dependency is no dependency of the product.
        for dependency in list(package, "dependencies")
            .iter()
            .filter(|one| text(one, "kind") != "dev")
        {
            let of = text(dependency, "name");
            let own = ALLOWED.iter().any(|(other, _)| *other == of);
            if (own && !allowed.contains(&of)) || banned.contains(&of) {
                find(format!("depends on {of}"));
            }
        }
    }
    Ok(findings)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn in_lines(sources: &[Source], judge: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        for (number, line) in source.text.split('\n').enumerate() {
            findings.extend(judge(line).map(|what| Finding::new(source, number + 1, what)));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::snippet::{lines, source};
    use super::*;

    #[test]
    fn four_hundred_lines_are_enough() {
        assert!(lines(too_long, "app/src/a.rs", &"x\n".repeat(400)).is_empty());
        assert_eq!(lines(too_long, "app/src/a.rs", &"x\n".repeat(401)), vec![0]);
        assert!(lines(too_long, "institutions/fsjes/roll.csv", &"x\n".repeat(2001)).is_empty());
    }

    #[test]
    fn line_ends_and_leftovers() {
        assert_eq!(lines(carriage_returns, "a.toml", "a\nb\r\nc\n"), vec![2]);
        let text = format!("fine\n// {}: later\nmethodTODOs\n", LATER[0]);
        assert_eq!(lines(left_for_later, "a.rs", &text), vec![2]);
    }

    #[test]
    fn a_registry_is_not_named() {
        let text = "{\n  \"resolved\": \"https://registry.example/a.tgz\"\n}";
        assert_eq!(
            lines(named_registries, "end2end/package-lock.json", text),
            vec![2]
        );
    }

    #[test]
    fn migrations_are_twins() {
        let both = [
            source("migrations/sqlite/0001_start.sql", ""),
            source("migrations/postgres/0001_start.sql", ""),
        ];
        assert!(unequal_migrations(&both).is_empty());
        let alone = [source("migrations/sqlite/0001_start.sql", "")];
        assert_eq!(unequal_migrations(&alone).len(), 1);
        let gap = [
            source("migrations/sqlite/0002_more.sql", ""),
            source("migrations/postgres/0002_more.sql", ""),
        ];
        assert_eq!(unequal_migrations(&gap).len(), 2);
    }

    #[test]
    fn each_story_is_named() {
        let all: String = STORIES
            .iter()
            .map(|story| format!("test('{story} walks')\n"))
            .collect();
        assert!(lines(unwalked_stories, "end2end/a.spec.mjs", &all).is_empty());
        let without_first = all.replace("'S0.1 ", "'");
        assert_eq!(
            lines(unwalked_stories, "end2end/a.spec.mjs", &without_first).len(),
            1
        );
    }

    #[test]
    fn the_arrow_points_one_way() {
        let package = |name: &str, of: &str, kind: &str| {
            format!(
                r#"{{"packages":[{{"name":"{name}","dependencies":[{{"name":"{of}","kind":{kind}}}]}}]}}"#
            )
        };
        let wrong = |name, of, kind| wrong_dependencies(&package(name, of, kind)).unwrap().len();
        assert_eq!(wrong("miftah-app", "miftah-portal", "null"), 1);
        assert_eq!(wrong("miftah-portal", "axum", "null"), 1);
        assert_eq!(wrong("miftah-portal", "miftah-rules", "null"), 0);
        assert_eq!(wrong("miftah-rules", "miftah-messages", "\"dev\""), 0);
        assert_eq!(wrong("miftah-extra", "serde", "null"), 1);
    }
}
