//! A body on its way: how much of it may come, how slowly, and how much at once.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use tokio::time::{Instant, Sleep};

/// How a body has to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// For nothing at all.
    pub(super) grace: Duration,
    /// After that, on average.
    pub(super) bytes_per_second: u64,
    /// Whatever came.
    pub(super) longest: Duration,
    /// Bytes in all.
    pub(super) most: u64,
}

impl Pace {
    /// The time, from the beginning, by which more than `received` bytes must have come. It follows
    /// what came, not what was announced: announcing costs nothing.
    fn until(self, received: u64) -> Duration {
        let worth = Duration::from_millis(received * 1000 / self.bytes_per_second.max(1));
        self.grace.saturating_add(worth).min(self.longest)
    }
}

/// The body is not read on. Why, nobody hears in these words.
fn stopped() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// What the reader of a body knows and says of it.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Bytes that may still come before the reader has to have made something of them.
    allowance: AtomicU64,
    late: AtomicBool,
}

impl Watch {
    /// From now on this many bytes may come, and what of them is on its way already.
    pub(super) fn allow(&self, bytes: u64) {
        self.allowance.store(bytes, Ordering::Relaxed);
    }

    /// Whether the body came too slowly.
    pub(super) fn is_late(&self) -> bool {
        self.late.load(Ordering::Relaxed)
    }
}

/// The body. Whatever is not read of it is taken in and dropped for a while: a browser that is still
/// sending when the connection ends shows no answer.
#[derive(Debug)]
pub(super) struct Arriving {
    body: Option<Body>,
    pace: Pace,
    began: Instant,
    received: u64,
    alarm: Pin<Box<Sleep>>,
    /// Set after each piece: the reader has it before the next one comes, or it would hold them all.
    rests: bool,
    watch: Arc<Watch>,
}

impl Arriving {
    pub(super) fn new(body: Body, pace: Pace) -> (Self, Arc<Watch>) {
        let (began, watch) = (Instant::now(), Arc::<Watch>::default());
        let arriving = Self {
            body: Some(body),
            pace,
            began,
            received: 0,
            alarm: Box::pin(tokio::time::sleep_until(began + pace.until(0))),
            rests: false,
            watch: Arc::clone(&watch),
        };
        (arriving, watch)
    }

    fn take(&mut self, frame: &Frame<Bytes>) -> io::Result<()> {
        let length = frame.data_ref().map_or(0, |data| data.len() as u64);
        self.received = self.received.saturating_add(length);
        let allowed = self.watch.allowance.load(Ordering::Relaxed);
        if self.received > self.pace.most || allowed == 0 {
            return Err(stopped());
        }
        self.watch.allow(allowed.saturating_sub(length));
        let until = self.pace.until(self.received);
        self.alarm.as_mut().reset(self.began + until);
        self.rests = true;
        Ok(())
    }
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if std::mem::take(&mut self.rests) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(body) = self.body.as_mut() else {
            return Poll::Ready(None);
        };
        match Pin::new(body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => Poll::Ready(Some(self.take(&frame).map(|()| frame))),
            Poll::Ready(None) => {
                self.body = None;
                Poll::Ready(None)
            }
            // It broke: nobody is there to be told anything.
            Poll::Ready(Some(Err(_))) => {
                self.body = None;
                Poll::Ready(Some(Err(stopped())))
            }
            Poll::Pending if self.alarm.as_mut().poll(cx).is_ready() => {
                self.watch.late.store(true, Ordering::Relaxed);
                self.body = None;
                Poll::Ready(Some(Err(stopped())))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        let left = self.pace.most.saturating_sub(self.received);
        if let Some(body) = self.body.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let rest = drain(body, left);
            runtime.spawn(tokio::time::timeout(self.pace.grace, rest));
        }
    }
}

/// Takes in at most so many bytes and drops them.
async fn drain(mut body: Body, mut left: u64) {
    while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let length = frame.data_ref().map_or(0, |data| data.len() as u64);
        match left.checked_sub(length) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}
