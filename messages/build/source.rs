//! Reads the text files and remembers where each text stands, so that a mistake can be named.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::template::{Template, is_snake_case};

/// The languages, Arabic first: its texts are the reference for keys and argument order.
pub(crate) const LANGS: [&str; 3] = ["ar", "fr", "en"];

/// A mistake in the texts, with its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) place: Place,
    pub(crate) key: String,
    pub(crate) what: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Relative to the crate: `texts/ar/login.toml`.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: usize,
}

impl Finding {
    /// With the file's place below `root`.
    pub(crate) fn below(&self, root: &str) -> String {
        let Self {
            place: Place { file, line },
            key,
            what,
        } = self;
        format!("{root}/{file}:{line}: {key}: {what}")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.below("messages"))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) place: Place,
    pub(crate) raw: String,
    pub(crate) template: Template,
}

#[derive(Clone, Debug)]
pub(crate) enum Message {
    One(Source),
    /// By plural category.
    Plural(Place, BTreeMap<String, Source>),
}

impl Message {
    pub(crate) fn place(&self) -> &Place {
        match self {
            Self::One(source) => &source.place,
            Self::Plural(place, _) => place,
        }
    }

    pub(crate) fn sources(&self) -> Vec<&Source> {
        match self {
            Self::One(source) => vec![source],
            Self::Plural(_, forms) => forms.values().collect(),
        }
    }
}

/// Messages by key.
pub(crate) type Area = BTreeMap<String, Message>;

/// Areas by (language, name).
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) areas: BTreeMap<(&'static str, String), Area>,
}

impl Catalog {
    pub(crate) fn area(&self, lang: &'static str, name: &str) -> Option<&Area> {
        self.areas.get(&(lang, name.to_owned()))
    }

    /// Names of all areas in any language, sorted.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.areas.keys().map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Reads `texts/<lang>/<area>.toml` for every language that has a folder.
pub(crate) fn read(texts: &Path, findings: &mut Vec<Finding>) -> io::Result<Catalog> {
    let mut catalog = Catalog::default();
    for lang in LANGS {
        let entries = match fs::read_dir(texts.join(lang)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
                continue;
            };
            let content = fs::read_to_string(&path)?;
            let area = parse(lang, name, &content, findings);
            catalog.areas.insert((lang, name.to_owned()), area);
        }
    }
    Ok(catalog)
}

/// Reads one file's content.
pub(crate) fn parse(lang: &str, name: &str, content: &str, findings: &mut Vec<Finding>) -> Area {
    let file = File {
        path: format!("texts/{lang}/{name}.toml"),
        name,
        content,
    };
    let mut area = Area::new();
    let table = match DeTable::parse(content) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            findings.push(file.finding(at, "", error.message().replace('\n', " ")));
            return area;
        }
    };
    for (key, value) in &table {
        let at = key.span().start;
        let key = key.get_ref().as_ref();
        if !is_snake_case(key) {
            let what = "not a key: use small letters, digits and '_'".to_owned();
            findings.push(file.finding(at, key, what));
            continue;
        }
        match value.get_ref() {
            DeValue::String(text) => match file.text(at, text) {
                Ok(source) => drop(area.insert(key.to_owned(), Message::One(source))),
                Err(what) => findings.push(file.finding(at, key, what)),
            },
            DeValue::Table(forms) => {
                let forms = file.forms(key, forms, findings);
                area.insert(key.to_owned(), Message::Plural(file.place(at), forms));
            }
            other => {
                let what = format!("is a {}: write a text or a plural table", other.type_str());
                findings.push(file.finding(at, key, what));
            }
        }
    }
    area
}

struct File<'a> {
    path: String,
    name: &'a str,
    content: &'a str,
}

impl File<'_> {
    fn place(&self, at: usize) -> Place {
        let before = self.content.get(..at).unwrap_or(self.content);
        Place {
            file: self.path.clone(),
            line: before.matches('\n').count() + 1,
        }
    }

    fn finding(&self, at: usize, key: &str, what: String) -> Finding {
        Finding {
            place: self.place(at),
            key: format!("{}.{key}", self.name),
            what,
        }
    }

    fn text(&self, at: usize, text: &str) -> Result<Source, String> {
        let template = Template::parse(text)?;
        Ok(Source {
            place: self.place(at),
            raw: text.to_owned(),
            template,
        })
    }

    fn forms(
        &self,
        key: &str,
        forms: &DeTable<'_>,
        findings: &mut Vec<Finding>,
    ) -> BTreeMap<String, Source> {
        let mut read = BTreeMap::new();
        for (category, value) in forms {
            let at = category.span().start;
            let category = category.get_ref().as_ref();
            let text = value
                .get_ref()
                .as_str()
                .ok_or_else(|| "is not a text".to_owned());
            match text.and_then(|text| self.text(at, text)) {
                Ok(source) => drop(read.insert(category.to_owned(), source)),
                Err(what) => findings.push(self.finding(at, &format!("{key}.{category}"), what)),
            }
        }
        read
    }
}
