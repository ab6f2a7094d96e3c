//! A queued letter put into words: subject, text part and HTML part of a mail, or one SMS.
//!
//! The only place where a code comes into being as text (idea 9): it is derived here, goes to the
//! next server and is forgotten.

use miftah_messages::{Text, Texts};
use miftah_rules::Place;
use miftah_rules::code::{CODE_LETTERS, CodeForm};
use miftah_rules::profile::Institution;
use miftah_rules::view::Channel;

use crate::fault::Fault;
use crate::id::AccountId;
use crate::key::ServerKey;
use crate::letter::{ACTIVATE, Address, Body, NOT_ME, Purpose, activate_about, not_me_about};
use crate::model::Letter;
use crate::moment::local;
use crate::portal::Portal;
use crate::ports::{Millis, Rendered};
use crate::proof::masked;

mod complaint;
mod html;
mod mail;
mod plain;
mod sms;
#[cfg(test)]
mod tests;

/// Why a letter has no words.
#[derive(Debug)]
pub(crate) enum NotComposed {
    /// Trying again is useless; says why, for the operator's log.
    Never(String),
    /// The store failed: the letter stays due.
    Fault(Fault),
}

/// What letters are made of besides themselves.
#[derive(Clone, Copy, Debug)]
struct Writer<'a> {
    institution: &'a Institution,
    key: &'a ServerKey,
    public_url: &'a str,
}

/// What a letter tells that is not in its row: looked up when it is written.
#[derive(Clone, Debug, Default)]
struct Facts {
    /// The e-mail of the account that a letter to a record's address tells of.
    account_email: String,
}

impl Portal {
    /// Puts a queued letter into words.
    ///
    /// # Errors
    /// [`NotComposed::Never`] when its parameters cannot be read, or when this kind of letter does
    /// not exist on its channel; [`NotComposed::Fault`] when the store fails.
    pub(crate) async fn compose(&self, letter: &Letter) -> Result<Rendered, NotComposed> {
        let body: Body = serde_json::from_str(&letter.params)
            .map_err(|error| NotComposed::Never(format!("parameters of a letter: {error}")))?;
        let facts = self.facts(&body).await.map_err(NotComposed::Fault)?;
        let writer = Writer {
            institution: &self.institution,
            key: &self.key,
            public_url: &self.public_url,
        };
        writer.write(letter, &body, &facts).ok_or_else(|| {
            NotComposed::Never(format!("no letter {} by {:?}", letter.kind, letter.channel))
        })
    }

    async fn facts(&self, body: &Body) -> Result<Facts, Fault> {
        let Body::RecordTold { account, .. } = body else {
            return Ok(Facts::default());
        };
        let account = self.store.account(account).await?;
        Ok(Facts {
            account_email: account.map(|account| account.email).unwrap_or_default(),
        })
    }
}

impl Writer<'_> {
    fn write(&self, letter: &Letter, body: &Body, facts: &Facts) -> Option<Rendered> {
        let (subject, text, html) = match letter.channel {
            Channel::Email => {
                let mail = self.mail(letter, body, facts)?;
                let subject = mail.subject.bare();
                (subject, plain::part(&mail), html::part(&mail, letter.lang))
            }
            Channel::Phone => (String::new(), self.sms(letter, body)?.sms(), String::new()),
        };
        Some(Rendered {
            id: letter.id.as_str().to_owned(),
            to: letter.to.clone(),
            lang: letter.lang,
            subject,
            text,
            html,
        })
    }

    /// The code that the letter carries.
    fn code(&self, letter: &Letter, form: CodeForm) -> Option<String> {
        let (journey, counter) = letter.journey.as_ref()?;
        Some(self.key.code(journey.as_str(), *counter, form))
    }

    /// The link that freezes the account; opening it changes nothing (norm 6).
    fn not_me(&self, letter: &Letter, account: &AccountId, at: Millis) -> String {
        let token = self.key.link(NOT_ME, &not_me_about(account, at));
        self.link(letter, &Place::NotMe(token))
    }

    /// The link that does what the code does, where the institution sends one (norm 3).
    fn activation(&self, letter: &Letter, purpose: Purpose) -> Option<String> {
        let (journey, counter) = letter.journey.as_ref()?;
        let sends = self.institution.registration.activation_link;
        (sends && purpose == Purpose::Register).then(|| {
            let token = self.key.link(ACTIVATE, &activate_about(journey, *counter));
            self.link(letter, &Place::Activate(token))
        })
    }

    fn link(&self, letter: &Letter, place: &Place) -> String {
        format!("{}{}", self.public_url, place.href(letter.lang))
    }

    /// Date and time of day on the institution's clocks; `None` far outside any year of ours.
    fn moment(&self, t: &Texts, at: Millis) -> Option<Text> {
        let at = local(self.institution.utc_offset_minutes, at)?;
        let date = t.date(at.year, at.month, at.day);
        Some(t.date_time(&date, at.hour, at.minute))
    }

    fn office_phone(&self) -> String {
        unlike_a_code(&self.institution.office.phone)
    }
}

/// Whole in a letter to that address itself, masked in every other: mailboxes get lost, and the
/// one who reads a lost one must not learn where the account has gone.
fn shown(about: &Address, letter: &Letter) -> String {
    if is_to(letter, about) {
        about.to.clone()
    } else {
        masked(about)
    }
}

fn is_to(letter: &Letter, about: &Address) -> bool {
    about.channel == letter.channel && about.to.eq_ignore_ascii_case(&letter.to)
}

/// Splits groups of exactly six digits: in a letter only the code looks like one.
fn unlike_a_code(number: &str) -> String {
    let mut out = String::with_capacity(number.len() + 2);
    let mut run = String::new();
    for c in number.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        match run.split_at_checked(3) {
            Some((left, right)) if run.len() == 6 => {
                out.push_str(left);
                out.push('\u{a0}');
                out.push_str(right);
            }
            _ => out.push_str(&run),
        }
        run.clear();
        out.push(c);
    }
    out.truncate(out.trim_end_matches('\n').len());
    out
}

/// Whether a word stands in a line that could be a code.
fn looks_like_a_code(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let digits = word.len() == CodeForm::Digits.length();
        let letters = word.len() == CodeForm::Letters.length();
        (digits && word.bytes().all(|b| b.is_ascii_digit()))
            || (letters && word.bytes().all(|b| CODE_LETTERS.contains(&b)))
    })
}
