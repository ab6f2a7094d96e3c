//! How many tests passed and failed, as each runner says it.

use std::fmt;
use std::ops::{Add, AddAssign};

use serde_json::Value;

use crate::fault::{Fault, Outcome};

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// How many tests of one suite may want a second try. A lost race was seen in about one of 300
/// walks of a browser on two processors.
const SECOND_TRIES: u64 = 3;

/// Names of the tests that passed at the second try only, from Playwright's JSON report.
pub(crate) fn second_tries(report: &str) -> Outcome<Vec<String>> {
    fn walk(suite: &Value, found: &mut Vec<String>) {
        let each = |name: &str| {
            suite
                .get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        for spec in each("specs") {
            let tests = spec
                .get("tests")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let flaky = |test: &Value| test.get("status").and_then(Value::as_str) == Some("flaky");
            if tests.into_iter().any(flaky) {
                let title = spec.get("title").and_then(Value::as_str);
                found.push(title.unwrap_or_default().to_owned());
            }
        }
        for inner in each("suites") {
            walk(inner, found);
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::from_str(report)?, &mut found);
    Ok(found)
}

impl Count {
    /// One check that said yes.
    pub(crate) fn success() -> Self {
        Self {
            passed: 1,
            failed: 0,
        }
    }

    /// One check that said no.
    pub(crate) fn failure() -> Self {
        Self {
            passed: 0,
            failed: 1,
        }
    }

    /// True when something ran and nothing failed: a run without a test proves nothing.
    pub(crate) fn is_good(self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// Sums the `test result:` lines of cargo's and wasm-bindgen's runner.
    pub(crate) fn of_cargo(text: &str) -> Self {
        text.lines()
            .filter_map(result_line)
            .fold(Self::default(), Add::add)
    }

    /// Reads the totals of Playwright's JSON report. A test that passed at the second try only is
    /// said beside the count ([`second_tries`]); more than [`SECOND_TRIES`] of them count as failed,
    /// all: then it is not chance.
    ///
    /// # Errors
    /// The report has no totals.
    pub(crate) fn of_playwright(report: &str) -> Outcome<Self> {
        let report: Value = serde_json::from_str(report)?;
        let total = |name: &str| {
            report
                .pointer(&format!("/stats/{name}"))
                .and_then(Value::as_u64)
        };
        let errors = report
            .pointer("/errors")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        match (total("expected"), total("unexpected"), total("flaky")) {
            (Some(passed), Some(failed), Some(flaky)) => Ok(Self {
                passed,
                failed: failed + errors as u64,
            } + if flaky > SECOND_TRIES {
                Self {
                    passed: 0,
                    failed: flaky,
                }
            } else {
                Self {
                    passed: flaky,
                    failed: 0,
                }
            }),
            _ => Err(Fault::new("Playwright's report has no totals")),
        }
    }
}

fn result_line(line: &str) -> Option<Count> {
    let (_, rest) = line.trim().split_once("test result:")?;
    let number = |name: &str| {
        let part = rest
            .split([';', '.'])
            .find(|part| part.trim_end().ends_with(name))?;
        part.split_whitespace().find_map(|word| word.parse().ok())
    };
    Some(Count {
        passed: number("passed")?,
        failed: number("failed")?,
    })
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_add_up() {
        let text = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                    test result: FAILED. 5 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(
            Count::of_cargo(text),
            Count {
                passed: 8,
                failed: 2
            }
        );
    }

    #[test]
    fn playwright_counts_broken_files_as_failed_and_so_many_second_tries() {
        let report = |flaky: u64| {
            let text = r#"{"errors":[{"message":"x"}],"stats":{"expected":7,"skipped":0,"unexpected":1,"flaky":N}}"#;
            Count::of_playwright(&text.replace('N', &flaky.to_string())).unwrap()
        };
        let count = |passed, failed| Count { passed, failed };
        assert_eq!(report(0), count(7, 2));
        assert_eq!(report(SECOND_TRIES), count(7 + SECOND_TRIES, 2));
        assert_eq!(report(SECOND_TRIES + 1), count(7, 3 + SECOND_TRIES));
        assert!(Count::of_playwright("{}").is_err());
    }

    #[test]
    fn second_tries_are_named_however_deep_they_lie() {
        let report = r#"{"suites":[{"specs":[{"title":"a","tests":[{"status":"expected"}]}],
            "suites":[{"specs":[{"title":"b","tests":[{"status":"flaky"}]}]}]}]}"#;
        assert_eq!(second_tries(report).unwrap(), ["b"]);
        assert!(second_tries("{}").unwrap().is_empty());
    }

    #[test]
    fn nothing_run_is_not_good() {
        assert!(!Count::default().is_good());
        assert!(Count::success().is_good());
        assert!(!(Count::success() + Count::failure()).is_good());
    }

    #[test]
    fn the_closing_line_is_plain() {
        assert_eq!(
            Count {
                passed: 12,
                failed: 0
            }
            .to_string(),
            "12 passed, 0 failed"
        );
    }
}
