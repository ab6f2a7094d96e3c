//! "I am not a robot" (S3.3, S4.1): the device works while somebody types, or a code is seen or heard.
//! `boot.js` does the work, whether the app runs or not.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_rules::profile::RobotCheck;
use miftah_rules::view::ROBOT_WORK;
use miftah_rules::{Field, ProblemAt};

use super::button::{self, Weight};
use super::{problems, text};
use crate::Ctx;
use crate::html::{Html, html};

/// What a form asks; nothing where its page asks nothing. `picture` names the picture.
pub fn robot(ctx: &Ctx, picture: Option<i64>, met: &[ProblemAt]) -> Html {
    let Some(picture) = picture else {
        return Html::default();
    };
    let t = &ctx.texts;
    let kind = match ctx.frame.institution.robot.check {
        RobotCheck::Work => "work",
        RobotCheck::Picture => "picture",
    };
    let suspected = problems::of(met, Field::RobotCode).is_some();
    let without = (kind == "picture").then(|| {
        html! {
            <button class="button button-quiet robot-work" type="button">
                {text("span", "", t.robot_without())}
            </button>
        }
    });
    html! {
        <div class="robot" data-robot=kind data-suspected=suspected.then_some("yes")>
            <input type="hidden" name=ROBOT_WORK value="" />
            <div class="robot-line" role="status">
                {text("p", "robot-idle", t.robot_work_idle())}
                {text("p", "robot-busy", t.robot_work_busy())}
                {text("p", "robot-done", t.robot_work_done())}
            </div>
            <div class="robot-picture">
                {code(ctx, picture, met)}
                <div class="actions">
                    {button::action(Weight::Quiet, "another_picture", t.robot_another())} {without}
                </div>
            </div>
        </div>
    }
}

/// The digits, seen or heard.
fn code(ctx: &Ctx, picture: i64, met: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let problem = problems::of(met, Field::RobotCode);
    let described = match problem {
        Some(_) => "robot_code-problem robot_code-hint",
        None => "robot_code-hint",
    };
    let invalid = problem.is_some().then_some("true");
    let spoken = format!("/robot/code.wav?lang={}", ctx.frame.lang.tag());
    html! {
        <div class="field code">
            <label class="field-label" for="robot_code">
                {text("span", "", t.robot_code_label())}
            </label>
            {text::text_with_id("p", "field-hint", "robot_code-hint".to_owned(), t.robot_code_hint())}
            {problem.map(|met| problems::at_field(ctx, Field::RobotCode, &met))}
            <img
                class="robot-code"
                src=format!("/robot/code.png?{picture}")
                alt=t.robot_picture().bare()
                width="264"
                height="88"
                loading="lazy"
            />
            <audio
                controls=""
                preload="none"
                src=spoken
                aria-label=t.robot_listen().bare()
            ></audio>
            <div class="control">
                <input
                    id="robot_code"
                    name="robot_code"
                    type="text"
                    dir="ltr"
                    inputmode="numeric"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="24"
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </div>
        </div>
    }
}
