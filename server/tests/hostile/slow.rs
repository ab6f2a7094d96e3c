//! Connections that are held: heads that never end, bodies that trickle, halves that are closed, answers
//! that nobody takes. Each is let go in its time, and nobody waits for them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::machine::{Machine, Running, stop};
use crate::person::{pause, timed, until};

/// Of each kind.
const EACH: usize = 60;
/// The longest of the times that a head, a form or an answer has, and some more.
const LET_GO: Duration = Duration::from_secs(45);

fn open_files(running: &Running) -> usize {
    let folder = format!("/proc/{}/fd", running.child.id());
    fs::read_dir(folder).expect("its files").count()
}

fn send(machine: &Machine, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", machine.port)).expect("it listens");
    stream.write_all(bytes.as_bytes()).expect("it reads");
    stream
}

fn others_are_served(machine: &Machine) {
    for _ in 0..20 {
        let (page, took) = timed(|| machine.get("/ar/login", &[]));
        assert_eq!(page.status, 200);
        assert!(took < Duration::from_secs(1), "{took:?}");
        pause(Duration::from_millis(50));
    }
}

/// Waits until the program has ended the connection.
fn ends(mut stream: TcpStream) {
    stream.set_read_timeout(Some(LET_GO)).expect("a time");
    let mut piece = [0; 4096];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                // Reset is an end, too; silence is none.
                let kind = error.kind();
                assert!(kind != std::io::ErrorKind::WouldBlock, "it is still held");
                return;
            }
        }
    }
}

#[test]
fn whoever_holds_connections_is_let_go_and_nobody_waits_for_them() {
    let machine = Machine::new("slow");
    let (running, _) = machine.start();
    let before = open_files(&running);
    let form = "content-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\nh";
    let mut held = Vec::new();
    for _ in 0..EACH {
        held.push(send(
            &machine,
            "GET /ar/login HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow",
        ));
        held.push(send(&machine, ""));
        held.push(send(
            &machine,
            &format!("POST /ar/login HTTP/1.1\r\nhost: 127.0.0.1\r\n{form}"),
        ));
        held.push(send(
            &machine,
            &format!("POST /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n{form}"),
        ));
        held.push(send(
            &machine,
            &format!("GET /ar/login HTTP/1.1\r\nhost: 127.0.0.1\r\n{form}"),
        ));
        // Halves that are closed: in the middle of a head, of a body, and after a whole request.
        for half in [
            "GET /ar/log".to_owned(),
            format!("POST /ar/login HTTP/1.1\r\nhost: 127.0.0.1\r\n{form}"),
            "GET /ar/login HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".to_owned(),
        ] {
            let stream = send(&machine, &half);
            stream.shutdown(Shutdown::Write).expect("a half");
            held.push(stream);
        }
    }
    others_are_served(&machine);
    std::thread::scope(|scope| {
        // A byte now and then keeps nobody alive.
        for stream in &held {
            let mut stream = stream.try_clone().expect("a stream");
            scope.spawn(move || {
                for _ in 0..10 {
                    pause(Duration::from_secs(2));
                    if stream.write_all(b"x").is_err() {
                        return;
                    }
                }
            });
        }
    });
    let ((), took) = timed(|| held.into_iter().for_each(ends));
    assert!(took < LET_GO, "{took:?}");
    until("its files are given back", 10, || {
        open_files(&running) <= before + 4
    });
    others_are_served(&machine);
    assert!(stop(running));
    machine.remove();
}

#[test]
fn whoever_asks_and_never_reads_is_let_go() {
    let machine = Machine::new("unread");
    // More than all that lies between the two of them can hold.
    let large = vec![b'a'; 24 << 20];
    fs::write(machine.folder.join("site/large.js"), large).expect("a file of the site");
    let (running, _) = machine.start();
    let before = open_files(&running);
    // The name of the site is also that of what the institution adds to it.
    let view = machine.get("/ar/login", &[]).body;
    let build = view.split("\"build\":\"").nth(1);
    let build = build.and_then(|rest| rest.split('"').next());
    let build = build.expect("the view names its build");
    let ask = format!("GET /pkg/{build}/large.js HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
    let mut held: Vec<_> = (0..EACH).map(|_| send(&machine, &ask)).collect();
    let mut begins = [0; 12];
    held[0].read_exact(&mut begins).expect("an answer begins");
    assert_eq!(&begins, b"HTTP/1.1 200");
    until("they are all there", 10, || {
        open_files(&running) > before + EACH / 2
    });
    others_are_served(&machine);
    until("they are let go", LET_GO.as_secs(), || {
        open_files(&running) <= before + 4
    });
    drop(held);
    assert!(stop(running));
    machine.remove();
}
