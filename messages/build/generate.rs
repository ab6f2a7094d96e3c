//! Writes the Rust source: one table of texts per language and group, one method per message.
//!
//! In a table a message is one string. An argument is a mark and its place among the method's
//! arguments; plural forms follow one another. `src/fill.rs` reads the same marks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::check::{PROBLEM_PARTS, problem_key};
use super::encode::{arguments, encode};
use super::source::{Catalog, LANGS, Message};
use super::template::{Kind, Part};

/// Groups of areas: `pages` is what the browser may show, and is handed to it (`src/handed.rs`);
/// the others are the server's alone, behind features.
fn group(area: &str) -> &'static str {
    match area {
        "mail" | "sms" | "notices" => "letters",
        "roll" | "desk" | "dev" => "office",
        "search" => "search",
        _ => PAGES,
    }
}

const PAGES: &str = "pages";

const GROUPS: [&str; 4] = [PAGES, "letters", "office", "search"];

fn gate(group: &str) -> &'static str {
    match group {
        "letters" => "#[cfg(feature = \"letters\")]\n",
        "office" => "#[cfg(feature = \"office\")]\n",
        "search" => "#[cfg(feature = \"search\")]\n",
        _ => "#[cfg(feature = \"tables\")]\n",
    }
}

pub(crate) fn generate(catalog: &Catalog) -> String {
    let mut out = String::new();
    for group_name in GROUPS {
        let areas: Vec<_> = catalog
            .names()
            .into_iter()
            .filter(|name| group(name) == group_name)
            .collect();
        if areas.is_empty() {
            continue;
        }
        tables(&mut out, catalog, group_name, &areas);
        methods(&mut out, catalog, group_name, &areas);
    }
    problems(&mut out, catalog);
    search_words(&mut out, catalog);
    known(&mut out, catalog);
    out
}

/// Every message by area and key, with the place of its text and what it takes, for whoever says it
/// in words of their own (`src/own.rs`).
fn known(out: &mut String, catalog: &Catalog) {
    let mut lines = String::new();
    let mut places = [0_usize; GROUPS.len()];
    for name in catalog.names() {
        let Some(table) = GROUPS.iter().position(|known| *known == group(name)) else {
            continue;
        };
        for (key, message) in catalog.area("ar", name).into_iter().flatten() {
            let takes: Vec<_> = arguments(message).iter().map(ToString::to_string).collect();
            let plural = matches!(message, Message::Plural(..));
            if let Some(place) = places.get_mut(table) {
                let _ = writeln!(
                    lines,
                    "    own::Known {{ area: \"{name}\", key: \"{key}\", table: {table}, place: {place}, plural: {plural}, takes: \"{}\" }},",
                    takes.join(" ")
                );
                *place += 1;
            }
        }
    }
    let built: Vec<_> = GROUPS
        .iter()
        .map(|group| format!("{group}_built"))
        .collect();
    let _ = writeln!(
        out,
        "#[cfg(feature = \"own\")]\nstatic KNOWN: &[own::Known] = &[\n{lines}];\n\
         #[cfg(feature = \"own\")]\nconst BUILT: [Tables; {}] = [{}];",
        GROUPS.len(),
        built.join(", ")
    );
}

/// The words people use for a code, found by the code.
fn search_words(out: &mut String, catalog: &Catalog) {
    let mut arms = String::new();
    for key in catalog.area("ar", "search").into_iter().flatten() {
        let (key, _) = key;
        let _ = writeln!(
            arms,
            "            \"{}\" => self.search_{key}(),",
            key.to_uppercase()
        );
    }
    let _ = writeln!(
        out,
        "#[cfg(feature = \"search\")]\nimpl Texts {{\n    /// Words people use when they look for \
         this problem; nothing when there is no such code.\n    pub fn search_words(&self, code: &str) \
         -> Option<Text> {{\n        Some(match code {{\n{arms}            _ => return None,\n        \
         }})\n    }}\n}}"
    );
}

fn tables(out: &mut String, catalog: &Catalog, group: &str, areas: &[&str]) {
    let upper = group.to_uppercase();
    let gate = gate(group);
    for lang in LANGS {
        let _ = writeln!(
            out,
            "{gate}static {upper}_{}: &[&str] = &[",
            lang.to_uppercase()
        );
        for name in areas {
            let reference = catalog.area("ar", name);
            let area = catalog.area(lang, name);
            for (key, message) in area.into_iter().flatten() {
                let order = reference
                    .and_then(|a| a.get(key))
                    .map(arguments)
                    .unwrap_or_default();
                let _ = writeln!(out, "    {},", literal(&encode(lang, message, &order)));
            }
        }
        let _ = writeln!(out, "];");
    }
    let index = GROUPS.iter().position(|known| *known == group);
    let _ = writeln!(
        out,
        "{gate}fn {group}_built(lang: Lang) -> &'static [&'static str] {{\n    match lang {{ \
         Lang::Ar => {upper}_AR, Lang::Fr => {upper}_FR, Lang::En => {upper}_EN }}\n}}\n\
         {gate}fn {group}(lang: Lang) -> &'static [&'static str] {{\n    \
         #[cfg(feature = \"own\")]\n    if let Some(own) = own::table({}, lang) {{ return own; }}\n    \
         {group}_built(lang)\n}}",
        index.unwrap_or_default()
    );
}

fn methods(out: &mut String, catalog: &Catalog, group: &str, areas: &[&str]) {
    let gate = if group == PAGES { "" } else { gate(group) };
    let _ = writeln!(out, "{gate}impl Texts {{");
    let mut index = 0_usize;
    for name in areas {
        for (key, message) in catalog.area("ar", name).into_iter().flatten() {
            for lang in LANGS {
                let text = catalog.area(lang, name).and_then(|area| area.get(key));
                for line in doc(text).lines() {
                    let _ = writeln!(out, "    /// {line}");
                    let _ = writeln!(out, "    ///");
                }
            }
            let slots = arguments(message);
            let mut signature = String::from("&self");
            let mut passed = String::new();
            let mut count = None;
            for slot in &slots {
                if slot.kind == Kind::Count {
                    let _ = write!(signature, ", {}: u64", slot.name);
                    count = Some(&slot.name);
                } else {
                    let _ = write!(signature, ", {}: &str", slot.name);
                    let _ = write!(passed, "{}, ", slot.name);
                }
            }
            let body = match count {
                Some(n) => format!("counted({group}, self.lang, {index}, {n}, &[{passed}])"),
                None if slots.is_empty() => format!("fixed({group}, self.lang, {index})"),
                None => format!("filled({group}, self.lang, {index}, &[{passed}])"),
            };
            if slots.len() > 6 {
                let _ = writeln!(
                    out,
                    "    #[expect(clippy::too_many_arguments, reason = \"one per fact told\")]"
                );
            }
            let _ = writeln!(
                out,
                "    pub fn {name}_{key}({signature}) -> Text {{\n        {body}\n    }}"
            );
            index += 1;
        }
    }
    let _ = writeln!(out, "}}");
    if group == PAGES {
        let _ = writeln!(out, "pub(crate) const PAGES: usize = {index};");
    }
}

/// Codes with the places of their texts in the table of `pages`, and the words for single fields.
fn problems(out: &mut String, catalog: &Catalog) {
    let mut places = BTreeMap::new();
    let mut index = 0_u16;
    for name in catalog
        .names()
        .into_iter()
        .filter(|name| group(name) == PAGES)
    {
        for key in catalog
            .area("ar", name)
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
        {
            if name == "problems" {
                places.insert(key.as_str(), index);
            }
            index += 1;
        }
    }
    let mut codes = String::new();
    let mut fields = String::new();
    for key in places.keys() {
        let Some((code, part)) = problem_key(key) else {
            continue;
        };
        let upper = code.to_uppercase();
        if part == "title" {
            let list: Vec<_> = PROBLEM_PARTS
                .iter()
                .filter_map(|part| places.get(format!("{code}_{part}").as_str()))
                .map(u16::to_string)
                .collect();
            let _ = writeln!(codes, "    (\"{upper}\", [{}]),", list.join(", "));
        }
        if let (Some(field), Some(at)) = (part.strip_prefix("field_"), places.get(key)) {
            let _ = writeln!(fields, "    (\"{upper}\", \"{field}\", {at}),");
        }
    }
    let _ = writeln!(out, "static PROBLEMS: &[(&str, [u16; 5])] = &[\n{codes}];");
    let _ = writeln!(
        out,
        "static FIELD_PROBLEMS: &[(&str, &str, u16)] = &[\n{fields}];"
    );
}

/// What a message says, for whoever hovers over the method.
fn doc(message: Option<&Message>) -> String {
    let Some(source) = message.and_then(|m| m.sources().into_iter().next_back()) else {
        return String::new();
    };
    let mut text = String::new();
    for part in &source.template.parts {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Literal(literal) => text.push_str(literal),
            Part::Slot(slot) => {
                let _ = write!(text, "`{}`", slot.name);
            }
        }
    }
    text.lines()
        .next()
        .unwrap_or_default()
        .replace(['<', '>', '[', ']'], " ")
}

/// A Rust string literal. Marks and direction controls are escaped: rustc refuses them raw.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\u{2066}'..='\u{2069}' => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
