//! People for these tests: sample accounts, and students of the sample roll who have none yet.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::machine::{Answer, Machine};

/// A sample account that is open.
pub(crate) struct Account {
    pub(crate) email: String,
    pub(crate) password: String,
}

/// Somebody on the roll.
#[derive(Clone, Debug)]
pub(crate) struct Student {
    pub(crate) number: String,
    pub(crate) document: String,
    pub(crate) born: String,
}

/// The open sample accounts.
pub(crate) fn accounts(machine: &Machine) -> Vec<Account> {
    let samples = machine.get("/dev/samples.json", &[]).json();
    let rows = samples["accounts"].as_array().expect("a list").iter();
    let word = |row: &Value, name: &str| row[name].as_str().expect("a word").to_owned();
    rows.filter(|row| row["state"] == "active")
        .map(|row| Account {
            email: word(row, "email"),
            password: word(row, "password"),
        })
        .collect()
}

/// Students who may open an account and have none among the samples: the end of the roll.
pub(crate) fn students(most: usize) -> Vec<Student> {
    let roll = include_str!("../../../institutions/fsjes/roll.csv");
    let lines = roll
        .lines()
        .rev()
        .filter(|line| line.ends_with(",enrolled"));
    lines
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|cells| cells[1] == "cin" && cells[8].is_empty())
        .take(most)
        .map(|cells| Student {
            number: cells[0].to_owned(),
            document: cells[2].to_owned(),
            born: cells[7].to_owned(),
        })
        .collect()
}

/// Signs in; its cookies when somebody was.
pub(crate) fn sign_in(
    machine: &Machine,
    email: &str,
    password: &str,
) -> Result<Vec<String>, Answer> {
    let form = format!("handle={email}&password={password}");
    let answer = machine.post("/ar/login", &[], &form);
    let signed_in = answer.cookies.iter().any(|pair| pair.contains("session="));
    if signed_in {
        Ok(answer.cookies)
    } else {
        Err(answer)
    }
}

/// The codes of problems on a page.
pub(crate) fn codes(answer: &Answer) -> String {
    let text = answer.json().to_string();
    let codes = text
        .match_indices("\"code\":\"E")
        .map(|(at, _)| &text[at + 8..at + 12]);
    codes.collect::<Vec<_>>().join(" ")
}

/// That somebody is told plainly: a status of ours and a problem that says what to do.
pub(crate) fn is_told(answer: &Answer, what: &str) {
    assert!(
        matches!(answer.status, 500 | 503),
        "{what}: {}",
        answer.status
    );
    let codes = codes(answer);
    assert!(
        codes.contains("E900") || codes.contains("E902"),
        "{what}: {codes}"
    );
}

/// How long something took.
pub(crate) fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "what is waited for is the program's own time"
    )]
    let begun = Instant::now();
    (what(), begun.elapsed())
}

/// Looks again and again until something is so.
pub(crate) fn until(what: &str, seconds: u64, mut is_so: impl FnMut() -> bool) {
    for _ in 0..seconds * 10 {
        if is_so() {
            return;
        }
        pause(Duration::from_millis(100));
    }
    panic!("after {seconds} s still not: {what}");
}

pub(crate) fn pause(time: Duration) {
    #[expect(clippy::disallowed_methods, reason = "another program is waited for")]
    std::thread::sleep(time);
}
