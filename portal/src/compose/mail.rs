//! What each kind of mail says, in order. How it looks is `plain` and `html`.

use miftah_messages::{Text, Texts};
use miftah_rules::Place;

use super::{Facts, Writer, is_to, looks_like_a_code, shown};
use crate::id::AccountId;
use crate::letter::{Address, Body, Change, Dispute, Purpose};
use crate::model::Letter;
use crate::ports::Millis;
use crate::proof::{CODE_MINUTES, masked, temporary_minutes};

/// A mail before it is set as text or HTML.
#[derive(Debug)]
pub(super) struct Mail {
    pub subject: Text,
    /// Whose letter it is: stands above everything in HTML.
    pub head: Text,
    pub parts: Vec<Part>,
    pub footer: Vec<Text>,
}

#[derive(Debug)]
pub(super) enum Part {
    /// Sentences that belong together.
    Lines(Vec<Text>),
    Code {
        label: Text,
        code: String,
    },
    Link {
        label: Text,
        href: String,
    },
}

/// What happened, when and where.
pub(super) struct Event<'a> {
    pub(super) name: &'a str,
    pub(super) at: Millis,
    pub(super) device: &'a str,
}

impl Writer<'_> {
    /// The mail of a letter; `None` when it lacks the code it should carry.
    pub(super) fn mail(&self, letter: &Letter, body: &Body, facts: &Facts) -> Option<Mail> {
        let t = Texts::new(letter.lang);
        let why = || Some(t.mail_footer_why(self.name(&t)));
        let (subject, parts, why) = match body {
            Body::Code { purpose, form } => {
                let code = self.code(letter, *form)?;
                (
                    code_subject(&t, *purpose, &code),
                    self.code_mail(&t, letter, *purpose, code),
                    why(),
                )
            }
            Body::EmailInUse => (
                t.mail_email_in_use_subject(),
                self.in_use_mail(&t, letter),
                why(),
            ),
            Body::RecordTold {
                name,
                account,
                at,
                device,
            } => {
                let email = masked(&Address::email(&facts.account_email));
                let what = t.notices_roll(self.name(&t), &email);
                let event = Event {
                    name,
                    at: *at,
                    device,
                };
                let parts = self.undoable(&t, letter, &event, account, what);
                (t.notices_roll_subject(), parts, None)
            }
            Body::Notice {
                change,
                name,
                account,
                at,
                device,
                about,
            } => {
                let event = Event {
                    name,
                    at: *at,
                    device,
                };
                let about = about.as_ref();
                let parts = self.notice_mail(&t, letter, &event, account, *change, about);
                (notice_subject(&t, letter, *change, about), parts, None)
            }
            Body::FrozenTold { name } => {
                let said = vec![t.notices_frozen(self.name(&t)), t.notices_frozen_next()];
                let parts = vec![Part::Lines(vec![greeting(&t, name)]), Part::Lines(said)];
                (t.notices_frozen_subject(), parts, None)
            }
            Body::ComplaintReceived { .. }
            | Body::ComplaintDecided { .. }
            | Body::RecordCorrected { .. }
            | Body::AssistedTold { .. }
            | Body::AssistedReady { .. }
            | Body::StaffInvited { .. } => {
                let (subject, parts) = self.complaint_mail(&t, letter, body)?;
                (subject, parts, None)
            }
            Body::OfficeDispute {
                number,
                name,
                reason,
                at,
            } => {
                let parts = self.office_mail(&t, number, name, *reason, *at);
                return Some(Mail {
                    subject: t.notices_office_frozen_subject(number),
                    head: Text::own(self.name(&t)),
                    parts,
                    footer: vec![],
                });
            }
        };
        Some(self.signed(&t, subject, parts, why))
    }

    fn name(&self, t: &Texts) -> &str {
        self.institution.name.get(t.lang())
    }

    /// S1.3: what it is, how long it works, where it is typed.
    fn temporary_mail(&self, t: &Texts, letter: &Letter, code: String) -> Vec<Part> {
        let hours = temporary_minutes(letter.channel).unsigned_abs() / 60;
        vec![
            Part::Lines(vec![t.mail_greeting_plain()]),
            Part::Lines(vec![t.mail_temporary_intro(self.name(t))]),
            Part::Code {
                label: t.mail_temporary_line(),
                code,
            },
            Part::Lines(vec![
                t.mail_temporary_valid(hours),
                t.mail_temporary_how(),
                t.mail_temporary_latest(),
            ]),
            Part::Link {
                label: t.mail_temporary_link(),
                href: self.link(letter, &Place::Login),
            },
            Part::Lines(vec![t.mail_temporary_not_you()]),
        ]
    }

    fn code_mail(&self, t: &Texts, letter: &Letter, purpose: Purpose, code: String) -> Vec<Part> {
        let (intro, not_you) = match purpose {
            Purpose::TemporaryPassword => return self.temporary_mail(t, letter, code),
            Purpose::Register => (
                t.mail_register_code_intro(self.name(t)),
                t.mail_register_code_not_you(),
            ),
            Purpose::Recover => (
                t.mail_recover_code_intro(self.name(t)),
                t.mail_recover_code_not_you(),
            ),
            Purpose::Contact => (
                t.mail_contact_code_intro(self.name(t)),
                t.mail_contact_code_not_you(),
            ),
            Purpose::Complaint => (
                t.mail_complaint_code_intro(self.name(t)),
                t.mail_complaint_code_not_you(),
            ),
        };
        let valid = t.mail_code_valid(CODE_MINUTES.unsigned_abs());
        let link = self.activation(letter, purpose);
        let label = match link {
            Some(_) => t.mail_register_code_or(),
            None => t.mail_code_line(),
        };
        let mut parts = vec![
            Part::Lines(vec![t.mail_greeting_plain()]),
            Part::Lines(vec![intro]),
        ];
        if let Some(href) = link {
            parts.push(Part::Link {
                label: t.mail_register_link(),
                href,
            });
            parts.push(Part::Lines(vec![t.mail_register_link_valid()]));
        }
        parts.extend([
            Part::Code { label, code },
            Part::Lines(vec![valid, t.mail_code_copy(), t.mail_code_latest()]),
            Part::Lines(vec![not_you]),
        ]);
        parts
    }

    /// S0.6: what to do, whoever asked.
    fn in_use_mail(&self, t: &Texts, letter: &Letter) -> Vec<Part> {
        let href = self.link(letter, &Place::Recover);
        vec![
            Part::Lines(vec![t.mail_greeting_plain()]),
            Part::Lines(vec![t.mail_email_in_use_intro()]),
            Part::Link {
                label: t.mail_email_in_use_if_you(),
                href,
            },
            Part::Lines(vec![t.mail_email_in_use_other()]),
            Part::Lines(vec![t.mail_email_in_use_if_not_you()]),
        ]
    }

    fn notice_mail(
        &self,
        t: &Texts,
        letter: &Letter,
        event: &Event<'_>,
        account: &AccountId,
        change: Change,
        about: Option<&Address>,
    ) -> Vec<Part> {
        let institution = self.name(t);
        let address = about.map(|about| shown(about, letter)).unwrap_or_default();
        let what = match change {
            Change::Opened => t.notices_account_opened(institution, &address),
            Change::Recovered => t.notices_account_recovered(institution),
            Change::PasswordChanged => t.notices_password_changed(institution),
            Change::EmailChanged if about.is_some_and(|about| is_to(letter, about)) => {
                t.notices_email_changed_new(institution)
            }
            Change::EmailChanged => t.notices_email_changed(institution, &address),
            Change::PhoneChanged => t.notices_phone_changed(institution, &address),
            Change::PhoneRemoved => t.notices_phone_removed(&address, institution),
            Change::DataChanged => t.notices_data_changed(institution),
            // The link would freeze what is frozen, or a closed account: the office helps here.
            Change::Frozen => {
                let said = vec![t.notices_frozen(institution), t.notices_frozen_next()];
                return self.told(t, event, said);
            }
            // Its link would be dead: the office has looked.
            Change::Unfrozen => {
                let when = self
                    .moment(t, event.at)
                    .map(|when| t.notices_when(&when.bare()));
                return vec![
                    Part::Lines(vec![greeting(t, event.name)]),
                    Part::Lines(vec![t.notices_unfrozen(institution)]),
                    Part::Lines(when.into_iter().collect()),
                ];
            }
            Change::Closed => {
                let said = vec![t.notices_closed(institution), t.notices_closed_next()];
                return self.told(t, event, said);
            }
        };
        self.undoable(t, letter, event, account, what)
    }

    /// What happened, and the way to stop it.
    fn undoable(
        &self,
        t: &Texts,
        letter: &Letter,
        event: &Event<'_>,
        account: &AccountId,
        what: Text,
    ) -> Vec<Part> {
        let mut parts = self.told(t, event, vec![what]);
        parts.push(Part::Lines(vec![t.notices_by_you()]));
        let href = self.not_me(letter, account, event.at);
        parts.push(Part::Link {
            label: t.notices_not_me(),
            href,
        });
        parts
    }

    pub(super) fn told(&self, t: &Texts, event: &Event<'_>, said: Vec<Text>) -> Vec<Part> {
        let when = self
            .moment(t, event.at)
            .map(|when| t.notices_when(&when.bare()));
        let device = match event.device {
            "" => t.notices_where_unknown(),
            device => t.notices_where_from(device),
        };
        vec![
            Part::Lines(vec![greeting(t, event.name)]),
            Part::Lines(said),
            Part::Lines(when.into_iter().chain([device]).collect()),
        ]
    }

    fn office_mail(
        &self,
        t: &Texts,
        number: &str,
        name: &str,
        reason: Dispute,
        at: Millis,
    ) -> Vec<Part> {
        let reason = match reason {
            Dispute::NoneMine => t.notices_office_frozen_none_mine(),
            Dispute::NeverMade => t.notices_office_frozen_never_made(),
            Dispute::NotMe => t.notices_office_frozen_not_me(),
        };
        let when = self.moment(t, at).map(|when| t.notices_when(&when.bare()));
        let facts = std::iter::once(t.notices_office_frozen_name(name))
            .chain(when)
            .collect();
        vec![
            Part::Lines(vec![t.mail_greeting_plain()]),
            Part::Lines(vec![t.notices_office_frozen(number), reason]),
            Part::Lines(facts),
            Part::Lines(vec![t.notices_office_frozen_next()]),
        ]
    }

    /// Signature and footer: who writes, how to reach them, and what they never ask.
    fn signed(&self, t: &Texts, subject: Text, mut parts: Vec<Part>, why: Option<Text>) -> Mail {
        let (lang, office) = (t.lang(), &self.institution.office);
        let name = Text::own(self.name(t));
        parts.push(Part::Lines(vec![
            t.mail_sign_off(office.name.get(lang)),
            name.clone(),
        ]));
        let mut footer = vec![
            t.mail_footer_office(office.name.get(lang), &self.office_phone(), &office.email),
            t.mail_footer_hours(office.hours.get(lang)),
        ];
        footer.extend(why);
        footer.push(t.mail_footer_never());
        footer.retain(|line| !looks_like_a_code(&line.bare()));
        Mail {
            subject,
            head: name,
            parts,
            footer,
        }
    }
}

/// By name where the roll has one in the letter's script.
pub(super) fn greeting(t: &Texts, name: &str) -> Text {
    if name.trim().is_empty() {
        t.mail_greeting_plain()
    } else {
        t.mail_greeting(name)
    }
}

fn code_subject(t: &Texts, purpose: Purpose, code: &str) -> Text {
    match purpose {
        Purpose::Register => t.mail_register_code_subject(code),
        Purpose::Recover => t.mail_recover_code_subject(code),
        Purpose::Contact => t.mail_contact_code_subject(code),
        // Signing in with it is for whoever opens the letter.
        Purpose::TemporaryPassword => t.mail_temporary_subject(),
        Purpose::Complaint => t.mail_complaint_code_subject(code),
    }
}

fn notice_subject(t: &Texts, letter: &Letter, change: Change, about: Option<&Address>) -> Text {
    match change {
        Change::Opened => t.notices_account_opened_subject(),
        Change::Recovered => t.notices_account_recovered_subject(),
        Change::PasswordChanged => t.notices_password_changed_subject(),
        Change::EmailChanged if about.is_some_and(|about| is_to(letter, about)) => {
            t.notices_email_changed_new_subject()
        }
        Change::EmailChanged => t.notices_email_changed_subject(),
        Change::PhoneChanged => t.notices_phone_changed_subject(),
        Change::PhoneRemoved => t.notices_phone_removed_subject(),
        Change::DataChanged => t.notices_data_changed_subject(),
        Change::Frozen => t.notices_frozen_subject(),
        Change::Unfrozen => t.notices_unfrozen_subject(),
        Change::Closed => t.notices_closed_subject(),
    }
}
