//! `miftah.toml`: the settings of `miftah serve` in a file, with the names of the flags.
//!
//! A flag wins over a `MIFTAH_*` variable, which wins over the file. The file's lines become
//! flags in front of those typed, except where a variable is set.

use std::ffi::OsString;
use std::path::Path;
use std::{env, fs, io};

/// The arguments to parse: those typed, and for `serve` those of the file.
///
/// # Errors
/// When the file is there and cannot be read, or holds something that is no setting.
pub fn arguments(typed: Vec<OsString>, file: &Path) -> io::Result<Vec<OsString>> {
    let serves = typed.get(1).is_some_and(|command| command == "serve");
    if !serves || !file.exists() {
        return Ok(typed);
    }
    let text = fs::read_to_string(file)?;
    let settings: toml::Table = text
        .parse()
        .map_err(|error| io::Error::other(format!("{}: {error}", file.display())))?;
    let mut arguments: Vec<OsString> = typed.iter().take(2).cloned().collect();
    for (name, value) in settings {
        let flag = name.replace('_', "-");
        let variable = format!("MIFTAH_{}", flag.replace('-', "_").to_uppercase());
        if env::var_os(&variable).is_none() {
            push(&mut arguments, &flag, &value)
                .map_err(|why| io::Error::other(format!("{}: {name}: {why}", file.display())))?;
        }
    }
    arguments.extend(typed.into_iter().skip(2));
    Ok(arguments)
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
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
