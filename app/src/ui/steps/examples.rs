//! The way through a journey.

use super::steps;
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    vec![
        example("steps-1", steps(ctx, 1, 4)),
        example("steps-2", steps(ctx, 2, 4)),
        example("steps-3", steps(ctx, 3, 4)),
        example("steps-4", steps(ctx, 4, 4)),
    ]
}
