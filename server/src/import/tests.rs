//! Files as spreadsheets, scripts and accidents write them.

use std::sync::Arc;

use miftah_portal::ports::Millis;
use miftah_portal::roll::{Column, Keep, Reason, Registry, Report, Trial, load};
use miftah_portal::store::Store;
use miftah_portal::testing::{FixedClock, SeededRandom};
use miftah_rules::profile::Institution;
use proptest::prelude::*;

use super::source::LONGEST_LINE;
use super::table::{FileFault, read};

const HEADING: &str = "student_number,national_id_kind,national_id,last_name_ar,first_name_ar,\
    last_name_latin,first_name_latin,birth_date,email,phone,programme,year,status";
const SALMA: &str = "R130000001,cin,AB123456,العلوي,سلمى,EL ALAOUI,SALMA,2003-04-12,\
    salma.elalaoui@example.ma,+212612345601,القانون - Droit,2,enrolled";
const YOUSSEF: &str = "K130000002,cin,CD234567,بناني,يوسف,BENNANI,YOUSSEF,2002-11-30,,,\
    القانون - Droit,2,enrolled";

/// What a trial says of these bytes, the roll being empty.
async fn tried(store: &Arc<dyn Store>, bytes: &[u8]) -> Result<Report, FileFault> {
    let text = include_str!("../../../institutions/fsjes/institution.toml");
    let institution: Institution = toml::from_str(text).unwrap();
    // 2026-09-01T00:00Z.
    let (clock, random) = (
        FixedClock::at(Millis(1_788_220_800_000)),
        SeededRandom::new(1),
    );
    let registry = Registry {
        clock: &clock,
        random: &random,
        institution: &institution,
    };
    let sheet = read(bytes, registry)?;
    let keep = Keep::AllOrNothing;
    Ok(load(store.as_ref(), sheet, "roll.csv", keep, Trial::DryRun)
        .await
        .unwrap())
}

async fn told(bytes: &[u8]) -> Vec<(u64, Option<Column>, Reason)> {
    let store = miftah_store::testing::temporary().await;
    let report = tried(&store, bytes).await.unwrap();
    let refusals = report.refusals.into_iter();
    refusals.map(|r| (r.line, r.column, r.reason)).collect()
}

async fn fault(bytes: &[u8]) -> FileFault {
    let store = miftah_store::testing::temporary().await;
    tried(&store, bytes).await.unwrap_err()
}

#[tokio::test]
async fn any_line_end_a_mark_at_the_beginning_and_empty_lines_are_tolerated() {
    let store = miftah_store::testing::temporary().await;
    for end in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            for tail in ["", end] {
                let text = format!(
                    "{mark}{HEADING}{end}{end}{SALMA}{end},,,,,,,,,,,,{end}{YOUSSEF}{tail}"
                );
                let report = tried(&store, text.as_bytes()).await.unwrap();
                assert_eq!(report.refusals, [], "{end:?} {mark:?} {tail:?}");
                assert_eq!((report.read, report.counts.added), (2, 2));
            }
        }
    }
}

#[tokio::test]
async fn line_numbers_are_those_of_an_editor() {
    for end in ["\n", "\r\n", "\r"] {
        // Line 1 is empty, the heading is line 2, an empty line before each wrong one.
        let wrong = SALMA.replace("2003-04-12", "hier");
        let other = wrong.replace("R130000001", "R130000009");
        let text = format!("{end}{HEADING}{end}{end}{wrong}{end}{end}{end}{other}");
        let lines: Vec<u64> = told(text.as_bytes())
            .await
            .iter()
            .filter(|(_, column, _)| *column == Some(Column::BirthDate))
            .map(|(line, ..)| *line)
            .collect();
        assert_eq!(lines, [4, 7], "{end:?}");
    }
}

#[tokio::test]
async fn quoted_cells_may_hold_commas_and_quotes_but_no_line() {
    let programme = "\"القانون, \"\"خاص\"\"\"";
    let quoted = SALMA.replace("القانون - Droit", programme);
    assert_eq!(told(format!("{HEADING}\n{quoted}\n").as_bytes()).await, []);
    let open = SALMA.replace("SALMA", "\"SALMA");
    let text = format!("{HEADING}\r\n{open}\r\n{YOUSSEF}\r\n");
    assert_eq!(
        told(text.as_bytes()).await,
        [(2, None, Reason::Spans { to: 3 })]
    );
}

#[tokio::test]
async fn a_damaged_cell_is_refused_and_another_encoding_named() {
    let text = format!("{HEADING}\n{SALMA}\n{YOUSSEF}\n");
    let mut damaged = text.into_bytes();
    let place = damaged.windows(7).position(|w| w == b"YOUSSEF").unwrap();
    damaged[place] = 0xC7;
    assert_eq!(
        told(&damaged).await,
        [(3, Some(Column::FirstNameLatin), Reason::NotText)]
    );
    // «سلمى» in Windows-1256.
    let mut other = format!("{HEADING}\nR130000001,cin,AB123456,").into_bytes();
    other.extend([0xD3, 0xE1, 0xE3, 0xEC]);
    assert_eq!(fault(&other).await, FileFault::Encoding { line: 2 });
    assert_eq!(fault(b"\xFF\xFEs\0t\0").await, FileFault::Utf16);
}

#[tokio::test]
async fn what_is_no_roll_at_all_is_said_so() {
    assert_eq!(fault(b"").await, FileFault::Empty);
    assert_eq!(fault(b"\xEF\xBB\xBF\r\n\r\n").await, FileFault::Empty);
    let semicolons = HEADING.replace(',', ";");
    assert_eq!(
        fault(semicolons.as_bytes()).await,
        FileFault::Separator(';')
    );
    let FileFault::Heading(heading) = fault(b"PK\x03\x04,name").await else {
        panic!("a heading was found");
    };
    assert_eq!(heading.missing, Column::ALL);
}

#[tokio::test]
async fn no_line_fills_the_memory() {
    let mut endless = format!("{HEADING}\n{SALMA}\n\"").into_bytes();
    endless.resize(endless.len() + 40 * LONGEST_LINE, b'x');
    assert_eq!(fault(&endless).await, FileFault::Endless { line: 3 });
    let long = SALMA.replace("EL ALAOUI", &"A".repeat(LONGEST_LINE / 2));
    assert_eq!(
        told(format!("{HEADING}\n{long}").as_bytes()).await,
        [(2, Some(Column::LastNameLatin), Reason::TooLong { max: 100 })]
    );
}

/// Every line of a person is either good or refused, and refusals name lines that are there.
fn adds_up(report: &Report, bytes: &[u8]) {
    assert_eq!(report.counts.added + report.refused(), report.read);
    let ends = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64;
    for refusal in &report.refusals {
        assert!((2..=ends + 1).contains(&refusal.line), "{refusal:?}");
    }
}

/// A cell that a hostile or broken file could have.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[=+@-]?[A-Z0-9ا-ي\u{202e}\u{0}\u{feff} \"'/.,;\t|-]{0,12}",
        "\\PC{0,20}",
        proptest::sample::select(SALMA.split(',').collect::<Vec<_>>()).prop_map(str::to_owned),
        (0_usize..3000).prop_map(|n| "٣".repeat(n)),
    ]
}

#[test]
fn no_file_makes_the_reader_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let store = runtime.block_on(miftah_store::testing::temporary());
    let check = |bytes: &[u8]| {
        if let Ok(report) = runtime.block_on(tried(&store, bytes)) {
            adds_up(&report, bytes);
        }
    };
    let lines = prop::collection::vec(prop::collection::vec(cell(), 11..15), 0..6);
    proptest!(ProptestConfig::with_cases(300), |(
        raw in prop::collection::vec(any::<u8>(), 0..600),
        lines in lines,
        end in prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]),
    )| {
        check(&raw);
        check(&[HEADING.as_bytes(), b"\n", &raw].concat());
        let body: Vec<String> = lines.iter().map(|cells| cells.join(",")).collect();
        check(format!("{HEADING}{end}{SALMA}{end}{}", body.join(end)).as_bytes());
    });
}
