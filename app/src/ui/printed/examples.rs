//! Where a number is found on paper.

use super::where_printed;
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    vec![example("printed", where_printed(ctx))]
}
