//! Making a block of two others (RFC 9106, 3.5 and 3.6), once for each kind of processor.

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
pub(crate) mod baseline;

/// A way of filling the memory. All give the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Eight words at a time (AVX-512F, most x86 servers since 2017).
    Avx512,
    /// Four words at a time (AVX2, nearly every x86 processor since 2015).
    Avx2,
    /// What every processor has that the program is built for.
    Baseline,
}

impl Way {
    /// From the widest.
    pub const ALL: [Self; 3] = [Self::Avx512, Self::Avx2, Self::Baseline];

    /// The widest that the processor has.
    #[must_use]
    pub fn widest() -> Self {
        Self::ALL
            .into_iter()
            .find(|way| way.is_there())
            .unwrap_or(Self::Baseline)
    }

    /// Whether the processor has what it takes. (Asked of the processor once, then remembered.)
    #[must_use]
    pub fn is_there(self) -> bool {
        match self {
            Self::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => std::arch::is_x86_feature_detected!("avx512f"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx512 | Self::Avx2 => false,
        }
    }
}

/// Half of BlaMka's G on four vectors, for the even words and for the odd ones.
macro_rules! half {
    ($a:expr, $b:expr, $c:expr, $d:expr, $first:ident, $second:ident) => {
        for parity in 0..2 {
            $a[parity] = mul_add($a[parity], $b[parity]);
            $d[parity] = $first(xor($d[parity], $a[parity]));
            $c[parity] = mul_add($c[parity], $d[parity]);
            $b[parity] = $second(xor($b[parity], $c[parity]));
        }
    };
}

/// The permutation P (RFC 9106, 3.6) of as many rows or columns as a vector holds a quarter of, with
/// the functions `mul_add`, `xor` and `rotate_…` that are in scope.
///
/// Each argument is a quarter, its even words and its odd ones; `$swap` exchanges the two words that
/// a vector holds of it. With that, words meet those of the next quarters as P's second half wants:
/// the even ones of a quarter are the odd ones of the one before, moved on by one.
macro_rules! permute {
    ($a:ident, $b:ident, $c:ident, $d:ident, $swap:ident) => {
        half!($a, $b, $c, $d, rotate_32, rotate_24);
        half!($a, $b, $c, $d, rotate_16, rotate_63);
        $b = [$b[1], $swap($b[0])];
        $c = [$swap($c[0]), $swap($c[1])];
        $d = [$swap($d[1]), $d[0]];
        half!($a, $b, $c, $d, rotate_32, rotate_24);
        half!($a, $b, $c, $d, rotate_16, rotate_63);
        $b = [$swap($b[1]), $b[0]];
        $c = [$swap($c[0]), $swap($c[1])];
        $d = [$d[1], $swap($d[0])];
    };
}

/// Both steps of making a block, for vectors of four words, which hold a quarter of two rows and of
/// two columns. `load` and `store` are in scope as well.
macro_rules! compress_by_four {
    ($from:expr, $new:expr, $mix:expr) => {{
        let ([previous, reference], new, mix): ([&Block; 2], &mut Block, Mix) = ($from, $new, $mix);
        let (previous, reference) = (previous.0.as_chunks().0, reference.0.as_chunks().0);
        let mut mixed = [zero(); 32];
        for two_rows in 0..4 {
            let quarter = |quarter: usize| {
                [0, 1].map(|parity| {
                    let at = quad(parity, quarter, two_rows);
                    xor(load(&previous[at]), load(&reference[at]))
                })
            };
            let [mut a, mut b, mut c, mut d] = [quarter(0), quarter(1), quarter(2), quarter(3)];
            permute!(a, b, c, d, swap_words);
            for (quarter, vectors) in [a, b, c, d].into_iter().enumerate() {
                mixed[quad(0, quarter, two_rows)] = vectors[0];
                mixed[quad(1, quarter, two_rows)] = vectors[1];
            }
        }
        let new = new.0.as_chunks_mut().0;
        for two_columns in 0..4 {
            let quarter =
                |quarter: usize| [0, 1].map(|parity| mixed[quad(parity, two_columns, quarter)]);
            let [mut a, mut b, mut c, mut d] = [quarter(0), quarter(1), quarter(2), quarter(3)];
            permute!(a, b, c, d, swap_rows);
            for (quarter, vectors) in [a, b, c, d].into_iter().enumerate() {
                for (parity, vector) in vectors.into_iter().enumerate() {
                    let at = quad(parity, two_columns, quarter);
                    let from = xor(load(&previous[at]), load(&reference[at]));
                    let from = match mix {
                        Mix::Anew => from,
                        Mix::IntoOld => xor(from, load(&new[at])),
                    };
                    store(&mut new[at], xor(vector, from));
                }
            }
        }
    }};
}

pub(crate) use {compress_by_four, half, permute};
