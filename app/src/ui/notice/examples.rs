//! Notices of each kind.

use super::{Kind, around, notice, success};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::html;
use crate::ui::text;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let told = |kind| notice(kind, t.code_missing(), Some(t.code_missing_wait()));
    let link = html! {
        {text("p", "", t.account_profile_wrong_how())}
        <a href="#office">{text("span", "", t.complaint_offer_link())}</a>
    };
    vec![
        example("notice-info", told(Kind::Info)),
        example("notice-good", told(Kind::Good)),
        example("notice-warn", told(Kind::Warn)),
        example("notice-danger", told(Kind::Danger)),
        example(
            "notice-title",
            success(t.account_done_session_ended(), None),
        ),
        example(
            "notice-link",
            around(Kind::Info, t.account_profile_wrong(), link),
        ),
    ]
}
