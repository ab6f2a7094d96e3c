//! The `miftah` program: serves the portal, loads rolls, opens frozen accounts.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::config::{Cli, Command};

mod caution;
mod clean;
mod common_passwords;
mod config;
mod dev;
mod files;
mod hashing;
mod http;
mod import;
mod institution;
mod letters;
mod robot;
mod serve;
mod settings_file;
mod staff;
mod state;
mod unfreeze;
mod upkeep;
mod world;

fn main() -> ExitCode {
    let arguments = std::env::args_os().collect();
    let cli = match settings_file::arguments(arguments, Path::new("miftah.toml")) {
        Ok(arguments) => Cli::parse_from(arguments),
        Err(error) => return fail(&error.to_string()),
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("MIFTAH_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    let result = match cli.command {
        Command::Serve(settings) => runtime
            .block_on(serve::serve(settings))
            .map(|()| ExitCode::SUCCESS),
        Command::Import(settings) => runtime.block_on(import::run(settings)),
        Command::Staff(settings) => runtime.block_on(staff::run(settings)),
        Command::Unfreeze(settings) => runtime.block_on(unfreeze::run(settings)),
        Command::Check { folder } => institution::check(&folder),
    };
    match result {
        Ok(code) => code,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(why: &str) -> ExitCode {
    eprintln!("miftah: {why}");
    ExitCode::FAILURE
}
