//! How many passwords can be verified a second with nothing around it, on `THREADS` threads: by each
//! way that the processor has, and by RustCrypto's `argon2`. Prints one JSON object, name to rate.
//!
//! `cargo xtask bench` builds it for the machine (`-Ctarget-cpu=native`): the rates to measure up to.

#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use miftah_argon2id::{Costs, Input, Memory, Way, hash_in};

/// What passwords cost here (norm 4).
const COSTS: Costs = Costs {
    m: 19_456,
    t: 2,
    p: 1,
};
const PASSWORD: &[u8] = b"correct horse battery";

/// `raw THREADS MILLISECONDS`
fn main() {
    let mut words = std::env::args().skip(1).map(|word| word.parse().ok());
    let threads = words.next().flatten().unwrap_or(1) as usize;
    let time = Duration::from_millis(words.next().flatten().unwrap_or(1000));
    let mut rates = vec![("crate".to_owned(), rate(threads, time, theirs))];
    for way in Way::ALL.into_iter().filter(|way| way.is_there()) {
        let name = format!("{way:?}").to_lowercase();
        rates.push((name, rate(threads, time, || ours(way))));
    }
    let rates: Vec<String> = rates
        .into_iter()
        .map(|(name, rate)| format!("\"{name}\": {rate:.1}"))
        .collect();
    println!("{{{}}}", rates.join(", "));
}

fn theirs() -> impl FnMut(u64) {
    let Costs { m, t, p } = COSTS;
    let params = Params::new(m, t, p, Some(32)).unwrap_or_default();
    let mut memory = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    move |number| {
        let mut out = [0; 32];
        let salt = salt(number);
        let done = argon2.hash_password_into_with_memory(PASSWORD, &salt, &mut out, &mut memory);
        let _ = black_box((done, out));
    }
}

fn ours(way: Way) -> impl FnMut(u64) {
    let mut memory = Memory::default();
    move |number| {
        let input = Input {
            password: PASSWORD,
            salt: &salt(number),
            ..Input::default()
        };
        let _ = black_box(hash_in(way, &input, COSTS, &mut memory));
    }
}

fn salt(number: u64) -> [u8; 16] {
    let mut salt = [7; 16];
    salt[..8].copy_from_slice(&number.to_le_bytes());
    salt
}

/// Verifications a second, all threads together; the first ones of each are not counted.
fn rate<F: FnMut(u64)>(threads: usize, time: Duration, make: impl Fn() -> F + Sync) -> f64 {
    let one = || {
        let mut verify = make();
        verify(0);
        let (begun, mut count) = (Instant::now(), 0);
        while begun.elapsed() < time {
            count += 1;
            verify(count);
        }
        count as f64 / begun.elapsed().as_secs_f64()
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        all.into_iter().filter_map(|one| one.join().ok()).sum()
    })
}
