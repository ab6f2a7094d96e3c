//! Pages a second: the entry page against the same bytes with nothing around them, the home page of
//! somebody who is signed in against the same view looked up and rendered with nothing around it.

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
    let file = |name: &str| folder.join(name).display().to_string();
    let (bytes, view, session) = (file("login.html"), file("home.json"), file("session"));
    let mut rows = Rows::default();
    let entry = [("path", "/ar/login"), ("save", bytes.as_str())];
    let (share, rate) = against(tools, &server, &[("bytes", &bytes)], &entry)?;
    rows.at_least("entry page ÷ the same bytes bare", share, 0.40, "");
    rows.told("entry pages a second", rate, "");
    let home = [
        ("path", "/ar"),
        ("account", "1"),
        ("view", view.as_str()),
        ("session", session.as_str()),
    ];
    let looked_up = [
        ("view", view.as_str()),
        ("database", database.as_str()),
        ("session", session.as_str()),
    ];
    let (share, rate) = against(tools, &server, &looked_up, &home)?;
    rows.at_least(
        "home, signed in ÷ looked up and rendered bare",
        share,
        0.80,
        "",
    );
    rows.told("homes a second", rate, "");
    let (share, _) = against(tools, &server, &looked_up[..1], &home)?;
    rows.told("home, signed in ÷ only rendered bare", share, "");
    Ok(rows)
}

/// Alternating runs of the product and of what it is measured against: the median ratio, and the
/// product's median rate.
fn against(
    tools: &Tools,
    server: &Running,
    bare: &[(&str, &str)],
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
