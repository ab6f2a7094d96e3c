//! `miftah import` as an office runs it: the program, a file, a database (A.3, B.1).

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests may fail loudly; clippy exempts only the tests themselves"
)]

mod dirty;
mod office;

use std::fs;

use office::{FATIMA, HEADING, Office, SALMA, YOUSSEF, counts, repository};

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
    let numbers: Vec<_> = office.roll().await.into_iter().map(|p| p.number).collect();
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
        "Titres de colonne inconnus\u{a0}: jour de fête\nSi l’un d’eux",
        "Colonnes absentes\u{a0}: birth_date\n",
    ] {
        assert!(heading.err.contains(told), "{}", heading.err);
    }
    office.close().await;
}
