//! One person of the sample roll, fixed or invented.

use super::chance::Chance;
use super::names::{Name, Names};

/// One row of the roll, as the import reads it.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Code Massar: one letter, nine digits.
    pub(crate) number: String,
    /// `cin`, `passport` or `residence_card`.
    pub(crate) national_id_kind: &'static str,
    pub(crate) national_id: String,
    last: Name,
    first: Name,
    /// ISO 8601.
    birth_date: String,
    /// Empty when none is on record.
    pub(crate) email: String,
    /// E.164; empty when none is on record.
    pub(crate) phone: String,
    programme: &'static str,
    year: u64,
    /// `enrolled`, `graduated` or `left`.
    status: &'static str,
}

impl Person {
    /// The row, without its line end. No value holds a comma or a quote.
    pub(crate) fn row(&self) -> String {
        let year = self.year.to_string();
        [
            &*self.number,
            self.national_id_kind,
            &*self.national_id,
            self.last.0,
            self.first.0,
            self.last.1,
            self.first.1,
            &*self.birth_date,
            &*self.email,
            &*self.phone,
            self.programme,
            &*year,
            self.status,
        ]
        .join(",")
    }

    /// What may belong to one person only.
    pub(crate) fn unique_values(&self) -> Vec<String> {
        [&self.number, &self.national_id, &self.email, &self.phone]
            .into_iter()
            .filter(|value| !value.is_empty())
            .cloned()
            .collect()
    }
}

/// Programmes with their length in years, in the words of the faculty's own notices.
const PROGRAMMES: &[(&str, u64)] = &[
    ("إجازة القانون الخاص - Licence Droit privé", 3),
    ("إجازة القانون العام - Licence Droit public", 3),
    ("إجازة القانون بالفرنسية - Licence Droit en français", 3),
    ("إجازة العلوم الاقتصادية - Licence Sciences économiques", 3),
    ("إجازة علوم التدبير - Licence Sciences de gestion", 3),
    (
        "إجازة الاقتصاد والتدبير - Licence Sciences économiques et gestion",
        3,
    ),
    ("ماستر قانون الأعمال - Master Droit des affaires", 2),
    ("ماستر المنازعات العمومية - Master Contentieux public", 2),
    ("ماستر العلوم الجنائية - Master Sciences criminelles", 2),
    ("ماستر المالية والبنك - Master Finance et banque", 2),
    (
        "ماستر تدبير الموارد البشرية - Master Gestion des ressources humaines",
        2,
    ),
    ("ماستر الاقتصاد القياسي - Master d’économétrie appliquée", 2),
    ("دكتوراه القانون - Doctorat Droit", 3),
    (
        "دكتوراه الاقتصاد والتدبير - Doctorat Sciences économiques et gestion",
        3,
    ),
];

/// Letters that begin the identity numbers of some prefectures and provinces.
const CIN_LETTERS: &[&str] = &[
    "A", "AA", "AB", "AD", "B", "BB", "BE", "BH", "BJ", "BK", "C", "CB", "CD", "D", "DA", "DC",
    "E", "EA", "EE", "F", "FA", "G", "GA", "GN", "H", "HA", "I", "IA", "IB", "J", "JA", "JB", "JC",
    "K", "KB", "L", "LA", "M", "MA", "N", "O", "P", "PA", "PB", "Q", "QA", "R", "S", "SH", "T",
    "TA", "U", "UA", "V", "VA", "W", "WA", "WB", "X", "XA", "Y", "Z", "ZG", "ZT",
];

/// The five persons that never change: e-mail and phone; e-mail; phone; neither; passport.
pub(crate) fn fixed() -> Vec<Person> {
    let person = |number: &str,
                  id: (&'static str, &str),
                  last,
                  first,
                  birth: &str,
                  email: &str,
                  phone: &str| Person {
        number: number.to_owned(),
        national_id_kind: id.0,
        national_id: id.1.to_owned(),
        last,
        first,
        birth_date: birth.to_owned(),
        email: email.to_owned(),
        phone: phone.to_owned(),
        programme: PROGRAMMES.first().map_or("", |programme| programme.0),
        year: 2,
        status: "enrolled",
    };
    vec![
        person(
            "R130000001",
            ("cin", "AB123456"),
            ("العلوي", "EL ALAOUI"),
            ("سلمى", "SALMA"),
            "2003-04-12",
            "salma.elalaoui@example.ma",
            "+212612345601",
        ),
        person(
            "K130000002",
            ("cin", "CD234567"),
            ("بناني", "BENNANI"),
            ("يوسف", "YOUSSEF"),
            "2002-11-30",
            "youssef.bennani@example.ma",
            "",
        ),
        person(
            "D130000003",
            ("cin", "EE345678"),
            ("أيت علي", "AIT ALI"),
            ("فاطمة الزهراء", "FATIMA EZZAHRA"),
            "2004-01-05",
            "",
            "+212712345603",
        ),
        person(
            "G130000004",
            ("cin", "G456789"),
            ("الإدريسي", "EL IDRISSI"),
            ("عبد الرحمان", "ABDERRAHMANE"),
            "2001-08-21",
            "",
            "",
        ),
        person(
            "E130000005",
            ("passport", "A01234567"),
            ("ديالو", "DIALLO"),
            ("أمادو", "AMADOU"),
            "2002-02-28",
            "amadou.diallo@example.com",
            "+212661234505",
        ),
    ]
}

/// A person that nobody has met.
pub(crate) fn invented(names: &Names, chance: &mut Chance) -> Person {
    let guest = chance.in_hundred(3);
    let (first, last) = if guest {
        guest_name(names, chance)
    } else {
        local_name(names, chance)
    };
    let (national_id_kind, national_id) = if guest {
        foreign_document(chance)
    } else {
        ("cin", cin(chance))
    };
    let birth = chance.between(1996, 2007);
    let (programme, years) = chance.one_of(PROGRAMMES).copied().unwrap_or_default();
    let number = chance.between(100_000, 9_999_999);
    Person {
        number: format!(
            "{}{:02}{:07}",
            letter(chance),
            // Two digits for the first school year: the children of the first years were numbered later.
            chance.between(13, 19),
            number
        ),
        national_id_kind,
        national_id,
        last,
        first,
        birth_date: format!(
            "{birth}-{:02}-{:02}",
            chance.between(1, 12),
            chance.between(1, 28)
        ),
        email: if chance.in_hundred(70) {
            address(first, last, chance)
        } else {
            String::new()
        },
        phone: if chance.in_hundred(60) {
            phone(chance)
        } else {
            String::new()
        },
        programme,
        year: chance.between(1, years.max(1)),
        status: match chance.between(1, 100) {
            1..=88 => "enrolled",
            89..=96 => "graduated",
            _ => "left",
        },
    }
}

fn local_name(names: &Names, chance: &mut Chance) -> (Name, Name) {
    let given = if chance.in_hundred(54) {
        &names.women
    } else {
        &names.men
    };
    let first = chance.one_of(given).copied().unwrap_or_default();
    (
        first,
        chance.one_of(&names.families).copied().unwrap_or_default(),
    )
}

fn guest_name(names: &Names, chance: &mut Chance) -> (Name, Name) {
    let first = chance
        .one_of(&names.guests_given)
        .copied()
        .unwrap_or_default();
    (
        first,
        chance
            .one_of(&names.guests_family)
            .copied()
            .unwrap_or_default(),
    )
}

fn letter(chance: &mut Chance) -> char {
    chance
        .one_of(&[
            'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S',
        ])
        .copied()
        .unwrap_or('R')
}

fn cin(chance: &mut Chance) -> String {
    let letters = chance.one_of(CIN_LETTERS).copied().unwrap_or("A");
    // At most eight characters, the first digit not 0 (norms, "Identifiers").
    format!("{letters}{}", chance.between(10_000, 999_999))
}

fn foreign_document(chance: &mut Chance) -> (&'static str, String) {
    if chance.in_hundred(70) {
        return (
            "passport",
            format!(
                "{}{:08}",
                letter(chance),
                chance.between(100_000, 99_999_999)
            ),
        );
    }
    (
        "residence_card",
        format!(
            "{}{:06}{}",
            letter(chance),
            chance.between(1_000, 999_999),
            letter(chance)
        ),
    )
}

fn phone(chance: &mut Chance) -> String {
    format!(
        "+212{}{:08}",
        chance.between(6, 7),
        chance.between(10_000_000, 99_999_999)
    )
}

fn address(first: Name, last: Name, chance: &mut Chance) -> String {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(char::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    let domain = if chance.in_hundred(60) {
        "example.ma"
    } else {
        "example.com"
    };
    format!(
        "{}.{}{}@{domain}",
        plain(first.1),
        plain(last.1),
        chance.between(1, 999)
    )
}
