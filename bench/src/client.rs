//! A client of HTTP/1.1 that costs next to nothing: it shares two processors with the server that it
//! measures. One connection, one request at a time; it reads lengths and chunks, and no more.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Outcome;

/// Nothing of ours takes that long.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub struct Client {
    at: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The head, lines and all.
    pub head: String,
    pub body: Vec<u8>,
    pub took: Duration,
}

impl Answer {
    /// A header's value; `name` in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).next()
    }

    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.head.lines().filter_map(move |line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Client {
    /// # Errors
    /// No address of this machine: load never goes anywhere else.
    pub fn new(at: &str) -> Outcome<Self> {
        let at: SocketAddr = at.parse()?;
        if !at.ip().is_loopback() {
            return Err("load goes to this machine alone".into());
        }
        Ok(Self {
            at,
            stream: None,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a request as it is written and waits for the whole answer.
    ///
    /// # Errors
    /// The connection broke, or the answer is none.
    pub async fn ask(&mut self, request: &[u8]) -> Outcome<Answer> {
        let begun = Instant::now();
        let answer = tokio::time::timeout(PATIENCE, self.exchange(request)).await??;
        Ok(Answer {
            took: begun.elapsed(),
            ..answer
        })
    }

    async fn exchange(&mut self, request: &[u8]) -> Outcome<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.at).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            more(&mut stream, &mut self.buffer).await?;
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text =
            String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).into_owned();
        let status = text.get(9..12).unwrap_or_default().parse()?;
        let mut answer = Answer {
            status,
            head: text,
            body: vec![],
            took: Duration::ZERO,
        };
        let length = answer.header("content-length").map(str::parse::<usize>);
        let chunked = answer.header("transfer-encoding").is_some();
        let is_whole = |body: &[u8]| match &length {
            Some(Ok(length)) => body.len() >= *length,
            _ if chunked => body.ends_with(b"0\r\n\r\n"),
            _ => true,
        };
        while !is_whole(self.buffer.get(head..).unwrap_or_default()) {
            more(&mut stream, &mut self.buffer).await?;
        }
        answer.body = self.buffer.split_off(head);
        if chunked {
            answer.body = joined(&answer.body);
        }
        let closes = answer
            .header("connection")
            .is_some_and(|word| word == "close");
        self.stream = (!closes).then_some(stream);
        Ok(answer)
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Outcome {
    if stream.read_buf(buffer).await? == 0 {
        return Err("the connection was closed".into());
    }
    Ok(())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// The content of a chunked body.
fn joined(mut chunked: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(chunked.len());
    while let Some(end) = find(chunked, b"\r\n") {
        let size = std::str::from_utf8(chunked.get(..end).unwrap_or_default());
        let size = size
            .ok()
            .and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else {
            break;
        };
        let from = end + 2;
        whole.extend_from_slice(chunked.get(from..from + size).unwrap_or_default());
        chunked = chunked.get(from + size + 2..).unwrap_or_default();
    }
    whole
}

/// A request without a body.
pub fn get(at: &str, path: &str, more: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {at}\r\naccept: text/html\r\n{more}\r\n").into_bytes()
}

/// A posted form.
pub fn post(at: &str, path: &str, more: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {at}\r\norigin: http://{at}\r\naccept: text/html\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n{more}\r\n{form}",
        form.len()
    )
    .into_bytes()
}
