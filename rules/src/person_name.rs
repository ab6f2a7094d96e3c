//! A part of a person's name, as documents write it: in one script, without digits (S2.1).

use serde::{Deserialize, Serialize};

use crate::text;

/// The longest part of a name, in characters.
pub const NAME_MAX: usize = 100;

/// The script a part of a name is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    Arabic,
    Latin,
}

/// Why it is no part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// No letter is in it.
    Empty,
    TooLong,
    /// Letters of another script.
    Foreign(Script),
    /// A sign that names do not have.
    Character(char),
}

/// Reads a part of a name: without marks nobody sees, in `script` alone.
///
/// # Errors
/// What keeps it from being one.
pub fn parse(raw: &str, script: Script) -> Result<String, NameError> {
    let name = text::tidy(raw);
    if name.chars().nth(NAME_MAX).is_some() {
        return Err(NameError::TooLong);
    }
    let mut letters = 0_usize;
    for c in name.chars() {
        if script.holds(c) {
            letters += 1;
        } else if !is_name_sign(c) {
            return Err(match c.is_alphabetic() {
                true => NameError::Foreign(script),
                false => NameError::Character(c),
            });
        }
    }
    if letters == 0 {
        Err(NameError::Empty)
    } else {
        Ok(name)
    }
}

impl Script {
    /// Letters of the script with the marks that go on them.
    const fn holds(self, c: char) -> bool {
        match self {
            Self::Arabic => matches!(c,
                '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}'
                | '\u{06EA}'..='\u{06EF}' | '\u{06FA}'..='\u{06FF}' | '\u{0750}'..='\u{077F}'
                | '\u{08A0}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}'),
            Self::Latin => matches!(c,
                'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{00D6}' | '\u{00D8}'..='\u{00F6}'
                | '\u{00F8}'..='\u{024F}' | '\u{0300}'..='\u{036F}' | '\u{1E00}'..='\u{1EFF}'),
        }
    }
}

/// What stands between and after names: `BEN-ALI`, `N’GUESSAN`, `EL IDRISSI (ép. NACIRI)`.
const fn is_name_sign(c: char) -> bool {
    text::is_dash(c)
        || matches!(
            c,
            ' ' | '\'' | '’' | '‘' | '`' | '´' | '\u{02B9}'
                ..='\u{02BF}' | '.' | ',' | '،' | '(' | ')' | '/'
        )
}

#[cfg(test)]
mod tests {
    use super::{NameError, Script, parse};

    #[test]
    fn a_name_is_written_in_one_script() {
        for (raw, script, name) in [
            ("  بن\u{200f} علي ", Script::Arabic, "بن علي"),
            ("محمــد", Script::Arabic, "محمد"),
            ("N’GUESSAN", Script::Latin, "N’GUESSAN"),
            (
                "Aït-Ahmed (ép. El Idrissi)",
                Script::Latin,
                "Aït-Ahmed (ép. El Idrissi)",
            ),
        ] {
            assert_eq!(parse(raw, script), Ok(name.to_owned()));
        }
        for (raw, script, error) in [
            ("", Script::Latin, NameError::Empty),
            (" - ", Script::Latin, NameError::Empty),
            ("علي", Script::Latin, NameError::Foreign(Script::Latin)),
            ("Ali", Script::Arabic, NameError::Foreign(Script::Arabic)),
            ("Ali2", Script::Latin, NameError::Character('2')),
            ("<b>", Script::Latin, NameError::Character('<')),
        ] {
            assert_eq!(parse(raw, script), Err(error), "{raw}");
        }
        assert_eq!(
            parse(&"a".repeat(101), Script::Latin),
            Err(NameError::TooLong)
        );
    }
}
