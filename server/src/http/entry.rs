//! Entry pages, rendered once and reused (idea 7).
//!
//! To somebody without session and journey, sign-in or registration is the same bytes as to the
//! next one. On the day the portal opens, thousands ask for them at once.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use miftah_portal::visitor::Arrival;
use miftah_rules::{Lang, Place};

use crate::http::encoding::{Encoded, Encoding, THOROUGH};

/// The rendered pages, by language and path.
#[derive(Clone, Debug, Default)]
pub struct EntryPages(Arc<RwLock<HashMap<(Lang, String), Encoded>>>);

/// Larger pages are not kept; ours are a few tens of kilobytes.
const MOST_BYTES: usize = 256 * 1024;

impl EntryPages {
    /// Whether this visit may get the shared page.
    pub fn fits(arrival: &Arrival, place: &Place, query: &str) -> bool {
        arrival.session.is_none() && query.is_empty() && place.is_entry()
    }

    pub fn get(&self, lang: Lang, place: &Place, wanted: Encoding) -> Option<Response> {
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let page = pages.get(&(lang, place.path()))?;
        Some(response(page, wanted))
    }

    /// Keeps a page that was rendered for such a visit, and answers it.
    pub async fn keep(
        &self,
        lang: Lang,
        place: &Place,
        rendered: Response,
        wanted: Encoding,
    ) -> Response {
        if rendered.status() != StatusCode::OK {
            return rendered;
        }
        match axum::body::to_bytes(rendered.into_body(), MOST_BYTES).await {
            Ok(bytes) => {
                let page = Encoded::new(bytes, THOROUGH);
                let answer = response(&page, wanted);
                let mut pages = self.0.write().unwrap_or_else(PoisonError::into_inner);
                pages.insert((lang, place.path()), page);
                answer
            }
            // Rendering cannot break off half-way; if it did, the client asks again.
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

fn response(page: &Encoded, wanted: Encoding) -> Response {
    let (bytes, encoding) = page.choose(wanted);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    encoding.tell(headers);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Encoding, Cookie"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
