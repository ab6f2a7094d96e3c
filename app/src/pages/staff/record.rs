//! Claim and record side by side, and the one press that corrects the record.

use miftah_messages::Text;
use miftah_rules::complaint::{ComplaintEvent, ComplaintKind};
use miftah_rules::view::{CaseView, RecordRow, RecordView, StaffView};
use miftah_rules::{Field, ProblemAt};

use super::case::{here, version};
use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::complain::field_value;
use crate::ui::area::{Area, area};
use crate::ui::button::{self, Weight};
use crate::ui::choice::{Choice, choices_in};
use crate::ui::facts::fact;
use crate::ui::field::{self, Kind, Spec};
use crate::ui::text;

pub(super) fn records(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let may = case.may.contains(&ComplaintEvent::Complete);
    let found: Vec<_> = case
        .records
        .iter()
        .map(|record| one(ctx, case, record, may))
        .collect();
    let none = found.is_empty().then(|| claim(ctx, case));
    let open = ctx.frame.institution.is_open();
    let add = (may && found.is_empty() && !open).then(|| add(ctx, v, case));
    let link = (case.mine && case.kind != ComplaintKind::Assisted).then(|| link(ctx, v, case));
    html! {
        <section class="part">{text("h2", "", t.desk_compare_title())} {found} {none}</section>
        {add}
        {link}
    }
}

fn one(ctx: &Ctx, case: &CaseView, record: &RecordView, may: bool) -> Html {
    let t = &ctx.texts;
    let head = |label: Text| html! { <th scope="col">{text("span", "", label)}</th> };
    let rows: Vec<_> = record.rows.iter().map(|row| line(ctx, row, may)).collect();
    let account = match record.has_account {
        true => t.desk_record_has_account(),
        false => t.desk_record_no_account(),
    };
    let enrolled = t.desk_record_enrolled(&record.programme, &record.year, &record.status);
    let correct = may.then(|| {
        html! {
            {word(ctx, &format!("{}-", record.number), &[], true)}
            <div class="actions">
                {button::action(Weight::Primary, ComplaintEvent::Complete.name(), t.desk_correct())}
            </div>
        }
    });
    html! {
        <form class="desk-record" method="post" action=here(ctx, case)>
            {version(case)} {button::hidden("record", record.number.clone())}
            <table class="compare">
                <caption>
                    {text("span", "compare-name", t.desk_record_of(&record.number))}
                    {text("span", "quiet", enrolled)} {text("span", "quiet", account)}
                </caption>
                <thead>
                    <tr>
                        {head(t.desk_column_field())} {head(t.desk_column_claim())}
                        {head(t.desk_column_record())} {may.then(|| head(t.desk_column_fix()))}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {correct}
        </form>
    }
}

fn line(ctx: &Ctx, row: &RecordRow, may: bool) -> Html {
    let t = &ctx.texts;
    let label = field::label(ctx, row.field);
    let value = |value: &str| match value {
        "" => text("span", "quiet", t.desk_nothing()),
        value => text("span", "", field_value(ctx, row.field, value)),
    };
    let mark = match row.differs {
        true => text("span", "compare-differs", t.desk_differs()),
        false if row.claimed.is_empty() => Html::default(),
        false => text("span", "visually-hidden", t.desk_same()),
    };
    let fix = row.differs.then(|| {
        let name = format!("fix_{}", row.field.name());
        html! {
            <label class="compare-fix">
                <input
                    type="checkbox"
                    name=name
                    value="yes"
                    checked=row.ticked
                    aria-label=t.desk_fix(&label.bare()).bare()
                />
            </label>
        }
    });
    let fix = may.then(|| html! { <td>{fix}</td> });
    html! {
        <tr data-differs=row.differs.then_some("yes")>
            <th scope="row">{text("span", "", label)}</th>
            <td>{value(&row.claimed)} {mark}</td>
            <td>{value(&row.recorded)}</td>
            {fix}
        </tr>
    }
}

/// What is claimed, where no record stands beside it.
fn claim(ctx: &Ctx, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let facts: Vec<_> = case
        .claim
        .iter()
        .map(|(field, value)| fact(field::label(ctx, *field), field_value(ctx, *field, value)))
        .collect();
    html! {
        {text("p", "", t.desk_no_record())}
        {text("h3", "", t.desk_claim_title())}
        <dl class="facts">{facts}</dl>
    }
}

/// The office's own words to the person.
pub(super) fn word(ctx: &Ctx, scope: &str, problems: &[ProblemAt], optional: bool) -> Html {
    let t = &ctx.texts;
    area(
        ctx,
        Area {
            scope,
            field: Field::Answer,
            label: t.desk_answer_label(),
            hint: t.desk_answer_hint(),
            value: "",
            problems,
            optional,
        },
    )
}

/// Somebody whom no file has.
fn add(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    let one = |field, label, optional| {
        field::field(
            ctx,
            Spec {
                field,
                kind: Kind::Name,
                label,
                hint: None,
                value: "",
                problems: &v.problems,
                optional,
            },
        )
    };
    let statuses: Vec<_> = case
        .statuses
        .iter()
        .enumerate()
        .map(|(place, status)| {
            html! {
                <label class="choice">
                    <input
                        type="radio"
                        name="status"
                        value=status.clone()
                        checked=place == 0
                    />
                    <span class="choice-words">{text("span", "choice-name", Text::own(status))}</span>
                </label>
            }
        })
        .collect();
    html! {
        <form class="part" method="post" action=here(ctx, case)>
            {text("h2", "", t.desk_add_title())} {text("p", "quiet", t.desk_add_lead())}
            {version(case)} {button::hidden("add", "1".into())}
            {one(Field::Programme, t.desk_programme(), false)}
            {one(Field::Year, t.desk_year(), true)}
            <fieldset class="choices">
                <legend class="field-label">{text("span", "", t.desk_status())}</legend>
                <div class="choices-list">{statuses}</div>
            </fieldset>
            <div class="actions">
                {button::action(Weight::Primary, ComplaintEvent::Complete.name(), t.desk_add())}
            </div>
        </form>
    }
}

/// Another record that may be meant.
fn link(ctx: &Ctx, v: &StaffView, case: &CaseView) -> Html {
    let t = &ctx.texts;
    html! {
        <form class="part desk-link" method="post" action=here(ctx, case)>
            {version(case)}
            {field::field(
                ctx,
                Spec {
                    field: ctx.frame.institution.number.field,
                    kind: Kind::Identifier,
                    label: t.desk_link_label(),
                    hint: None,
                    value: "",
                    problems: &v.problems,
                    optional: false,
                },
            )}
            {button::action(Weight::Second, "link", t.desk_link())}
        </form>
    }
}

/// Reasons as radio buttons.
pub(super) fn reasons(
    ctx: &Ctx,
    scope: &str,
    answers: Vec<(&'static str, Text)>,
    met: &[ProblemAt],
) -> Html {
    let answers = answers
        .into_iter()
        .map(|(value, name)| Choice {
            value,
            name,
            detail: None,
            icon: None,
        })
        .collect();
    let legend = ctx.texts.desk_reason_legend();
    choices_in(ctx, scope, Field::Reason, legend, answers, None, met)
}
