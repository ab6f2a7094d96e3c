//! Free words: empty, written, missing.

use miftah_rules::{Field, Problem};

use super::{Area, area};
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let shown = |value, problems: &[_], optional| {
        area(
            ctx,
            Area {
                scope: "",
                field: Field::Note,
                label: t.complaint_note_label(),
                hint: t.complaint_note_hint(),
                value,
                problems,
                optional,
            },
        )
    };
    let missing = [Problem::Missing.at(Field::Note)];
    vec![
        example("area", shown("", &[], true)),
        example("area-written", shown("R130012345 <…>", &[], true)),
        example("area-problem", shown("", &missing, false)),
    ]
}
