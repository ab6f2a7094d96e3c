//! Mail over TLS, to a server whose certificate is right or wrong: what is wrong gets nothing, in the
//! clear least of all (B.4).

use lettre::transport::smtp::client::{Certificate, TlsParameters};
use miftah_portal::ports::{Mail as _, SendError};

use super::mail_server::{CERTIFICATE, MailServer, Mode};
use super::smtp::{institution, letter};
use crate::letters::smtp::Smtp;
use crate::letters::smtp::route::Security;

/// The way to the server as the operator of `url` would go it, believing in what `trusted` is and
/// expecting this name in its certificate.
fn smtp(server: &MailServer, mode: Mode, name: &str, trusted: bool) -> Smtp {
    let url = format!("smtps://portal:s3cret@localhost:{}", server.port);
    let mut tls = TlsParameters::builder(name.to_owned());
    if trusted {
        tls = tls.add_root_certificate(Certificate::from_pem(CERTIFICATE.as_bytes()).unwrap());
    }
    let tls = tls.build().unwrap();
    let mut smtp = Smtp::new(&url, institution()).unwrap();
    smtp.route.security = match mode {
        Mode::Tls => Security::Tls(tls),
        Mode::Plain | Mode::Starttls => Security::Starttls(tls),
    };
    smtp
}

#[tokio::test]
async fn a_letter_goes_to_the_right_certificate_and_all_of_it_is_encrypted() {
    for mode in [Mode::Tls, Mode::Starttls] {
        let server = MailServer::start_as(mode);
        let smtp = smtp(&server, mode, "localhost", true);
        smtp.send(&letter()).await.unwrap();
        for step in ["AUTH", "MAIL", "RCPT", "DATA", "WHOLE", "TAKEN"] {
            let met = server.steps(step);
            assert_eq!(met.len(), 1, "{mode:?} {step}");
            assert_eq!(met[0]["tls"], true, "{mode:?} {step}");
        }
    }
}

#[tokio::test]
async fn nothing_goes_to_a_wrong_certificate_or_in_the_clear() {
    for (mode, name, trusted, said) in [
        (Mode::Tls, "localhost", false, "UnknownIssuer"),
        (Mode::Starttls, "localhost", false, "UnknownIssuer"),
        (Mode::Tls, "mail.example.ma", true, "not valid for name"),
        (
            Mode::Starttls,
            "mail.example.ma",
            true,
            "not valid for name",
        ),
        (Mode::Plain, "localhost", true, "STARTTLS is not supported"),
    ] {
        let server = MailServer::start_as(mode);
        let smtp = smtp(&server, mode, name, trusted);
        let Err(SendError::Later(refusal)) = smtp.send(&letter()).await else {
            panic!("{mode:?} {name}");
        };
        assert!(refusal.said.contains(said), "{mode:?} {name}: {refusal}");
        assert!(!refusal.said.contains("s3cret"), "{refusal}");
        // A connection that came to the server is over there too, before we look.
        if mode != Mode::Tls {
            server.wait_for("GONE", 1);
        }
        for step in ["AUTH", "MAIL", "RCPT", "DATA", "WHOLE"] {
            assert_eq!(server.steps(step).len(), 0, "{mode:?} {name} {step}");
        }
    }
}
