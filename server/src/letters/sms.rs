//! SMS through gateways that take HTTP requests: the first one that works.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use miftah_portal::ports::{About, Refusal, Rendered, SendError, Sms};
use miftah_rules::sms::parts;
use tokio::time::Instant;

use self::gateway::{Answer, Caller, Gateway};

mod gateway;
mod settings;
mod template;

/// How long a gateway that failed comes after the others.
const REST: Duration = Duration::from_secs(60);

/// Gateways, the one to try first first.
#[derive(Debug)]
pub struct Gateways {
    caller: Caller,
    gateways: Vec<Ranked>,
}

#[derive(Debug)]
struct Ranked {
    gateway: Gateway,
    rests_until: Mutex<Option<Instant>>,
}

impl Gateways {
    /// `https://…` names one gateway: it gets `{"to", "text", "id"}` as JSON, with the variable
    /// `MIFTAH_SMS_TOKEN` as bearer where it is set. Anything else is a file that describes each
    /// gateway (docs/letters.md).
    ///
    /// # Errors
    /// With one sentence for the operator, without any secret.
    pub fn open(setting: &str) -> io::Result<Self> {
        let environment = |name: &str| std::env::var(name).ok();
        let https = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .build();
        let caller = Client::builder(TokioExecutor::new()).build(https);
        Ok(Self::of(caller, settings::read(setting, environment)?))
    }

    fn of(caller: Caller, gateways: Vec<Gateway>) -> Self {
        let gateways = gateways.into_iter().map(|gateway| Ranked {
            gateway,
            rests_until: Mutex::default(),
        });
        Self {
            caller,
            gateways: gateways.collect(),
        }
    }
}

impl Ranked {
    fn rests(&self) -> bool {
        let until = *self
            .rests_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self, until: Option<Instant>) {
        *self
            .rests_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = until;
    }
}

#[async_trait]
impl Sms for Gateways {
    /// A gateway that breaks off after it was asked may have sent the SMS, and the next one sends it
    /// again: twice the same code is better than none.
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        let mut order: Vec<&Ranked> = self.gateways.iter().collect();
        order.sort_by_key(|ranked| ranked.rests());
        let mut failures = Vec::new();
        for ranked in order {
            let name = &ranked.gateway.name;
            match ranked.gateway.hand_over(&self.caller, letter).await {
                Answer::Taken => {
                    ranked.rest(None);
                    tracing::info!(
                        letter = letter.id,
                        gateway = name,
                        parts = parts(&letter.text),
                        "an SMS was handed over"
                    );
                    return Ok(());
                }
                Answer::WrongNumber(status) => {
                    return Err(SendError::Never(Refusal {
                        said: format!("{name}: answered {status}"),
                        about: About::Mailbox,
                    }));
                }
                Answer::Failed(why) => {
                    ranked.rest(Some(Instant::now() + REST));
                    failures.push(format!("{name}: {why}"));
                }
            }
        }
        Err(SendError::Later(failures.join("; ").into()))
    }
}
