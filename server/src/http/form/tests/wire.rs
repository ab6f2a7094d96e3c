//! Over a socket: what is on its way when the answer is given.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::super::{BODY_LIMIT, Desk, Refused, read};
use super::{HERE, MEGABYTE, form, part};
use crate::http::listen::{Limits, serve};

const LONG: Duration = Duration::from_secs(60);

async fn take(State(desk): State<Desk>, request: Request) -> StatusCode {
    match read(&desk, HERE, request).await {
        Ok(_) => StatusCode::OK,
        Err(Refused::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Err(Refused::Busy) => StatusCode::SERVICE_UNAVAILABLE,
        Err(Refused::Slow) => StatusCode::REQUEST_TIMEOUT,
    }
}

async fn start(desk: Desk) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let router = Router::new().route("/", post(take)).with_state(desk);
    let served = serve(listener, router, Limits::default(), std::future::pending());
    (at, tokio::spawn(served))
}

/// Begins a form of `length` bytes.
async fn begin(at: SocketAddr, length: usize) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\
        content-type: multipart/form-data; boundary=edge\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Sends a whole form before it looks at the answer, as browsers do; the answer's status.
async fn send(at: SocketAddr, body: &[u8]) -> String {
    let mut stream = begin(at, body.len()).await;
    let sent = async {
        stream.write_all(body).await.expect("it is taken in");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer
    };
    let answer = tokio::time::timeout(LONG, sent).await.expect("in time");
    answer.get(9..12).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn whoever_is_still_sending_hears_the_answer() {
    let desk = Desk::with_seats(1);
    let (at, server) = start(desk.clone()).await;
    let file = |size| form(&[part("email", Some("a.pdf"), &vec![7; size])]);
    assert_eq!(send(at, &file(4 * MEGABYTE)).await, "200");
    assert_eq!(send(at, &file(BODY_LIMIT)).await, "413", "announced");
    let nine = form(&vec![part("email", Some("a.pdf"), &[7; MEGABYTE]); 30]);
    assert_eq!(send(at, &nine).await, "413", "in the middle of it");
    // Somebody sits there and says nothing.
    let seated = begin(at, 9).await;
    while desk.free() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(send(at, &file(8 * MEGABYTE)).await, "503");
    // They go away in the middle of it: the seat is free.
    drop(seated);
    while desk.free() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(send(at, &file(4 * MEGABYTE)).await, "200");
    server.abort();
}
