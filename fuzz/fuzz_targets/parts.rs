//! Forms with files. The first byte says in how large pieces the rest comes: nothing depends on it.
#![no_main]

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::Frame;
use libfuzzer_sys::fuzz_target;
use miftah_rules::Field;
use tokio::runtime::{Builder, Runtime};

#[path = "../../server/src/http/form/mod.rs"]
mod form;

struct Pieces {
    rest: Bytes,
    size: usize,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let size = self.size.min(self.rest.len());
        let piece = self.rest.split_to(size);
        Poll::Ready((size > 0).then(|| Ok(Frame::data(piece))))
    }
}

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().unwrap();
}

type Read = (Vec<(String, String)>, Vec<Option<(String, Vec<u8>)>>);

fn read(bytes: &[u8], size: usize) -> Result<Read, form::Refused> {
    let pieces = Pieces {
        rest: Bytes::copy_from_slice(bytes),
        size,
    };
    let request = Request::post("/")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::new(pieces))
        .unwrap();
    let desk = form::Desk::default();
    let files = form::Files::From("192.0.2.77");
    let form = RUNTIME.with(|runtime| runtime.block_on(form::read(&desk, files, request)))?;
    let file = |field: &Field| {
        let file = form.posted.file(*field)?;
        assert!(!file.cut && file.bytes.len() < bytes.len());
        Some((file.name.clone(), file.bytes.clone()))
    };
    let files = Field::ALL.iter().map(file).collect();
    Ok((form.posted.without_secrets(), files))
}

fuzz_target!(|bytes: &[u8]| {
    if let [size, rest @ ..] = bytes {
        let whole = read(rest, rest.len().max(1));
        assert_ne!(whole.as_ref().err(), Some(&form::Refused::Busy));
        assert_eq!(read(rest, usize::from(*size).max(1)), whole);
    }
});
