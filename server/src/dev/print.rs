//! What `--dev` prints at its start: where everything is, and who can sign in at once.

use std::fmt::Write as _;

use miftah_portal::model::AccountState;

use super::samples::{SampleAccount, SamplePerson, SampleStaff, Samples};

/// Rows of each table: enough to begin with, the rest is in `samples.json`.
const ROWS: usize = 3;

/// Addresses and sample sign-ins, as lines of at most 100 columns.
pub fn welcome(public_url: &str, samples: &Samples) -> String {
    let mut out = String::new();
    for (name, path) in [
        ("portal", "/"),
        ("captured letters", "/dev/outbox"),
        ("gallery", "/dev/gallery"),
        ("all samples", "/dev/samples.json"),
    ] {
        let _ = writeln!(out, "  {name:<18}{public_url}{path}");
    }
    if samples.accounts.is_empty() && samples.without_account.is_empty() {
        let _ = writeln!(
            out,
            "\nThe roll is empty: miftah import FILE.csv loads one."
        );
        return out;
    }
    let accounts: Vec<[String; 4]> = samples.accounts.iter().take(ROWS).map(account).collect();
    table(
        &mut out,
        "Sign in with",
        ["e-mail", "number", "password", ""],
        &accounts,
    );
    let persons: Vec<[String; 4]> = samples
        .without_account
        .iter()
        .take(ROWS)
        .map(person)
        .collect();
    let headings = ["number", "national id", "birth date", "on record"];
    table(&mut out, "Create an account as", headings, &persons);
    let staff: Vec<[String; 4]> = samples.staff.iter().map(officer).collect();
    let headings = ["e-mail", "role", "password", "name"];
    table(&mut out, "Sit at the desk (/staff) as", headings, &staff);
    out
}

fn account(account: &SampleAccount) -> [String; 4] {
    let note = match (account.state, &account.phone) {
        (AccountState::Frozen, _) => "frozen",
        (AccountState::Closed, _) => "closed",
        (AccountState::Active, Some(_)) => "e-mail and phone",
        (AccountState::Active, None) => "e-mail only",
    };
    [
        account.email.clone(),
        account.identity.number.clone(),
        account.password.unwrap_or("(changed since)").to_owned(),
        note.to_owned(),
    ]
}

fn person(person: &SamplePerson) -> [String; 4] {
    let record = match (&person.email, &person.phone) {
        (Some(_), Some(_)) => "e-mail and phone",
        (Some(_), None) => "e-mail",
        (None, Some(_)) => "phone",
        (None, None) => "neither e-mail nor phone",
    };
    [
        person.identity.number.clone(),
        person.identity.national_id.clone(),
        person.identity.birth_date.clone(),
        record.to_owned(),
    ]
}

fn officer(officer: &SampleStaff) -> [String; 4] {
    [
        officer.email.clone(),
        officer.role.name().to_owned(),
        officer.password.unwrap_or("(changed since)").to_owned(),
        officer.name.clone(),
    ]
}

/// Columns as wide as their widest cell.
fn table(out: &mut String, title: &str, headings: [&str; 4], rows: &[[String; 4]]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    let mut all = vec![headings.map(str::to_owned)];
    all.extend_from_slice(rows);
    let mut widths = [0; 4];
    for row in &all {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in &all {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(line, " {cell:<width$} ");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
