//! An institution's own words, read from its folder.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may fail loudly; clippy exempts only the tests themselves"
)]

use std::fs;
use std::path::{Path, PathBuf};

use miftah_messages::{Own, Texts};
use miftah_rules::Lang;

/// A folder of this test's own, with these files in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let texts = root.join("texts");
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    for (file, content) in files {
        let path = texts.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    texts
}

#[track_caller]
fn refused(name: &str, file: &str, content: &str, wanted: &str) {
    let texts = folder(name, &[(file, content)]);
    let (own, findings) = Own::read(&texts).unwrap();
    let root = texts.parent().unwrap().display().to_string();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let found = findings.first().unwrap();
    assert!(
        found.starts_with(&root),
        "{found:?} names no file of {root:?}"
    );
    assert!(found.contains(wanted), "{found:?} does not say {wanted:?}");
    assert!(own.is_empty(), "a text with a mistake is left out");
}

#[test]
fn no_folder_no_words() {
    let (own, findings) = Own::read(Path::new("/nowhere/texts")).unwrap();
    assert_eq!((own.len(), findings.len()), (0, 0));
}

#[test]
fn mistakes_are_named_with_file_line_and_remedy() {
    refused(
        "key",
        "ar/login.toml",
        "\nnope = \"نص\"",
        "ar/login.toml:2: login.nope: the product has no such text",
    );
    refused(
        "area",
        "fr/nope.toml",
        "a = \"texte\"",
        "the product has no such file",
    );
    refused(
        "takes",
        "en/home.toml",
        "welcome = \"Hello\"",
        "takes no argument: write {name:auto}",
    );
    refused(
        "kind",
        "en/home.toml",
        "welcome = \"Hello {name:ltr}\"",
        "takes {name:ltr}: write {name:auto}",
    );
    refused(
        "plural",
        "en/common.toml",
        "problems_summary = \"Look\"",
        "counts: write its plural forms",
    );
    refused(
        "flat",
        "en/home.toml",
        "[title]\none = \"a\"\nother = \"{n:count} b\"",
        "does not count",
    );
    refused(
        "forms",
        "en/common.toml",
        "[problems_summary]\none = \"a\"",
        "plural form \"other\" is missing",
    );
    refused(
        "style",
        "fr/login.toml",
        "title = \"Veuillez entrer\"",
        "says \"veuillez\"",
    );
    refused(
        "latin",
        "ar/login.toml",
        "title = \"دخول Miftah\"",
        "wrap the Latin words",
    );
    refused("toml", "en/login.toml", "title = ", "en/login.toml:1");
    refused(
        "lang",
        "de/login.toml",
        "title = \"x\"",
        "de: is no language of the product",
    );
}

/// One test sets them: they are set once a program, and each test file is one.
#[test]
fn what_is_said_is_what_the_institution_says() {
    let texts = folder(
        "sound",
        &[
            ("ar/login.toml", "title = \"تسجيل الدخول\"\n"),
            ("ar/home.toml", "welcome = \"أهلا {name:auto}\"\n"),
            (
                "fr/sms.toml",
                "code = \"{institution:auto} : code {code:ltr}\"\n",
            ),
            (
                "en/common.toml",
                "[problems_summary]\none = \"One box to look at\"\nother = \"{n:count} boxes to look at\"\n",
            ),
        ],
    );
    let (own, findings) = Own::read(&texts).unwrap();
    let same: Vec<_> = Lang::ALL
        .map(|lang| Texts::new(lang).login_handle_label())
        .into();
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(own.len(), 4);
    assert!(Texts::speak(own));
    assert!(!Texts::speak(Own::default()), "once");

    assert_eq!(Texts::new(Lang::Ar).login_title().bare(), "تسجيل الدخول");
    assert_ne!(Texts::new(Lang::Fr).login_title().bare(), "تسجيل الدخول");
    let hello = Texts::new(Lang::Ar).home_welcome("أمل");
    assert_eq!(hello.html(), "أهلا <bdi>أمل</bdi>");
    let english = Texts::new(Lang::En);
    assert_eq!(
        english.common_problems_summary(1).bare(),
        "One box to look at"
    );
    assert_eq!(
        english.common_problems_summary(3).bare(),
        "3 boxes to look at"
    );
    let now: Vec<_> = Lang::ALL
        .map(|lang| Texts::new(lang).login_handle_label())
        .into();
    assert_eq!(now, same, "what it does not say stays");
    assert!(
        Texts::sheet(Lang::Ar).contains("تسجيل الدخول"),
        "the browser is handed them too"
    );
}
