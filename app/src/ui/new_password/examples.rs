//! A new password while it is typed, from nothing to strong.

use miftah_rules::view::PasswordHints;
use miftah_rules::{Field, Problem, ProblemAt};

use super::new_password;
use crate::Ctx;
use crate::gallery::{Example, among, example};
use crate::ui::live::Pose;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let hints = PasswordHints::default();
    let new = |typed: &'static str, problems: &[ProblemAt]| {
        let pose = Pose {
            live: true,
            typed,
            ..Pose::default()
        };
        among(pose, || new_password(ctx, &hints, problems))
    };
    let short = [Problem::PasswordShort.at(Field::Password)];
    let differ = [Problem::PasswordsDiffer.at(Field::PasswordAgain)];
    vec![
        example("new-password", new_password(ctx, &hints, &[])),
        example("new-password-live", new("", &[])),
        example("new-password-weak", new("salma1", &short)),
        example("new-password-fair", new("zitouna2003", &differ)),
        example("new-password-strong", new("Zitouna kerma! 27 nakhla", &[])),
    ]
}
