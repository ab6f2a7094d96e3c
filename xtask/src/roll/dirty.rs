//! The sample roll as an office's own program would export it: Windows-1256, semicolons, Arabic
//! headings, days first, padded cells, tatweel, marks of direction, numbers grouped at will, lines
//! of nothing and lines that are there twice. It says the same of the same persons (B.1).

use encoding_rs::WINDOWS_1256;

use super::Person;

const HEADINGS: [&str; 13] = [
    "رقم مسار",
    "نوع الوثيقة",
    "رقم البطاقة الوطنية",
    "الاسم العائلي",
    "الاسم الشخصي",
    "Nom",
    "Prénom",
    "تاريخ الازدياد",
    "البريد الإلكتروني",
    "الهاتف",
    "المسلك",
    "السنة",
    "الوضعية",
];

/// Every so many lines one is there twice, and one of nothing but separators follows.
const REPEATED: usize = 50;

/// The file, and how many lines only repeat another.
pub(crate) fn file(persons: &[Person]) -> (Vec<u8>, usize) {
    let mut text = HEADINGS.join(";") + "\r\n";
    let mut repeated = 0;
    for (n, person) in persons.iter().enumerate() {
        text.push_str(&row(person, n));
        if n % REPEATED == REPEATED - 1 {
            text.push_str(&row(person, n + 1));
            text.push_str(&";".repeat(HEADINGS.len() - 1));
            text.push_str("\r\n");
            repeated += 1;
        }
    }
    let (bytes, _, lost) = WINDOWS_1256.encode(&text);
    assert!(
        !lost,
        "the sample roll has a letter that Windows-1256 lacks"
    );
    (bytes.into_owned(), repeated)
}

/// Each value dirty in its own way, by the number of the line.
fn row(person: &Person, n: usize) -> String {
    let clean = person.row();
    let cells = clean
        .split(',')
        .enumerate()
        .map(|(column, cell)| match column {
            0 => match n % 4 {
                0 => cell.to_owned(),
                1 => cell.to_lowercase(),
                2 => grouped(cell, ' '),
                _ => format!("{}\u{200e}", grouped(cell, '-')),
            },
            2 => match n % 3 {
                0 => cell.to_lowercase(),
                1 => grouped(cell, ' '),
                _ => format!("\u{a0}{cell} "),
            },
            3 | 4 => arabic(cell, n + column),
            5 => format!(" {}", cell.replace(' ', "  ")),
            6 => format!("{cell}\u{a0}"),
            7 => day_first(cell, n),
            8 => email(cell, n),
            9 => phone(cell, n),
            1 | 12 => cell.to_uppercase(),
            _ => format!(" {cell} "),
        });
    let cells: Vec<String> = cells.collect();
    cells.join(";") + "\r\n"
}

fn grouped(number: &str, by: char) -> String {
    let mut out = String::new();
    for (place, c) in number.chars().enumerate() {
        if place > 0 && place % 3 == 0 {
            out.push(by);
        }
        out.push(c);
    }
    out
}

fn arabic(name: &str, n: usize) -> String {
    match n % 4 {
        0 => name.to_owned(),
        1 => {
            // A letter that joins the next one is drawn long.
            let mut letters: Vec<char> = name.chars().collect();
            letters.insert(letters.len().min(1), '\u{640}');
            letters.into_iter().collect()
        }
        2 => format!("\u{200f}{name}\u{200f}"),
        _ => format!("  {} ", name.replace(' ', "\u{a0} ")),
    }
}

fn day_first(iso: &str, n: usize) -> String {
    let mut parts: Vec<&str> = iso.split('-').collect();
    parts.reverse();
    parts.join(match n % 3 {
        0 => "/",
        1 => "-",
        _ => ".",
    })
}

fn email(address: &str, n: usize) -> String {
    match (address.split_once('@'), n % 2) {
        (Some((local, domain)), 1) => format!(" {local}@{}", domain.to_uppercase()),
        (None, 1) => "-".to_owned(),
        _ => address.to_owned(),
    }
}

fn phone(number: &str, n: usize) -> String {
    match (number.strip_prefix("+212"), n % 3) {
        (Some(national), 0) => format!("0{national}"),
        (Some(national), 1) => grouped(&format!("00212{national}"), ' '),
        (None, 1) => "/".to_owned(),
        _ => number.to_owned(),
    }
}
