//! Summaries: of fields, of a page, of a wait.

use miftah_rules::{Detail, Field, Problem};

use super::{summary, way_on};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::Html;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let fields = [
        Problem::Missing.at(Field::NationalId),
        Problem::DateShape.at(Field::BirthDate),
    ];
    let linked = [Field::NationalId, Field::BirthDate];
    let wait = [Problem::TooManyTries.alone().with(Detail::WaitSeconds(240))];
    let refused = [Problem::SignInRefused.alone()];
    vec![
        example(
            "problems-fields",
            summary(ctx, &fields, &linked, Html::default()),
        ),
        example(
            "problems-page",
            summary(ctx, &refused, &[], way_on(ctx, &refused)),
        ),
        example(
            "problems-wait",
            summary(ctx, &wait, &[], way_on(ctx, &wait)),
        ),
    ]
}
