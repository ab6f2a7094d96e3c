//! Filling the memory: which block each new one is made of (RFC 9106, 3.2 and 3.4).

use crate::block::{Block, position};
use crate::vector::{Way, baseline};
use crate::{Costs, Refused, digest};

/// Slices of a pass. Lanes refer to each other's finished slices alone.
const SLICES: usize = 4;
/// The first pass refers independently of the password until this slice.
const INDEPENDENT: usize = 2;

/// The memory's shape, in blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    lanes: usize,
    /// Of a lane and a slice.
    segment: usize,
    passes: usize,
}

impl Shape {
    pub(crate) fn of(costs: Costs) -> Result<Self, Refused> {
        let Costs { m, t, p } = costs;
        let enough = p > 0 && p < 1 << 24 && t > 0 && m / 8 >= p;
        if !enough {
            return Err(Refused::Costs);
        }
        Ok(Self {
            lanes: p as usize,
            segment: (m / (4 * p)) as usize,
            passes: t as usize,
        })
    }

    pub(crate) const fn lane(self) -> usize {
        self.segment * SLICES
    }

    pub(crate) const fn blocks(self) -> usize {
        self.lane() * self.lanes
    }
}

/// What a new block is made of, by index.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) new: usize,
    pub(crate) previous: usize,
    pub(crate) reference: usize,
    /// From the second pass on the old block is mixed in.
    pub(crate) mix: Mix,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    Anew,
    IntoOld,
}

/// Fills all blocks but each lane's first two.
#[expect(
    unsafe_code,
    reason = "functions that need an extension, after asking for it"
)]
pub(crate) fn fill(way: Way, shape: Shape, blocks: &mut [Block]) {
    #[cfg(target_arch = "x86_64")]
    {
        use crate::vector::{avx2, avx512};
        if way == Way::Avx512 && way.is_there() {
            // SAFETY: the processor has AVX-512F, as was just asked.
            return unsafe { avx512::fill(shape, blocks) };
        }
        if way != Way::Baseline && Way::Avx2.is_there() {
            // SAFETY: the processor has AVX2, as was just asked.
            return unsafe { avx2::fill(shape, blocks) };
        }
    }
    let _ = way;
    baseline::fill(shape, blocks);
}

/// The same for every way; `compress` is the way's own. Inlined, so that the way's extension is there
/// in the whole of it.
#[inline(always)]
pub(crate) fn fill_with(
    shape: Shape,
    blocks: &mut [Block],
    compress: impl Fn([&Block; 2], &mut Block, Mix),
) {
    for pass in 0..shape.passes {
        for slice in 0..SLICES {
            for lane in 0..shape.lanes {
                let segment = Segment {
                    shape,
                    pass,
                    slice,
                    lane,
                };
                segment.fill(blocks, &compress);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Segment {
    shape: Shape,
    pass: usize,
    slice: usize,
    lane: usize,
}

impl Segment {
    #[inline(always)]
    fn fill(self, blocks: &mut [Block], compress: &impl Fn([&Block; 2], &mut Block, Mix)) {
        let independent = self.pass == 0 && self.slice < INDEPENDENT;
        let mut addresses = Addresses::of(self);
        let mix = if self.pass == 0 {
            Mix::Anew
        } else {
            Mix::IntoOld
        };
        let begun = if self.pass == 0 && self.slice == 0 {
            2
        } else {
            0
        };
        for index in begun..self.shape.segment {
            let new = self.lane * self.shape.lane() + self.slice * self.shape.segment + index;
            let previous = if self.slice == 0 && index == 0 {
                new + self.shape.lane() - 1
            } else {
                new - 1
            };
            let chance = if independent {
                addresses.at(index, compress)
            } else {
                blocks[previous].0[0]
            };
            let reference = self.reference(index, chance);
            let step = Step {
                new,
                previous,
                reference,
                mix,
            };
            apply(blocks, step, compress);
        }
    }

    /// The block that is referred to (RFC 9106, 3.4.2): one that is finished and is not the previous
    /// one, the later the likelier.
    #[inline(always)]
    fn reference(self, index: usize, chance: u64) -> usize {
        let Shape { lanes, segment, .. } = self.shape;
        let length = self.shape.lane();
        let first = self.pass == 0 && self.slice == 0;
        let lane = if lanes == 1 || first {
            self.lane
        } else {
            (chance >> 32) as usize % lanes
        };
        let finished = if self.pass == 0 {
            self.slice * segment
        } else {
            length - segment
        };
        let own = lane == self.lane;
        let area = match (own, index) {
            (true, _) => finished + index - 1,
            (false, 0) => finished - 1,
            (false, _) => finished,
        };
        let low = chance & u64::from(u32::MAX);
        let back = (area as u64 * ((low * low) >> 32)) >> 32;
        let begin = if self.pass == 0 {
            0
        } else {
            (self.slice + 1) * segment
        };
        let mut at = begin + area - 1 - back as usize;
        // Begin and area are at most the lane's length, so once is enough.
        if at >= length {
            at -= length;
        }
        lane * length + at
    }
}

#[inline(always)]
#[expect(
    clippy::expect_used,
    reason = "three blocks are never the same two: the area that is referred to has neither the new \
        block nor the previous one"
)]
fn apply(blocks: &mut [Block], step: Step, compress: &impl Fn([&Block; 2], &mut Block, Mix)) {
    let [new, previous, reference] = blocks
        .get_disjoint_mut([step.new, step.previous, step.reference])
        .expect("three blocks");
    compress([previous, reference], new, step.mix);
}

/// References that do not depend on the password, 128 at a time.
struct Addresses {
    input: Block,
    output: Block,
    /// The 128 that `output` holds, from 1; 0 before the first.
    counter: u64,
}

impl Addresses {
    const A_BLOCK: usize = crate::block::WORDS;

    fn of(segment: Segment) -> Self {
        let Segment {
            shape,
            pass,
            slice,
            lane,
        } = segment;
        let words = [
            pass,
            lane,
            slice,
            shape.blocks(),
            shape.passes,
            digest::KIND as usize,
        ];
        let mut input = Block::ZERO;
        for (number, word) in words.into_iter().enumerate() {
            input.0[position(number)] = word as u64;
        }
        Self {
            input,
            output: Block::ZERO,
            counter: 0,
        }
    }

    #[inline(always)]
    fn at(&mut self, index: usize, compress: &impl Fn([&Block; 2], &mut Block, Mix)) -> u64 {
        let counter = (index / Self::A_BLOCK + 1) as u64;
        if counter != self.counter {
            self.counter = counter;
            self.input.0[position(6)] = counter;
            let mut half = Block::ZERO;
            compress([&Block::ZERO, &self.input], &mut half, Mix::Anew);
            compress([&Block::ZERO, &half], &mut self.output, Mix::Anew);
        }
        self.output.0[position(index % Self::A_BLOCK)]
    }
}
