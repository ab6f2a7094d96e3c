//! Running other programs: say it, do it, and turn a bad ending into a fault with the command in it.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::fault::{About as _, Fault, Outcome};

/// Tells the person what happens next. On the error stream, so that results stay alone on the other.
pub(crate) fn say(text: impl AsRef<str>) {
    eprintln!("→ {}", text.as_ref());
}

/// The cargo that runs this command.
pub(crate) fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    Command::new(cargo)
}

/// Runs to the end with our own input and output.
///
/// # Errors
/// The program is missing or ended with another code than 0.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().about(spelled(command))?;
    if status.success() {
        return Ok(());
    }
    Err(Fault::new(format!(
        "`{}` failed ({status})",
        spelled(command)
    )))
}

/// Runs quietly and returns what it printed.
///
/// # Errors
/// As [`run`]; the fault carries what the program said on its error stream.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .about(spelled(command))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Fault::new(format!(
        "`{}` failed ({}): {}",
        spelled(command),
        output.status,
        said.trim()
    )))
}

/// What a program printed, and whether it ended well.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) text: String,
    pub(crate) ended_well: bool,
}

/// Runs while showing its output, and keeps a copy of it.
///
/// # Errors
/// The program is missing. A bad ending is no fault here: test runners end so.
pub(crate) fn listen(command: &mut Command) -> Outcome<Heard> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .about(spelled(command))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            std::io::stdout().write_all(&line)?;
            text.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = child.wait()?;
    Ok(Heard {
        text,
        ended_well: status.success(),
    })
}

/// Where `program` lies on the search path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The search path with `folders` before everything else.
///
/// # Errors
/// A folder's name cannot stand in a search path.
pub(crate) fn path_with(folders: &[&Path]) -> Outcome<OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders
        .iter()
        .map(|folder| folder.to_path_buf())
        .chain(std::env::split_paths(&old));
    std::env::join_paths(all).map_err(|error| Fault::new(error.to_string()))
}

/// True when this process may install system packages and change owners.
pub(crate) fn is_root() -> bool {
    capture(Command::new("id").arg("-u")).is_ok_and(|uid| uid.trim() == "0")
}

fn spelled(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for word in command.get_args() {
        text.push(' ');
        text.push_str(&word.to_string_lossy());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named() {
        let fault = run(&mut Command::new("false")).unwrap_err();
        assert!(fault.to_string().contains("`false` failed"), "{fault}");
    }

    #[test]
    fn listening_keeps_output_and_ending() {
        let heard = listen(Command::new("sh").args(["-c", "echo one; exit 3"])).unwrap();
        assert_eq!(heard.text, "one\n");
        assert!(!heard.ended_well);
    }
}
