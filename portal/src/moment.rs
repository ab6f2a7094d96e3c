//! Moments as people there read them.

use miftah_rules::date::Date;
use miftah_rules::view::Moment;

use crate::portal::Portal;
use crate::ports::Millis;

/// A moment on the institution's clock; the zero moment for one that no calendar has.
pub(crate) fn moment(portal: &Portal, at: Millis) -> Moment {
    let offset = portal.institution.utc_offset_minutes;
    let Some(date) = Date::at(at.0, offset) else {
        return Moment::default();
    };
    let minutes =
        at.0.div_euclid(60_000)
            .saturating_add(i64::from(offset))
            .rem_euclid(24 * 60);
    Moment {
        year: date.year(),
        month: date.month(),
        day: date.day(),
        hour: u8::try_from(minutes / 60).unwrap_or_default(),
        minute: u8::try_from(minutes % 60).unwrap_or_default(),
    }
}
