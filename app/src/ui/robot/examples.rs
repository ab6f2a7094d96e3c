//! What a form asks of somebody who may be a robot.

use miftah_rules::{Field, Problem};

use super::robot;
use crate::Ctx;
use crate::gallery::{Example, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let suspected = [Problem::RobotSuspected.at(Field::RobotCode)];
    vec![
        example("robot", robot(ctx, Some(0), &[])),
        example("robot-suspected", robot(ctx, Some(0), &suspected)),
    ]
}
