//! One conversation with the mail server: one letter, on a connection of its own.
//!
//! Each step has its time. A connection that was given up is closed and never used again: what it
//! still answers would be taken for the answer to another letter.

use std::fmt;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;

use super::route::{Route, Security};

/// What the mail server is given time for.
#[derive(Clone, Copy, Debug)]
pub(in crate::letters) struct Limits {
    /// One step: a connection with its greeting, one command.
    pub(in crate::letters) step: Duration,
    /// Taking the text and answering for it. Longer than a step: servers look at a message before
    /// they answer, and one that is given up here may have been taken, and is sent again.
    pub(in crate::letters) text: Duration,
    /// Hearing our goodbye; nobody waits for that.
    pub(in crate::letters) goodbye: Duration,
}

/// Together well inside a letter's lease.
pub(in crate::letters) const LIMITS: Limits = Limits {
    step: Duration::from_secs(20),
    text: Duration::from_secs(120),
    goodbye: Duration::from_secs(5),
};

/// How far a conversation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::letters) enum Step {
    Connection,
    Starttls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Text,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connection => "connection",
            Self::Starttls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::Mail => "MAIL",
            Self::Rcpt => "RCPT",
            Self::Data => "DATA",
            Self::Text => "text",
        })
    }
}

/// Why a letter was not taken, and at which step.
#[derive(Debug)]
pub(in crate::letters) struct Failure {
    pub(in crate::letters) step: Step,
    pub(in crate::letters) why: Why,
}

#[derive(Debug)]
pub(in crate::letters) enum Why {
    /// A refusal, or a connection that broke.
    Failed(Error),
    /// An answer that is none to this step.
    Odd(u16),
    /// No answer in this time.
    Silent(Duration),
}

impl Failure {
    /// The code of a refusal.
    pub(in crate::letters) fn code(&self) -> Option<u16> {
        match &self.why {
            Why::Failed(error) => error.status().map(u16::from),
            Why::Odd(_) | Why::Silent(_) => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.step)?;
        match &self.why {
            Why::Failed(error) => write!(f, "{error}"),
            Why::Odd(code) => write!(f, "answered with {code}"),
            Why::Silent(limit) => write!(f, "no answer in {} s", limit.as_secs()),
        }
    }
}

/// Hands one message over. `Ok` means that the server has said that it has it.
///
/// # Errors
/// The server does not have it; or, where [`Step::Text`] failed without a refusal, may have it.
pub(in crate::letters) async fn hand_over(
    route: &Route,
    limits: &Limits,
    message: &Message,
) -> Result<(), Failure> {
    let mut line = open(route, limits).await?;
    let taken = converse(&mut line, route, limits, message).await;
    // One that failed otherwise than by a refusal has nobody at its other end.
    if taken
        .as_ref()
        .err()
        .is_none_or(|failure| failure.code().is_some())
    {
        let limit = limits.goodbye;
        tokio::spawn(async move { timeout(limit, line.abort()).await });
    }
    taken
}

async fn open(route: &Route, limits: &Limits) -> Result<AsyncSmtpConnection, Failure> {
    let tls = match &route.security {
        Security::Tls(tls) => Some(tls.clone()),
        Security::Clear | Security::Starttls(_) => None,
    };
    let server = (route.host.as_str(), route.port);
    let opening =
        AsyncSmtpConnection::connect_tokio1(server, Some(limits.step), &route.hello, tls, None);
    let mut line = in_time(Step::Connection, limits.step, opening).await?;
    if let Security::Starttls(tls) = &route.security {
        let secured = line.starttls(tls.clone(), &route.hello);
        in_time(Step::Starttls, limits.step, secured).await?;
    }
    Ok(line)
}

async fn converse(
    line: &mut AsyncSmtpConnection,
    route: &Route,
    limits: &Limits,
    message: &Message,
) -> Result<(), Failure> {
    if let Some(credentials) = &route.credentials {
        let known = line.auth(DEFAULT_MECHANISMS, credentials);
        in_time(Step::Auth, limits.step, known).await?;
    }
    let envelope = message.envelope();
    let sender = line.command(Mail::new(envelope.from().cloned(), vec![]));
    in_time(Step::Mail, limits.step, sender).await?;
    for to in envelope.to() {
        let recipient = line.command(Rcpt::new(to.clone(), vec![]));
        in_time(Step::Rcpt, limits.step, recipient).await?;
    }
    let answer = in_time(Step::Data, limits.step, line.command(Data)).await?;
    expect(Step::Data, &answer, Severity::PositiveIntermediate)?;
    let text = message.formatted();
    let answer = in_time(Step::Text, limits.text, line.message(&text)).await?;
    expect(Step::Text, &answer, Severity::PositiveCompletion)
}

async fn in_time<T>(
    step: Step,
    limit: Duration,
    answer: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    let why = match timeout(limit, answer).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => Why::Failed(error),
        Err(_) => Why::Silent(limit),
    };
    Err(Failure { step, why })
}

fn expect(step: Step, answer: &Response, severity: Severity) -> Result<(), Failure> {
    if answer.code().severity == severity {
        return Ok(());
    }
    let why = Why::Odd(answer.code().into());
    Err(Failure { step, why })
}
