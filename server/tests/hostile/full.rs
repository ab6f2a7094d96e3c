//! The disk is full: whoever writes is told, nothing that was acknowledged is lost, and once there is
//! room again nothing has to be started.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::{Machine, stop};
use crate::person::{accounts, is_told, sign_in, until};

/// Megabytes of the disk: the samples take a few.
const SIZE: &str = "size=24m";

#[test]
fn a_full_disk_loses_nothing_and_needs_no_restart() {
    let mut machine = Machine::new("full");
    let disk = machine.folder.join("disk");
    fs::create_dir(&disk).expect("a folder");
    machine.database = format!("sqlite://{}", disk.join("miftah.sqlite").display());
    let (running, _) = machine.start_as(on_small_disk(&machine, &disk));
    let accounts = accounts(&machine);
    let [first, second] = [&accounts[0], &accounts[1]];
    let session = sign_in(&machine, &first.email, &first.password).unwrap_or_default();
    assert!(!session.is_empty());

    // Its disk is seen by itself alone, and through it.
    let there = PathBuf::from(format!(
        "/proc/{}/root{}",
        running.child.id(),
        disk.display()
    ));
    let ballast = there.join("ballast");
    fill(&ballast);
    // SQLite's log may hold room of its own, which is used up first.
    until("the disk is full", 60, || {
        sign_in(&machine, &second.email, &second.password).is_err()
    });
    for _ in 0..3 {
        let answer = sign_in(&machine, &second.email, &second.password);
        is_told(&answer.expect_err("there was room"), "sign-in");
        assert_eq!(machine.get("/ar/login", &[]).status, 200);
        assert_eq!(machine.get("/ar/account", &session).status, 200);
    }
    fs::remove_file(&ballast).expect("room is made");
    until("somebody is signed in", 10, || {
        sign_in(&machine, &second.email, &second.password).is_ok()
    });
    assert_eq!(machine.get("/ar/account", &session).status, 200);
    assert!(stop(running));
    machine.remove();
}

/// The program in a mount namespace of its own, where `disk` is small.
fn on_small_disk(machine: &Machine, disk: &Path) -> Command {
    let serve = machine.serve(&["--dev"]);
    let mut command = Command::new("unshare");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.current_dir(&machine.folder).arg("--mount");
    let id = Command::new("id").arg("-u").output().expect("id");
    if id.stdout.trim_ascii() != b"0" {
        command.arg("--map-root-user");
    }
    let script = format!("mount -t tmpfs -o {SIZE} tmpfs \"$1\" && shift && exec \"$@\"");
    command.args(["sh", "-c", &script, "sh"]).arg(disk);
    command.arg(serve.get_program()).args(serve.get_args());
    command
}

/// Until there is no room for another byte.
fn fill(file: &Path) {
    let mut file = fs::File::create(file).expect("a file");
    for size in [1 << 20, 4096, 1] {
        let block = vec![7; size];
        while file.write_all(&block).is_ok() {}
    }
}
