//! The queue, and kinds told apart by content.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use miftah_portal::ports::{Clean, Cleaner as _, Media, Unclean};

use super::{CleaningThreads, clean};

mod documents;
mod pictures;

/// As many empty files as there are messages.
static TURNS: Mutex<Option<Receiver<()>>> = Mutex::new(None);

fn waits_for_its_turn(bytes: Vec<u8>) -> Result<Clean, Unclean> {
    let turns = TURNS.lock().unwrap();
    let turn = turns
        .as_ref()
        .map(|turns| turns.recv_timeout(Duration::from_secs(60)));
    assert_eq!(turn, Some(Ok(())));
    Ok(Clean {
        media: Media::Pdf,
        bytes,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_finds_the_queue_full_is_told_at_once() {
    let (turn, turns) = sync_channel(9);
    *TURNS.lock().unwrap() = Some(turns);
    let threads = std::sync::Arc::new(CleaningThreads::with(waits_for_its_turn, 1, 2).unwrap());
    let file = |number: u8| {
        let threads = std::sync::Arc::clone(&threads);
        tokio::spawn(async move { threads.clean(vec![number]).await })
    };
    // One is being cleaned and two wait: whoever comes now is told.
    let mut waiting = Vec::new();
    while waiting.len() < 3 {
        let mut next = file(u8::try_from(waiting.len()).unwrap());
        // The thread may not have taken the first one yet.
        match tokio::time::timeout(Duration::from_millis(200), &mut next).await {
            Ok(answer) => assert_eq!(answer.unwrap(), Err(Unclean::Busy)),
            Err(_) => waiting.push(next),
        }
    }
    assert_eq!(file(9).await.unwrap(), Err(Unclean::Busy));
    for _ in 0..3 {
        turn.send(()).unwrap();
    }
    for (number, next) in (0..).zip(waiting) {
        assert_eq!(next.await.unwrap().unwrap().bytes, [number]);
    }
}

fn panics_at_one(bytes: Vec<u8>) -> Result<Clean, Unclean> {
    assert_ne!(bytes, [1], "a decoder's own mistake");
    Err(Unclean::Type)
}

#[tokio::test]
async fn a_decoder_that_panics_takes_its_file_with_it_and_nothing_else() {
    let threads = CleaningThreads::with(panics_at_one, 1, 1).unwrap();
    assert_eq!(threads.clean(vec![1]).await, Err(Unclean::Unreadable));
    assert_eq!(threads.clean(vec![2]).await, Err(Unclean::Type));
}

#[tokio::test]
async fn files_are_cleaned_as_the_portal_is_started() {
    let threads = CleaningThreads::start().unwrap();
    assert_eq!(threads.clean(Vec::new()).await, Err(Unclean::Empty));
    let pdf = documents::pdf(b"1 0 obj<</Type/Catalog>>endobj");
    assert_eq!(threads.clean(pdf.clone()).await.unwrap().bytes, pdf);
}

#[test]
fn what_is_no_kind_that_is_kept_is_refused_whatever_it_says() {
    let pdf = documents::pdf(b"1 0 obj<</Type/Catalog>>endobj");
    assert!(clean(pdf.clone()).is_ok());
    let beginnings: [&[u8]; 14] = [
        b"RIFF\x24\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04\x14\0\0\0",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">",
        b"<!DOCTYPE html><html>",
        b" \n<script>",
        b"GIF89a",
        b"BM\x36\0\0\0",
        b"MZ\x90\0",
        b"\x7fELF",
        b"#!/bin/sh\n",
        b"%!PS-Adobe-3.0\n",
        b"plain text",
    ];
    for beginning in beginnings {
        let shown = String::from_utf8_lossy(beginning);
        assert_eq!(clean(beginning.to_vec()), Err(Unclean::Type), "{shown}");
        let text = matches!(beginning.first(), Some(b'p' | b'%' | 0));
        let both = clean([beginning, &pdf].concat());
        assert_eq!(
            both.err(),
            (!text).then_some(Unclean::Type),
            "{shown} and a PDF"
        );
    }
    let zip_behind = [pdf.as_slice(), b"PK\x05\x06", &[0; 18]].concat();
    assert_eq!(clean(zip_behind), Err(Unclean::Type));
    let far = [vec![b' '; 1025], pdf.clone()].concat();
    assert_eq!(clean(far), Err(Unclean::Type));
    let near = [b"\xef\xbb\xbf\r\n".as_slice(), &pdf].concat();
    assert!(clean(near).is_ok());
}
