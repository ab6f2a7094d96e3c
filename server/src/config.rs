//! Settings: flags, `MIFTAH_*` variables, `miftah.toml`; the same names (contract, "Commands").

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use miftah_portal::roll::Column;
use miftah_rules::{Lang, Role};

use crate::hashing::{Costs, LEAST};
use crate::import::Encoding;
use crate::serve::without_password;

#[derive(Debug, Parser)]
#[command(
    name = "miftah",
    version,
    args_override_self = true,
    about = "A student services portal whose accounts cannot be lost"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the portal.
    Serve(Serve),
    /// Loads or updates the roll from a CSV file.
    Import(Import),
    /// Opens a frozen account again, once the office has seen the student (docs/operating.md).
    Unfreeze(Unfreeze),
    /// Adds, removes or lists members of staff (docs/operating.md).
    Staff(Staff),
    /// Checks an institution's folder (docs/add-an-institution.md): file, line and remedy for each
    /// mistake. Exit codes: 0 none, 1 some.
    Check {
        /// Folder with institution.toml.
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Staff {
    #[command(subcommand)]
    pub command: StaffCommand,
}

/// Exit codes: 0 done, 1 not done, with the reason.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Opens an account for somebody, who gets a letter and chooses their own password.
    Add(NewStaff),
    /// Closes the account, and signs it out everywhere.
    Remove(OldStaff),
    /// Role, e-mail and name of each, one a line.
    List(Located),
}

#[derive(Debug, Args)]
pub struct NewStaff {
    /// Their e-mail address: they sign in with it.
    pub email: String,
    /// Their name, as colleagues read it.
    #[arg(long)]
    pub name: String,
    /// registry (complaints, recovery) or administrator (that, and undelivered letters).
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// Language of their letters: ar, fr or en; the institution's own by default.
    #[arg(long, value_parser = lang)]
    pub lang: Option<Lang>,
    #[command(flatten)]
    pub place: Located,
}

#[derive(Debug, Args)]
pub struct OldStaff {
    pub email: String,
    #[command(flatten)]
    pub place: Located,
}

/// Which institution, and which database.
#[derive(Clone, Args)]
pub struct Located {
    /// Folder with institution.toml.
    #[arg(long, env = "MIFTAH_INSTITUTION", default_value_os_t = found("institutions/fsjes", "institutions/fsjes"))]
    pub institution: PathBuf,
    /// sqlite://FILE or postgres://…
    #[arg(
        long,
        env = "MIFTAH_DATABASE",
        hide_env_values = true,
        default_value = "sqlite://data/miftah.sqlite"
    )]
    pub database: String,
}

#[derive(Clone, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Located,
    /// Where files lie: what people send with their forms, captured letters of --dev.
    #[arg(long, env = "MIFTAH_FILES", default_value = "data/files")]
    pub files: PathBuf,
    #[arg(long, env = "MIFTAH_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// How people reach the portal: https, which turns on Secure cookies and HSTS, or this machine.
    #[arg(long, env = "MIFTAH_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The server key; made at the first start. Keep it out of database and backup.
    #[arg(long, env = "MIFTAH_KEY", default_value = "data/server.key")]
    pub key: PathBuf,
    /// The built site: pkg files, styles, fonts.
    #[arg(long, env = "MIFTAH_SITE", default_value_os_t = found("target/site", "site"))]
    pub site: PathBuf,
    /// smtp://user:password@host:port or smtps://…; letters are captured when absent.
    #[arg(long, env = "MIFTAH_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// https://… of an SMS gateway, or a file that describes gateways (docs/letters.md); without it the
    /// phone is not offered.
    #[arg(long, env = "MIFTAH_SMS", hide_env_values = true)]
    pub sms: Option<String>,
    /// Networks whose X-Forwarded-For is believed, `10.0.0.0/8,::1/128`.
    #[arg(long, env = "MIFTAH_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,
    /// Memory of a password's hash, in KiB. Raised, passwords are hashed again as people sign in.
    #[arg(long, env = "MIFTAH_ARGON2_M_KIB", default_value_t = LEAST.m,
        value_parser = clap::value_parser!(u32).range(i64::from(LEAST.m)..=1_048_576))]
    pub argon2_m_kib: u32,
    /// Passes of a password's hash.
    #[arg(long, env = "MIFTAH_ARGON2_T", default_value_t = LEAST.t,
        value_parser = clap::value_parser!(u32).range(i64::from(LEAST.t)..=32))]
    pub argon2_t: u32,
    /// Development, on this machine alone: captured letters as pages, a clock that can be put
    /// forward, samples.
    #[arg(long, env = "MIFTAH_DEV")]
    pub dev: bool,
}

/// Exit codes: 0 all loaded, 1 not a roll or no database, 3 lines refused and nothing loaded,
/// 4 lines refused and the good ones loaded.
#[derive(Clone, Debug, Args)]
pub struct Import {
    /// The roll: CSV with one heading (docs/roll.md).
    pub file: PathBuf,
    /// Only says what would be loaded.
    #[arg(long)]
    pub dry_run: bool,
    /// Loads the good lines of a file that has refused ones.
    #[arg(long)]
    pub keep_good: bool,
    /// What a column of the file is: HEADING=COLUMN; as often as needed.
    #[arg(long, value_name = "HEADING=COLUMN", value_parser = named_column)]
    pub map: Vec<(String, Column)>,
    /// utf-8 or windows-1256, where the file's bytes are taken for the wrong one.
    #[arg(long, value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Where refused lines and summary are written; readable for its owner alone.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Language of the report: ar, fr or en; the institution's own by default.
    #[arg(long, value_parser = lang)]
    pub lang: Option<Lang>,
    #[command(flatten)]
    pub place: Located,
}

/// Exit codes: 0 the account is open again, 1 it is not: no such student, no account, not frozen.
#[derive(Clone, Debug, Args)]
pub struct Unfreeze {
    /// The student's number, as on the card.
    pub number: String,
    #[command(flatten)]
    pub place: Located,
}

/// Where something lies unless told otherwise: in the working folder of a checkout, else beside the
/// program, as `cargo xtask dist` puts it.
fn found(here: &str, beside: &str) -> PathBuf {
    let here = PathBuf::from(here);
    let program = std::env::current_exe().ok();
    let folder = program.as_deref().and_then(std::path::Path::parent);
    match folder.map(|folder| folder.join(beside)) {
        Some(beside) if !here.exists() && beside.exists() => beside,
        _ => here,
    }
}

fn named_column(pair: &str) -> Result<(String, Column), String> {
    let known = || {
        let names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        format!("HEADING=COLUMN, the columns being {}", names.join(", "))
    };
    let (heading, column) = pair.rsplit_once('=').ok_or_else(known)?;
    let column = Column::from_name(column.trim()).ok_or_else(known)?;
    Ok((heading.to_owned(), column))
}

fn encoding(name: &str) -> Result<Encoding, &'static str> {
    Encoding::from_name(name).ok_or("utf-8 or windows-1256")
}

fn role(name: &str) -> Result<Role, &'static str> {
    Role::from_name(name).ok_or("registry or administrator")
}

fn lang(tag: &str) -> Result<Lang, &'static str> {
    Lang::from_tag(tag).ok_or("ar, fr or en")
}

/// The mail server's and the database's passwords stay out of every message.
impl fmt::Debug for Serve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve")
            .field("place", &self.place)
            .field("smtp", &self.smtp.as_deref().map(without_password))
            .field(
                "sms",
                &self.sms.as_deref().and_then(|sms| sms.split('?').next()),
            )
            .field("listen", &self.listen)
            .field("dev", &self.dev)
            .finish_non_exhaustive()
    }
}

impl Serve {
    pub const fn costs(&self) -> Costs {
        Costs {
            m: self.argon2_m_kib,
            t: self.argon2_t,
            p: LEAST.p,
        }
    }

    pub fn public_url(&self) -> String {
        self.public_url.clone().map_or_else(
            || format!("http://{}", self.listen),
            |url| url.trim_end_matches('/').to_owned(),
        )
    }
}

impl fmt::Debug for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Located")
            .field("institution", &self.institution)
            .field("database", &without_password(&self.database))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::Cli;

    #[test]
    fn settings_are_shown_without_passwords() {
        let serve = [
            "miftah",
            "serve",
            "--smtp=smtps://portal:s3cret@mail.example.ma",
            "--database=postgres://portal:s3cret@db.example.ma/portal",
        ];
        let import = [
            "miftah",
            "import",
            "roll.csv",
            "--database=postgres://portal:s3cret@db.example.ma/portal",
        ];
        let unfreeze = [
            "miftah",
            "unfreeze",
            "R130012345",
            "--database=postgres://portal:s3cret@db.example.ma/portal",
        ];
        for arguments in [serve.as_slice(), import.as_slice(), unfreeze.as_slice()] {
            let shown = format!("{:?}", Cli::parse_from(arguments));
            assert!(shown.contains("db.example.ma"), "{shown}");
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }

    #[test]
    fn hashing_costs_go_up_only() {
        let serve = |flag: &str| Cli::try_parse_from(["miftah", "serve", flag]);
        assert!(serve("--argon2-m-kib=65536").is_ok());
        assert!(serve("--argon2-t=3").is_ok());
        assert!(serve("--argon2-m-kib=19455").is_err());
        assert!(serve("--argon2-t=1").is_err());
    }
}
