//! An office: a database and a folder for files, and the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use miftah_portal::model::Person;
use miftah_store::testing::{Engine, Place};

pub(crate) const HEADING: &str = "student_number,national_id_kind,national_id,last_name_ar,first_name_ar,\
    last_name_latin,first_name_latin,birth_date,email,phone,programme,year,status";
pub(crate) const SALMA: &str = "R130000001,cin,AB123456,العلوي,سلمى,EL ALAOUI,SALMA,2003-04-12,\
    salma.elalaoui@example.ma,+212612345601,القانون - Droit,2,enrolled";
pub(crate) const YOUSSEF: &str = "K130000002,cin,CD234567,بناني,يوسف,BENNANI,YOUSSEF,2002-11-30,,,\
    القانون - Droit,2,enrolled";
pub(crate) const FATIMA: &str = "D130000003,cin,EE345678,أيت علي,فاطمة الزهراء,AIT ALI,FATIMA EZZAHRA,\
    2004-01-05,,+212712345603,القانون - Droit,3,left";

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A database and a folder for files, both of one test.
pub(crate) struct Office {
    pub(crate) place: Place,
    pub(crate) folder: PathBuf,
}

/// What the program printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Office {
    pub(crate) async fn open(test: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("miftah_import_{}_{test}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        Self {
            place: Place::make(Engine::Sqlite).await,
            folder,
        }
    }

    pub(crate) fn file(&self, lines: &[&str]) -> PathBuf {
        let file = self.folder.join("roll.csv");
        let text = [&[HEADING], lines].concat().join("\r\n");
        fs::write(&file, format!("\u{feff}{text}\r\n")).expect("the roll is written");
        file
    }

    pub(crate) fn import(&self, file: &Path, options: &[&str]) -> Ran {
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

    pub(crate) async fn roll(&self) -> Vec<Person> {
        let store = self.place.open().await;
        store.first_persons(i64::MAX).await.unwrap()
    }

    pub(crate) async fn close(self) {
        self.place.remove().await;
        fs::remove_dir_all(&self.folder).expect("the folder goes");
    }
}

/// The numbers of the report's counts: read, added, updated, unchanged, refused.
pub(crate) fn counts(report: &str) -> Vec<u64> {
    report
        .lines()
        .skip_while(|line| !line.starts_with("Lines of students"))
        .take(5)
        .map(|line| line.rsplit(' ').next().unwrap().parse().unwrap())
        .collect()
}
