//! The password of an account: hidden, shown, wrong.

use miftah_rules::{Detail, Field, Problem};

use crate::Ctx;
use crate::gallery::{Example, among, example};
use crate::pages::account::current_password;
use crate::ui::live::Pose;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let live = Pose {
        live: true,
        ..Pose::default()
    };
    let peeked = Pose {
        peeked: true,
        ..live
    };
    let wrong = [Problem::CurrentPasswordWrong
        .at(Field::CurrentPassword)
        .with(Detail::TriesLeft(2))];
    let why = || Some(ctx.texts.account_ask_password_hint());
    vec![
        example("password", current_password(ctx, None, &[])),
        example(
            "password-live",
            among(live, || current_password(ctx, why(), &[])),
        ),
        example(
            "password-shown",
            among(peeked, || current_password(ctx, why(), &[])),
        ),
        example(
            "password-problem",
            among(live, || current_password(ctx, None, &wrong)),
        ),
    ]
}
