//! `miftah import` as an office runs it: the program, a file, a database (A.3).

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests may fail loudly; clippy exempts only the tests themselves"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use miftah_portal::model::Person;
use miftah_store::testing::{Engine, Place};

const HEADING: &str = "student_number,national_id_kind,national_id,last_name_ar,first_name_ar,\
    last_name_latin,first_name_latin,birth_date,email,phone,programme,year,status";
const SALMA: &str = "R130000001,cin,AB123456,العلوي,سلمى,EL ALAOUI,SALMA,2003-04-12,\
    salma.elalaoui@example.ma,+212612345601,القانون - Droit,2,enrolled";
const YOUSSEF: &str = "K130000002,cin,CD234567,بناني,يوسف,BENNANI,YOUSSEF,2002-11-30,,,\
    القانون - Droit,2,enrolled";
const FATIMA: &str = "D130000003,cin,EE345678,أيت علي,فاطمة الزهراء,AIT ALI,FATIMA EZZAHRA,\
    2004-01-05,,+212712345603,القانون - Droit,3,left";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A database and a folder for files, both of one test.
struct Office {
    place: Place,
    folder: PathBuf,
}

/// What the program printed, and how it ended.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Office {
    async fn open(test: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("miftah_import_{}_{test}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        Self {
            place: Place::make(Engine::Sqlite).await,
            folder,
        }
    }

    fn file(&self, lines: &[&str]) -> PathBuf {
        let file = self.folder.join("roll.csv");
        let text = [&[HEADING], lines].concat().join("\r\n");
        fs::write(&file, format!("\u{feff}{text}\r\n")).expect("the roll is written");
        file
    }

    fn import(&self, file: &Path, options: &[&str]) -> Ran {
        let run = Command::new(env!("CARGO_BIN_EXE_miftah"))
            .arg("import")
            .arg(file)
            .args(["--database", self.place.url(), "--institution"])
            .arg(repository().join("institutions/fsjes"))
            .args(options)
            .output()
            .expect("miftah runs");
        Ran {
            code: run.status.code().expect("miftah ends by itself"),
            out: String::from_utf8(run.stdout).expect("the report is UTF-8"),
            err: String::from_utf8(run.stderr).expect("the report is UTF-8"),
        }
    }

    async fn roll(&self) -> Vec<Person> {
        let store = self.place.open().await;
        store.first_persons(i64::MAX).await.unwrap()
    }

    async fn close(self) {
        self.place.remove().await;
        fs::remove_dir_all(&self.folder).expect("the folder goes");
    }
}

/// The numbers of the report's counts: read, added, updated, unchanged, refused.
fn counts(report: &str) -> Vec<u64> {
    report
        .lines()
        .skip_while(|line| !line.starts_with("Lines of students"))
        .take(5)
        .map(|line| line.rsplit(' ').next().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test]
async fn the_sample_roll_loads_whole_and_again_without_a_change() {
    let office = Office::open("sample").await;
    let file = repository().join("institutions/fsjes/roll.csv");
    let trial = office.import(&file, &["--dry-run", "--lang", "en"]);
    assert_eq!(trial.code, 0, "{}{}", trial.out, trial.err);
    assert_eq!(counts(&trial.out), [2000, 2000, 0, 0, 0]);
    assert_eq!(office.roll().await, []);

    let first = office.import(&file, &["--lang", "en"]);
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert_eq!(counts(&first.out), [2000, 2000, 0, 0, 0]);
    assert!(
        first.out.ends_with("The file is on the roll.\n"),
        "{}",
        first.out
    );
    let before = office.roll().await;
    assert_eq!(before.len(), 2000);

    let again = office.import(&file, &["--lang", "en"]);
    assert_eq!(counts(&again.out), [2000, 0, 0, 2000, 0]);
    assert_eq!(office.roll().await, before);
    let kept = "select 'records: ' || count(*) from record";
    assert_eq!(office.place.texts(kept).await, ["records: 2000"]);
    office.close().await;
}

#[tokio::test]
async fn an_update_keeps_what_was_and_who_is_missing_stays() {
    let office = Office::open("update").await;
    assert_eq!(office.import(&office.file(&[SALMA, YOUSSEF]), &[]).code, 0);
    let renamed = SALMA.replace("EL ALAOUI", "ALAOUI");
    let file = office.file(&[&renamed, FATIMA]);
    let trial = office.import(&file, &["--dry-run", "--lang", "en"]);
    assert_eq!(counts(&trial.out), [2, 1, 1, 0, 0]);
    let run = office.import(&file, &["--lang", "en"]);
    assert_eq!(counts(&run.out), [2, 1, 1, 0, 0]);
    assert!(
        run.out
            .contains("Status enrolled: 1, may open an account\n"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("Status left: 1, may not open an account\n"),
        "{}",
        run.out
    );

    let names: Vec<_> = office
        .roll()
        .await
        .into_iter()
        .map(|p| p.last_name_latin)
        .collect();
    assert_eq!(names, ["ALAOUI", "BENNANI", "AIT ALI"]);
    let kept = "select r.last_name_latin || ' from ' || i.seq from record r \
        join roll_import i on i.seq = r.version / 1000000 where r.last_name_latin like '%ALAOUI'";
    assert_eq!(
        office.place.texts(kept).await,
        ["ALAOUI from 3", "EL ALAOUI from 1"]
    );
    office.close().await;
}

#[tokio::test]
async fn one_refused_line_stops_all_unless_the_good_ones_are_wished() {
    let office = Office::open("refused").await;
    let wrong = YOUSSEF.replace("2002-11-30", "30/11/02");
    let file = office.file(&[SALMA, &wrong]);
    let run = office.import(&file, &["--lang", "en"]);
    assert_eq!((run.code, counts(&run.out)), (3, vec![2, 1, 0, 0, 1]));
    assert_eq!(office.roll().await, []);

    let trial = office.import(&file, &["--lang", "en", "--dry-run", "--keep-good"]);
    assert_eq!((trial.code, counts(&trial.out)), (4, vec![2, 1, 0, 0, 1]));
    assert_eq!(office.roll().await, []);

    let good = office.import(&file, &["--lang", "en", "--keep-good"]);
    assert_eq!((good.code, counts(&good.out)), (4, vec![2, 1, 0, 0, 1]));
    let numbers: Vec<_> = office
        .roll()
        .await
        .into_iter()
        .map(|p| p.student_number)
        .collect();
    assert_eq!(numbers, ["R130000001"]);
    office.close().await;
}

#[tokio::test]
async fn a_refused_line_is_told_in_three_languages() {
    let office = Office::open("languages").await;
    let wrong = SALMA
        .replace("R130000001", "R13000000O")
        .replace("2003-04-12", "12/04/03");
    let file = office.file(&[YOUSSEF, &wrong]);
    let report = |lang| office.import(&file, &["--lang", lang]).out;
    assert!(report("en").starts_with(
        "Read as UTF-8, columns separated by ,\n\nLine 3, column student_number: character 10 is O where a digit belongs.\n    \
         Write it as printed on the document, such as R130012345.\n\
         Line 3, column birth_date: the year has two digits only.\n    \
         Write day, month and a year of four digits, as in 12/04/2003, or 2003-04-12.\n\n"
    ));
    assert!(report("fr").starts_with(
        "Lu en UTF-8, colonnes séparées par ,\n\nLigne 3, colonne student_number\u{a0}: le caractère 10 est O, un chiffre est attendu à \
         cette place.\n    L’écrire comme sur le document, par exemple R130012345.\n\
         Ligne 3, colonne birth_date\u{a0}: l’année n’a que deux chiffres.\n"
    ));
    let arabic = report("ar");
    assert!(
        arabic.contains(
            "\n\nالسطر \u{2068}3\u{2069}، العمود \u{2068}student_number\u{2069}: العلامة رقم \
             \u{2068}10\u{2069} هي \u{2068}O\u{2069} ومكانها رقم من 0 إلى 9.\n"
        ),
        "{arabic}"
    );
    assert_eq!(
        office.import(&file, &[]).out,
        arabic,
        "the office's own language"
    );
    // What is shown of a cell can steer no terminal.
    let hostile = YOUSSEF.replace("cin", "\u{1b}[31m\u{202e}carte");
    let told = office
        .import(&office.file(&[&hostile]), &["--lang", "en"])
        .out;
    assert!(
        told.contains("unknown kind of document: [31mcarte."),
        "{told}"
    );
    office.close().await;
}

#[tokio::test]
async fn a_document_on_the_roll_goes_to_nobody_else() {
    let office = Office::open("document").await;
    assert_eq!(office.import(&office.file(&[SALMA, YOUSSEF]), &[]).code, 0);
    // Salma's card for a newcomer: refused. Salma naming a new card frees the old one.
    let newcomer = FATIMA.replace("EE345678", "AB123456");
    let taken = office.import(&office.file(&[&newcomer]), &["--lang", "en"]);
    assert_eq!(taken.code, 3);
    assert!(
        taken
            .out
            .contains("this document number is already another student’s, R130000001."),
        "{}",
        taken.out
    );
    let moved = SALMA.replace("AB123456", "AB999999");
    assert_eq!(
        office.import(&office.file(&[&newcomer, &moved]), &[]).code,
        0
    );
    // Freed by a line that is itself refused, it is not free.
    let onto_youssef = moved.replace("AB999999", "CD234567");
    let chain = YOUSSEF
        .replace("K130000002", "K130000004")
        .replace("CD234567", "AB999999");
    let run = office.import(
        &office.file(&[&chain, &onto_youssef]),
        &["--lang", "en", "--keep-good"],
    );
    assert_eq!(
        (run.code, counts(&run.out)),
        (4, vec![2, 0, 0, 0, 2]),
        "{}",
        run.out
    );
    office.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_roll_is_named_with_its_remedy() {
    let office = Office::open("file").await;
    let missing = office.import(&office.folder.join("nowhere.csv"), &["--lang", "fr"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .err
            .contains("nowhere.csv\nLe fichier ne peut pas être lu"),
        "{}",
        missing.err
    );
    let file = office.folder.join("roll.csv");
    fs::write(&file, HEADING.replace("birth_date", "jour de fête")).unwrap();
    let heading = office.import(&file, &["--lang", "fr"]);
    assert_eq!((heading.code, heading.out.as_str()), (1, ""));
    for told in [
        "Titres de colonne inconnus\u{a0}: jour de fête\nSi l’une d’elles",
        "Colonnes absentes\u{a0}: birth_date\n",
    ] {
        assert!(heading.err.contains(told), "{}", heading.err);
    }
    office.close().await;
}

#[tokio::test]
async fn a_column_is_named_by_hand_and_refused_lines_go_to_a_file() {
    let office = Office::open("map").await;
    let wrong = YOUSSEF.replace("2002-11-30", "30/11/02");
    let file = office.file(&[SALMA, &wrong]);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("birth_date", "Jour de fête")).unwrap();
    let unmapped = office.import(&file, &["--map", "Jour de fête=birthday"]);
    assert_eq!(unmapped.code, 2, "{}", unmapped.err);

    let list = office.folder.join("refused.txt");
    let list_name = list.to_str().unwrap();
    let run = office.import(
        &file,
        &[
            "--lang",
            "en",
            "--keep-good",
            "--map",
            "Jour de fête=birth_date",
            "--report",
            list_name,
        ],
    );
    assert_eq!(
        (run.code, counts(&run.out)),
        (4, vec![2, 1, 0, 0, 1]),
        "{}",
        run.err
    );
    assert!(
        run.out
            .starts_with(&format!("The refused lines are listed in {list_name}\n"))
    );
    assert!(!run.out.contains("Line 3"), "{}", run.out);
    let listed = fs::read_to_string(&list).unwrap();
    assert!(listed.contains("\nLine 3, column birth_date: the year has two digits only.\n"));
    assert!(listed.ends_with("Nothing changes for the students on the refused lines.\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&list).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    office.close().await;
}

#[tokio::test]
async fn the_dirty_twin_of_the_sample_roll_says_the_same() {
    let office = Office::open("dirty").await;
    let clean = repository().join("institutions/fsjes/roll.csv");
    assert_eq!(office.import(&clean, &[]).code, 0);
    let before = office.roll().await;
    let dirty = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rolls/dirty.csv");
    let run = office.import(&dirty, &["--lang", "en"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out
            .starts_with("Read as Windows-1256, columns separated by ;\n"),
        "{}",
        run.out
    );
    let summary = "Lines of students in the file: 2040\nNew students: 0\n\
        Students whose data change: 0\nStudents without a change: 2000\n\
        Lines that only repeat another: 40\nLines refused: 0\n";
    assert!(run.out.contains(summary), "{}", run.out);
    assert_eq!(office.roll().await, before);
    office.close().await;
}

/// An import that is killed half-way has loaded nothing, and its place is free again after a while.
#[tokio::test]
async fn a_killed_import_leaves_the_roll_as_it_was() {
    let office = Office::open("killed").await;
    assert_eq!(office.import(&office.file(&[SALMA]), &[]).code, 0);
    let before = office.roll().await;
    // Long enough to be met half-way on any machine.
    let lines: Vec<String> = (0..60_000_u32)
        .map(|n| {
            SALMA
                .replace("R130000001", &format!("K2{n:08}"))
                .replace("AB123456", &format!("CD{}", 100_000 + n))
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let file = office.file(&lines);
    let mut child = Command::new(env!("CARGO_BIN_EXE_miftah"))
        .arg("import")
        .arg(&file)
        .args(["--database", office.place.url(), "--institution"])
        .arg(repository().join("institutions/fsjes"))
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("miftah runs");
    let staged = "select 'staged' from record where version > 1999999 limit 1";
    let mut waited = 0;
    while office.place.texts(staged).await.is_empty() {
        assert!(waited < 600, "nothing is staged");
        waited += 1;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    child.kill().expect("it still runs");
    child.wait().expect("it ends");
    assert_eq!(office.roll().await, before);

    let small = office.file(&[SALMA, YOUSSEF]);
    let busy = office.import(&small, &["--lang", "en"]);
    assert_eq!((busy.code, busy.out.as_str()), (1, ""));
    assert!(
        busy.err.starts_with("Another roll is being loaded.\n"),
        "{}",
        busy.err
    );
    // Two minutes later.
    office
        .place
        .run("update roll_import set heard_at = heard_at - 121000 where state = 'staging'")
        .await;
    let next = office.import(&small, &["--lang", "en"]);
    assert_eq!((next.code, counts(&next.out)), (0, vec![2, 1, 0, 1, 0]));
    let left = "select 'person ' || count(*) from person union all \
        select 'record ' || count(*) from record";
    assert_eq!(office.place.texts(left).await, ["person 2", "record 2"]);
    office.close().await;
}
