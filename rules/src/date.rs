//! Calendar days: birth dates above all. Day-first as people here write, ISO as browsers post
//! (contract.md, "Forms"). Today is an argument: rules have no clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{hijri, text};

/// The years that a date of the product can have: a person alive, or an appointment.
pub const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

/// Ages, in years, of persons who have an account or stand on a roll: a slip of a decade or a century
/// falls outside.
pub const AGES: std::ops::RangeInclusive<u16> = 10..=110;

/// A day of the Gregorian calendar that exists. Ordered by time; shown as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why something typed is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateError {
    /// Nothing is left once spaces and marks are gone.
    Empty,
    /// Not day, month and year in digits.
    NotADate,
    /// The year has two digits: 01 may be 1901 or 2001, and nobody guesses a birth date.
    TwoDigitYear,
    /// Day, month and year, but no such day: 31/02/2001, or month first.
    NoSuchDay,
    /// Outside [`YEARS`]: a Hijri year (14xx), or a slip.
    YearOutOfRange,
}

impl Date {
    /// # Errors
    /// [`DateError::NoSuchDay`] or [`DateError::YearOutOfRange`].
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        if !YEARS.contains(&year) {
            return Err(DateError::YearOutOfRange);
        }
        if day == 0 || day > days_in(year, month) {
            return Err(DateError::NoSuchDay);
        }
        Ok(Self { year, month, day })
    }

    /// Reads `2001-12-31`, `31/12/2001`, `31-12-2001`, `31.12.2001`, `31 12 2001`, `31122001`, in
    /// digits of any family, with one- or two-digit days and months (S0.3). Never month first.
    ///
    /// # Errors
    /// [`DateError`].
    pub fn parse(raw: &str) -> Result<Self, DateError> {
        Self::parse_in(raw, false)
    }

    /// The same where a date may also be written in the Hijri calendar (S4.3): its years tell it.
    ///
    /// # Errors
    /// [`DateError`].
    pub fn parse_in(raw: &str, hijri: bool) -> Result<Self, DateError> {
        let mut groups = Groups::default();
        for c in raw.chars().filter_map(text::visible) {
            match c.to_digit(10) {
                Some(digit) => groups.push(digit)?,
                None if is_separator(c) => groups.close(),
                None => return Err(DateError::NotADate),
            }
        }
        groups.close();
        groups.date(hijri)
    }

    pub const fn year(self) -> u16 {
        self.year
    }

    /// 1–12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// 1–31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Whole years lived on `today`; nothing when `self` is still to come. Who was born on
    /// 29 February grows older on 1 March of a common year.
    pub fn age_on(self, today: Self) -> Option<u16> {
        let before_birthday = (today.month, today.day) < (self.month, self.day);
        (self <= today).then(|| today.year - self.year - u16::from(before_birthday))
    }

    /// The day that holds `epoch_ms` (milliseconds since 1970-01-01 UTC) on a clock
    /// `offset_minutes` east of UTC; nothing outside [`YEARS`].
    pub fn at(epoch_ms: i64, offset_minutes: i32) -> Option<Self> {
        let local_ms = epoch_ms.checked_add(i64::from(offset_minutes) * 60_000)?;
        Self::from_days(local_ms.div_euclid(86_400_000))
    }

    /// The day `days` after 1970-01-01; nothing outside [`YEARS`].
    pub fn from_days(days: i64) -> Option<Self> {
        // Years begin in March, so that the leap day comes last: civil-from-days of the proleptic
        // Gregorian calendar, counted in eras of 400 years.
        let days = days.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
        .ok()
    }

    /// Days since 1970-01-01; negative before.
    pub fn to_days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let march_month = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * march_month + 2) / 5 + day - 1;
        let year_of_era = year.rem_euclid(400);
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        year.div_euclid(400) * 146_097 + day_of_era - 719_468
    }
}

/// Runs of digits with their lengths: at most three, of at most eight digits.
#[derive(Default)]
struct Groups {
    runs: [(u32, u8); 3],
    closed: usize,
}

impl Groups {
    fn push(&mut self, digit: u32) -> Result<(), DateError> {
        let run = self.runs.get_mut(self.closed).ok_or(DateError::NotADate)?;
        if run.1 == 8 {
            return Err(DateError::NotADate);
        }
        *run = (run.0 * 10 + digit, run.1 + 1);
        Ok(())
    }

    fn close(&mut self) {
        if self.runs.get(self.closed).is_some_and(|run| run.1 > 0) {
            self.closed += 1;
        }
    }

    fn date(&self, hijri: bool) -> Result<Date, DateError> {
        let checked = |year, month, day| checked(year, month, day, hijri);
        match (self.closed, self.runs) {
            (0, _) => Err(DateError::Empty),
            // Eight digits are one date at most: a year from 1900 leaves no month in its place.
            (1, [(digits, 8), ..]) => {
                let iso = checked(digits / 10_000, digits / 100 % 100, digits % 100);
                iso.or_else(|refusal| {
                    let day_first =
                        checked(digits % 10_000, digits / 10_000 % 100, digits / 1_000_000);
                    day_first.map_err(|other| match refusal {
                        DateError::YearOutOfRange => other,
                        _ => refusal,
                    })
                })
            }
            (1, [(_, 6), ..]) => Err(DateError::TwoDigitYear),
            (3, [(year, 4), (month, 1 | 2), (day, 1 | 2)])
            | (3, [(day, 1 | 2), (month, 1 | 2), (year, 4)]) => checked(year, month, day),
            (3, [(_, 1 | 2), (_, 1 | 2), (_, 1 | 2)]) => Err(DateError::TwoDigitYear),
            _ => Err(DateError::NotADate),
        }
    }
}

fn checked(year: u32, month: u32, day: u32, hijri: bool) -> Result<Date, DateError> {
    let year = u16::try_from(year).map_err(|_| DateError::YearOutOfRange)?;
    let month = u8::try_from(month).map_err(|_| DateError::NoSuchDay)?;
    let day = u8::try_from(day).map_err(|_| DateError::NoSuchDay)?;
    if hijri && hijri::YEARS.contains(&year) {
        return hijri::to_gregorian(year, month, day).ok_or(DateError::NoSuchDay);
    }
    Date::new(year, month, day)
}

/// The last is the Arabic date separator.
fn is_separator(c: char) -> bool {
    text::is_dash(c) || c.is_whitespace() || matches!(c, '/' | '.' | '_' | ',' | '،' | '\u{060D}')
}

/// Days of a month; 0 when there is no such month.
const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no date",
            Self::NotADate => "not a date",
            Self::TwoDigitYear => "the year has two digits",
            Self::NoSuchDay => "no such day",
            Self::YearOutOfRange => "the year is out of range",
        })
    }
}

impl std::error::Error for DateError {}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(raw: &str) -> Result<Self, DateError> {
        Self::parse(raw)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(raw: String) -> Result<Self, DateError> {
        Self::parse(&raw)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}
