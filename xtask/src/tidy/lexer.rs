//! Splits Rust source into code, comments and string literals, so that a rule about one is not
//! broken by the others.

/// A string literal as written between its quotes, escapes unresolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    /// From 1: where it begins.
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// Source with comments and the insides of literals blanked: same length, same lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// One entry a character of the source; quotes stay.
    pub(crate) code: Vec<char>,
    pub(crate) literals: Vec<Literal>,
}

impl Split {
    /// The code as text.
    pub(crate) fn code_text(&self) -> String {
        self.code.iter().collect()
    }
}

/// Splits `text` up to its test module, which by our habit stands at the end of a file.
pub(crate) fn split_product(text: &str) -> Split {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    split(text.get(..end).unwrap_or(text))
}

/// Splits the whole of `text`.
pub(crate) fn split(text: &str) -> Split {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
        line: 1,
        code: Vec::new(),
        literals: Vec::new(),
    };
    while let Some(now) = reader.peek(0) {
        match (now, reader.peek(1)) {
            ('/', Some('/')) => reader.blank_while(|reader| reader.peek(0) != Some('\n')),
            ('/', Some('*')) => reader.block_comment(),
            ('"', _) => reader.string(),
            ('r', Some('"' | '#')) if !reader.after_word() => reader.raw_string(),
            ('b', Some('r'))
                if !reader.after_word() && matches!(reader.peek(2), Some('"' | '#')) =>
            {
                reader.keep();
                reader.raw_string();
            }
            ('\'', _) => reader.quote(),
            _ => reader.keep(),
        }
    }
    Split {
        code: reader.code,
        literals: reader.literals,
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    code: Vec<char>,
    literals: Vec<Literal>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn step(&mut self, shown: impl FnOnce(char) -> char) {
        let Some(now) = self.peek(0) else {
            return;
        };
        if now == '\n' {
            self.line += 1;
        }
        self.code.push(if now == '\n' { '\n' } else { shown(now) });
        self.at += 1;
    }

    fn keep(&mut self) {
        self.step(|now| now);
    }

    fn blank(&mut self) {
        self.step(|_| ' ');
    }

    fn blank_while(&mut self, go_on: impl Fn(&Self) -> bool) {
        while self.peek(0).is_some() && go_on(self) {
            self.blank();
        }
    }

    /// `r` inside a word, as in `for"…"` never written or `var#`, begins no raw string.
    fn after_word(&self) -> bool {
        self.at
            .checked_sub(1)
            .and_then(|before| self.chars.get(before))
            .is_some_and(|c| c.is_alphanumeric() || *c == '_')
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (None, _) => return,
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        let mut text = String::new();
        self.keep();
        while let Some(now) = self.peek(0) {
            if now == '"' {
                self.keep();
                break;
            }
            let width = if now == '\\' { 2 } else { 1 };
            for _ in 0..width {
                text.extend(self.peek(0));
                self.blank();
            }
        }
        self.literals.push(Literal { line, text });
    }

    fn raw_string(&mut self) {
        let line = self.line;
        let hashes = self
            .chars
            .iter()
            .skip(self.at + 1)
            .take_while(|c| **c == '#')
            .count();
        if self.peek(1 + hashes) != Some('"') {
            self.keep();
            return;
        }
        for _ in 0..hashes + 2 {
            self.keep();
        }
        let mut text = String::new();
        while let Some(now) = self.peek(0) {
            if now == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                for _ in 0..=hashes {
                    self.keep();
                }
                break;
            }
            text.push(now);
            self.blank();
        }
        self.literals.push(Literal { line, text });
    }

    /// A character literal, or a lifetime.
    fn quote(&mut self) {
        let literal = match self.peek(1) {
            Some('\\') => true,
            Some(_) => self.peek(2) == Some('\''),
            None => false,
        };
        self.keep();
        if !literal {
            return;
        }
        if self.peek(0) == Some('\\') {
            self.blank();
            self.blank();
        }
        self.blank_while(|reader| reader.peek(0) != Some('\''));
        self.keep();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_comments_leave_the_code() {
        let source = "let a = \"x // y\"; // {\nlet b = r#\"q\"q\"#; /* /* } */ */ let c: &'a str = '\\'';\nlet d = '\"';";
        let split = split(source);
        assert_eq!(split.code.len(), source.chars().count());
        let texts: Vec<(usize, &str)> = split
            .literals
            .iter()
            .map(|l| (l.line, l.text.as_str()))
            .collect();
        assert_eq!(texts, vec![(1, "x // y"), (2, "q\"q")]);
        let code = split.code_text();
        assert!(!code.contains('{') && !code.contains('}'), "{code}");
        assert!(code.contains("&'a str"), "{code}");
    }

    #[test]
    fn the_test_module_is_no_product() {
        let split =
            split_product("let a = \"one\";\n#[cfg(test)]\nmod tests { const B: &str = \"two\"; }");
        assert_eq!(split.literals.len(), 1);
    }
}
