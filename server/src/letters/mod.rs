//! Where letters go: to a mail server, or into a file of captured letters; and the workers that
//! take them there.

use std::io;
use std::sync::Arc;

use miftah_portal::Portal;
use miftah_portal::deliver::Carriers;
use miftah_portal::ports::{Mail, Sms};

use self::captured::{Captured, CapturedMail, CapturedSms};
use self::sms::Gateways;
use self::smtp::Smtp;
pub use self::worker::Bell;
use self::worker::Workers;
use crate::config::Serve;

pub mod captured;
mod sms;
mod smtp;
#[cfg(test)]
mod tests;
mod worker;

/// The way out for letters, at work.
#[derive(Debug)]
pub struct Letters {
    captured: Arc<Captured>,
    workers: Workers,
}

impl Letters {
    /// Starts to deliver what is queued.
    ///
    /// # Errors
    /// When `--smtp` or `--sms` cannot be used or the file of captured letters cannot be made.
    pub fn start(portal: Portal, settings: &Serve) -> io::Result<Self> {
        let captured = Arc::new(Captured::open(&settings.files, Arc::clone(&portal.clock))?);
        let mail: Arc<dyn Mail> = match &settings.smtp {
            Some(url) => Arc::new(Smtp::new(url, Arc::clone(&portal.institution))?),
            None => Arc::new(CapturedMail(Arc::clone(&captured))),
        };
        if !settings.dev {
            tell(settings, &captured);
        }
        let sms: Arc<dyn Sms> = match &settings.sms {
            Some(setting) => Arc::new(Gateways::open(setting)?),
            None => Arc::new(CapturedSms(Arc::clone(&captured))),
        };
        let workers = Workers::start(&portal, &Carriers { mail, sms });
        Ok(Self { captured, workers })
    }

    /// What was captured so far.
    pub fn captured(&self) -> Arc<Captured> {
        Arc::clone(&self.captured)
    }

    /// For whoever wants to wait until nothing is due.
    pub fn bell(&self) -> Bell {
        self.workers.bell()
    }

    /// Lets the letters in hand be delivered and recorded, and takes no more.
    pub async fn stop(self) {
        self.workers.stop().await;
    }
}

/// Whoever serves the portal without a mail server has to know that it reaches nobody.
fn tell(settings: &Serve, captured: &Captured) {
    let file = captured.path().display();
    if settings.smtp.is_none() {
        tracing::error!(
            %file,
            "WITHOUT --smtp NOBODY GETS A LETTER: codes are kept in this file, and no student can \
            open or recover an account"
        );
    }
    if settings.sms.is_none() {
        tracing::warn!(
            %file,
            "without --sms the phone is not offered for codes, notices by SMS are kept in this file"
        );
    }
}
