//! Moments as people there read them.

use miftah_rules::date::Date;
use miftah_rules::view::Moment;

use crate::portal::Portal;
use crate::ports::Millis;

/// A moment on the institution's clock; the zero moment for one that no calendar has.
pub(crate) fn moment(portal: &Portal, at: Millis) -> Moment {
    local(portal.institution.utc_offset_minutes, at).unwrap_or_default()
}

/// The day on the institution's calendar; nothing far outside any year of ours.
pub(crate) fn today(portal: &Portal) -> Option<Date> {
    let now = portal.clock.now();
    Date::at(now.0, portal.institution.utc_offset_minutes)
}

/// A moment on a clock so many minutes ahead of UTC; nothing far outside any year of ours.
pub(crate) fn local(offset_minutes: i32, at: Millis) -> Option<Moment> {
    let date = Date::at(at.0, offset_minutes)?;
    let minutes =
        at.0.div_euclid(60_000)
            .checked_add(i64::from(offset_minutes))?
            .rem_euclid(24 * 60);
    Some(Moment {
        year: date.year(),
        month: date.month(),
        day: date.day(),
        hour: u8::try_from(minutes / 60).ok()?,
        minute: u8::try_from(minutes % 60).ok()?,
    })
}
