//! An institution's own words: `texts/<language>/<area>.toml` in its folder says in other words what
//! a message of the product says. Countries and institutions name the same things differently, and
//! single words put into a sentence break Arabic inflection, so whole messages are replaced
//! (procedures.md, "Words").
//!
//! What is written there is checked like the product's own texts: known keys, the same arguments,
//! whole plurals, style. A program serves one institution, so its words are set once, at the start.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

use miftah_rules::Lang;

use crate::{BUILT, KNOWN, Texts};

// The build's own reading and checking of texts; what only the build needs of it is not used here.
#[expect(dead_code, reason = "shared with the build")]
#[path = "../build/check.rs"]
mod check;
#[path = "../build/encode.rs"]
mod encode;
#[path = "../build/source.rs"]
mod source;
#[path = "../build/style.rs"]
mod style;
#[path = "../build/template.rs"]
mod template;

use source::{Catalog, Finding, LANGS, Message};
use template::Slot;

/// A message that an institution may say in its own words.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) area: &'static str,
    pub(crate) key: &'static str,
    /// Which table it stands in, and where there.
    pub(crate) table: usize,
    pub(crate) place: usize,
    pub(crate) plural: bool,
    /// Arguments in the method's order, `name:kind` each, with spaces between.
    pub(crate) takes: &'static str,
}

impl Known {
    fn find(area: &str, key: &str) -> Option<&'static Self> {
        KNOWN
            .iter()
            .find(|known| known.area == area && known.key == key)
    }

    fn slots(&self) -> Vec<Slot> {
        self.takes
            .split(' ')
            .filter_map(|written| Slot::read(written).ok())
            .collect()
    }
}

/// One table in one language, with the institution's words in their places.
type Table = Vec<&'static str>;

/// What an institution says in its own words.
#[derive(Debug, Default)]
pub struct Own {
    /// By table, then in the order of [`LANGS`].
    tables: [[Table; LANGS.len()]; BUILT.len()],
    count: usize,
}

impl Own {
    /// Reads the `texts` folder of an institution; no such folder, no words of its own.
    ///
    /// The findings are its mistakes, each with file, line and remedy; a text with a mistake is left
    /// out.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(texts: &Path) -> io::Result<(Self, Vec<String>)> {
        let mut own = Self::default();
        for (at, tables) in own.tables.iter_mut().enumerate() {
            for (table, lang) in tables
                .iter_mut()
                .zip(LANGS.into_iter().filter_map(Lang::from_tag))
            {
                *table = BUILT
                    .get(at)
                    .map_or_else(Vec::new, |built| built(lang).to_vec());
            }
        }
        let mut findings = Vec::new();
        let catalog = source::read(texts, &mut findings)?;
        check::check_each(&catalog, &mut findings);
        let refused: BTreeSet<_> = findings.iter().map(|found| found.key.clone()).collect();
        own.take(&catalog, &refused, &mut findings);
        let root = texts.parent().unwrap_or(texts).display().to_string();
        let mut said: Vec<_> = findings.iter().map(|found| found.below(&root)).collect();
        said.extend(strangers(texts)?);
        Ok((own, said))
    }

    /// How many texts it has.
    pub const fn len(&self) -> usize {
        self.count
    }

    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn take(&mut self, catalog: &Catalog, refused: &BTreeSet<String>, findings: &mut Vec<Finding>) {
        for ((lang, area), messages) in &catalog.areas {
            for (key, message) in messages {
                let name = format!("{area}.{key}");
                if refused.contains(&name) {
                    continue;
                }
                match misfit(area, key, message) {
                    Ok(known) => self.put(lang, known, message),
                    Err(what) => findings.push(Finding {
                        place: message.place().clone(),
                        key: name,
                        what,
                    }),
                }
            }
        }
    }

    fn put(&mut self, lang: &str, known: &Known, message: &Message) {
        let text = encode::encode(lang, message, &known.slots());
        let at = LANGS.iter().position(|of| *of == lang);
        let table = self.tables.get_mut(known.table).zip(at);
        let table = table.and_then(|(tables, at)| tables.get_mut(at));
        if let Some(place) = table.and_then(|table| table.get_mut(known.place)) {
            *place = String::leak(text);
            self.count += 1;
        }
    }
}

/// What lies in the folder and is read by nobody.
fn strangers(texts: &Path) -> io::Result<Vec<String>> {
    let mut said = Vec::new();
    let entries = match fs::read_dir(texts) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(said),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let known = path.file_name().and_then(|name| name.to_str());
        if !known.is_some_and(|name| LANGS.contains(&name)) {
            said.push(format!(
                "{}: is no language of the product: the folders are {}",
                path.display(),
                LANGS.join(", ")
            ));
        }
    }
    said.sort();
    Ok(said)
}

/// The message whose place this one takes, or why it cannot.
fn misfit(area: &str, key: &str, message: &Message) -> Result<&'static Known, String> {
    let Some(known) = Known::find(area, key) else {
        return Err(if KNOWN.iter().any(|known| known.area == area) {
            format!("the product has no such text: see messages/texts/ar/{area}.toml")
        } else {
            "the product has no such file: see messages/texts/ar".to_owned()
        });
    };
    if known.plural != matches!(message, Message::Plural(..)) {
        return Err(if known.plural {
            format!("counts: write its plural forms, [{key}]")
        } else {
            "does not count: write one text".to_owned()
        });
    }
    let wanted: BTreeSet<_> = known.slots().into_iter().collect();
    let given: BTreeSet<_> = encode::arguments(message).into_iter().collect();
    if wanted == given {
        return Ok(known);
    }
    let list = |slots: &BTreeSet<Slot>| {
        let names: Vec<_> = slots.iter().map(|slot| format!("{{{slot}}}")).collect();
        if names.is_empty() {
            "no argument".to_owned()
        } else {
            names.join(", ")
        }
    };
    Err(format!("takes {}: write {}", list(&given), list(&wanted)))
}

static OWN: OnceLock<Own> = OnceLock::new();

/// The institution's table, once its words are set.
pub(crate) fn table(at: usize, lang: Lang) -> Option<&'static [&'static str]> {
    let tables = OWN.get()?.tables.get(at)?;
    let of = LANGS.iter().position(|tag| *tag == lang.tag())?;
    tables.get(of).map(Vec::as_slice)
}

impl Texts {
    /// From now on this program speaks in the institution's words. Once: `false` when it did before.
    pub fn speak(own: Own) -> bool {
        OWN.set(own).is_ok()
    }
}
