//! Bodies in the encodings that browsers take: on a bad network a page of 30 kB is a second, the
//! same page compressed a fifth of that.
//!
//! What a session sees is never compressed together with what its address can be made to say: the
//! size would tell about the one by way of the other (BREACH). So entry pages and other pages of
//! visitors without a session are compressed, pages of somebody signed in are not.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

/// For pages made once and kept.
pub const THOROUGH: Effort = Effort {
    brotli: 10,
    gzip: 9,
};
/// For pages made for one visit: about as fast as writing them.
pub const QUICK: Effort = Effort { brotli: 4, gzip: 4 };

/// Larger bodies are not pages.
const MOST_BYTES: usize = 512 * 1024;

/// How hard to try, on the encodings' own scales.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    brotli: u32,
    gzip: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    /// The best one that the client takes.
    pub fn of(headers: &HeaderMap) -> Self {
        let accepted = |wanted: &str| {
            headers
                .get_all(header::ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|line| line.split(','))
                .any(|part| {
                    let (name, rest) = part.split_once(';').unwrap_or((part, ""));
                    let refused = rest.trim().replace(' ', "").trim_start_matches("q=") == "0";
                    name.trim().eq_ignore_ascii_case(wanted) && !refused
                })
        };
        if accepted("br") {
            Self::Brotli
        } else if accepted("gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    /// Says it in an answer's headers.
    pub fn tell(self, headers: &mut HeaderMap) {
        let name = match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Plain => return,
        };
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }

    /// The bytes in this encoding; `None` when they cannot be written so, which memory alone could
    /// cause.
    fn encode(self, bytes: &Bytes, effort: Effort) -> Option<Bytes> {
        match self {
            Self::Plain => Some(bytes.clone()),
            Self::Brotli => {
                let mut out =
                    brotli::CompressorWriter::new(Vec::new(), 16 * 1024, effort.brotli, 18);
                out.write_all(bytes).ok()?;
                Some(out.into_inner().into())
            }
            Self::Gzip => {
                let mut out = GzEncoder::new(Vec::new(), Compression::new(effort.gzip));
                out.write_all(bytes).ok()?;
                out.finish().ok().map(Bytes::from)
            }
        }
    }
}

/// One body in all encodings.
#[derive(Clone, Debug)]
pub struct Encoded {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Encoded {
    pub fn new(plain: Bytes, effort: Effort) -> Self {
        Self {
            brotli: Encoding::Brotli.encode(&plain, effort),
            gzip: Encoding::Gzip.encode(&plain, effort),
            plain,
        }
    }

    /// The body to answer with, and the encoding it has.
    pub fn choose(&self, wanted: Encoding) -> (Bytes, Encoding) {
        let found = match wanted {
            Encoding::Brotli => self.brotli.as_ref(),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Plain => None,
        };
        match found {
            Some(bytes) => (bytes.clone(), wanted),
            None => (self.plain.clone(), Encoding::Plain),
        }
    }
}

/// The same answer, compressed as the client takes it.
pub async fn compress(response: Response, wanted: Encoding) -> Response {
    if wanted == Encoding::Plain {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, MOST_BYTES).await else {
        // Pages are whole when they are answered; this one is not a page.
        return Response::from_parts(parts, Body::empty());
    };
    match wanted.encode(&plain, QUICK) {
        Some(bytes) => {
            wanted.tell(&mut parts.headers);
            Response::from_parts(parts, bytes.into())
        }
        None => Response::from_parts(parts, plain.into()),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, header};

    use super::{Encoded, Encoding, QUICK};

    fn of(accept: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
        Encoding::of(&headers)
    }

    #[test]
    fn the_best_that_is_taken() {
        assert_eq!(of("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(of("GZIP;q=0.5"), Encoding::Gzip);
        assert_eq!(of("br;q=0, gzip"), Encoding::Gzip);
        assert_eq!(of("brotli, identity"), Encoding::Plain);
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Plain);
    }

    #[test]
    fn a_page_gets_much_smaller() {
        let page = "<p>كلمة السر</p>".repeat(1000);
        let encoded = Encoded::new(page.clone().into(), QUICK);
        for wanted in [Encoding::Brotli, Encoding::Gzip] {
            let (bytes, got) = encoded.choose(wanted);
            assert_eq!(got, wanted);
            assert!(bytes.len() * 20 < page.len());
        }
        assert_eq!(encoded.choose(Encoding::Plain).0.len(), page.len());
    }
}
