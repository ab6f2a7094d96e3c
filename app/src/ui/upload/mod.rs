//! One slot for one document: what is asked for, what is there already, the file input.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::ProblemAt;
use miftah_rules::complaint::Slot;
use miftah_rules::view::PaperView;

use super::icon::{Icon, icon};
use super::{problems, text};
use crate::Ctx;
use crate::html::{Html, html};

/// Kinds of files that are taken, for the browser's own chooser.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

/// The slot. A document that is there can be replaced by choosing another, or removed.
pub fn upload(
    ctx: &Ctx,
    slot: Slot,
    there: Option<&PaperView>,
    optional: bool,
    met: &[ProblemAt],
) -> Html {
    let t = &ctx.texts;
    let field = slot.field();
    let name = field.name();
    let problem = problems::of(met, field);
    let hint = hint(ctx, slot);
    let ids = [
        problem.is_some().then(|| format!("{name}-problem")),
        hint.is_some().then(|| format!("{name}-hint")),
    ];
    let described = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let label = label(ctx, slot);
    html! {
        <div class="field upload" data-there=there.is_some().then_some("yes")>
            <label class="field-label" for=name>
                {text("span", "", label.clone())}
                {optional.then(|| text("span", "field-optional", t.common_optional()))}
            </label>
            {hint.map(|hint| text::text_with_id("p", "field-hint", format!("{name}-hint"), hint))}
            {problem.as_ref().map(|met| problems::at_field(ctx, field, met))}
            {there.map(|paper| received(ctx, slot, paper, &label))}
            <input
                class="upload-input"
                type="file"
                id=name
                name=name
                accept=ACCEPT
                aria-describedby=(!described.is_empty()).then_some(described)
                aria-invalid=problem.is_some().then_some("true")
            />
        </div>
    }
}

fn received(ctx: &Ctx, slot: Slot, paper: &PaperView, label: &Text) -> Html {
    let t = &ctx.texts;
    let size = t.common_kilobytes(&paper.kilobytes.to_string()).bare();
    let remove = format!("remove_{}", slot.name());
    let (ending, about) = (paper.ending.to_ascii_uppercase(), label.bare());
    html! {
        <div class="upload-there">
            {icon(Icon::Tick)}
            <div class="upload-words">
                {text("p", "", t.complaint_paper_there(&ending, &size))}
                {text("p", "quiet", t.complaint_paper_replace())}
            </div>
            <button
                class="button button-quiet"
                name="action"
                value=remove
                formnovalidate=""
                aria-label=t.complaint_paper_remove(&about).bare()
            >
                {text("span", "", t.complaint_paper_remove_short())}
            </button>
        </div>
    }
}

/// What a slot asks for.
pub fn label(ctx: &Ctx, slot: Slot) -> Text {
    let t = &ctx.texts;
    match slot {
        Slot::IdFront => t.complaint_slot_id_front(),
        Slot::IdBack => t.complaint_slot_id_back(),
        Slot::Slip => t.complaint_slot_slip(),
    }
}

fn hint(ctx: &Ctx, slot: Slot) -> Option<Text> {
    let t = &ctx.texts;
    match slot {
        Slot::IdFront => Some(t.complaint_slot_id_front_hint()),
        Slot::IdBack => None,
        Slot::Slip => Some(t.complaint_slot_slip_hint()),
    }
}
