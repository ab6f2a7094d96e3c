//! `miftah-texts FOLDER` writes the texts of pages, a file a language: `texts.ar.txt` and so on. The
//! browser's module goes without texts and is handed one of these.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use miftah_messages::Texts;
use miftah_rules::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or("a folder is needed")?;
    for lang in Lang::ALL {
        let file = folder.join(format!("texts.{}.txt", lang.tag()));
        fs::write(file, Texts::sheet(lang))?;
    }
    Ok(())
}
