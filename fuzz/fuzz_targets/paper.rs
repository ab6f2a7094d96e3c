//! Files that people send: pictures and PDFs, cleaned. What is kept once is kept again.
#![no_main]

use std::panic::PanicHookInfo;
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use miftah_portal::ports::{Clean, Media, Unclean};

#[path = "../../server/src/clean/mod.rs"]
#[expect(dead_code, reason = "the threads are the server's")]
mod clean;

/// Decoders of others may panic, which the portal survives as it does here; our own code may not.
fn allow_others_to_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !is_others(panic) {
                abort(panic);
            }
        }));
    });
}

fn is_others(panic: &PanicHookInfo<'_>) -> bool {
    let crates = ["/image-", "/png-", "/zune-", "/fdeflate-", "/miniz_oxide-"];
    let place = panic.location().map_or("", |location| location.file());
    crates.iter().any(|name| place.contains(name))
}

fn cleaned(bytes: &[u8]) -> Result<Clean, Unclean> {
    clean::survive(clean::clean, bytes.to_vec())
}

fuzz_target!(|bytes: &[u8]| {
    allow_others_to_panic();
    match cleaned(bytes) {
        Ok(kept) => {
            let again = cleaned(&kept.bytes).unwrap();
            match kept.media {
                Media::Pdf => assert!(kept.bytes == bytes && again.bytes == bytes),
                Media::Jpeg => assert_eq!(again.media, Media::Jpeg),
                Media::Png => {}
            }
        }
        Err(why) => assert_eq!(why == Unclean::Empty, bytes.is_empty()),
    }
});
