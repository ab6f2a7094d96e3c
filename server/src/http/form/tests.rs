//! Forms as browsers send them, and as nobody should.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::Frame;
use miftah_rules::Field;
use tokio::time::{Instant, Sleep};

use super::{BODY_LIMIT, Desk, FORM_LIMIT, Files, Form, Refused, SEATS, read};

/// A page that takes files.
const HERE: Files<'_> = Files::From("192.0.2.77");

mod wire;

const MEGABYTE: usize = 1024 * 1024;
const FILE_LIMIT: usize = 5 * MEGABYTE;
const END: &[u8] = b"--edge--\r\n";

/// A part with a file name when it is a file.
fn part(name: &str, file_name: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file_name = file_name.map(|name| format!("; filename=\"{name}\""));
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{name}\"{}\r\n\r\n",
        file_name.unwrap_or_default()
    );
    [head.as_bytes(), content, b"\r\n"].concat()
}

fn form(parts: &[Vec<u8>]) -> Vec<u8> {
    [&parts.concat(), END].concat()
}

fn request(kind: &str, body: Body) -> Request {
    let request = Request::post("/").header("content-type", kind);
    request.body(body).unwrap()
}

async fn sent(body: impl Into<Body>) -> Result<Form, Refused> {
    let request = request("multipart/form-data; boundary=edge", body.into());
    read(&Desk::default(), HERE, request).await
}

async fn refusal(body: impl Into<Body>) -> Option<Refused> {
    sent(body).await.err()
}

/// A body that comes piece by piece.
struct Pieces {
    next: Box<dyn FnMut() -> Option<Vec<u8>> + Send>,
    every: Duration,
    pause: Pin<Box<Sleep>>,
    /// Bytes that were asked for.
    pulled: Arc<AtomicUsize>,
}

impl Pieces {
    fn new(every: Duration, next: impl FnMut() -> Option<Vec<u8>> + Send + 'static) -> Self {
        Self {
            next: Box::new(next),
            every,
            pause: Box::pin(tokio::time::sleep(every)),
            pulled: Arc::default(),
        }
    }

    /// A beginning, and the same piece for ever after it.
    fn without_end(first: Vec<u8>, piece: Vec<u8>) -> (Body, Arc<AtomicUsize>) {
        let mut first = Some(first);
        let next = move || first.take().or_else(|| Some(piece.clone()));
        let pieces = Self::new(Duration::ZERO, next);
        let pulled = Arc::clone(&pieces.pulled);
        (Body::new(pieces), pulled)
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<std::io::Result<Frame<Bytes>>>> {
        if !self.every.is_zero() {
            std::task::ready!(self.pause.as_mut().poll(cx));
            let then = Instant::now() + self.every;
            self.pause.as_mut().reset(then);
        }
        Poll::Ready((self.next)().map(|piece| {
            self.pulled.fetch_add(piece.len(), Ordering::SeqCst);
            Ok(Frame::data(piece.into()))
        }))
    }
}

/// A body of which nothing ever comes.
fn silence() -> Body {
    Body::new(Pieces::new(Duration::from_secs(1 << 30), || None))
}

#[tokio::test]
async fn fields_and_files_are_read_as_they_were_sent() {
    let scan = [b"%PDF-1.7\r\n--edg\r\n--\r\n".as_slice(), &[0, 255, b'\r']].concat();
    let body = form(&[
        part("handle", None, "مريم + & = %41\r\nسطر".as_bytes()),
        part("email", Some(r"C:\fakepath\شهادة طبية.pdf"), &scan),
        part("phone", Some(""), b""),
        part("code", None, b"caf\xe9"),
        part("handle", None, b"second"),
    ]);
    for size in [1, 7, body.len()] {
        let mut pieces = body.chunks(size).map(<[u8]>::to_vec).collect::<Vec<_>>();
        pieces.reverse();
        let pieces = Pieces::new(Duration::ZERO, move || pieces.pop());
        let posted = sent(Body::new(pieces)).await.unwrap().posted;
        assert_eq!(posted.text("handle"), "مريم + & = %41\r\nسطر");
        assert_eq!(posted.text("code"), "caf\u{fffd}");
        assert_eq!(posted.file(Field::Phone), None, "none was chosen");
        let file = posted.file(Field::Email).unwrap();
        assert_eq!(file.name, r"C:\fakepath\شهادة طبية.pdf");
        assert!(file.bytes == scan && !file.cut);
        assert_eq!(posted.file(Field::Handle), None, "a text is no file");
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_cut_and_the_rest_is_kept() {
    for (size, cut) in [
        (FILE_LIMIT, false),
        (FILE_LIMIT + 1, true),
        (30 * MEGABYTE, true),
    ] {
        let body = form(&[
            part("email", Some("scan.pdf"), &vec![7; size]),
            part("handle", None, b"kept"),
            part("phone", Some("small.pdf"), b"small"),
        ]);
        let pieces = Pieces::new(Duration::ZERO, {
            let mut rest = Bytes::from(body);
            move || {
                let size = rest.len().min(60_000);
                Some(rest.split_to(size).to_vec()).filter(|piece| !piece.is_empty())
            }
        });
        let posted = sent(Body::new(pieces)).await.unwrap().posted;
        let file = posted.file(Field::Email).unwrap();
        assert_eq!(
            (file.cut, file.bytes.len()),
            (cut, if cut { 0 } else { size })
        );
        assert_eq!(posted.text("handle"), "kept");
        assert_eq!(posted.file(Field::Phone).unwrap().bytes, b"small");
    }
}

#[tokio::test]
async fn more_than_any_form_of_ours_is_refused() {
    let text = |length| form(&[part("handle", None, &vec![b'x'; length])]);
    assert_eq!(refusal(text(FORM_LIMIT - "handle".len())).await, None);
    assert_eq!(
        refusal(text(FORM_LIMIT - "handle".len() + 1)).await,
        Some(Refused::TooLarge)
    );
    let named = form(&[part(&"n".repeat(70_000), None, b"")]);
    assert_eq!(refusal(named).await, Some(Refused::TooLarge));
    for (count, answer) in [(64, None), (65, Some(Refused::TooLarge))] {
        let many = vec![part("handle", None, b"x"); count];
        assert_eq!(refusal(form(&many)).await, answer, "{count} parts");
    }
    for (count, answer) in [(8, None), (9, Some(Refused::TooLarge))] {
        let many = vec![part("email", Some("a.pdf"), b"x"); count];
        assert_eq!(refusal(form(&many)).await, answer, "{count} files");
    }
    let huge = form(&vec![part("email", Some("a.pdf"), &[0; FILE_LIMIT + 1]); 8]);
    assert!(huge.len() > BODY_LIMIT);
    assert_eq!(refusal(huge).await, Some(Refused::TooLarge));
}

#[tokio::test]
async fn what_is_no_form_is_refused_and_not_gathered() {
    let beginning = part("handle", None, b"x");
    let broken: [&[u8]; 9] = [
        b"",
        b"--",
        b"--edge",
        b"--edge\r\n",
        b"--edge\r\nContent-Disposition: form-data; name=\"handle\"\r\n\r\nno end",
        b"--edge\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--edge--\r\n",
        b"--edge\r\nno colon\r\n\r\nx\r\n--edge--\r\n",
        b"--edge\r\n\x00: \xff\r\n\r\nx\r\n--edge--\r\n",
        &beginning,
    ];
    for body in broken {
        let shown = String::from_utf8_lossy(body);
        assert_eq!(
            refusal(body.to_vec()).await,
            Some(Refused::TooLarge),
            "{shown}"
        );
    }
    for kind in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=other",
        "multipart/mixed; boundary=edge",
        "text/plain",
    ] {
        let request = request(kind, form(&[part("handle", None, b"x")]).into());
        let answer = read(&Desk::default(), HERE, request).await;
        assert_eq!(answer.err(), Some(Refused::TooLarge), "{kind}");
    }
    let head = b"--edge\r\nContent-Disposition: form-data; name=\"".to_vec();
    let line = b"--edge\r\nx: ".to_vec();
    let many = b"--edge\r\n".to_vec();
    for (beginning, piece) in [
        (Vec::new(), vec![b' '; 4096]),
        (head, vec![b'n'; 4096]),
        (line, vec![b'v'; 4096]),
        (many, b"a: b\r\n".repeat(500)),
        (b"--edge".to_vec(), vec![b' '; 4096]),
    ] {
        let (body, pulled) = Pieces::without_end(beginning, piece);
        assert_eq!(refusal(body).await, Some(Refused::TooLarge));
        let pulled = pulled.load(Ordering::SeqCst);
        assert!(pulled < 64 * 1024, "{pulled} bytes");
    }
    let (body, pulled) = Pieces::without_end(Vec::new(), part("handle", None, b"x"));
    assert_eq!(
        refusal(body).await,
        Some(Refused::TooLarge),
        "parts without end"
    );
    assert!(pulled.load(Ordering::SeqCst) < 64 * 1024);
}

#[tokio::test]
async fn files_are_not_read_where_none_are_taken() {
    let body = form(&[part("handle", None, b"x")]);
    let files = request("multipart/form-data; boundary=edge", body.into());
    let answer = read(&Desk::default(), Files::Refused, files).await;
    assert_eq!(answer.err(), Some(Refused::TooLarge));
    let plain = || request("application/x-www-form-urlencoded", "handle=a+b".into());
    for files in [Files::Refused, HERE] {
        let form = read(&Desk::default(), files, plain()).await.unwrap();
        assert_eq!(form.posted.text("handle"), "a b");
    }
}

#[tokio::test]
async fn who_finds_no_seat_is_told_at_once_and_a_seat_is_held_until_the_form_is_dealt_with() {
    let desk = Desk::default();
    let kind = "Multipart/Form-Data; boundary=edge";
    let body = || Body::from(form(&[part("email", Some("a.pdf"), b"x")]));
    let mut held = Vec::new();
    for n in 0..SEATS {
        let network = format!("192.0.2.{n}");
        let files = Files::From(&network);
        held.push(read(&desk, files, request(kind, body())).await.unwrap());
    }
    let late = read(&desk, HERE, request(kind, silence())).await;
    assert_eq!(late.err(), Some(Refused::Busy));
    let plain = request("application/x-www-form-urlencoded", "handle=x".into());
    assert!(read(&desk, HERE, plain).await.is_ok(), "needs no seat");
    held.pop();
    assert!(read(&desk, HERE, request(kind, body())).await.is_ok());
    let broken = request(kind, "--edge".into());
    assert!(read(&desk, HERE, broken).await.is_err());
    assert!(read(&desk, HERE, request(kind, body())).await.is_ok());
}

#[tokio::test]
async fn a_length_that_is_announced_is_believed_when_it_is_too_large() {
    let announced = |length: usize, body| {
        let mut request = request("multipart/form-data; boundary=edge", body);
        request
            .headers_mut()
            .insert("content-length", length.into());
        request
    };
    let desk = Desk::default();
    let answer = read(&desk, HERE, announced(BODY_LIMIT + 1, silence())).await;
    assert_eq!(
        answer.err(),
        Some(Refused::TooLarge),
        "before anything came"
    );
    // Less than there is: what came is what counts.
    let body = form(&[part("handle", None, &[b'x'; 9000])]);
    let form = read(&desk, HERE, announced(5, body.into())).await.unwrap();
    assert_eq!(form.posted.text("handle").len(), 9000);
}

/// How long a form was waited for that comes like this, and what became of it.
async fn timed(body: Body) -> (u64, Option<Refused>) {
    let began = Instant::now();
    let refused = refusal(body).await;
    (began.elapsed().as_secs(), refused)
}

#[tokio::test(start_paused = true)]
async fn a_form_that_does_not_come_is_waited_for_as_long_as_what_came_is_worth() {
    let slow = Some(Refused::Slow);
    assert_eq!(timed(silence()).await, (20, slow));
    let plain = request("application/x-www-form-urlencoded", silence());
    let began = Instant::now();
    let answer = read(&Desk::default(), HERE, plain).await;
    assert_eq!(answer.err(), Some(Refused::Slow));
    assert_eq!(began.elapsed().as_secs(), 20);
    // Two megabytes at once, then silence: 100 seconds' worth.
    let mut first = Some(part("email", Some("a.pdf"), &[7; 2_000_000]));
    let next = move || first.take().or_else(|| Some(Vec::new()));
    let stops = Pieces::new(Duration::from_secs(1), next);
    assert_eq!(timed(Body::new(stops)).await, (120, slow));
    // A byte a second is no form.
    let trickle = Pieces::new(Duration::from_secs(1), || Some(vec![b' ']));
    assert_eq!(timed(Body::new(trickle)).await, (20, slow));
    // 24 kB a second is a phone; four megabytes are there after 175 seconds.
    let mut whole = Bytes::from(form(&[part("email", Some("a.pdf"), &[7; 4_200_000])]));
    let phone = Pieces::new(Duration::from_secs(1), move || {
        let size = whole.len().min(24_000);
        Some(whole.split_to(size).to_vec()).filter(|piece| !piece.is_empty())
    });
    assert_eq!(timed(Body::new(phone)).await, (176, None));
    // Faster than it must, and still there after a quarter of an hour.
    let head = part("email", Some("a.pdf"), b"");
    let head = head.strip_suffix(b"\r\n").unwrap().to_vec();
    let mut first = Some(head);
    let endless = Pieces::new(Duration::from_secs(1), move || {
        first.take().or_else(|| Some(vec![7; 30_000]))
    });
    assert_eq!(timed(Body::new(endless)).await, (900, slow));
}
