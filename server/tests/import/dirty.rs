//! Files as offices export them, and imports that are cut off.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::office::{Office, SALMA, YOUSSEF, counts, repository};

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
        busy.err.starts_with("Another file is being loaded.\n"),
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
