//! What must hold between the three languages: same messages, same arguments, whole plurals.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Area, Catalog, Finding, LANGS, Message, Place, Source};
use super::style;
use super::template::{Kind, Slot};

/// The plural categories of a language, in the order in which `src/plural.rs` counts them.
pub(crate) fn categories(lang: &str) -> &'static [&'static str] {
    match lang {
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// What a problem's code must have, in the order of `ProblemText`'s fields.
pub(crate) const PROBLEM_PARTS: [&str; 5] = ["title", "cause", "remedy", "field", "next"];

/// Splits a key of the area `problems` such as `e101_title` into code and part.
pub(crate) fn problem_key(key: &str) -> Option<(&str, &str)> {
    let (code, part) = key.split_once('_')?;
    let digits = code.strip_prefix('e')?;
    (digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit())).then_some((code, part))
}

/// What must hold within a language and between the languages.
pub(crate) fn check(catalog: &Catalog, findings: &mut Vec<Finding>) {
    check_each(catalog, findings);
    for name in catalog.names() {
        check_area(catalog, name, findings);
    }
}

/// What must hold of each message by itself: style and plural forms.
pub(crate) fn check_each(catalog: &Catalog, findings: &mut Vec<Finding>) {
    for ((lang, name), area) in &catalog.areas {
        for (key, message) in area {
            let key = format!("{name}.{key}");
            for source in message.sources() {
                for what in style::faults(lang, name, &source.template, &source.raw) {
                    findings.push(Finding {
                        place: source.place.clone(),
                        key: key.clone(),
                        what,
                    });
                }
            }
            check_plural(lang, &key, message, findings);
        }
    }
}

fn check_plural(lang: &str, key: &str, message: &Message, findings: &mut Vec<Finding>) {
    let mut say = |place: &Place, what: String| {
        findings.push(Finding {
            place: place.clone(),
            key: key.to_owned(),
            what,
        });
    };
    let (place, forms) = match message {
        Message::One(source) => {
            if source.template.slots().any(|slot| slot.kind == Kind::Count) {
                say(
                    &source.place,
                    format!("counts without plural forms: write [{key}] one = …"),
                );
            }
            return;
        }
        Message::Plural(place, forms) => (place, forms),
    };
    let wanted = categories(lang);
    for category in wanted {
        if !forms.contains_key(*category) {
            say(
                place,
                format!("plural form {category:?} is missing: add {category} = \"…\""),
            );
        }
    }
    for (category, source) in forms {
        if !wanted.contains(&category.as_str()) {
            let list = wanted.join(", ");
            say(
                &source.place,
                format!("unknown plural form {category:?}: {lang} has {list}"),
            );
        }
        // "دقيقتان" and "one minute" say the number in words; the others must show it.
        let must_count = matches!(category.as_str(), "few" | "many" | "other");
        let counts = source
            .template
            .slots()
            .filter(|slot| slot.kind == Kind::Count)
            .count();
        if must_count && counts == 0 {
            say(
                &source.place,
                format!("{category:?} does not show the number: add {{n:count}}"),
            );
        }
    }
    let names: BTreeSet<_> = count_names(forms).collect();
    if names.len() > 1 {
        say(
            place,
            "counts two things: split it into two messages".to_owned(),
        );
    }
    let others: BTreeSet<_> = forms.values().map(fixed_slots).collect();
    if others.len() > 1 {
        say(
            place,
            "plural forms take different arguments: use the same in each".to_owned(),
        );
    }
}

fn count_names(forms: &BTreeMap<String, Source>) -> impl Iterator<Item = &str> {
    forms
        .values()
        .flat_map(|source| source.template.slots())
        .filter(|slot| slot.kind == Kind::Count)
        .map(|slot| slot.name.as_str())
}

/// The arguments that every form of a message must take: all but the count.
fn fixed_slots(source: &Source) -> BTreeSet<&Slot> {
    source
        .template
        .slots()
        .filter(|slot| slot.kind != Kind::Count)
        .collect()
}

/// All arguments of a message, the count among them.
fn all_slots(message: &Message) -> BTreeSet<&Slot> {
    message
        .sources()
        .into_iter()
        .flat_map(|source| source.template.slots())
        .collect()
}

fn check_area(catalog: &Catalog, name: &str, findings: &mut Vec<Finding>) {
    let file = |lang: &str| Place {
        file: format!("texts/{lang}/{name}.toml"),
        line: 1,
    };
    let mut keys = BTreeSet::new();
    for lang in LANGS {
        match catalog.area(lang, name) {
            Some(area) => keys.extend(area.keys()),
            None => findings.push(Finding {
                place: file(lang),
                key: name.to_owned(),
                what: "the file is missing: write it in this language too".to_owned(),
            }),
        }
    }
    for key in keys {
        let mut reference: Option<&Message> = None;
        for lang in LANGS {
            let Some(area) = catalog.area(lang, name) else {
                continue;
            };
            let Some(message) = area.get(key) else {
                findings.push(Finding {
                    place: file(lang),
                    key: format!("{name}.{key}"),
                    what: format!("is missing in {lang}: add it to this file"),
                });
                continue;
            };
            match reference {
                None => reference = Some(message),
                Some(first) => check_same(name, key, first, message, findings),
            }
        }
    }
    if name == "problems" {
        for lang in LANGS {
            if let Some(area) = catalog.area(lang, name) {
                check_problems(&file(lang), area, findings);
            }
        }
    }
}

fn check_same(
    name: &str,
    key: &str,
    first: &Message,
    message: &Message,
    findings: &mut Vec<Finding>,
) {
    let mut say = |what: String| {
        let place = message.place().clone();
        findings.push(Finding {
            place,
            key: format!("{name}.{key}"),
            what,
        });
    };
    let at = format!("{}:{}", first.place().file, first.place().line);
    if matches!(first, Message::One(_)) != matches!(message, Message::One(_)) {
        return say(format!(
            "a text here and a plural in {at}: make both the same"
        ));
    }
    let (theirs, ours) = (all_slots(first), all_slots(message));
    if theirs != ours {
        let list = |slots: BTreeSet<&Slot>| {
            let names: Vec<_> = slots.iter().map(ToString::to_string).collect();
            names.join(", ")
        };
        say(format!(
            "takes ({}) but {at} takes ({})",
            list(ours),
            list(theirs)
        ));
    }
}

/// Each code has all its parts; a further part (`e105_field_email`) must be the words for a field.
fn check_problems(file: &Place, area: &Area, findings: &mut Vec<Finding>) {
    let codes: BTreeSet<_> = area
        .keys()
        .filter_map(|k| problem_key(k))
        .map(|(c, _)| c)
        .collect();
    for code in codes {
        for part in PROBLEM_PARTS {
            let key = format!("{code}_{part}");
            if !area.contains_key(&key) {
                findings.push(Finding {
                    place: file.clone(),
                    key: format!("problems.{key}"),
                    what: "is missing: each code needs title, cause, remedy, field, next"
                        .to_owned(),
                });
            }
        }
    }
    for (key, message) in area {
        let Some((_, part)) = problem_key(key) else {
            continue;
        };
        let known = PROBLEM_PARTS.contains(&part) || part.starts_with("field_");
        let bare = matches!(message, Message::One(source) if source.template.slots().count() == 0);
        if !known || !bare {
            findings.push(Finding {
                place: message.place().clone(),
                key: format!("problems.{key}"),
                what: "a problem has the parts title, cause, remedy, field, next, field_<name>, \
                       without arguments: what differs from case to case is a fact_…"
                    .to_owned(),
            });
        }
    }
}
