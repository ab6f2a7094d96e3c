//! Dates of the Umm al-Qura calendar, which Saudi documents carry (S4.3). Facts: when each month of the
//! years 1318 to 1500 began, as the calendar was published or computed.

use std::ops::RangeInclusive;

use crate::date::Date;

/// The years that are known: from 30 April 1900 to 16 November 2077.
pub const YEARS: RangeInclusive<u16> = 1318..=1500;
/// Days from 1970-01-01 to the first of them.
const FIRST_DAY: i64 = -25_448;
/// A year each: bit n stands for month n + 1, and is set where that has 30 days instead of 29.
const LONG: [u16; 183] = [
    0x56d, 0xb5a, 0x752, 0xf25, 0xe8a, 0xd16, 0xa56, 0xab5, 0x6b4, 0xda9, 0xb92, 0xb25, 0x64b,
    0xa9b, 0x35a, 0x6d9, 0x5d4, 0xda5, 0xd4a, 0xa95, 0x536, 0x975, 0x2f4, 0x6e9, 0x6d4, 0x6a9,
    0x535, 0x25d, 0x4bd, 0x9ba, 0x3b4, 0xb69, 0xb2a, 0xa55, 0x4ad, 0xa5d, 0x2da, 0x6d9, 0xeaa,
    0xe94, 0xd2a, 0xc56, 0x4ae, 0xa6d, 0x56a, 0xd55, 0xd4a, 0xa93, 0x52b, 0xa5b, 0x53a, 0x6b5,
    0xea9, 0xd52, 0xd29, 0xa55, 0x4ad, 0x56d, 0xaea, 0x6e4, 0xed1, 0xda2, 0xaaa, 0x95a, 0x2da,
    0x5b9, 0xbb2, 0x764, 0x6c9, 0x555, 0x2ab, 0x4db, 0xaba, 0x5b4, 0xda9, 0xd52, 0xaa5, 0x92d,
    0x26d, 0x8ed, 0x2da, 0xad5, 0xaa5, 0xa4b, 0x497, 0x937, 0x2b6, 0x975, 0xd69, 0xd52, 0xc95,
    0x92b, 0x25b, 0x4db, 0x9d5, 0x5d2, 0xda5, 0xd4a, 0xa95, 0x54d, 0xaad, 0x3aa, 0xbd2, 0xbc4,
    0xb89, 0xa95, 0x52d, 0x5ad, 0xb6a, 0x6d4, 0xdc9, 0xd92, 0xaa6, 0x956, 0x2ae, 0x56d, 0x36a,
    0xb55, 0xaaa, 0x94d, 0x49d, 0x95d, 0x2ba, 0x5b5, 0x5aa, 0xd55, 0xa9a, 0x92e, 0x26e, 0x55d,
    0xada, 0x6d4, 0x6a5, 0xb27, 0xa4d, 0x4ad, 0x56d, 0xb5a, 0x754, 0xf49, 0xe92, 0xd26, 0xa56,
    0x356, 0x6b5, 0xbaa, 0xb92, 0xb25, 0x68b, 0xa9b, 0x55a, 0xada, 0x5b4, 0xda9, 0xb52, 0xa9a,
    0x536, 0x276, 0x575, 0xaf2, 0x6d4, 0x6a9, 0x555, 0x2ad, 0x4bd, 0x9ba, 0x574, 0xb69, 0xb52,
    0xa95, 0x52d, 0xa5d, 0x4da, 0xad9, 0x6b2, 0xe95, 0xe2a, 0xc96, 0x92e, 0xaad, 0x56a, 0xd65,
    0xd4a,
];

/// The Gregorian day of a Hijri one; nothing where there is none, or the year is not known.
pub fn to_gregorian(year: u16, month: u8, day: u8) -> Option<Date> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let before = usize::from(year - YEARS.start());
    let years: i64 = LONG.iter().take(before).map(|long| days(*long, 12)).sum();
    let long = *LONG.get(before)?;
    let length = 29 + u8::from(long >> (month - 1) & 1 == 1);
    if !(1..=length).contains(&day) {
        return None;
    }
    Date::from_days(FIRST_DAY + years + days(long, month - 1) + i64::from(day) - 1)
}

/// Days of the first months of a year.
fn days(long: u16, months: u8) -> i64 {
    let mask = (1_u16 << months) - 1;
    i64::from(months) * 29 + i64::from((long & mask).count_ones())
}

#[cfg(test)]
mod tests {
    use super::{LONG, YEARS, to_gregorian};

    /// Days that everybody knows: new years and the beginning of Ramadan as they were announced.
    #[test]
    fn known_days() {
        for ((year, month, day), gregorian) in [
            ((1318, 1, 1), "1900-04-30"),
            ((1400, 1, 1), "1979-11-21"),
            ((1410, 5, 12), "1989-12-11"),
            ((1445, 9, 1), "2024-03-11"),
            ((1447, 1, 1), "2025-06-26"),
            ((1500, 12, 29), "2077-11-15"),
        ] {
            assert_eq!(
                to_gregorian(year, month, day)
                    .map(|date| date.to_string())
                    .as_deref(),
                Some(gregorian)
            );
        }
    }

    #[test]
    fn days_follow_each_other_and_no_other_day_is_one() {
        let mut next = to_gregorian(1318, 1, 1).unwrap().to_days();
        for year in YEARS {
            for month in 1..=12 {
                for day in 1..=30 {
                    if let Some(date) = to_gregorian(year, month, day) {
                        assert_eq!(date.to_days(), next, "{year}-{month}-{day}");
                        next += 1;
                    } else {
                        assert_eq!(day, 30);
                    }
                }
                assert_eq!(to_gregorian(year, month, 0), None);
                assert_eq!(to_gregorian(year, month, 31), None);
            }
            assert_eq!(to_gregorian(year, 13, 1), None);
            assert_eq!(to_gregorian(year, 0, 1), None);
        }
        assert_eq!(to_gregorian(1317, 1, 1), None);
        assert_eq!(to_gregorian(1501, 1, 1), None);
        // A year has 354 or 355 days.
        assert!(LONG.iter().all(|long| [6, 7].contains(&long.count_ones())));
    }
}
