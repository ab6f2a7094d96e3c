//! What each kind of SMS says. It has no room for a link: the office's phone stands in its place.

use miftah_messages::{Text, Texts};

use super::{Writer, is_to};
use crate::letter::{Address, Body, Change};
use crate::model::Letter;

impl Writer<'_> {
    /// The SMS of a letter; `None` for what is only ever said by mail.
    pub(super) fn sms(&self, letter: &Letter, body: &Body) -> Option<Text> {
        let t = Texts::new(letter.lang);
        let name = self.institution.short_name.get(letter.lang);
        let phone = &self.office_phone();
        Some(match body {
            Body::Code { form, .. } => t.sms_code(name, &self.code(letter, *form)?),
            Body::RecordTold { .. } => t.sms_account_opened(name, phone),
            Body::FrozenTold { .. } => t.sms_account_frozen(name, phone),
            Body::EmailInUse | Body::OfficeDispute { .. } => return None,
            Body::Notice { change, about, .. } => match change {
                Change::Opened => t.sms_account_opened(name, phone),
                Change::Recovered => t.sms_account_recovered(name, phone),
                Change::PasswordChanged => t.sms_password_changed(name, phone),
                Change::EmailChanged => t.sms_email_changed(name, phone),
                Change::PhoneChanged if is_own(letter, about.as_ref()) => {
                    t.sms_phone_added(name, phone)
                }
                Change::PhoneRemoved if is_own(letter, about.as_ref()) => {
                    t.sms_phone_removed(name, phone)
                }
                // To a number of the record, or to the one that was replaced.
                Change::PhoneChanged | Change::PhoneRemoved => t.sms_phone_changed(name, phone),
                Change::Frozen => t.sms_account_frozen(name, phone),
                Change::Unfrozen => t.sms_account_unfrozen(name, phone),
                Change::Closed => t.sms_account_closed(name, phone),
            },
        })
    }
}

fn is_own(letter: &Letter, about: Option<&Address>) -> bool {
    about.is_some_and(|about| is_to(letter, about))
}
