//! What is true of the migrations, of URLs and of the sources, whatever the database.

use std::path::{Path, PathBuf};

use miftah_store::testing::{Engine, Place, migration_files, temporary};

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(in_repository(folder)).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn both_folders_hold_the_migrations_of_the_program() {
    let files = migration_files();
    assert!(!files.is_empty());
    assert_eq!(names("migrations/sqlite"), files);
    assert_eq!(names("migrations/postgres"), files);
    for (position, file) in files.iter().enumerate() {
        assert!(
            file.starts_with(&format!("{:04}_", position + 1)),
            "a gap before {file}"
        );
    }
}

/// A statement written in place would escape the test that prepares them all.
#[test]
fn every_statement_is_declared() {
    for folder in ["store/src", "store/src/shared"] {
        for name in names(folder).iter().filter(|name| name.ends_with(".rs")) {
            let source = std::fs::read_to_string(in_repository(folder).join(name)).unwrap();
            for call in [
                "query(\"",
                "query(&",
                "raw_sql(\"",
                "execute(\"",
                "QueryBuilder",
            ] {
                assert!(!source.contains(call), "{folder}/{name} holds `{call}`");
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_scheme_is_refused_without_telling_the_url() {
    for url in ["mysql://root:secret@localhost/x", "secret", ""] {
        let told = miftah_store::open(url)
            .await
            .map(drop)
            .unwrap_err()
            .to_string();
        assert!(!told.contains("secret"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_in_memory_is_one_database() {
    let store = crate::samples::with_roll(temporary().await, 3).await;
    let (a, b) = tokio::join!(store.roll_size(), store.first_persons(9));
    assert_eq!(a.unwrap(), 3);
    assert_eq!(b.unwrap().len(), 3);
    assert_eq!(temporary().await.roll_size().await.unwrap(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = Place::make(Engine::Sqlite).await;
    drop(place.open().await);
    let file = place.url().trim_start_matches("sqlite://");
    let mode = || std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    // One that is there already: restored from a copy, say.
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(place.open().await);
    assert_eq!(mode(), 0o600);
    place.remove().await;
}
