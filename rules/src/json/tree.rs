//! JSON text as a tree.

use super::Unreadable;

/// Deeper than any view; a text that nests without end must not end the app.
const DEEPEST: u8 = 64;

#[derive(Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    Yes(bool),
    Number(i64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

pub(super) fn parse(text: &str) -> Result<Tree, Unreadable> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let tree = parser.value()?;
    match parser.peek() {
        None => Ok(tree),
        Some(_) => Err(Unreadable),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl Parser<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.byte()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let there = self.peek() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str, tree: Tree) -> Result<Tree, Unreadable> {
        let rest = self.text.get(self.at..).ok_or(Unreadable)?;
        if !rest.starts_with(word) {
            return Err(Unreadable);
        }
        self.at += word.len();
        Ok(tree)
    }

    fn value(&mut self) -> Result<Tree, Unreadable> {
        match self.peek().ok_or(Unreadable)? {
            b'n' => self.word("null", Tree::Null),
            b't' => self.word("true", Tree::Yes(true)),
            b'f' => self.word("false", Tree::Yes(false)),
            b'"' => self.string().map(Tree::Text),
            b'[' => self.nested(Self::list),
            b'{' => self.nested(Self::map),
            _ => self.number(),
        }
    }

    fn nested(
        &mut self,
        inner: impl Fn(&mut Self) -> Result<Tree, Unreadable>,
    ) -> Result<Tree, Unreadable> {
        if self.depth == DEEPEST {
            return Err(Unreadable);
        }
        self.at += 1;
        self.depth += 1;
        let tree = inner(self);
        self.depth -= 1;
        tree
    }

    fn list(&mut self) -> Result<Tree, Unreadable> {
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Tree::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.eat(b']') {
                return Ok(Tree::List(items));
            }
            if !self.eat(b',') {
                return Err(Unreadable);
            }
        }
    }

    fn map(&mut self) -> Result<Tree, Unreadable> {
        let mut entries = Vec::new();
        if self.eat(b'}') {
            return Ok(Tree::Map(entries));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(Unreadable);
            }
            let key = self.string()?;
            if !self.eat(b':') {
                return Err(Unreadable);
            }
            entries.push((key, self.value()?));
            if self.eat(b'}') {
                return Ok(Tree::Map(entries));
            }
            if !self.eat(b',') {
                return Err(Unreadable);
            }
        }
    }

    /// Whole numbers of 64 bits: views hold no others.
    fn number(&mut self) -> Result<Tree, Unreadable> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        let digits = self.text.get(start..self.at).ok_or(Unreadable)?;
        digits.parse().map(Tree::Number).map_err(|_| Unreadable)
    }

    fn string(&mut self) -> Result<String, Unreadable> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while !matches!(self.byte(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            out.push_str(self.text.get(start..self.at).ok_or(Unreadable)?);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escaped()?),
                _ => return Err(Unreadable),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Unreadable> {
        self.at += 1;
        let escape = self.byte().ok_or(Unreadable)?;
        self.at += 1;
        Ok(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(Unreadable),
        })
    }

    /// `\uXXXX`, or two of them that make one character.
    fn code_point(&mut self) -> Result<char, Unreadable> {
        let first = self.unit()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        if !self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with("\\u"))
        {
            return Err(Unreadable);
        }
        self.at += 2;
        let second = self.unit()?;
        let (high, low) = (first.wrapping_sub(0xd800), second.wrapping_sub(0xdc00));
        if high >= 0x400 || low >= 0x400 {
            return Err(Unreadable);
        }
        char::from_u32(0x10000 + (high << 10) + low).ok_or(Unreadable)
    }

    fn unit(&mut self) -> Result<u32, Unreadable> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Unreadable)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Unreadable);
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| Unreadable)
    }
}
