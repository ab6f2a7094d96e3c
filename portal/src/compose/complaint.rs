//! What mails about complaints, assisted recovery and the desk say.

use miftah_messages::{Text, Texts};
use miftah_rules::complaint::ComplaintKind;
use miftah_rules::{Place, Role};

use super::Writer;
use super::mail::{Event, Part, greeting};
use crate::follow::COMPLAINT;
use crate::id::ComplaintId;
use crate::letter::{Body, Decision, STOP};
use crate::model::Letter;
use crate::ports::Millis;

impl Writer<'_> {
    /// Subject and parts; `None` for every other kind of letter.
    pub(super) fn complaint_mail(
        &self,
        t: &Texts,
        letter: &Letter,
        body: &Body,
    ) -> Option<(Text, Vec<Part>)> {
        Some(match body {
            Body::ComplaintReceived {
                complaint,
                reference,
                about,
                confirmed,
            } => (
                t.mail_complaint_received_subject(reference),
                self.received(t, letter, (complaint, reference), *about, *confirmed),
            ),
            Body::ComplaintDecided {
                complaint,
                reference,
                decision,
                answer,
                confirmed,
            } => {
                let (subject, said) = self.decided(t, reference, *decision)?;
                let mut parts = hello(t);
                parts.push(Part::Lines(said));
                // Words that may tell of the person go to nobody else's mailbox.
                if !answer.is_empty() && *confirmed {
                    parts.push(Part::Lines(vec![t.mail_complaint_answer(answer)]));
                }
                parts.push(self.way_in(t, letter, (complaint, reference), *confirmed));
                (subject, parts)
            }
            Body::RecordCorrected { name, at } => {
                let institution = self.institution.name.get(letter.lang);
                let when = self.moment(t, *at).map(|when| t.notices_when(&when.bare()));
                let parts = vec![
                    Part::Lines(vec![greeting(t, name)]),
                    Part::Lines(vec![t.notices_record_corrected(institution)]),
                    Part::Lines(when.into_iter().collect()),
                    Part::Lines(vec![t.notices_record_corrected_next()]),
                ];
                (t.notices_record_corrected_subject(), parts)
            }
            Body::AssistedTold {
                complaint,
                name,
                at,
                device,
                opens_at,
                new_email,
            } => {
                let event = Event {
                    name,
                    at: *at,
                    device,
                };
                self.assisted(t, letter, complaint, &event, (*opens_at, new_email))?
            }
            Body::AssistedReady {
                complaint,
                reference,
            } => {
                let mut parts = hello(t);
                parts.push(Part::Lines(vec![t.mail_assisted_ready()]));
                parts.push(self.way_in(t, letter, (complaint, reference), true));
                (t.mail_assisted_ready_subject(reference), parts)
            }
            Body::StaffInvited { name, role } => {
                let role = match role {
                    Role::Registry => t.mail_role_registry(),
                    Role::Administrator => t.mail_role_administrator(),
                };
                let institution = self.institution.name.get(letter.lang);
                let parts = vec![
                    Part::Lines(vec![greeting(t, name)]),
                    Part::Lines(vec![t.mail_staff_intro(institution, &role.bare())]),
                    Part::Link {
                        label: t.mail_staff_password(),
                        href: self.link(letter, &Place::Recover),
                    },
                ];
                (t.mail_staff_subject(), parts)
            }
            _ => return None,
        })
    }

    fn received(
        &self,
        t: &Texts,
        letter: &Letter,
        (complaint, reference): (&ComplaintId, &str),
        about: ComplaintKind,
        confirmed: bool,
    ) -> Vec<Part> {
        let office = self.institution.office.name.get(letter.lang);
        let said = match about {
            ComplaintKind::Assisted => t.mail_complaint_received_assisted(office, reference),
            ComplaintKind::WrongData | ComplaintKind::CannotRegister => {
                t.mail_complaint_received(office, reference)
            }
        };
        let mut parts = hello(t);
        parts.push(Part::Lines(vec![said]));
        // To an address that nobody has confirmed goes nothing that opens anything.
        if confirmed {
            parts.push(Part::Code {
                label: t.mail_complaint_code(),
                code: self.key.complaint_code(complaint),
            });
        }
        parts.push(Part::Link {
            label: t.mail_complaint_follow(),
            href: self.link(letter, &Place::Complaint(reference.to_owned())),
        });
        parts
    }

    fn decided(&self, t: &Texts, reference: &str, decision: Decision) -> Option<(Text, Vec<Text>)> {
        Some(match decision {
            Decision::Corrected => (
                t.mail_complaint_corrected_subject(reference),
                vec![t.mail_complaint_corrected()],
            ),
            Decision::InOrder => (
                t.mail_complaint_in_order_subject(reference),
                vec![t.mail_complaint_in_order()],
            ),
            Decision::Added => (
                t.mail_complaint_added_subject(reference),
                vec![t.mail_complaint_added()],
            ),
            Decision::Accepted { opens_at } => {
                let when = self.moment(t, opens_at)?;
                (
                    t.mail_complaint_accepted_subject(reference),
                    vec![t.mail_complaint_accepted(&when.bare())],
                )
            }
            Decision::Refused(reason) => (
                t.mail_complaint_refused_subject(reference),
                vec![
                    t.mail_complaint_refused(&t.complaint_refusal(reason).bare()),
                    t.mail_complaint_refused_next(),
                ],
            ),
            Decision::Closed(reason) => (
                t.mail_complaint_closed_subject(reference),
                vec![t.mail_complaint_closed(&t.complaint_closing(reason).bare())],
            ),
        })
    }

    /// To every address that is known: what is asked, and how to stop it (norm 6).
    fn assisted(
        &self,
        t: &Texts,
        letter: &Letter,
        complaint: &ComplaintId,
        event: &Event<'_>,
        (opens_at, new_email): (Option<Millis>, &str),
    ) -> Option<(Text, Vec<Part>)> {
        let institution = self.institution.name.get(letter.lang);
        let (subject, said) = match opens_at {
            None => (
                t.notices_assisted_subject(),
                t.notices_assisted(institution),
            ),
            Some(at) => (
                t.notices_assisted_granted_subject(),
                t.notices_assisted_granted(institution, &self.moment(t, at)?.bare()),
            ),
        };
        let said = vec![said, t.notices_assisted_new_email(new_email)];
        let mut parts = self.told(t, event, said);
        parts.push(Part::Link {
            label: t.notices_assisted_stop(),
            href: self.stop(letter, complaint),
        });
        Some((subject, parts))
    }

    /// The link that stops an assisted recovery; opening it changes nothing.
    pub(super) fn stop(&self, letter: &Letter, complaint: &ComplaintId) -> String {
        let token = self.key.link(STOP, complaint.as_str());
        self.link(letter, &Place::NotMe(token))
    }

    /// To a confirmed address a link that asks for no code, to any other one that does.
    fn way_in(
        &self,
        t: &Texts,
        letter: &Letter,
        (complaint, reference): (&ComplaintId, &str),
        confirmed: bool,
    ) -> Part {
        let href = self.link(letter, &Place::Complaint(reference.to_owned()));
        if !confirmed {
            return Part::Link {
                label: t.mail_complaint_follow(),
                href,
            };
        }
        let token = self.key.link(COMPLAINT, complaint.as_str());
        Part::Link {
            label: t.mail_complaint_open(),
            href: format!("{href}?k={token}"),
        }
    }
}

fn hello(t: &Texts) -> Vec<Part> {
    vec![Part::Lines(vec![t.mail_greeting_plain()])]
}
