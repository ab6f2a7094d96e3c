//! A component that the gallery does not show is looked at by nobody: not by axe, not in the dark,
//! not at 320 px.

use super::lexer::split;
use super::{Finding, Source};

/// Parts without a look of their own.
const UNSEEN: &[&str] = &["mod", "live"];

/// Files of `app/src/ui` after which no example is named: `field.rs` wants `"field"` or
/// `"field-…"`.
pub(crate) fn unshown_components(sources: &[Source]) -> Vec<Finding> {
    let names: Vec<String> = sources
        .iter()
        .filter(|source| source.lies_in(&["app/src/gallery/"]))
        .flat_map(|source| split(&source.text).literals)
        .map(|literal| literal.text)
        .collect();
    let mut findings = Vec::new();
    for source in sources {
        let Some(component) = component(&source.path).filter(|name| !UNSEEN.contains(name)) else {
            continue;
        };
        let name = component.replace('_', "-");
        let longer = format!("{name}-");
        if !names
            .iter()
            .any(|other| *other == name || other.starts_with(&longer))
        {
            findings.push(Finding::new(
                source,
                0,
                format!("no example is named `{name}` or `{longer}…`"),
            ));
        }
    }
    findings
}

fn component(path: &str) -> Option<&str> {
    path.strip_prefix("app/src/ui/")?.strip_suffix(".rs")
}

#[cfg(test)]
mod tests {
    use super::super::snippet::source;
    use super::*;

    #[test]
    fn each_component_is_shown() {
        let parts = [
            source("app/src/ui/mod.rs", ""),
            source("app/src/ui/field.rs", ""),
            source("app/src/ui/new_password.rs", ""),
            source("app/src/ui/steps.rs", ""),
            source(
                "app/src/gallery/parts.rs",
                "example(\"field-ok\", a()), example(\"new-password\", b()), // \"steps\"",
            ),
        ];
        let paths: Vec<_> = unshown_components(&parts)
            .into_iter()
            .map(|finding| finding.path)
            .collect();
        assert_eq!(paths, ["app/src/ui/steps.rs"]);
    }
}
