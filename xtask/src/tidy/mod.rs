//! `cargo xtask tidy`: the repository's own rules, which no compiler knows. Each finding names the
//! place, the rule and the remedy. The checks read sources, so they are fast and sometimes coarse:
//! what only a rendered page shows is checked end to end.

mod contrast;
mod css;
mod gallery;
mod lexer;
mod repository;
mod rust;
mod texts;

use std::fmt;
use std::fs;
use std::process::{Command, ExitCode};

use crate::fault::{About as _, Outcome};
use crate::place::Place;
use crate::process::capture;
use crate::test::Count;

/// A file of the repository, by its path with forward slashes.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// True for files whose name ends in one of `kinds` (as `rs`).
    fn is(&self, kinds: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, kind)| kinds.contains(&kind))
    }

    /// True for files below one of `places`.
    fn lies_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }

    /// True for code that only tests run.
    fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.starts_with("end2end/")
    }
}

/// A broken rule, at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) path: String,
    /// From 1; 0 speaks of the whole file.
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl Finding {
    fn new(source: &Source, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: source.path.clone(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.what),
            line => write!(out, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// A rule with its remedy and the function that looks for breaches.
#[derive(Clone, Copy)]
struct Check {
    name: &'static str,
    remedy: &'static str,
    look: fn(&[Source]) -> Vec<Finding>,
}

const CHECKS: &[Check] = &[
    Check {
        name: "a file has at most 400 lines",
        remedy: "split it: one idea a file",
        look: repository::too_long,
    },
    Check {
        name: "lines end in LF",
        remedy: "convert the file (`sed -i 's/\\r$//'`)",
        look: repository::carriage_returns,
    },
    Check {
        name: "nothing is left for later",
        remedy: "do it, or file an issue",
        look: repository::left_for_later,
    },
    Check {
        name: "the npm lock file names no registry",
        remedy: "npm install with end2end/.npmrc in force",
        look: repository::named_registries,
    },
    Check {
        name: "both databases have the same migrations, numbered without a gap",
        remedy: "add the twin under migrations/, same number and slug",
        look: repository::unequal_migrations,
    },
    Check {
        name: "every story of part A is walked end to end",
        remedy: "name a test in end2end/ after the story: `S0.7 recover by personal data`",
        look: repository::unwalked_stories,
    },
    Check {
        name: "a source file begins by saying why it exists",
        remedy: "begin it with a //! comment",
        look: rust::silent_modules,
    },
    Check {
        name: "lints are expected, never allowed",
        remedy: "#[expect(lint, reason = \"…\")]",
        look: rust::allowed_lints,
    },
    Check {
        name: "SQL is written in store/ and migrations/ alone",
        remedy: "add a method to the Store trait",
        look: rust::stray_sql,
    },
    Check {
        name: "texts for people are written in messages/ and institutions/ alone",
        remedy: "add a message, in the three languages",
        look: rust::stray_texts,
    },
    Check {
        name: "every text is shown somewhere",
        remedy: "delete it in all languages, or show it",
        look: texts::unused_texts,
    },
    Check {
        name: "raw content is set by app/src/ui/text and app/src/document.rs alone",
        remedy: "use the text component: it escapes",
        look: rust::stray_raw_content,
    },
    Check {
        name: "markup is written with html!, which takes no bare text (the translator replaces text nodes)",
        remedy: "html! instead of view!; a sentence with a link is split into elements",
        look: rust::foreign_markup,
    },
    Check {
        name: "style sheets know start and end, not left and right",
        remedy: "use the logical property (margin-inline-start, inset-inline-end, text-align: start …)",
        look: css::physical_sides,
    },
    Check {
        name: "Arabic is never spaced out, slanted, capitalised or justified",
        remedy: "drop the property: emphasis is weight and colour",
        look: css::latin_habits,
    },
    Check {
        name: "colours keep WCAG's contrast in every hue, light and dark",
        remedy: "change the lightness in style/tokens.css, in both dark blocks",
        look: contrast::faint_colours,
    },
    Check {
        name: "every component has an example in the gallery",
        remedy: "add its states to examples.rs beside it, named after its folder",
        look: gallery::unshown_components,
    },
];

/// Prints what is wrong.
///
/// # Errors
/// The repository cannot be read.
pub(crate) fn run(place: &Place) -> Outcome<ExitCode> {
    let count = count(place)?;
    println!("{count}");
    Ok(if count.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs every check and prints the findings; a check counts as one test.
///
/// # Errors
/// The repository cannot be read.
pub(crate) fn count(place: &Place) -> Outcome<Count> {
    let sources = sources(place)?;
    let mut total = Count::default();
    for check in CHECKS {
        total += judge(check.name, check.remedy, &(check.look)(&sources));
    }
    total += judge(
        "crates depend on each other in the allowed direction",
        "see ARCHITECTURE.md: the arrow points one way",
        &repository::wrong_dependencies(&metadata(place)?)?,
    );
    Ok(total)
}

fn judge(name: &str, remedy: &str, findings: &[Finding]) -> Count {
    if findings.is_empty() {
        return Count::success();
    }
    println!("✗ {name}\n  remedy: {remedy}");
    for finding in findings {
        println!("  {finding}");
    }
    Count::failure()
}

/// What git knows or would know; what it ignores is nobody's source.
fn sources(place: &Place) -> Outcome<Vec<Source>> {
    let mut git = Command::new("git");
    git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ])
    .current_dir(place.root());
    let mut sources = Vec::new();
    for path in capture(&mut git)?
        .split('\0')
        .filter(|path| !path.is_empty())
    {
        let file = place.at(path);
        if !file.is_file() {
            continue;
        }
        // Pictures and fonts are not text, and no rule speaks of them.
        if let Ok(text) = String::from_utf8(fs::read(&file).about(path)?) {
            sources.push(Source {
                path: path.to_owned(),
                text,
            });
        }
    }
    Ok(sources)
}

/// Also the check that `Cargo.lock` matches the manifests: `--locked` refuses otherwise.
fn metadata(place: &Place) -> Outcome<String> {
    let mut cargo = crate::process::cargo();
    cargo.args(["metadata", "--locked", "--no-deps", "--format-version=1"]);
    capture(cargo.current_dir(place.root()))
}

#[cfg(test)]
pub(crate) mod snippet {
    //! Bad snippets for the tests of the checks.

    use super::{Finding, Source};

    pub(crate) fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Lines at which `look` finds something in one file.
    pub(crate) fn lines(look: fn(&[Source]) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        look(&[source(path, text)])
            .iter()
            .map(|finding| finding.line)
            .collect()
    }
}
