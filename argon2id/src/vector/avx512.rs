//! With AVX-512F: eight words at a time, the whole block in sixteen of thirty-two registers.
//!
//! A vector holds a quarter of four rows at first. For the columns halves of vectors are exchanged
//! with the neighbour's, and back.

use std::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_loadu_si512, _mm512_mul_epu32, _mm512_permutex_epi64,
    _mm512_ror_epi64, _mm512_shuffle_epi32, _mm512_shuffle_i64x2, _mm512_storeu_si512,
    _mm512_xor_si512,
};

use super::{half, permute};
use crate::block::{Block, quad};
use crate::fill::{Mix, Shape, fill_with};

#[target_feature(enable = "avx512f")]
pub(crate) fn fill(shape: Shape, blocks: &mut [Block]) {
    fill_with(shape, blocks, |from, new, mix| compress(from, new, mix));
}

/// Two halves of the block, a quarter of four rows in each vector, become two sides, a quarter of four
/// columns in each. Written out, so that all of it stays in registers.
#[inline(never)]
#[target_feature(enable = "avx512f")]
fn compress([previous, reference]: [&Block; 2], new: &mut Block, mix: Mix) {
    let (previous, reference) = (previous.0.as_chunks().0, reference.0.as_chunks().0);
    let new = new.0.as_chunks_mut().0;
    macro_rules! rows {
        ($half:literal) => {{
            let quarter = |quarter: usize| {
                [0, 1].map(|parity| {
                    let at = quad(parity, quarter, 2 * $half) / 2;
                    xor(load(&previous[at]), load(&reference[at]))
                })
            };
            let [mut a, mut b, mut c, mut d] = [quarter(0), quarter(1), quarter(2), quarter(3)];
            permute!(a, b, c, d, swap_words);
            [a, b, c, d]
        }};
    }
    macro_rules! columns {
        ($side:literal, $upper:expr, $lower:expr) => {{
            let [mut a, mut b] = turn($upper);
            let [mut c, mut d] = turn($lower);
            permute!(a, b, c, d, swap_rows);
            let mut keep = |quarter: usize, half: usize, vectors: [__m512i; 2]| {
                for (parity, vector) in vectors.into_iter().enumerate() {
                    let at = quad(parity, quarter, 2 * half) / 2;
                    let from = xor(load(&previous[at]), load(&reference[at]));
                    let from = match mix {
                        Mix::Anew => from,
                        Mix::IntoOld => xor(from, load(&new[at])),
                    };
                    store(&mut new[at], xor(vector, from));
                }
            };
            let ([one, other], [three, four]) = (turn([a, b]), turn([c, d]));
            keep(2 * $side, 0, one);
            keep(2 * $side + 1, 0, other);
            keep(2 * $side, 1, three);
            keep(2 * $side + 1, 1, four);
        }};
    }
    let [a, b, c, d] = rows!(0);
    let [e, f, g, h] = rows!(1);
    columns!(0, [a, b], [e, f]);
    columns!(1, [c, d], [g, h]);
}

/// Two quarters of the rows become two quarters of the columns, and the other way round.
#[inline]
#[target_feature(enable = "avx512f")]
fn turn([one, other]: [[__m512i; 2]; 2]) -> [[__m512i; 2]; 2] {
    [
        [low_halves(one[0], other[0]), low_halves(one[1], other[1])],
        [high_halves(one[0], other[0]), high_halves(one[1], other[1])],
    ]
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "reads through a pointer")]
fn load(words: &[u64; 8]) -> __m512i {
    // SAFETY: `words` is 64 bytes; no alignment is asked for.
    unsafe { _mm512_loadu_si512(words.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "writes through a pointer")]
fn store(to: &mut [u64; 8], vector: __m512i) {
    // SAFETY: `to` is 64 bytes; no alignment is asked for.
    unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), vector) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn xor(a: __m512i, b: __m512i) -> __m512i {
    _mm512_xor_si512(a, b)
}

/// a + b + 2 · low(a) · low(b)
#[inline]
#[target_feature(enable = "avx512f")]
fn mul_add(a: __m512i, b: __m512i) -> __m512i {
    let product = _mm512_mul_epu32(a, b);
    let sum = _mm512_add_epi64(a, b);
    _mm512_add_epi64(sum, _mm512_add_epi64(product, product))
}

#[inline]
#[target_feature(enable = "avx512f")]
fn rotate_32(a: __m512i) -> __m512i {
    _mm512_ror_epi64::<32>(a)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn rotate_24(a: __m512i) -> __m512i {
    _mm512_ror_epi64::<24>(a)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn rotate_16(a: __m512i) -> __m512i {
    _mm512_ror_epi64::<16>(a)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn rotate_63(a: __m512i) -> __m512i {
    _mm512_ror_epi64::<63>(a)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn swap_words(a: __m512i) -> __m512i {
    _mm512_shuffle_epi32::<0b01_00_11_10>(a)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn swap_rows(a: __m512i) -> __m512i {
    _mm512_permutex_epi64::<0b01_00_11_10>(a)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn low_halves(a: __m512i, b: __m512i) -> __m512i {
    _mm512_shuffle_i64x2::<0b01_00_01_00>(a, b)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn high_halves(a: __m512i, b: __m512i) -> __m512i {
    _mm512_shuffle_i64x2::<0b11_10_11_10>(a, b)
}
