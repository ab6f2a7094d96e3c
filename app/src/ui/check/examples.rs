//! A box to tick.

use miftah_rules::{Field, Problem, ProblemAt};

use super::check;
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::Html;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let terms = |checked, problems: &[ProblemAt]| {
        check(
            ctx,
            Field::Terms,
            t.register_terms_label(),
            checked,
            problems,
            Html::default(),
        )
    };
    let unread = [Problem::TermsNotAccepted.at(Field::Terms)];
    vec![
        example("check", terms(false, &[])),
        example("check-ticked", terms(true, &[])),
        example("check-problem", terms(false, &unread)),
    ]
}
