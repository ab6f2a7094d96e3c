//! A block of Argon2's memory: 1024 bytes, words in an order of our own.
//!
//! The RFC sees a block as 8 rows of 16 words, and mixes all rows, then all columns (two words wide).
//! In both, the words 0 to 3, 4 to 7, 8 to 11 and 12 to 15 of a row or column meet; call them its
//! quarters. Vectors should hold one quarter of several rows at first, and one quarter of several
//! columns then. So four words lie together that are in one quarter either way: of two neighbouring
//! rows, two words of one parity. Nothing has to be moved between vectors of four words then, and
//! halves of vectors of eight.

/// Words of a block.
pub(crate) const WORDS: usize = 128;
/// Bytes of a block.
pub(crate) const BYTES: usize = WORDS * 8;

/// One block.
#[derive(Clone)]
#[repr(align(64))]
pub(crate) struct Block(pub(crate) [u64; WORDS]);

impl Block {
    pub(crate) const ZERO: Self = Self([0; WORDS]);

    /// Takes a block as the RFC writes it.
    pub(crate) fn load(&mut self, bytes: &[u8; BYTES]) {
        for (number, word) in bytes.as_chunks().0.iter().enumerate() {
            self.0[position(number)] = u64::from_le_bytes(*word);
        }
    }

    /// Adds this block to one as the RFC writes it.
    pub(crate) fn add_to(&self, bytes: &mut [u8; BYTES]) {
        for (number, word) in bytes.as_chunks_mut().0.iter_mut().enumerate() {
            *word = (u64::from_le_bytes(*word) ^ self.0[position(number)]).to_le_bytes();
        }
    }
}

/// Where a word of the RFC's block lies. Word 0, which says what the next block refers to, is first.
pub(crate) const fn position(word: usize) -> usize {
    let (row, column) = (word / 16, word % 16);
    let (parity, quarter, of_quarter) = (column % 2, column / 4, column % 4 / 2);
    quad(parity, quarter, row / 2) * 4 + row % 2 * 2 + of_quarter
}

/// Which group of four words holds those of a parity, a quarter of the rows, and two rows: a quarter
/// of the columns.
pub(crate) const fn quad(parity: usize, of_rows: usize, of_columns: usize) -> usize {
    parity * 16 + of_rows * 4 + of_columns
}

/// Memory that hashes reuse. It grows to what the costliest of them took, and stays.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Memory of {} KiB", self.0.len())
    }
}

impl Memory {
    pub(crate) fn first(&mut self, blocks: usize) -> &mut [Block] {
        if self.0.len() < blocks {
            // The old one first: two at a time would be twice the memory.
            self.0 = Vec::new();
            self.0.reserve_exact(blocks);
            wish_for_huge_pages(&mut self.0);
            self.0.resize(blocks, Block::ZERO);
        }
        &mut self.0[..blocks]
    }
}

/// Blocks refer to each other all over the memory; with pages of 4 KiB most of that time is spent
/// looking pages up (a tenth of a hash, measured with 19 MiB). A wish: nothing depends on it.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "advice to the system about memory")]
fn wish_for_huge_pages(memory: &mut Vec<Block>) {
    /// The smallest page that there is; advice is given from its beginning.
    const PAGE: usize = 4096;
    let spare = memory.spare_capacity_mut();
    let at = spare.as_mut_ptr().cast::<u8>();
    let (skip, bytes) = (at.align_offset(PAGE), size_of_val(spare));
    if skip < bytes {
        // SAFETY: the range lies in the vector's own allocation, and the advice changes what pages it
        // is made of, not what stands in it.
        unsafe { libc::madvise(at.add(skip).cast(), bytes - skip, libc::MADV_HUGEPAGE) };
    }
}

#[cfg(not(target_os = "linux"))]
fn wish_for_huge_pages(_memory: &mut Vec<Block>) {}

#[cfg(test)]
mod tests {
    use super::{BYTES, Block, WORDS, position};

    #[test]
    fn every_word_has_a_place_of_its_own_and_comes_back() {
        let mut places: Vec<usize> = (0..WORDS).map(position).collect();
        assert_eq!(places[0], 0);
        places.sort_unstable();
        assert!(places.into_iter().eq(0..WORDS));
        let bytes: [u8; BYTES] = std::array::from_fn(|index| (index * 7 % 251) as u8);
        let mut block = Block::ZERO;
        block.load(&bytes);
        let mut back = [0; BYTES];
        block.add_to(&mut back);
        assert_eq!(back, bytes);
    }
}
