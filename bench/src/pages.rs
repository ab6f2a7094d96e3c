//! How many pages a second: one page, asked for over and over on a few connections.

use std::time::{Duration, Instant};

use miftah_portal::key::token_hash;
use serde_json::json;

use crate::Outcome;
use crate::accounts::{PASSWORD, email};
use crate::client::{Client, get, post};
use crate::words::Words;

/// `--at HOST:PORT --path PATH --connections N --seconds S [--account N] [--save FILE] [--view FILE]
/// [--session FILE]`
///
/// With an account somebody signs in first. The page is saved, its view, and what the session is known
/// by, for what the product is measured against.
///
/// # Errors
/// A connection broke, or a page was refused.
pub async fn run(words: &Words) -> Outcome {
    let (at, path) = (words.text("at")?, words.text("path")?);
    let cookie = match words.maybe("account") {
        Some(_) => signed_in(at, words.number("account")?).await?,
        None => String::new(),
    };
    if let Some(file) = words.maybe("session") {
        std::fs::write(file, session(&cookie).ok_or("no session")?)?;
    }
    let request = get(at, path, &cookie);
    let mut client = Client::new(at)?;
    let page = client.ask(&request).await?;
    if page.status != 200 {
        return Err(format!("{path}: {}", page.status).into());
    }
    let size = page.body.len();
    if let Some(file) = words.maybe("save") {
        std::fs::write(file, &page.body)?;
    }
    if let Some(file) = words.maybe("view") {
        let asked = format!(
            "GET {path} HTTP/1.1\r\nhost: {at}\r\naccept: application/json\r\n{cookie}\r\n"
        );
        std::fs::write(file, client.ask(asked.as_bytes()).await?.body)?;
    }
    let until = Instant::now() + Duration::from_secs_f64(words.number("seconds")?);
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..words.number::<usize>("connections")? {
        let (request, mut client) = (request.clone(), Client::new(at)?);
        tasks.push(tokio::spawn(async move {
            let mut done = 0_u64;
            while Instant::now() < until {
                let page = client.ask(&request).await?;
                if page.status != 200 || page.body.len() != size {
                    return Err(format!("another page: {} {}", page.status, page.body.len()).into());
                }
                done += 1;
            }
            Outcome::Ok(done)
        }));
    }
    let mut done = 0;
    for task in tasks {
        done += task.await??;
    }
    let rate = done as f64 / begun.elapsed().as_secs_f64();
    println!("{}", json!({ "per_second": rate, "bytes": size }));
    Ok(())
}

/// The cookies of somebody who has signed in.
async fn signed_in(at: &str, account: usize) -> Outcome<String> {
    let form = format!(
        "handle={}&password={}",
        email(account).replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let answer = Client::new(at)?
        .ask(&post(at, "/ar/login", "", &form))
        .await?;
    let pairs: Vec<&str> = answer
        .headers("set-cookie")
        .filter_map(|line| line.split(';').next())
        .collect();
    if answer.status != 303 || pairs.is_empty() {
        return Err(format!("nobody was signed in: {}", answer.status).into());
    }
    Ok(format!("cookie: {}\r\n", pairs.join("; ")))
}

/// What the store knows the session of these cookies by.
fn session(cookie: &str) -> Option<String> {
    let (_, after) = cookie.split_once("session=")?;
    let token = after.split([';', '\r']).next()?;
    Some(token_hash(token))
}
