//! Pages a second: the entry page against the same bytes with nothing around them, the home page of
//! somebody who is signed in against the same view rendered with nothing around it.

use std::path::Path;

use super::RUNS;
use super::rows::{Rows, folder, median};
use super::signing_in::number;
use super::tools::{Running, Tools, accounts, new_database};
use crate::fault::Outcome;
use crate::place::Place;
use crate::process::{run, say};

const PEOPLE: usize = 20_000;

/// # Errors
/// Something does not start, or a page is refused.
pub(super) fn measure(place: &Place, tools: &Tools) -> Outcome<Rows> {
    let roll = tools.roll(place, PEOPLE)?;
    let database = new_database(place, "pages")?;
    run(&mut tools.import(place, &database, &roll))?;
    accounts(tools, &database, &roll, "10")?;
    let server = tools.serve(place, &database, "pages")?;
    let folder = folder(place)?;
    let (bytes, view) = (folder.join("login.html"), folder.join("home.json"));
    let (bytes_text, view_text) = (bytes.display().to_string(), view.display().to_string());
    let mut rows = Rows::default();
    let entry = [("path", "/ar/login"), ("save", bytes_text.as_str())];
    let (share, rate) = against(tools, &server, ("bytes", &bytes), &entry)?;
    rows.at_least("entry page ÷ the same bytes bare", share, 0.40, "");
    rows.at_least(
        "entry pages a second (told for itself)",
        rate,
        1.0,
        "a second",
    );
    let home = [
        ("path", "/ar"),
        ("account", "1"),
        ("view", view_text.as_str()),
    ];
    let (share, rate) = against(tools, &server, ("view", &view), &home)?;
    rows.at_least("home, signed in ÷ the same view bare", share, 0.80, "");
    rows.at_least("homes a second (told for itself)", rate, 1.0, "a second");
    Ok(rows)
}

/// Alternating runs of the product and of what it is measured against: the median ratio, and the
/// product's median rate.
fn against(
    tools: &Tools,
    server: &Running,
    bare: (&str, &Path),
    page: &[(&str, &str)],
) -> Outcome<(f64, f64)> {
    let rate = |at: &str, page: &[(&str, &str)], seconds: &str| {
        let mut words = vec![("at", at), ("connections", "8"), ("seconds", seconds)];
        words.extend_from_slice(page);
        number(&tools.bench("pages", &words)?, "/per_second")
    };
    // Writes down what is measured against.
    rate(&server.at, page, "1")?;
    let bare = tools.bare(bare)?;
    let (mut shares, mut rates) = (vec![], vec![]);
    for _ in 0..RUNS {
        let theirs = rate(&bare.at, &[("path", "/")], "3")?;
        let ours = rate(&server.at, page, "3")?;
        say(format!("bare {theirs:.0} a second, ours {ours:.0}"));
        shares.push(ours / theirs);
        rates.push(ours);
    }
    Ok((median(shares), median(rates)))
}
