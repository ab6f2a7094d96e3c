//! Where people can ask.

use super::office;
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    vec![example("office", office(ctx))]
}
