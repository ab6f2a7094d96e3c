//! With AVX2: four words at a time.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi64, _mm256_loadu_si256, _mm256_mul_epu32, _mm256_or_si256,
    _mm256_permute4x64_epi64, _mm256_setr_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_shuffle_epi32, _mm256_srli_epi64, _mm256_storeu_si256, _mm256_xor_si256,
};

use super::{compress_by_four, half, permute};
use crate::block::{Block, quad};
use crate::fill::{Mix, Shape, fill_with};

#[target_feature(enable = "avx2")]
pub(crate) fn fill(shape: Shape, blocks: &mut [Block]) {
    fill_with(shape, blocks, |from, new, mix| compress(from, new, mix));
}

#[target_feature(enable = "avx2")]
fn compress(from: [&Block; 2], new: &mut Block, mix: Mix) {
    compress_by_four!(from, new, mix);
}

#[inline]
#[target_feature(enable = "avx2")]
#[expect(unsafe_code, reason = "reads through a pointer")]
fn load(words: &[u64; 4]) -> __m256i {
    // SAFETY: `words` is 32 bytes; no alignment is asked for.
    unsafe { _mm256_loadu_si256(words.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
#[expect(unsafe_code, reason = "writes through a pointer")]
fn store(to: &mut [u64; 4], vector: __m256i) {
    // SAFETY: `to` is 32 bytes; no alignment is asked for.
    unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), vector) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn zero() -> __m256i {
    _mm256_setzero_si256()
}

#[inline]
#[target_feature(enable = "avx2")]
fn xor(a: __m256i, b: __m256i) -> __m256i {
    _mm256_xor_si256(a, b)
}

/// a + b + 2 · low(a) · low(b)
#[inline]
#[target_feature(enable = "avx2")]
fn mul_add(a: __m256i, b: __m256i) -> __m256i {
    let product = _mm256_mul_epu32(a, b);
    let sum = _mm256_add_epi64(a, b);
    _mm256_add_epi64(sum, _mm256_add_epi64(product, product))
}

#[inline]
#[target_feature(enable = "avx2")]
fn rotate_32(a: __m256i) -> __m256i {
    _mm256_shuffle_epi32::<0b10_11_00_01>(a)
}

#[inline]
#[target_feature(enable = "avx2")]
fn rotate_24(a: __m256i) -> __m256i {
    let bytes = _mm256_setr_epi8(
        3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13,
        14, 15, 8, 9, 10,
    );
    _mm256_shuffle_epi8(a, bytes)
}

#[inline]
#[target_feature(enable = "avx2")]
fn rotate_16(a: __m256i) -> __m256i {
    let bytes = _mm256_setr_epi8(
        2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12,
        13, 14, 15, 8, 9,
    );
    _mm256_shuffle_epi8(a, bytes)
}

#[inline]
#[target_feature(enable = "avx2")]
fn rotate_63(a: __m256i) -> __m256i {
    _mm256_or_si256(_mm256_add_epi64(a, a), _mm256_srli_epi64::<63>(a))
}

#[inline]
#[target_feature(enable = "avx2")]
fn swap_words(a: __m256i) -> __m256i {
    _mm256_shuffle_epi32::<0b01_00_11_10>(a)
}

#[inline]
#[target_feature(enable = "avx2")]
fn swap_rows(a: __m256i) -> __m256i {
    _mm256_permute4x64_epi64::<0b01_00_11_10>(a)
}
