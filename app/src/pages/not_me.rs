//! The page behind a "not me" link: a question with no answer marked, so that whoever sends the
//! form as it stands changes nothing (norm 3).

use miftah_messages::{Text, Texts};
use miftah_rules::Field;
use miftah_rules::view::{NotMeMatter, NotMeState, NotMeView};

use crate::Ctx;
use crate::html::{Html, html};
use crate::pages::account::security::act_rows;
use crate::ui::button::{self, Weight};
use crate::ui::choice::{Choice, choices};
use crate::ui::notice::{self, Kind};
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

pub fn page(ctx: &Ctx, v: NotMeView) -> Body {
    let title = text("h1", "", title(&ctx.texts, &v));
    let (content, form) = match v.state {
        NotMeState::Ask => (ask(ctx, &v), Form::Journey),
        NotMeState::Frozen => (frozen(ctx, v.matter), Form::None),
        NotMeState::WasMe => (was_me(ctx, v.matter), Form::None),
        NotMeState::Unknown => (text("p", "", ctx.texts.notme_unknown_body()), Form::None),
    };
    let sheet = html! {
        <header class="title">{title}</header>
        {content}
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form,
    }
}

/// The heading.
pub fn title(t: &Texts, v: &NotMeView) -> Text {
    match (v.state, v.matter) {
        (NotMeState::Ask, NotMeMatter::Account) => t.notme_title(),
        (NotMeState::Ask, NotMeMatter::Assisted) => t.notme_stop_title(),
        (NotMeState::Frozen, NotMeMatter::Account) => t.notme_frozen_title(),
        (NotMeState::Frozen, NotMeMatter::Assisted) => t.notme_stopped_title(),
        (NotMeState::WasMe, NotMeMatter::Account) => t.notme_was_me_title(),
        (NotMeState::WasMe, NotMeMatter::Assisted) => t.notme_stop_was_me_title(),
        (NotMeState::Unknown, _) => t.notme_unknown_title(),
    }
}

fn ask(ctx: &Ctx, v: &NotMeView) -> Html {
    let t = &ctx.texts;
    let answer = |value, name: Text, detail: Text| Choice {
        value,
        name,
        detail: Some(detail),
        icon: None,
    };
    let (intro, was_me, not_me) = match v.matter {
        NotMeMatter::Account => (
            t.notme_intro(),
            (t.notme_was_me(), t.notme_was_me_hint()),
            (t.notme_was_not_me(), t.notme_was_not_me_hint()),
        ),
        NotMeMatter::Assisted => (
            t.notme_stop_intro(),
            (t.notme_stop_was_me(), t.notme_stop_was_me_hint()),
            (t.notme_stop_not_me(), t.notme_stop_not_me_hint()),
        ),
    };
    let answers = vec![
        answer("it_was_me", was_me.0, was_me.1),
        answer("not_me", not_me.0, not_me.1),
    ];
    html! {
        {text("p", "title-lead", intro)}
        {(!v.told.is_empty()).then(|| act_rows(ctx, &v.told))}
        {problems::summary(ctx, &v.problems, &[Field::Verdict], problems::way_on(ctx, &v.problems))}
        <form class="form" method="post" action=ctx.here() novalidate="" id="journey">
            {choices(ctx, Field::Verdict, t.notme_legend(), answers, None, &v.problems)}
            <div class="actions">{button::submit(Weight::Primary, t.notme_submit())}</div>
        </form>
    }
}

fn frozen(ctx: &Ctx, matter: NotMeMatter) -> Html {
    let t = &ctx.texts;
    if matter == NotMeMatter::Assisted {
        return notice::notice(Kind::Good, t.notme_stopped_body(), None);
    }
    let office = &ctx.frame.institution.office.name;
    html! {
        {notice::notice(Kind::Good, t.notme_frozen_body(), None)}
        <section class="part">
            {text("h2", "", t.notme_frozen_next_title())}
            {text("p", "", t.notme_frozen_next(office))}
        </section>
    }
}

fn was_me(ctx: &Ctx, matter: NotMeMatter) -> Html {
    let t = &ctx.texts;
    let words = match matter {
        NotMeMatter::Account => t.notme_was_me_body(),
        NotMeMatter::Assisted => t.notme_stop_was_me_hint(),
    };
    notice::notice(Kind::Good, words, None)
}
