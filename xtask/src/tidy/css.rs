//! Rules about style sheets: one sheet serves both directions, and Arabic is set as Arabic.

use super::{Finding, Source};

/// Properties that name a side of the screen.
const SIDES: &[&str] = &[
    "left",
    "right",
    "margin-left",
    "margin-right",
    "padding-left",
    "padding-right",
    "border-left",
    "border-right",
    "border-left-width",
    "border-right-width",
    "border-left-color",
    "border-right-color",
    "border-left-style",
    "border-right-style",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "scroll-margin-left",
    "scroll-margin-right",
    "scroll-padding-left",
    "scroll-padding-right",
];

/// Properties whose values may name one.
const ALIGNED: &[&str] = &[
    "text-align",
    "float",
    "clear",
    "caption-side",
    "text-align-last",
];

/// Left and right, as property or as value.
pub(crate) fn physical_sides(sources: &[Source]) -> Vec<Finding> {
    declarations(sources, |property, value| {
        let physical = SIDES.contains(&property)
            || (ALIGNED.contains(&property)
                && value
                    .split_whitespace()
                    .any(|word| matches!(word, "left" | "right")));
        physical.then(|| format!("`{property}: {value}`"))
    })
}

/// What Latin typography does to emphasise and Arabic script does not bear.
pub(crate) fn latin_habits(sources: &[Source]) -> Vec<Finding> {
    declarations(sources, |property, value| {
        let plain = [
            "normal", "0", "none", "inherit", "initial", "unset", "revert",
        ];
        let habit = match property {
            "letter-spacing" | "font-style" | "text-transform" => !plain.contains(&value),
            "text-align" | "text-align-last" => value == "justify",
            _ => false,
        };
        habit.then(|| format!("`{property}: {value}`"))
    })
}

fn declarations(sources: &[Source], judge: impl Fn(&str, &str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is(&["css"])) {
        for (line, property, value) in read(&source.text) {
            findings.extend(judge(&property, &value).map(|what| Finding::new(source, line, what)));
        }
    }
    findings
}

/// Every `property: value` with its line. Selectors such as `a:hover` end in a brace and are left out.
fn read(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let mut part = String::new();
    let mut line = 1;
    let mut part_line = 1;
    for c in without_comments(text).chars() {
        match c {
            ';' | '}' => {
                if let Some((property, value)) = part.split_once(':') {
                    found.push((
                        part_line,
                        property.trim().to_ascii_lowercase(),
                        value.trim().to_ascii_lowercase(),
                    ));
                }
                part.clear();
            }
            '{' => part.clear(),
            _ => {
                if part.trim().is_empty() {
                    part_line = line;
                }
                part.push(c);
            }
        }
        if c == '\n' {
            line += 1;
        }
    }
    found
}

/// Comments become their own line ends, so that lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, next) = after.split_once("*/").unwrap_or((after, ""));
        plain.push_str(before);
        plain.extend(comment.chars().filter(|c| *c == '\n'));
        rest = next;
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::super::snippet::lines;
    use super::*;

    #[test]
    fn sides_are_found() {
        let text = "/* left:\n0 */\n.a {\n  margin-left: 1rem;\n  & b { text-align: right }\n}\n.c { float: left; left: 0 }\n";
        assert_eq!(lines(physical_sides, "style/a.css", text), vec![4, 5, 7, 7]);
    }

    #[test]
    fn logical_properties_pass() {
        let text = ".left a:hover { margin-inline-start: 1rem; text-align: start; inset-inline-end: 0; \
                    background: url(right.svg); transition: left 1s; }";
        assert!(lines(physical_sides, "style/a.css", text).is_empty());
    }

    #[test]
    fn latin_habits_are_found() {
        let text = "h1 { letter-spacing: .1em }\nem { font-style: italic; }\np { text-align: justify; text-transform: uppercase }\n";
        assert_eq!(lines(latin_habits, "style/a.css", text), vec![1, 2, 3, 3]);
        assert!(
            lines(
                latin_habits,
                "style/a.css",
                "em { font-style: normal; letter-spacing: 0 }"
            )
            .is_empty()
        );
    }
}
