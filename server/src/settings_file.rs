//! `miftah.toml`: the settings in a file, with the names of the flags of `miftah serve`. Other
//! commands take those of them that they have: they work on the same database.
//!
//! A flag wins over a `MIFTAH_*` variable, which wins over the file. The file's lines become
//! flags in front of those typed, except where a variable is set.

use std::ffi::OsString;
use std::path::Path;
use std::{env, fs, io};

use clap::CommandFactory as _;

use crate::config::Cli;

/// The arguments to parse: those typed, and those of the file that the command has.
///
/// # Errors
/// When the file is there and cannot be read, or holds something that is no setting.
pub fn arguments(typed: Vec<OsString>, file: &Path) -> io::Result<Vec<OsString>> {
    let command = typed.get(1).and_then(|name| name.to_str());
    let Some(own) = command.and_then(flags) else {
        return Ok(typed);
    };
    if !file.exists() {
        return Ok(typed);
    }
    let known = flags("serve").unwrap_or_default();
    let text = fs::read_to_string(file)?;
    let settings: toml::Table = text
        .parse()
        .map_err(|error| io::Error::other(format!("{}: {error}", file.display())))?;
    let mut arguments: Vec<OsString> = typed.iter().take(2).cloned().collect();
    for (name, value) in settings {
        let flag = name.replace('_', "-");
        if !known.contains(&flag) {
            let why = format!("{}: {name}: no such setting", file.display());
            return Err(io::Error::other(why));
        }
        if !own.contains(&flag) {
            continue;
        }
        let variable = format!("MIFTAH_{}", flag.replace('-', "_").to_uppercase());
        if env::var_os(&variable).is_none() {
            push(&mut arguments, &flag, &value)
                .map_err(|why| io::Error::other(format!("{}: {name}: {why}", file.display())))?;
        }
    }
    arguments.extend(typed.into_iter().skip(2));
    Ok(arguments)
}

/// The flags of a command; `None` when there is no such command.
fn flags(command: &str) -> Option<Vec<String>> {
    let cli = Cli::command();
    let command = cli.find_subcommand(command)?;
    let names = command.get_arguments().filter_map(|flag| flag.get_long());
    Some(names.map(str::to_owned).collect())
}

fn push(arguments: &mut Vec<OsString>, flag: &str, value: &toml::Value) -> Result<(), String> {
    let text = match value {
        toml::Value::Boolean(true) => {
            arguments.push(format!("--{flag}").into());
            return Ok(());
        }
        toml::Value::Boolean(false) => return Ok(()),
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Array(list) => {
            let texts: Option<Vec<_>> = list.iter().map(toml::Value::as_str).collect();
            texts.ok_or("a list of texts is expected")?.join(",")
        }
        _ => return Err("a text, a number, true, false or a list of texts is expected".into()),
    };
    arguments.push(format!("--{flag}={text}").into());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn the_file_stands_before_what_was_typed() {
        let folder = std::env::temp_dir().join(format!("miftah-settings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("miftah.toml");
        let text = "listen = \"127.0.0.1:1\"\ntrusted_proxies = [\"10.0.0.0/8\"]\ndev = false\n";
        std::fs::write(&file, text).unwrap();
        let typed = ["miftah", "serve", "--listen=127.0.0.1:2"]
            .map(Into::into)
            .to_vec();
        let all = arguments(typed, &file).unwrap();
        let all: Vec<_> = all.iter().map(|a| a.to_str().unwrap()).collect();
        assert_eq!(
            all,
            [
                "miftah",
                "serve",
                "--listen=127.0.0.1:1",
                "--trusted-proxies=10.0.0.0/8",
                "--listen=127.0.0.1:2"
            ]
        );
        std::fs::write(&file, "listen = { a = 1 }").unwrap();
        let typed = ["miftah", "serve"].map(Into::into).to_vec();
        assert!(
            arguments(typed, &file)
                .unwrap_err()
                .to_string()
                .contains("listen")
        );
        // Other commands take what they have, and a setting that is none is named.
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\ndatabase = \"sqlite://x\"").unwrap();
        let typed = ["miftah", "import", "roll.csv"].map(Into::into).to_vec();
        let all = arguments(typed.clone(), &file).unwrap();
        let all: Vec<_> = all.iter().map(|a| a.to_str().unwrap()).collect();
        assert_eq!(
            all,
            ["miftah", "import", "--database=sqlite://x", "roll.csv"]
        );
        std::fs::write(&file, "datafile = \"sqlite://x\"").unwrap();
        assert!(
            arguments(typed, &file)
                .unwrap_err()
                .to_string()
                .contains("datafile")
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
