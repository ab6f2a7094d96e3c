//! Dates and times as people say them: «21 نونبر 2026», "5 minutes ago".
//!
//! No calendar arithmetic here: whoever asks has already chosen the day and the time zone.

use crate::{Text, Texts};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

impl Texts {
    /// The month's name as said in Morocco; `None` outside 1–12.
    pub fn month(&self, month: u8) -> Option<Text> {
        Some(match month {
            1 => self.dates_month_01(),
            2 => self.dates_month_02(),
            3 => self.dates_month_03(),
            4 => self.dates_month_04(),
            5 => self.dates_month_05(),
            6 => self.dates_month_06(),
            7 => self.dates_month_07(),
            8 => self.dates_month_08(),
            9 => self.dates_month_09(),
            10 => self.dates_month_10(),
            11 => self.dates_month_11(),
            12 => self.dates_month_12(),
            _ => return None,
        })
    }

    /// A day of the Gregorian calendar. A month outside 1–12 gives the numbers alone.
    pub fn date(&self, year: u16, month: u8, day: u8) -> Text {
        let year = year.to_string();
        let day_digits = day.to_string();
        match self.month(month) {
            Some(name) if day == 1 => self.dates_first_day(&name.bare(), &year),
            Some(name) => self.dates_day(&day_digits, &name.bare(), &year),
            None => {
                let mut iso = year;
                for part in [month.to_string(), day_digits] {
                    iso.push('-');
                    iso.push_str(&part);
                }
                Text::ltr(&iso)
            }
        }
    }

    /// A day and a time of day on the 24-hour clock.
    pub fn date_time(&self, date: &Text, hour: u8, minute: u8) -> Text {
        self.dates_moment(&date.bare(), &two_digits(hour), &two_digits(minute))
    }

    /// A time of day, 24 hours.
    pub fn clock(&self, hour: u8, minute: u8) -> Text {
        self.dates_clock(&two_digits(hour), &two_digits(minute))
    }

    /// How long ago something was, in its largest whole unit.
    ///
    /// `seconds` is not negative: a clock that runs ahead counts as now.
    pub fn ago(&self, seconds: u64) -> Text {
        match seconds {
            0..MINUTE => self.dates_now(),
            MINUTE..HOUR => self.dates_minutes_ago(seconds / MINUTE),
            HOUR..DAY => self.dates_hours_ago(seconds / HOUR),
            _ => self.dates_days_ago(seconds / DAY),
        }
    }
}

fn two_digits(n: u8) -> String {
    let mut out = String::with_capacity(2);
    if n < 10 {
        out.push('0');
    }
    out.push_str(&n.to_string());
    out
}

#[cfg(test)]
mod tests {
    use crate::Texts;
    use miftah_rules::Lang;

    #[test]
    fn dates_are_said_as_in_morocco() {
        let say = |lang, y, m, d| Texts::new(lang).date(y, m, d).bare();
        assert_eq!(say(Lang::Ar, 2026, 11, 21), "21 نونبر 2026");
        assert_eq!(say(Lang::Fr, 2026, 11, 1), "1er\u{a0}novembre 2026");
        assert_eq!(say(Lang::En, 2003, 5, 1), "1\u{a0}May 2003");
        assert_eq!(say(Lang::Ar, 2003, 13, 1), "2003-13-1");
    }

    #[test]
    fn times_have_two_digits() {
        let texts = Texts::new(Lang::Fr);
        let date = texts.date(2026, 11, 21);
        assert!(
            texts
                .date_time(&date, 9, 5)
                .bare()
                .ends_with("9\u{a0}h\u{a0}05")
        );
    }

    #[test]
    fn ago_takes_the_largest_whole_unit() {
        let ar = Texts::new(Lang::Ar);
        assert_eq!(ar.ago(59).bare(), "الآن");
        assert_eq!(ar.ago(120).bare(), "قبل دقيقتين");
        assert_eq!(ar.ago(5 * 60).bare(), "قبل 5 دقائق");
        assert_eq!(ar.ago(11 * 3600).bare(), "قبل 11 ساعة");
        assert_eq!(ar.ago(86_400).bare(), "أمس");
        assert_eq!(
            Texts::new(Lang::En).ago(3 * 86_400 + 5).bare(),
            "3 days ago"
        );
    }
}
