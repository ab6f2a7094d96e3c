//! Without any extension; the compiler uses what every processor of the kind has.

use super::{compress_by_four, half, permute};
use crate::block::{Block, quad};
use crate::fill::{Mix, Shape, fill_with};

type Vector = [u64; 4];

pub(crate) fn fill(shape: Shape, blocks: &mut [Block]) {
    fill_with(shape, blocks, compress);
}

fn compress(from: [&Block; 2], new: &mut Block, mix: Mix) {
    compress_by_four!(from, new, mix);
}

const fn zero() -> Vector {
    [0; 4]
}

const fn load(words: &[u64; 4]) -> Vector {
    *words
}

const fn store(to: &mut [u64; 4], vector: Vector) {
    *to = vector;
}

#[inline(always)]
fn each(a: Vector, b: Vector, op: impl Fn(u64, u64) -> u64) -> Vector {
    [
        op(a[0], b[0]),
        op(a[1], b[1]),
        op(a[2], b[2]),
        op(a[3], b[3]),
    ]
}

#[inline(always)]
fn xor(a: Vector, b: Vector) -> Vector {
    each(a, b, |a, b| a ^ b)
}

/// a + b + 2 · low(a) · low(b)
#[inline(always)]
fn mul_add(a: Vector, b: Vector) -> Vector {
    const LOW: u64 = u32::MAX as u64;
    each(a, b, |a, b| {
        a.wrapping_add(b)
            .wrapping_add(((a & LOW) * (b & LOW)).wrapping_mul(2))
    })
}

#[inline(always)]
fn rotate_32(a: Vector) -> Vector {
    a.map(|word| word.rotate_right(32))
}

#[inline(always)]
fn rotate_24(a: Vector) -> Vector {
    a.map(|word| word.rotate_right(24))
}

#[inline(always)]
fn rotate_16(a: Vector) -> Vector {
    a.map(|word| word.rotate_right(16))
}

#[inline(always)]
fn rotate_63(a: Vector) -> Vector {
    a.map(|word| word.rotate_right(63))
}

const fn swap_words([a, b, c, d]: Vector) -> Vector {
    [b, a, d, c]
}

const fn swap_rows([a, b, c, d]: Vector) -> Vector {
    [c, d, a, b]
}
