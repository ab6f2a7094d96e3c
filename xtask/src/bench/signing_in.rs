//! Sign-ins against hashing with nothing around it, the page that people see meanwhile, what a flood
//! hears, and memory.

use std::time::Duration;

use serde_json::Value;

use super::RUNS;
use super::rows::{Rows, median};
use super::tools::{Running, Tools, accounts, new_database};
use crate::fault::{Fault, Outcome};
use crate::place::Place;
use crate::process::{run, say};

const PEOPLE: usize = 20_000;
const ACCOUNTS: &str = "12000";
/// As many as sign in at once.
const CONNECTIONS: &str = "8";
/// More than the queue before hashing takes.
const FLOOD: &str = "200";
const RAW: Duration = Duration::from_secs(3);

/// # Errors
/// Something does not start, or a page is refused.
pub(super) fn measure(place: &Place, tools: &Tools) -> Outcome<Rows> {
    let roll = tools.roll(place, PEOPLE)?;
    let database = new_database(place, "load")?;
    run(&mut tools.import(place, &database, &roll))?;
    accounts(tools, &database, &roll, ACCOUNTS)?;
    let server = tools.serve(place, &database, "load")?;
    let mut rows = Rows::default();
    rows.at_most("memory, idle", server.resident()?, 60.0, "MB");
    say(format!("sign-ins and raw hashing, {RUNS} times in turn"));
    let (mut shares, mut rates, mut pages, mut refused) = (vec![], vec![], vec![], 0.0);
    for turn in 0..RUNS {
        let raw = tools.raw(RAW)?;
        let seen = sign_in(tools, &server, (CONNECTIONS, "6"), turn * 2400)?;
        let rate = number(&seen, "/per_second")?;
        let one = threads() * 1000.0 / raw;
        say(format!(
            "raw {raw:.0} a second, sign-ins {rate:.0}, the page p99 {:.1} ms, one verification {one:.1} ms",
            number(&seen, "/page/p99")?
        ));
        shares.push(rate / raw);
        rates.push(rate);
        pages.push(number(&seen, "/page/p99")? / one);
        refused += number(&seen, "/busy/n")? + number(&seen, "/other")?;
    }
    rows.at_least("sign-ins ÷ raw verifications", median(shares), 0.85, "");
    rows.told("sign-ins a second", median(rates), "");
    rows.at_most(
        "the page meanwhile, p99 ÷ one verification",
        median(pages),
        2.0,
        "",
    );
    rows.at_most("sign-ins and pages refused (of 0)", refused, 1.0, "below");
    let flood = sign_in(tools, &server, (FLOOD, "5"), 0)?;
    if number(&flood, "/other")? > 0.0 || number(&flood, "/busy/n")? == 0.0 {
        return Err(Fault::new(format!(
            "a flood is not answered with E902: {flood}"
        )));
    }
    rows.at_most(
        "a flood hears E902, p50",
        number(&flood, "/busy/p50")?,
        100.0,
        "ms",
    );
    rows.at_most(
        "a flood hears E902, p99",
        number(&flood, "/busy/p99")?,
        1000.0,
        "ms",
    );
    let many = [("most", "10000")];
    let seen = sign_in_with(tools, &server, (CONNECTIONS, "300"), 0, &many)?;
    let done = number(&seen, "/done")?;
    let what = format!("memory after {done} sign-ins more");
    rows.at_most(&what, server.resident()?, 120.0, "MB");
    Ok(rows)
}

fn threads() -> f64 {
    std::thread::available_parallelism().map_or(1, usize::from) as f64
}

fn sign_in(tools: &Tools, server: &Running, load: (&str, &str), from: usize) -> Outcome<Value> {
    sign_in_with(tools, server, load, from, &[])
}

/// So many connections for so many seconds.
pub(super) fn sign_in_with(
    tools: &Tools,
    server: &Running,
    (connections, seconds): (&str, &str),
    from: usize,
    more: &[(&str, &str)],
) -> Outcome<Value> {
    let from = from.to_string();
    let mut words = vec![
        ("at", server.at.as_str()),
        ("connections", connections),
        ("seconds", seconds),
        ("accounts", ACCOUNTS),
        ("from", from.as_str()),
    ];
    words.extend_from_slice(more);
    tools.bench("sign-in", &words)
}

/// # Errors
/// There is no such number.
pub(super) fn number(value: &Value, pointer: &str) -> Outcome<f64> {
    let found = value.pointer(pointer).and_then(Value::as_f64);
    found.ok_or_else(|| Fault::new(format!("no {pointer} in {value}")))
}
