//! Which plural form a number takes (Unicode CLDR 47, cardinal rules for whole numbers).

use miftah_rules::Lang;

/// A plural category. Arabic has six; French and English use `One` and `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// The category of a whole number.
pub const fn plural(lang: Lang, n: u64) -> Category {
    match (lang, n) {
        (Lang::Ar, 0) => Category::Zero,
        (Lang::Ar, 2) => Category::Two,
        (Lang::Ar | Lang::En, 1) | (Lang::Fr, 0 | 1) => Category::One,
        (Lang::Ar, _) => match n % 100 {
            3..=10 => Category::Few,
            11..=99 => Category::Many,
            _ => Category::Other,
        },
        (Lang::Fr | Lang::En, _) => Category::Other,
    }
}

/// Where the form stands among a message's forms, in the order of `build/check.rs`.
pub(crate) const fn place(lang: Lang, n: u64) -> usize {
    match (lang, plural(lang, n)) {
        (_, Category::Zero) | (Lang::Fr | Lang::En, Category::One) => 0,
        (Lang::Ar, Category::One) | (Lang::Fr | Lang::En, _) => 1,
        (Lang::Ar, Category::Two) => 2,
        (Lang::Ar, Category::Few) => 3,
        (Lang::Ar, Category::Many) => 4,
        (Lang::Ar, Category::Other) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::{Category, plural};
    use Category::{Few, Many, One, Other, Two, Zero};
    use miftah_rules::Lang;

    #[test]
    fn arabic_has_six_forms() {
        let table: &[(Category, &[u64])] = &[
            (Zero, &[0]),
            (One, &[1]),
            (Two, &[2]),
            (Few, &[3, 4, 10, 103, 110, 1003]),
            (Many, &[11, 12, 25, 99, 111, 199, 1011]),
            (Other, &[100, 101, 102, 200, 201, 1000, 1002]),
        ];
        for (category, numbers) in table {
            for n in *numbers {
                assert_eq!(plural(Lang::Ar, *n), *category, "{n}");
            }
        }
    }

    #[test]
    fn french_counts_zero_as_one_and_english_does_not() {
        let of = |lang| [0, 1, 2, 100, 1_000_001].map(|n| plural(lang, n));
        assert_eq!(of(Lang::Fr), [One, One, Other, Other, Other]);
        assert_eq!(of(Lang::En), [Other, One, Other, Other, Other]);
    }
}
