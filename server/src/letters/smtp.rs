//! Mail over SMTP (RFC 5321), encrypted unless the mail server is on this machine.

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use miftah_portal::ports::{Mail, Rendered, SendError};
use miftah_rules::profile::Institution;

use self::judge::judged;
use self::route::Route;
use self::talk::{LIMITS, Limits, hand_over};

mod judge;
pub(super) mod route;
pub(super) mod talk;

/// A mail server that takes letters.
#[derive(Debug)]
pub struct Smtp {
    pub(super) route: Route,
    pub(super) limits: Limits,
    institution: Arc<Institution>,
    from: Address,
}

impl Smtp {
    /// `smtps://user:password@host:port` speaks TLS from the start, `smtp://…` asks for STARTTLS
    /// and sends nothing without it, except to a loopback address. User and password are
    /// percent-encoded. Connects for each letter.
    ///
    /// # Errors
    /// When the URL is not like that, or the institution's e-mail is no address.
    pub fn new(url: &str, institution: Arc<Institution>) -> io::Result<Self> {
        let from = institution.office.email.parse().map_err(|error| {
            let email = &institution.office.email;
            io::Error::other(format!("institution.toml, office.email {email:?}: {error}"))
        })?;
        Ok(Self {
            route: Route::read(url)?,
            limits: LIMITS,
            institution,
            from,
        })
    }

    fn message(&self, letter: &Rendered) -> Result<Message, String> {
        let name = self.institution.short_name.get(letter.lang).to_owned();
        // What is no ASCII would have to be asked for, and hardly any server has it.
        if !letter.to.is_ascii() {
            return Err("address: not ASCII".into());
        }
        let to: Address = letter
            .to
            .parse()
            .map_err(|error| format!("address: {error}"))?;
        let header = |name: &'static str, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.domain())))
            .from(Mailbox::new(Some(name), self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .raw_header(header("Content-Language", letter.lang.tag()))
            // Answering machines stay silent (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .multipart(MultiPart::alternative_plain_html(
                letter.text.clone(),
                letter.html.clone(),
            ))
            .map_err(|error| error.to_string())
    }
}

#[async_trait]
impl Mail for Smtp {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        let message = self
            .message(letter)
            .map_err(|why| SendError::Never(why.into()))?;
        hand_over(&self.route, &self.limits, &message)
            .await
            .map_err(|failure| judged(&failure))
    }
}
