//! What `cargo xtask bench` measures with: people who sign in and look at pages, and the bare things
//! that the product is measured against. Each command prints one JSON object.
//!
//! Load goes to an address of this machine alone, for a set time or a set number of requests.

#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

mod accounts;
mod bare;
mod by_row;
mod client;
mod look_up;
mod pages;
mod sign_in;
mod times;
mod words;

use std::error::Error;
use std::process::ExitCode;

use words::Words;

/// What went wrong, in words for whoever runs the bench.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let words = Words::new(words);
    let done = match command.as_str() {
        "accounts" => accounts::open(&words).await,
        "sign-in" => sign_in::run(&words).await,
        "pages" => pages::run(&words).await,
        "bare" => bare::serve(&words).await,
        "look-up" => look_up::run(&words).await,
        "by-row" => by_row::run(&words).await,
        other => Err(format!("no such command: `{other}`").into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench {command}: {error}");
            ExitCode::FAILURE
        }
    }
}
