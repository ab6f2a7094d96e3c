//! Files as spreadsheets, scripts and accidents write them.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::WINDOWS_1256;
use miftah_portal::ports::Millis;
use miftah_portal::roll::{Column, Reason, Refusal, Registry, Report, Told, Trial};
use miftah_portal::store::Store;
use miftah_portal::testing::{FixedClock, SeededRandom};
use miftah_rules::profile::Institution;
use proptest::prelude::*;

use super::source::LONGEST_LINE;
use super::{Encoding, FileFault, How, ImportFault, Listener, Wish, read};

const HEADING: &str = "student_number,national_id_kind,national_id,last_name_ar,first_name_ar,\
    last_name_latin,first_name_latin,birth_date,email,phone,programme,year,status";
const SALMA: &str = "R130000001,cin,AB123456,العلوي,سلمى,EL ALAOUI,SALMA,2003-04-12,\
    salma.elalaoui@example.ma,+212612345601,القانون - Droit,2,enrolled";
const YOUSSEF: &str = "K130000002,cin,CD234567,بناني,يوسف,BENNANI,YOUSSEF,2002-11-30,,,\
    القانون - Droit,2,enrolled";

/// Each import has an id of its own.
static SEED: AtomicU64 = AtomicU64::new(1);

/// What was heard while a file was read.
#[derive(Debug, Default)]
struct Heard {
    refusals: Vec<Refusal>,
    how: Option<How>,
}

impl Told for Heard {
    fn refused(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }
}

impl Listener for Heard {
    fn began(&mut self, how: &How) {
        self.how = Some(how.clone());
    }
}

/// What a trial says of these bytes, the roll being empty.
async fn tried(store: &Arc<dyn Store>, bytes: &[u8]) -> Result<(Report, Heard), FileFault> {
    let text = include_str!("../../../institutions/fsjes/institution.toml");
    let institution: Institution = toml::from_str(text).unwrap();
    // 2026-09-01T00:00Z.
    let (clock, random) = (
        FixedClock::at(Millis(1_788_220_800_000)),
        SeededRandom::new(SEED.fetch_add(1, Ordering::Relaxed)),
    );
    let registry = Registry {
        clock: &clock,
        random: &random,
        institution: &institution,
    };
    let wish = Wish {
        trial: Trial::DryRun,
        ..Wish::default()
    };
    let mut heard = Heard::default();
    let input = Cursor::new(bytes);
    match read(
        store.as_ref(),
        registry,
        input,
        "roll.csv",
        &wish,
        &mut heard,
    )
    .await
    {
        Ok(report) => Ok((report, heard)),
        Err(ImportFault::File(fault)) => Err(fault),
        Err(other) => panic!("{other:?}"),
    }
}

async fn told(bytes: &[u8]) -> Vec<(u64, Option<Column>, Reason)> {
    let store = miftah_store::testing::temporary().await;
    let (_, heard) = tried(&store, bytes).await.unwrap();
    let refusals = heard.refusals.into_iter();
    refusals.map(|r| (r.line, r.column, r.reason)).collect()
}

/// How a good file of these bytes was read.
async fn how(bytes: &[u8]) -> (Encoding, char) {
    let store = miftah_store::testing::temporary().await;
    let (report, heard) = tried(&store, bytes).await.unwrap();
    assert_eq!(heard.refusals, []);
    assert_eq!((report.read, report.counts.added), (2, 2));
    let how = heard.how.unwrap();
    (how.encoding, how.separator)
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
                let (report, heard) = tried(&store, text.as_bytes()).await.unwrap();
                assert_eq!(heard.refusals, [], "{end:?} {mark:?} {tail:?}");
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
async fn a_damaged_cell_is_refused() {
    let text = format!("{HEADING}\n{SALMA}\n{YOUSSEF}\n");
    let mut damaged = text.into_bytes();
    let place = damaged.windows(7).position(|w| w == b"YOUSSEF").unwrap();
    damaged[place] = 0xC7;
    assert_eq!(
        told(&damaged).await,
        [(3, Some(Column::FirstNameLatin), Reason::NotText)]
    );
}

#[tokio::test]
async fn any_encoding_and_separator_of_offices_is_read() {
    let text = format!("{HEADING}\r\n{SALMA}\r\n{YOUSSEF}\r\n");
    for separator in [',', ';', '\t'] {
        let text = text.replace(',', &separator.to_string());
        assert_eq!(how(text.as_bytes()).await, (Encoding::Utf8, separator));
        let marked = format!("\u{feff}{text}");
        assert_eq!(how(marked.as_bytes()).await, (Encoding::Utf8, separator));
        let (office, _, lost) = WINDOWS_1256.encode(&text);
        assert!(!lost);
        assert_eq!(how(&office).await, (Encoding::Windows1256, separator));
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(how(&wide).await, (Encoding::Utf16Little, separator));
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(how(&wide).await, (Encoding::Utf16Big, separator));
        // A spreadsheet program's own hint.
        let hinted = format!("sep={separator}\r\n{text}");
        assert_eq!(how(hinted.as_bytes()).await, (Encoding::Utf8, separator));
    }
}

#[tokio::test]
async fn headings_of_offices_are_known() {
    let text = "رقم مسار;CIN;الاسم العائلي;الاسم الشخصي;Nom;Prénom;تاريخ الازدياد;الجنس;المسلك;الوضعية\n\
        R130000001;AB123456;العلوي;سلمى;EL ALAOUI;SALMA;١٢/٠٤/٢٠٠٣;أنثى;القانون;enrolled\n\
        K130000002; cd-234567 ;بـنـاني;يوسف;BENNANI;YOUSSEF;30/11/2002;ذكر;القانون;enrolled\n";
    let (office, _, _) = WINDOWS_1256.encode(text);
    // Arabic digits have no place in Windows-1256; in UTF-8 they have.
    assert_eq!(how(text.as_bytes()).await, (Encoding::Utf8, ';'));
    let store = miftah_store::testing::temporary().await;
    let (report, heard) = tried(&store, &office).await.unwrap();
    assert_eq!((report.read, report.refused), (2, 1));
    let how = heard.how.unwrap();
    assert_eq!(
        (how.encoding, how.unread),
        (Encoding::Windows1256, vec!["الجنس".to_owned()])
    );
    let lacking = [
        Column::NationalIdKind,
        Column::Email,
        Column::Phone,
        Column::Year,
    ];
    assert_eq!(how.lacking, lacking);
}

#[tokio::test]
async fn what_is_no_roll_at_all_is_said_so() {
    assert_eq!(fault(b"").await, FileFault::Empty);
    assert_eq!(fault(b"\xEF\xBB\xBF\r\n\r\n").await, FileFault::Empty);
    assert_eq!(fault(b"PK\x03\x04,name").await, FileFault::Workbook);
    assert_eq!(fault(b"a\0b").await, FileFault::Binary);
    let FileFault::Heading(heading) = fault(b"a|b|c\n1|2|3\n").await else {
        panic!("a heading was found");
    };
    let needed = Column::ALL
        .iter()
        .copied()
        .filter(|column| !column.may_lack());
    assert_eq!(heading.missing, needed.collect::<Vec<_>>());
    // What was staged before the fault is cleared away.
    let store = miftah_store::testing::temporary().await;
    let mut endless = format!("{HEADING}\n{SALMA}\n\"").into_bytes();
    endless.resize(endless.len() + 2 * LONGEST_LINE, b'x');
    assert!(tried(&store, &endless).await.is_err());
    let good = format!("{HEADING}\n{SALMA}\n");
    assert_eq!(
        tried(&store, good.as_bytes()).await.unwrap().0.counts.added,
        1
    );
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

/// Every line of a person is good, refused, or says again what another said; and refusals name lines
/// that are there.
fn adds_up(report: &Report, heard: &Heard, bytes: &[u8]) {
    assert_eq!(
        report.counts.added + report.refused + report.repeated,
        report.read
    );
    let ends = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64;
    for refusal in &heard.refusals {
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
        if let Ok((report, heard)) = runtime.block_on(tried(&store, bytes)) {
            adds_up(&report, &heard, bytes);
        }
    };
    let lines = prop::collection::vec(prop::collection::vec(cell(), 11..15), 0..6);
    proptest!(ProptestConfig::with_cases(80), |(
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
