//! People who sign in, each with an account of their own and from a network of their own, and one who
//! only wants to see the page meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Outcome;
use crate::accounts::{PASSWORD, email};
use crate::client::{Client, get, post};
use crate::times::Times;
use crate::words::Words;

/// Between two looks at the page.
const LOOK: Duration = Duration::from_millis(20);

/// What happens meanwhile.
#[derive(Debug)]
struct Load {
    at: String,
    /// The next account.
    next: AtomicUsize,
    /// Accounts there are; after the last one the first is next.
    accounts: usize,
    until: Instant,
    /// At most so many sign-ins.
    most: usize,
    /// Between two sign-ins of one connection.
    pause: Duration,
    over: AtomicBool,
}

#[derive(Debug, Default)]
struct Seen {
    done: usize,
    /// E902 with `Retry-After`, and how soon it was said.
    busy: Times,
    other: usize,
    times: Times,
}

/// `--at HOST:PORT --connections N --seconds S --accounts N [--from N] [--most N] [--pause MS]`
///
/// # Errors
/// A connection broke.
pub async fn run(words: &Words) -> Outcome {
    let seconds: f64 = words.number("seconds")?;
    let begun = Instant::now();
    let load = Arc::new(Load {
        at: words.text("at")?.to_owned(),
        next: AtomicUsize::new(words.number("from").unwrap_or(0)),
        accounts: words.number("accounts")?,
        until: begun + Duration::from_secs_f64(seconds),
        most: words.number("most").unwrap_or(usize::MAX),
        pause: Duration::from_millis(words.number("pause").unwrap_or(0)),
        over: AtomicBool::new(false),
    });
    let first = load.next.load(Ordering::Relaxed);
    let looking = tokio::spawn(look(Arc::clone(&load)));
    let mut tasks = Vec::new();
    for _ in 0..words.number::<usize>("connections")? {
        tasks.push(tokio::spawn(people(Arc::clone(&load), first)));
    }
    let mut all = Seen::default();
    for task in tasks {
        let seen = task.await??;
        all.done += seen.done;
        all.other += seen.other;
        all.busy.extend(seen.busy);
        all.times.extend(seen.times);
    }
    let took = begun.elapsed().as_secs_f64();
    load.over.store(true, Ordering::Relaxed);
    let pages = looking.await??;
    println!(
        "{}",
        json!({
            "per_second": all.done as f64 / took,
            "done": all.done,
            "other": all.other,
            "busy": all.busy.told(),
            "sign_in": all.times.told(),
            "page": pages.told(),
        })
    );
    Ok(())
}

async fn people(load: Arc<Load>, first: usize) -> Outcome<Seen> {
    let mut client = Client::new(&load.at)?;
    let mut seen = Seen::default();
    while Instant::now() < load.until {
        let n = load.next.fetch_add(1, Ordering::Relaxed);
        if n - first >= load.most {
            break;
        }
        let form = format!(
            "handle={}&password={}",
            email(n % load.accounts).replace('@', "%40"),
            PASSWORD.replace(' ', "+")
        );
        let more = network(n);
        let answer = client
            .ask(&post(&load.at, "/ar/login", &more, &form))
            .await?;
        let signed_in = answer
            .headers("set-cookie")
            .any(|line| line.contains("session"));
        if answer.status == 303 && signed_in {
            seen.done += 1;
            seen.times.add(answer.took);
        } else if answer.status == 503 && answer.header("retry-after").is_some() {
            seen.busy.add(answer.took);
        } else {
            seen.other += 1;
        }
        if !load.pause.is_zero() {
            tokio::time::sleep(load.pause).await;
        }
    }
    Ok(seen)
}

/// As a proxy would name it: everybody comes from elsewhere.
fn network(n: usize) -> String {
    let [_, _, _, _, _, a, b, c] = (n as u64).to_be_bytes();
    format!("x-forwarded-for: 41.{a}.{b}.{c}\r\n")
}

/// Looks at the page of sign-in at a steady pace, until the time is over.
async fn look(load: Arc<Load>) -> Outcome<Times> {
    let mut client = Client::new(&load.at)?;
    let request = get(&load.at, "/ar/login", &network(0));
    let mut times = Times::default();
    let mut pace = tokio::time::interval(LOOK);
    while Instant::now() < load.until && !load.over.load(Ordering::Relaxed) {
        pace.tick().await;
        let answer = client.ask(&request).await?;
        if answer.status != 200 {
            return Err(format!("the page was refused: {}", answer.status).into());
        }
        times.add(answer.took);
    }
    Ok(times)
}
