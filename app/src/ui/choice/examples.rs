//! One answer of several, short and long.

use miftah_messages::Text;
use miftah_rules::{Field, Problem, ProblemAt};

use super::{Choice, choices};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::ui::icon::Icon;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let choice = |chosen, problems: &[ProblemAt]| {
        let answers = vec![
            Choice {
                value: "email",
                name: t.recover_destination_email(),
                detail: Some(Text::ltr("s••••a@gmail.com")),
                icon: Some(Icon::Mail),
            },
            Choice {
                value: "phone",
                name: t.recover_destination_phone(),
                detail: Some(Text::ltr("06 •• •• •• 14")),
                icon: Some(Icon::Phone),
            },
        ];
        let legend = t.recover_destination_legend();
        choices(ctx, Field::Channel, legend, answers, chosen, problems)
    };
    let long = || {
        let answer = |value, name, detail| Choice {
            value,
            name,
            detail: Some(detail),
            icon: None,
        };
        let answers = vec![
            answer("it_was_me", t.notme_was_me(), t.notme_was_me_hint()),
            answer("not_me", t.notme_was_not_me(), t.notme_was_not_me_hint()),
        ];
        choices(ctx, Field::Verdict, t.notme_legend(), answers, None, &[])
    };
    let none = [Problem::Missing.at(Field::Channel)];
    vec![
        example("choice", choice(None, &[])),
        example("choice-chosen", choice(Some("phone"), &[])),
        example("choice-problem", choice(None, &none)),
        example("choice-sentences", long()),
    ]
}
