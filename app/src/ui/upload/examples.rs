//! A slot: empty, filled, refused.

use miftah_rules::Problem;
use miftah_rules::complaint::Slot;
use miftah_rules::view::PaperView;

use super::upload;
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let paper = PaperView {
        slot: Slot::IdFront,
        ending: "jpg".into(),
        kilobytes: 412,
    };
    let missing = [Problem::FileMissing.at(Slot::Slip.field())];
    vec![
        example("upload", upload(ctx, Slot::IdBack, None, true, &[])),
        example(
            "upload-there",
            upload(ctx, Slot::IdFront, Some(&paper), false, &[]),
        ),
        example(
            "upload-problem",
            upload(ctx, Slot::Slip, None, false, &missing),
        ),
    ]
}
