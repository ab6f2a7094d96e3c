//! Free words: empty, written, missing.

use miftah_rules::{Field, Problem};

use super::area;
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let shown = |value, problems: &[_], optional| {
        let (label, hint) = (t.complaint_note_label(), t.complaint_note_hint());
        area(ctx, Field::Note, label, hint, value, problems, optional)
    };
    let missing = [Problem::Missing.at(Field::Note)];
    vec![
        example("area", shown("", &[], true)),
        example("area-written", shown("R130012345 <…>", &[], true)),
        example("area-problem", shown("", &missing, false)),
    ]
}
