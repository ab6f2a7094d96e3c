//! The text-node rule, as far as source shows it: in `view!`, a child is an element or a block
//! that makes elements. Text is set by the text component alone, because the browser's translator
//! replaces text nodes and hydration then fails (see ARCHITECTURE.md).

use super::lexer::split_product;
use super::{Finding, Source};

/// Elements whose content is text by nature and never translated in place.
const TEXT_BY_NATURE: &[&str] = &["title", "script", "style"];

/// What a block ends in when it makes a text.
const TEXT_ENDINGS: &[&str] = &[
    ".to_string()",
    ".to_owned()",
    ".into_owned()",
    ".as_str()",
    ".get()",
    ".get_untracked()",
    ".to_text()",
];

/// Quoted or unquoted text, and blocks that plainly make a text, as children in `view!`.
pub(crate) fn bare_texts(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let views = sources
        .iter()
        .filter(|source| source.is(&["rs"]) && !source.is_test() && !source.lies_in(&["xtask/"]));
    for source in views {
        let code = split_product(&source.text).code;
        for start in macro_bodies(&code) {
            let mut walk = Walk {
                code: &code,
                at: start,
                open: Vec::new(),
                found: Vec::new(),
            };
            walk.children();
            for (at, what) in walk.found {
                let line = code.iter().take(at).filter(|c| **c == '\n').count() + 1;
                findings.push(Finding::new(source, line, what));
            }
        }
    }
    findings
}

/// Where the insides of each `view!` begin.
fn macro_bodies(code: &[char]) -> Vec<usize> {
    let name = ['v', 'i', 'e', 'w', '!'];
    let mut bodies = Vec::new();
    for (at, window) in code.windows(name.len()).enumerate() {
        let inside_word = at
            .checked_sub(1)
            .and_then(|before| code.get(before))
            .is_some_and(|c| c.is_alphanumeric() || *c == '_');
        if window != name || inside_word {
            continue;
        }
        let after = at + name.len();
        let brace = code
            .iter()
            .skip(after)
            .position(|c| !c.is_whitespace())
            .map(|skip| after + skip);
        if let Some(brace) = brace.filter(|at| code.get(*at) == Some(&'{')) {
            bodies.push(brace + 1);
        }
    }
    bodies
}

struct Walk<'a> {
    code: &'a [char],
    at: usize,
    /// Names of the elements around.
    open: Vec<String>,
    found: Vec<(usize, &'static str)>,
}

impl Walk<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.code.get(self.at + ahead).copied()
    }

    /// Walks children until the macro's own closing brace.
    fn children(&mut self) {
        let mut seen_element = false;
        while let Some(now) = self.peek(0) {
            match now {
                '}' => return,
                '<' => {
                    seen_element = true;
                    self.tag();
                }
                '{' => {
                    let start = self.at;
                    let block = self.block();
                    if makes_text(&block) {
                        self.find(start, "a block that makes bare text");
                    }
                }
                '"' => {
                    self.find(self.at, "a bare quoted text");
                    self.at += 1;
                    self.skip_past('"');
                }
                _ if now.is_whitespace() => self.at += 1,
                _ => {
                    // Before the first element stands at most the macro's own setting (`class = x,`).
                    if seen_element {
                        self.find(self.at, "a bare text");
                    }
                    while self
                        .peek(0)
                        .is_some_and(|c| !matches!(c, '<' | '{' | '}' | '"'))
                    {
                        self.at += 1;
                    }
                }
            }
        }
    }

    fn find(&mut self, at: usize, what: &'static str) {
        let around = self.open.last().map(String::as_str).unwrap_or_default();
        if !TEXT_BY_NATURE.contains(&around) {
            self.found.push((at, what));
        }
    }

    fn skip_past(&mut self, end: char) {
        while self.peek(0).is_some_and(|c| c != end) {
            self.at += 1;
        }
        self.at += 1;
    }

    fn tag(&mut self) {
        if self.peek(1) == Some('!') {
            self.skip_past('>');
            return;
        }
        if self.peek(1) == Some('/') {
            self.open.pop();
            self.skip_past('>');
            return;
        }
        self.at += 1;
        let name: String = self
            .code
            .iter()
            .skip(self.at)
            .take_while(|c| c.is_alphanumeric() || "_-:".contains(**c))
            .collect();
        let mut depth = 0_usize;
        let mut before = ' ';
        while let Some(now) = self.peek(0) {
            self.at += 1;
            match now {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                // `=>` and `->` belong to an expression.
                '>' if depth == 0 && !matches!(before, '=' | '-') => break,
                _ => {}
            }
            before = now;
        }
        if before != '/' && !VOID.contains(&name.as_str()) {
            self.open.push(name);
        }
    }

    /// Takes a balanced block and returns its inside.
    fn block(&mut self) -> String {
        let start = self.at + 1;
        let mut depth = 0_usize;
        while let Some(now) = self.peek(0) {
            self.at += 1;
            match now {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.code
            .iter()
            .skip(start)
            .take(self.at.saturating_sub(start + 1))
            .collect()
    }
}

const VOID: &[&str] = &[
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

fn makes_text(block: &str) -> bool {
    let expression = block.trim();
    let expression = expression
        .strip_prefix("move")
        .map_or(expression, str::trim_start);
    let expression = expression
        .strip_prefix("||")
        .map_or(expression, str::trim_start);
    expression.starts_with('"')
        || expression.starts_with("format!")
        || TEXT_ENDINGS
            .iter()
            .any(|ending| expression.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::super::snippet::lines;
    use super::*;

    fn found(body: &str) -> Vec<usize> {
        lines(
            bare_texts,
            "app/src/pages/home.rs",
            &format!("fn f() {{ view! {{ {body} }} }}"),
        )
    }

    #[test]
    fn texts_are_found() {
        assert_eq!(found("<p>\"Sign in\"</p>"), vec![1]);
        assert_eq!(found("<p>Sign in</p>"), vec![1]);
        assert_eq!(found("<p>\n{format!(\"{}\", a)}</p>"), vec![2]);
        assert_eq!(found("<p>{move || name.get()}</p>"), vec![1]);
        assert_eq!(
            found("<br/><p>{view.title.clone().to_string()}</p>"),
            vec![1]
        );
        assert_eq!(found("<div><img src=\"a\">\"x\"</div>"), vec![1]);
    }

    #[test]
    fn elements_pass() {
        assert!(found("<Text value=title/> <p class=\"a > b\">{children()}</p>").is_empty());
        assert!(
            found(
                "<a href={move || { \"x\".to_string() }} on:click=move |_| go()><Text value=t/></a>"
            )
            .is_empty()
        );
        assert!(found("{items.into_iter().map(|item| view! { <li><Text value=item/></li> }).collect_view()}").is_empty());
        assert!(found("<title>{title}</title>").is_empty());
        assert!(found("<p>{fields}</p>").is_empty());
    }

    #[test]
    fn a_nested_view_is_walked_too() {
        assert_eq!(
            found("<ul>{items.map(|item| view! {\n<li>\"x\"</li> })}</ul>"),
            vec![2]
        );
    }
}
