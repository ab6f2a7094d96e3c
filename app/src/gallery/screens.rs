//! What fills a page by itself: a confirmation, a problem.

use miftah_messages::Text;
use miftah_rules::view::ProblemView;
use miftah_rules::{Detail, Problem, ProblemAt};

use super::{Example, example};
use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::problem;
use crate::ui::icon::mark;
use crate::ui::text;

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let confirmed = html! {
        <section class="confirm">
            {mark()} {text("h1", "", t.login_signed_out_title())}
            {text("p", "quiet", t.login_signed_out_body())}
            <p class="confirm-reference">{text("span", "", Text::ltr("FS-A3K7-91QD"))}</p>
        </section>
    };
    let incident = Problem::Fault
        .alone()
        .with(Detail::Incident("7F3K-20".into()));
    vec![
        example("confirm", confirmed),
        example("problem-page", one(ctx, Problem::NoRecord.alone())),
        example("problem-page-fault", one(ctx, incident)),
    ]
}

fn one(ctx: &Ctx, problem: ProblemAt) -> Html {
    problem::page(
        ctx,
        ProblemView {
            problem,
            retry: None,
        },
    )
    .sheet
}
