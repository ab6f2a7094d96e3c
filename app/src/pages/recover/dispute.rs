//! Before an account is frozen: what that means, for whom, and how it is undone (S0.5).

use miftah_rules::view::{DisputeReason, RecoverView};

use super::{action, beside, head, step, way_on};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::shell::{Body, Form};
use crate::ui::{problems, text};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let said = match v.dispute {
        Some(DisputeReason::NeverMade) => t.recover_dispute_never_made(),
        Some(DisputeReason::NoneMine) | None => t.recover_dispute_none_mine(),
    };
    let office = &ctx.frame.institution.office.name;
    let sheet = html! {
        {head(ctx, v, Some(said))}
        {problems::summary(ctx, &v.problems, &[], way_on(ctx, v))}
        {text("p", "", t.recover_dispute_body())}
        <section class="part">
            {text("h2", "", t.recover_dispute_means_title())} <ul class="needs">
                <li>{text("span", "", t.recover_dispute_means_closed())}</li>
                <li>{text("span", "", t.recover_dispute_means_told(office))}</li>
                <li>{text("span", "", t.recover_dispute_means_open())}</li>
            </ul> {text("p", "", t.recover_dispute_means_mistake())}
        </section>
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)} <div class="actions">
                {button::action(Weight::Danger, "freeze", t.recover_dispute_submit())}
                {button::action(Weight::Quiet, "back", t.recover_dispute_back())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: beside(ctx, v, Html::default()),
        form: Form::Journey,
    }
}
