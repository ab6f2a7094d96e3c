//! The server key and what is derived from it (idea 9).
//!
//! Codes and link tokens are HMACs of what they open, so none is ever stored: the worker derives
//! the code when it writes the letter, the verb derives it again when a person types it. The key
//! is one file outside database and backup.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use miftah_rules::code::{CODE_LETTERS, CodeForm};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::id::hex;
use crate::ports::Random;

/// Bytes of a server key.
pub const KEY_BYTES: usize = 32;

/// The secret shared by all servers of one portal.
#[derive(Clone)]
pub struct ServerKey([u8; KEY_BYTES]);

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

impl ServerKey {
    pub const fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// HMAC-SHA-256 over a purpose and parts, each with its length before it.
    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC takes a key of any length, so this cannot fail; the fallback keeps it total.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The code number `counter` of a journey. Each sign is as likely as any other up to 2⁻³⁰.
    pub fn code(&self, journey: &str, counter: i64, form: CodeForm) -> String {
        let (purpose, signs): (_, &[u8]) = match form {
            CodeForm::Digits => ("code", b"0123456789"),
            CodeForm::Letters => ("code in letters", &CODE_LETTERS),
        };
        let mac = self.mac(purpose, &[journey.as_bytes(), &counter.to_be_bytes()]);
        let mut number = mac
            .iter()
            .take(8)
            .fold(0u64, |n, byte| (n << 8) | u64::from(*byte));
        let mut code = String::new();
        while code.len() < form.length() {
            let count = signs.len() as u64;
            let at = usize::try_from(number % count).unwrap_or_default();
            code.insert(0, char::from(signs.get(at).copied().unwrap_or(b'0')));
            number /= count;
        }
        code
    }

    /// Whether `typed` is that code, in time that does not depend on where it differs.
    pub fn code_matches(&self, journey: &str, counter: i64, form: CodeForm, typed: &str) -> bool {
        self.code(journey, counter, form)
            .as_bytes()
            .ct_eq(typed.as_bytes())
            .into()
    }

    /// A token for a link: what it is about, then 128 bits of proof. `about` must not hold `.`.
    pub fn link(&self, purpose: &str, about: &str) -> String {
        format!("{about}.{}", self.proof(purpose, about))
    }

    /// What a link's token is about, if its proof is right.
    pub fn read_link<'a>(&self, purpose: &str, token: &'a str) -> Option<&'a str> {
        let (about, proof) = token.rsplit_once('.')?;
        let right: bool = self
            .proof(purpose, about)
            .as_bytes()
            .ct_eq(proof.as_bytes())
            .into();
        right.then_some(about)
    }

    fn proof(&self, purpose: &str, about: &str) -> String {
        let mac = self.mac(purpose, &[about.as_bytes()]);
        hex(mac.get(..16).unwrap_or(&mac))
    }

    /// A secret that challenges to the devices of people are signed with (S3.3).
    pub(crate) fn robot_secret(&self, what: &str) -> String {
        hex(&self.mac("robot", &[what.as_bytes()]))
    }

    /// A key under which failures are counted: names nobody (norm 5).
    pub fn throttle_key(&self, kind: &str, of: &[&str]) -> String {
        let parts: Vec<&[u8]> = of.iter().map(|part| part.as_bytes()).collect();
        let mac = self.mac(kind, &parts);
        format!("{kind}:{}", hex(mac.get(..16).unwrap_or(&mac)))
    }
}

/// A fresh secret of 128 bits for a cookie, hexadecimal.
pub fn fresh_token(random: &dyn Random) -> String {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes);
    hex(&bytes)
}

/// How cookies' secrets are stored: SHA-256, hexadecimal. They have 128 random bits, so a plain
/// hash cannot be searched.
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use miftah_rules::code::{CODE_LETTERS, CodeForm, read};

    use super::ServerKey;

    #[test]
    fn a_code_has_its_form_and_is_bound_to_journey_and_counter() {
        let key = ServerKey::new([7; 32]);
        for form in [CodeForm::Digits, CodeForm::Letters] {
            let code = key.code("j1", 1, form);
            assert_eq!(code.len(), form.length());
            assert_eq!(read(&code), Ok(code.clone()), "people can type it");
            assert!(key.code_matches("j1", 1, form, &code));
            assert_ne!(code, key.code("j1", 2, form));
            assert_ne!(code, key.code("j2", 1, form));
            assert_ne!(code, ServerKey::new([8; 32]).code("j1", 1, form));
            assert!(!key.code_matches("j1", 1, form, ""));
        }
        assert!(
            key.code("j1", 1, CodeForm::Letters)
                .bytes()
                .all(|b| CODE_LETTERS.contains(&b))
        );
    }

    #[test]
    fn every_sign_stands_at_every_place() {
        let key = ServerKey::new([7; 32]);
        for (form, signs) in [(CodeForm::Digits, 10), (CodeForm::Letters, 20)] {
            for place in 0..form.length() {
                let seen: std::collections::BTreeSet<u8> = (0..400)
                    .map(|counter| key.code("j1", counter, form).as_bytes()[place])
                    .collect();
                assert_eq!(seen.len(), signs, "{form:?} at {place}");
            }
        }
    }

    #[test]
    fn a_link_is_bound_to_purpose_and_subject() {
        let key = ServerKey::new([7; 32]);
        let token = key.link("not-me", "018f-1");
        assert_eq!(key.read_link("not-me", &token), Some("018f-1"));
        assert_eq!(key.read_link("activate", &token), None);
        assert_eq!(
            key.read_link("not-me", &token.replace("018f-1", "018f-2")),
            None
        );
        assert_eq!(key.read_link("not-me", "018f-1"), None);
    }
}
