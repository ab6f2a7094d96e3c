//! Rolls line by line: cells stand between U+001F, lines between line feeds, headings first.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use miftah_portal::ports::{Clock, Millis, Random};
use miftah_portal::roll::{Cell, Heading, Names, Registry, Sheet};
use miftah_rules::profile::Institution;

static INSTITUTION: LazyLock<Institution> = LazyLock::new(|| {
    toml::from_str(include_str!("../../institutions/fsjes/institution.toml")).unwrap()
});

static NAMES: LazyLock<Names> = LazyLock::new(Names::known);

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        Millis(1_790_000_000_000)
    }
}

impl Random for Still {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

const HEADINGS: [&str; 13] = [
    "student_number",
    "national_id",
    "national_id_kind",
    "last_name_ar",
    "first_name_ar",
    "last_name_latin",
    "first_name_latin",
    "birth_date",
    "email",
    "phone",
    "programme",
    "year",
    "status",
];

fuzz_target!(|text: &str| {
    let mut lines = text.split('\n');
    let typed: Vec<&str> = lines.next().unwrap_or_default().split('\u{1f}').collect();
    let _ = Heading::read(&typed, &NAMES);
    let Ok(heading) = Heading::read(&HEADINGS, &NAMES) else {
        return;
    };
    let registry = Registry {
        clock: &Still,
        random: &Still,
        institution: &INSTITUTION,
    };
    let sheet = Sheet::new(registry, heading);
    for (line, text) in lines.enumerate() {
        let cells: Vec<_> = text
            .split('\u{1f}')
            .map(|cell| match cell {
                "\u{1e}" => Cell::NotText,
                text => Cell::Text(text),
            })
            .collect();
        let _ = sheet.take(line as u64 + 2, &cells);
    }
});
