//! The masthead of a visitor and of somebody signed in.

use std::sync::Arc;

use miftah_rules::Lang;
use miftah_rules::view::Frame;

use super::{Form, masthead};
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    vec![
        example("shell-visitor", masthead(ctx, Form::None)),
        example("shell-signed-in", masthead(&signed_in(ctx), Form::None)),
    ]
}

/// Somebody's page: the masthead has the menu of their account.
fn signed_in(ctx: &Ctx) -> Ctx {
    let name = match ctx.lang() {
        // As the roll has it: Salma in Arabic letters.
        Lang::Ar => "\u{633}\u{644}\u{645}\u{649}",
        Lang::Fr | Lang::En => "Salma",
    };
    Ctx::new(Arc::new(Frame {
        person: Some(name.to_owned()),
        ..(*ctx.frame).clone()
    }))
}
