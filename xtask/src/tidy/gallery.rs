//! A component that the gallery does not show is looked at by nobody: not by axe, not in the dark,
//! not at 320 px.

use super::lexer::split;
use super::{Finding, Source};

/// Folders of `app/src/ui` after which none of their examples is named: `field/` wants `"field"` or
/// `"field-…"`.
pub(crate) fn unshown_components(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let Some(component) = component(&source.path) else {
            continue;
        };
        let examples = format!("app/src/ui/{component}/examples.rs");
        let names: Vec<String> = sources
            .iter()
            .filter(|source| source.path == examples)
            .flat_map(|source| split(&source.text).literals)
            .map(|literal| literal.text)
            .collect();
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
    path.strip_prefix("app/src/ui/")?.strip_suffix("/mod.rs")
}

#[cfg(test)]
mod tests {
    use super::super::snippet::source;
    use super::*;

    #[test]
    fn each_component_is_shown() {
        let parts = [
            source("app/src/ui/mod.rs", ""),
            source("app/src/ui/live.rs", ""),
            source("app/src/ui/field/mod.rs", ""),
            source("app/src/ui/field/examples.rs", "example(\"field-ok\", a())"),
            source("app/src/ui/new_password/mod.rs", ""),
            source(
                "app/src/ui/new_password/examples.rs",
                "example(\"new-password\", b()), // \"steps\"",
            ),
            source("app/src/ui/steps/mod.rs", ""),
            source("app/src/ui/steps/examples.rs", "// \"steps\""),
            source("app/src/ui/rows/mod.rs", ""),
        ];
        let paths: Vec<_> = unshown_components(&parts)
            .into_iter()
            .map(|finding| finding.path)
            .collect();
        assert_eq!(paths, ["app/src/ui/steps/mod.rs", "app/src/ui/rows/mod.rs"]);
    }
}
