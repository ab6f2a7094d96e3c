//! What each kind of SMS says. What was done and when stands on the page of its link; where a link
//! would do nothing, the office's phone stands in its place. Links stand last and bare: phones take
//! marks of direction around them for a part of them.

use miftah_messages::{Text, Texts};

use super::{Writer, is_to};
use crate::letter::{Body, Change, Purpose};
use crate::model::Letter;

impl Writer<'_> {
    /// The SMS of a letter; `None` for what is only ever said by mail.
    pub(super) fn sms(&self, letter: &Letter, body: &Body) -> Option<Text> {
        let t = Texts::new(letter.lang);
        let name = self.institution.short_name.get(letter.lang);
        let phone = &self.office_phone();
        Some(match body {
            Body::Code {
                purpose: Purpose::TemporaryPassword,
                form,
            } => t.sms_temporary(name, &self.code(letter, *form)?),
            Body::Code { form, .. } => t.sms_code(name, &self.code(letter, *form)?),
            Body::RecordTold { account, at, .. } => {
                t.sms_account_opened(name, &self.not_me(letter, account, *at))
            }
            Body::FrozenTold { .. } => t.sms_account_frozen(name, phone),
            Body::AssistedTold { complaint, .. } => {
                t.sms_assisted(name, &self.stop(letter, complaint))
            }
            Body::EmailInUse
            | Body::ComplaintReceived { .. }
            | Body::ComplaintDecided { .. }
            | Body::RecordCorrected { .. }
            | Body::AssistedReady { .. }
            | Body::StaffInvited { .. }
            | Body::OfficeDispute { .. } => return None,
            Body::Notice {
                change,
                account,
                at,
                about,
                ..
            } => {
                let own = about.as_ref().is_some_and(|about| is_to(letter, about));
                let link = &self.not_me(letter, account, *at);
                match change {
                    Change::Opened => t.sms_account_opened(name, link),
                    Change::Recovered => t.sms_account_recovered(name, link),
                    Change::PasswordChanged => t.sms_password_changed(name, link),
                    Change::EmailChanged => t.sms_email_changed(name, link),
                    Change::PhoneChanged if own => t.sms_phone_added(name, link),
                    Change::PhoneRemoved if own => t.sms_phone_removed(name, link),
                    // To a number of the record, or to the one that was replaced.
                    Change::PhoneChanged | Change::PhoneRemoved => t.sms_phone_changed(name, link),
                    Change::DataChanged => t.sms_data_changed(name, link),
                    // The link would freeze what is frozen, or a closed account, or be dead.
                    Change::Frozen => t.sms_account_frozen(name, phone),
                    Change::Unfrozen => t.sms_account_unfrozen(name, phone),
                    Change::Closed => t.sms_account_closed(name, phone),
                }
            }
        })
    }
}
