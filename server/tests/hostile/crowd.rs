//! Ten thousand journeys from one address: it is told to come back, everybody else is not, and neither
//! memory nor database grows with what it sends.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::machine::{Machine, stop};
use crate::person::timed;

const JOURNEYS: usize = 10_000;
/// What one network may begin at once (`portal/src/newcomers.rs`).
const BURST: usize = 2000;
const LINES: usize = 4;

/// Begins journeys on one connection; how often it was answered with what.
fn begin(port: u16, count: usize) -> (usize, usize) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    let form = "step=who&student_number=R130000001&national_id=&birth_date=";
    let request = format!(
        "POST /ar/register HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-forwarded-for: 192.0.2.66\r\n\
        accept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\n\
        content-length: {}\r\n\r\n{form}",
        form.len()
    );
    let (mut begun, mut busy) = (0, 0);
    let mut buffer = Vec::new();
    for _ in 0..count {
        stream.write_all(request.as_bytes()).expect("it reads");
        buffer.clear();
        let mut piece = [0; 64 * 1024];
        loop {
            let length = stream.read(&mut piece).expect("it answers");
            assert!(length > 0, "it goes on");
            buffer.extend_from_slice(&piece[..length]);
            if is_whole(&buffer) {
                break;
            }
        }
        match &buffer[9..12] {
            b"303" => begun += 1,
            b"503" => busy += 1,
            other => panic!("{}", String::from_utf8_lossy(other)),
        }
    }
    (begun, busy)
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let head = head.to_lowercase();
    match head.split_once("content-length: ") {
        Some((_, rest)) => {
            let length = rest.split("\r\n").next().unwrap_or_default();
            length
                .parse()
                .is_ok_and(|length: usize| body.len() >= length)
        }
        None => body.ends_with("0\r\n\r\n"),
    }
}

#[test]
fn ten_thousand_journeys_from_one_address_hurt_nobody_else() {
    let machine = Machine::new("crowd");
    // Once with `--dev`, which fills the roll.
    let (running, _) = machine.start();
    assert!(stop(running));
    let (running, _) = machine.start_with(&["--trusted-proxies", "127.0.0.0/8"]);
    let memory = || {
        let status = fs::read_to_string(format!("/proc/{}/status", running.child.id()));
        let status = status.expect("its status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1));
        kib.and_then(|kib| kib.parse::<usize>().ok())
            .expect("a number")
    };
    let before = memory();
    let (begun, busy) = std::thread::scope(|scope| {
        let lines: Vec<_> = (0..LINES)
            .map(|_| scope.spawn(|| begin(machine.port, JOURNEYS / LINES)))
            .collect();
        // Somebody else, meanwhile.
        for _ in 0..20 {
            let (page, took) = timed(|| machine.post("/ar/register", &[], "step=who"));
            assert_eq!(page.status, 200, "{took:?}");
            assert!(took < Duration::from_secs(2), "{took:?}");
        }
        lines.into_iter().fold((0, 0), |sum, line| {
            let (begun, busy) = line.join().expect("a line");
            (sum.0 + begun, sum.1 + busy)
        })
    });
    assert_eq!(begun + busy, JOURNEYS);
    assert!(begun >= BURST, "a campus opens its registration: {begun}");
    // Twenty more a second, however long it took.
    assert!(begun < JOURNEYS / 2, "{begun}");
    assert!(memory() < before + 60_000, "{before} and {} kB", memory());
    let size = fs::metadata(machine.folder.join("miftah.sqlite"))
        .expect("its size")
        .len();
    assert!(size < 40_000_000, "{size}");
    assert!(stop(running));
    machine.remove();
}
