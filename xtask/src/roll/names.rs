//! Names as Moroccan civil registers write them: each in Arabic beside its usual Latin spelling.
//! A name and its spelling are one line of a list, so that the two scripts of a person never disagree.

/// A name in both scripts, `(Arabic, Latin)`.
pub(crate) type Name = (&'static str, &'static str);

/// The lists that persons are put together from.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) women: Vec<Name>,
    pub(crate) men: Vec<Name>,
    pub(crate) families: Vec<Name>,
    /// Students from other countries.
    pub(crate) guests_given: Vec<Name>,
    pub(crate) guests_family: Vec<Name>,
}

impl Names {
    pub(crate) fn all() -> Self {
        Self {
            women: list(include_str!("names/women.txt")),
            men: list(include_str!("names/men.txt")),
            families: list(include_str!("names/families.txt")),
            guests_given: list(include_str!("names/guests_given.txt")),
            guests_family: list(include_str!("names/guests_family.txt")),
        }
    }
}

fn list(text: &'static str) -> Vec<Name> {
    text.lines()
        .filter_map(|line| line.split_once(" | "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_arabic_beside_latin() {
        let names = Names::all();
        assert!(names.women.len() > 100 && names.men.len() > 100 && names.families.len() > 200);
        for (arabic, latin) in names.women.iter().chain(&names.men).chain(&names.families) {
            assert!(
                arabic
                    .chars()
                    .all(|c| c == ' ' || ('\u{0621}'..='\u{064A}').contains(&c)),
                "{arabic}"
            );
            assert!(
                latin.chars().all(|c| c == ' ' || c.is_ascii_uppercase()),
                "{latin}"
            );
        }
    }
}
