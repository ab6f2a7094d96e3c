//! Mail over SMTP (RFC 5321), encrypted unless the mail server is on this machine.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use miftah_portal::ports::{About, Mail, Refusal, Rendered, SendError};
use miftah_rules::profile::Institution;

/// Seconds for one command.
const COMMAND_SECONDS: u64 = 20;
/// Seconds for a whole letter, well inside its lease.
const LETTER_SECONDS: u64 = 90;

/// Refusals that are about this mailbox and will not change: unknown or closed, moved, a name that
/// cannot be, a domain that takes no mail (RFC 5321, 4.2.3; RFC 7504). Every other refusal may be
/// about us (a password, a block list, a full disk) and is worth another try.
const ABOUT_THE_MAILBOX: [u16; 5] = [501, 550, 551, 553, 556];

/// Subject of enhanced codes that are about us whatever the code before them (RFC 3463, 3.8).
const POLICY: u16 = 7;
/// A reply without an enhanced code.
const NO_DETAIL: (u16, u16) = (0, 0);

/// A mail server that takes letters.
#[derive(Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    institution: Arc<Institution>,
    from: Address,
}

impl Smtp {
    /// `smtps://user:password@host:port` speaks TLS from the start, `smtp://…` asks for STARTTLS
    /// and sends nothing without it, except to a loopback address. User and password are
    /// percent-encoded. Connects when there is something to send.
    ///
    /// # Errors
    /// When the URL is not like that, or the institution's e-mail is no address.
    pub fn new(url: &str, institution: Arc<Institution>) -> io::Result<Self> {
        let from = institution.office.email.parse().map_err(|error| {
            let email = &institution.office.email;
            io::Error::other(format!("institution.toml, office.email {email:?}: {error}"))
        })?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&encrypted(url)?)
            .map_err(|error| io::Error::other(format!("--smtp: {error}")))?
            .timeout(Some(Duration::from_secs(COMMAND_SECONDS)))
            .build();
        Ok(Self {
            transport,
            institution,
            from,
        })
    }

    fn message(&self, letter: &Rendered) -> Result<Message, String> {
        let name = self.institution.short_name.get(letter.lang).to_owned();
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
        let limit = Duration::from_secs(LETTER_SECONDS);
        match tokio::time::timeout(limit, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(judged(&error)),
            Err(_) => Err(SendError::Later(
                format!("no answer in {LETTER_SECONDS} s").into(),
            )),
        }
    }
}

fn judged(error: &SmtpError) -> SendError {
    let said = error.to_string();
    let code = error.status().map(u16::from);
    let detail = enhanced(&said);
    let for_good = code.is_some_and(|code| ABOUT_THE_MAILBOX.contains(&code)) && detail.0 != POLICY;
    let about = match detail {
        (2, 2) => About::Full,
        // 1.7 and 1.8 are about the sender.
        (1, 0..=6 | 9 | 10) | NO_DETAIL if for_good => About::Mailbox,
        _ => About::Other,
    };
    let refusal = Refusal { said, about };
    if for_good {
        SendError::Never(refusal)
    } else {
        SendError::Later(refusal)
    }
}

/// Subject and detail of the enhanced code in a reply (RFC 3463): 5.2.2 is (2, 2).
fn enhanced(said: &str) -> (u16, u16) {
    let code = |word: &str| {
        let mut parts = word.split('.');
        let class = parts.next()?;
        let subject = parts.next()?.parse().ok()?;
        let detail = parts.next()?.parse().ok()?;
        let whole = parts.next().is_none() && matches!(class, "2" | "4" | "5");
        whole.then_some((subject, detail))
    };
    said.split_whitespace().find_map(code).unwrap_or(NO_DETAIL)
}

/// The URL with what `lettre` needs to be told to insist on encryption.
fn encrypted(url: &str) -> io::Result<String> {
    let wrong = |what: &str| Err(io::Error::other(format!("--smtp: {what}")));
    if url.contains(['?', '#']) {
        return wrong("nothing may follow host and port; percent-encode ? and # in a password");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return wrong("begins with smtp:// or smtps://");
    };
    match scheme {
        "smtps" => Ok(url.to_owned()),
        "smtp" if is_loopback(rest) => Ok(url.to_owned()),
        "smtp" => Ok(format!("{url}?tls=required")),
        _ => wrong("begins with smtp:// or smtps://"),
    }
}

/// Whether `user:password@host:port/…` is this machine.
fn is_loopback(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => host.split(':').next(),
    };
    let name = name.unwrap_or_default();
    name == "localhost"
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{encrypted, is_loopback};

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        let told = |url: &str| encrypted(url).map_err(|error| error.to_string());
        for plain in [
            "localhost",
            "127.0.0.1:2525",
            "u:p@localhost:25",
            "[::1]:25",
        ] {
            assert!(is_loopback(plain), "{plain}");
            assert_eq!(
                told(&format!("smtp://{plain}")),
                Ok(format!("smtp://{plain}"))
            );
        }
        for far in [
            "mail.example.ma",
            "localhost@mail.example.ma:25",
            "u:127.0.0.1@[2001:db8::1]",
        ] {
            assert_eq!(
                told(&format!("smtp://{far}")),
                Ok(format!("smtp://{far}?tls=required"))
            );
            assert_eq!(
                told(&format!("smtps://{far}")),
                Ok(format!("smtps://{far}"))
            );
        }
        assert!(told("mail.example.ma").is_err());
        assert!(told("http://mail.example.ma").is_err());
        assert!(told("smtp://mail.example.ma?tls=opportunistic").is_err());
    }
}
