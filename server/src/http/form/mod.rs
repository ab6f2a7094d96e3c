//! What a form sends, read within limits: pairs everywhere, files where a page takes them.
//!
//! A form with files may take minutes on a phone and megabytes here. There are a few seats for those
//! who bring one, and a seat is held until the form has been dealt with.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, header};
use miftah_rules::form::Posted;

use self::arriving::{Arriving, Pace};
use self::seats::Seat;

mod arriving;
mod parts;
mod seats;

pub use self::seats::Desk;

#[cfg(test)]
mod tests;

/// The largest form, in bytes: every field at its longest in UTF-8, percent-encoded. Of a form with
/// files it is what names and texts may take together.
pub const FORM_LIMIT: usize = 64 * 1024;
/// For a form to arrive. On the worst of connections 64 kB take half of it.
const FORM_TIME: Duration = Duration::from_secs(20);

/// Forms with files that are read or dealt with at the same time. Each takes at most what
/// [`BODY_LIMIT`] says and once more for the file in hand.
const SEATS: usize = 8;
/// The largest form with files, in bytes.
const BODY_LIMIT: usize = 40 * 1024 * 1024;
/// The slowest a form with files may come, after [`FORM_TIME`].
const BYTES_PER_SECOND: u64 = 20_000;
/// However large, it is there by then.
const LONGEST: Duration = Duration::from_secs(15 * 60);

impl Default for Desk {
    fn default() -> Self {
        Self::with_seats(SEATS)
    }
}

/// Whether a page takes files.
#[derive(Clone, Copy, Debug)]
pub enum Files<'a> {
    Refused,
    /// Of whoever comes from this network.
    From(&'a str),
}

/// A form that has arrived.
#[derive(Debug)]
pub struct Form {
    pub posted: Posted,
    /// Held as long as its files are in memory.
    _seat: Option<Seat>,
}

/// Why a form is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Larger than any form of ours, or no form.
    TooLarge,
    /// All seats are taken, or all that one network may have.
    Busy,
    /// It did not arrive in time.
    Slow,
}

/// Reads a form; one with files only where they are taken.
///
/// # Errors
/// [`Refused::Busy`] at once; the others as soon as it is certain.
pub async fn read(desk: &Desk, files: Files<'_>, request: Request) -> Result<Form, Refused> {
    if let Files::From(network) = files
        && is_multipart(request.headers())
    {
        return with_files(desk, network, request).await;
    }
    let form = axum::Form::<Vec<(String, String)>>::from_request(request, &());
    match tokio::time::timeout(FORM_TIME, form).await {
        Ok(Ok(axum::Form(pairs))) => Ok(Form {
            posted: Posted::new(pairs),
            _seat: None,
        }),
        Ok(Err(_)) => Err(Refused::TooLarge),
        Err(_) => Err(Refused::Slow),
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    const MULTIPART: &[u8] = b"multipart/form-data";
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.as_bytes().get(..MULTIPART.len()))
        .is_some_and(|kind| kind.eq_ignore_ascii_case(MULTIPART))
}

/// What the request says of its length, in bytes.
fn said_length(headers: &HeaderMap) -> Option<u64> {
    let said = headers.get(header::CONTENT_LENGTH)?;
    said.to_str().ok()?.parse().ok()
}

async fn with_files(desk: &Desk, network: &str, request: Request) -> Result<Form, Refused> {
    const PACE: Pace = Pace {
        grace: FORM_TIME,
        bytes_per_second: BYTES_PER_SECOND,
        longest: LONGEST,
        most: BODY_LIMIT as u64,
    };
    let said = said_length(request.headers());
    let (head, body) = request.into_parts();
    let (body, watch) = Arriving::new(body, PACE);
    if said.is_some_and(|said| said > PACE.most) {
        return Err(Refused::TooLarge);
    }
    let seat = desk.sit(network).ok_or(Refused::Busy)?;
    let mut request = Request::from_parts(head, axum::body::Body::new(body));
    DefaultBodyLimit::max(BODY_LIMIT).apply(&mut request);
    let multipart = Multipart::from_request(request, &())
        .await
        .map_err(|_| Refused::TooLarge)?;
    match parts::read(multipart, &watch).await {
        Some(posted) => Ok(Form {
            posted,
            _seat: Some(seat),
        }),
        None if watch.is_late() => Err(Refused::Slow),
        None => Err(Refused::TooLarge),
    }
}
