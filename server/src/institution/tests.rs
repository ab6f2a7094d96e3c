//! Mistakes in an institution's folder, each named with file, line and remedy.

use std::fs;
use std::path::{Path, PathBuf};

use super::{circulars, load, look, read};

fn faculty() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../institutions/fsjes")
}

/// The faculty's folder with one thing changed.
fn changed(name: &str, change: impl FnOnce(&str) -> String) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("miftah_check_{name}_{}", std::process::id()));
    fs::create_dir_all(folder.join("texts/ar")).unwrap();
    fs::copy(faculty().join("logo.svg"), folder.join("logo.svg")).unwrap();
    let text = fs::read_to_string(faculty().join("institution.toml")).unwrap();
    fs::write(folder.join("institution.toml"), change(&text)).unwrap();
    folder
}

#[track_caller]
fn says(folder: &Path, wanted: &str) {
    let mistakes = read(folder).unwrap().mistakes;
    assert_eq!(mistakes.len(), 1, "{mistakes:#?}");
    let mistake = mistakes.first().unwrap();
    assert!(mistake.contains(wanted), "{mistake:?} is not {wanted:?}");
    let refused = load(folder).unwrap_err().to_string();
    assert!(refused.contains(wanted), "{refused:?}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_faculty_is_sound_and_speaks() {
    let read = read(&faculty()).unwrap();
    assert_eq!(read.mistakes, Vec::<String>::new());
    assert!(read.own.len() > 200);
    let institution = load(&faculty()).unwrap();
    assert_eq!(look(&institution), ":root{--accent-hue:196}\n");
    let texts = miftah_messages::Texts::new(miftah_rules::Lang::Ar);
    assert!(texts.login_handle_label().bare().contains("Code Massar"));
}

#[test]
fn every_institution_of_the_product_is_sound() {
    let all = faculty().join("..");
    let mut checked = 0;
    for folder in fs::read_dir(all).unwrap() {
        let folder = folder.unwrap().path();
        assert_eq!(read(&folder).unwrap().mistakes, Vec::<String>::new());
        checked += 1;
    }
    assert!(checked > 0);
}

#[test]
fn the_line_of_a_mistake_is_told() {
    let line = |text: &str, wanted: &str| text.lines().position(|l| l.starts_with(wanted)).unwrap();
    let text = fs::read_to_string(faculty().join("institution.toml")).unwrap();
    let hue = line(&text, "accent_hue") + 1;
    let folder = changed("hue", |text| {
        text.replace("accent_hue = 196", "accent_hue = 400")
    });
    says(
        &folder,
        &format!("institution.toml:{hue}: look.accent_hue is no hue"),
    );

    let folder = changed("unknown", |text| {
        text.replace("accent_hue =", "accent_colour =")
    });
    says(
        &folder,
        &format!("institution.toml:{hue}: unknown field `accent_colour`"),
    );

    let paragraph = line(&text, "[[privacy.sections]]") + 1;
    let folder = changed("words", |text| {
        let (before, after) = text.split_at(text.find("[[privacy.sections]]").unwrap());
        before.to_owned() + &after.replacen("title = { ar = \"", "title = { ar = \"\", x = \"", 1)
    });
    says(
        &folder,
        &format!("institution.toml:{}: unknown field `x`", paragraph + 1),
    );

    let folder = changed("empty", |text| {
        text.replacen("ar = \"FSJES\"", "ar = \"\"", 1)
    });
    let short = line(&text, "[short_name]") + 2;
    says(
        &folder,
        &format!("institution.toml:{short}: short_name.ar is empty"),
    );
}

#[test]
fn a_mark_is_a_picture_and_words_are_the_products() {
    let folder = changed("logo", str::to_owned);
    fs::write(folder.join("logo.svg"), "<svg><script>1</script></svg>").unwrap();
    says(&folder, "logo.svg:1: has a script");
    let folder = changed("none", str::to_owned);
    fs::remove_file(folder.join("logo.svg")).unwrap();
    says(&folder, "logo.svg:1: ");
    let folder = changed("own", str::to_owned);
    fs::write(folder.join("texts/ar/login.toml"), "nope = \"الدخول\"\n").unwrap();
    says(
        &folder,
        "texts/ar/login.toml:1: login.nope: the product has no such text",
    );
}

#[test]
fn a_service_s_mistakes_are_named_like_the_profile_s() {
    let folder = |name: &str, change: &dyn Fn(&str) -> String| {
        let folder = changed(name, |text| {
            let part =
                "[[catalogue]]\nid = \"social\"\ntitle = { ar = \"ا\", fr = \"a\", en = \"a\" }\n";
            text.replacen("[complaints]", &format!("{part}\n[complaints]"), 1)
        });
        let services = faculty().join("../fos/services");
        fs::create_dir_all(folder.join("services")).unwrap();
        let text = fs::read_to_string(services.join("social-benefit.toml")).unwrap();
        fs::write(folder.join("services/social-benefit.toml"), change(&text)).unwrap();
        let pdf = "circular-3-2026.pdf";
        fs::copy(services.join(pdf), folder.join("services").join(pdf)).unwrap();
        folder
    };
    let sound = folder("service", &str::to_owned);
    // Not loaded: a program speaks one institution's words.
    let seen = read(&sound).unwrap();
    assert_eq!(seen.mistakes, Vec::<String>::new());
    let institution = seen.institution.unwrap();
    assert_eq!(circulars(&sound, &institution).unwrap().len(), 1);
    fs::remove_dir_all(sound).unwrap();
    let wrong = folder("category", &|text| text.replace("\"social\"", "\"sport\""));
    says(
        &wrong,
        "social-benefit.toml:6: category is none of the profile's",
    );
    let wrong = folder("status", &|text| text.replace("announced", "open"));
    says(&wrong, "social-benefit.toml:5: unknown variant `open`");
    let wrong = folder("paper", &|text| {
        text.replace("circular-3-2026.pdf", "../../institution.toml")
    });
    says(&wrong, "circular.file is no PDF in services/");
}
