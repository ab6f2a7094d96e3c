//! A labelled input with hint, problem and instant check.
//!
//! While a person types, a green tick says that the shape is right; a problem appears only after
//! leaving a field that was filled (frontend.md, "Forms"). The check is `rules::form::read`, the
//! same the server uses.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

mod label;
mod personal;

use std::time::Duration;

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::form::read;
use miftah_rules::{Field, ProblemAt};

use super::icon::{Icon, icon_with};
use super::{problems, text};
use crate::Ctx;
use crate::html::{Html, html};

pub use label::label;
pub use personal::personal;

/// Which input a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Numbers of documents: upper-case Latin letters and digits.
    Identifier,
    Date,
    Email,
    Phone,
    Code,
    /// E-mail or student number.
    Handle,
    /// A part of a name, in whatever script it is written.
    Name,
    /// A complaint's reference.
    Reference,
}

impl Kind {
    /// Never `email`: browsers put a domain's letters into ASCII there, so that one that only looks
    /// like another would reach the rules as if it had been typed so.
    const fn input_type(self) -> &'static str {
        match self {
            Self::Phone => "tel",
            _ => "text",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Date | Self::Code => Some("numeric"),
            Self::Email | Self::Handle => Some("email"),
            Self::Phone => Some("tel"),
            Self::Identifier | Self::Name | Self::Reference => None,
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Identifier | Self::Reference => "off",
            // Which part of it, the field's label says in one language alone.
            Self::Name => "on",
            Self::Date => "bday",
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Code => "one-time-code",
            Self::Handle => "username",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Code => "field code",
            Self::Identifier | Self::Date | Self::Phone | Self::Reference => "field field-short",
            Self::Email | Self::Handle | Self::Name => "field",
        }
    }

    /// Numbers and addresses run from left to right; a name as its first letter does.
    const fn dir(self) -> &'static str {
        match self {
            Self::Name => "auto",
            _ => "ltr",
        }
    }

    const fn capitals(self) -> &'static str {
        match self {
            Self::Identifier | Self::Reference => "characters",
            Self::Name => "words",
            _ => "none",
        }
    }

    /// Whether a right shape is shown while typing.
    const fn ticks(self) -> bool {
        !matches!(self, Self::Code | Self::Handle | Self::Reference)
    }
}

/// A field to show.
#[derive(Debug)]
pub struct Spec<'a> {
    pub field: Field,
    pub kind: Kind,
    pub label: Text,
    pub hint: Option<Text>,
    pub value: &'a str,
    pub problems: &'a [ProblemAt],
    pub optional: bool,
}

/// A problem that appears moves what is below it. Were it to appear while the button that took the
/// focus away is still held down, the button would be gone from under the pointer and the click
/// lost.
const AFTER_THE_CLICK: Duration = Duration::from_millis(300);

/// The field, with its live check.
pub fn field(ctx: &Ctx, spec: Spec<'_>) -> Html {
    let Spec {
        field,
        kind,
        label,
        hint,
        value,
        problems: met,
        optional,
    } = spec;
    let name = field.name();
    let brief = StoredValue::new(ctx.frame.institution.clone());
    let problem = RwSignal::new(problems::of(met, field));
    let typed = RwSignal::new(value.to_owned());
    let shape = move || {
        kind.ticks()
            .then(|| typed.with(|raw| brief.with_value(|brief| read(field, raw, brief).is_ok())))
            .filter(|right| *right)
            .map(|_| "ok")
    };
    let check = move || {
        let found = typed.try_with_untracked(|raw| {
            if raw.trim().is_empty() || !kind.ticks() {
                return None;
            }
            brief.with_value(|brief| read(field, raw, brief).err())
        });
        if let Some(Some(found)) = found {
            problem.try_set(Some(found.at(field)));
        }
    };
    let follow = move |event: leptos::ev::Event| {
        typed.set(event_target_value(&event));
        let right =
            typed.with_untracked(|raw| brief.with_value(|brief| read(field, raw, brief).is_ok()));
        if right && problem.with_untracked(Option::is_some) {
            problem.set(None);
        }
    };
    let hint_id = hint.is_some().then(|| format!("{name}-hint"));
    let described = {
        let hint_id = hint_id.clone();
        move || {
            let problem_id = problem.with(|p| p.is_some().then(|| format!("{name}-problem")));
            let ids: Vec<_> = problem_id.into_iter().chain(hint_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let read_back = (kind == Kind::Date).then(|| date_read_back(ctx, typed, name));
    let words = ctx.clone();
    html! {
        <div class=kind.class() data-shape=shape>
            <label class="field-label" for=name>
                {text("span", "", label)}
                {optional.then(|| text("span", "field-optional", ctx.texts.common_optional()))}
            </label>
            {hint_id.zip(hint).map(|(id, hint)| text::text_with_id("p", "field-hint", id, hint))}
            {move || problem.get().map(|met| problems::at_field(&words, field, &met))}
            <div class="control">
                <input
                    id=name
                    name=name
                    type=kind.input_type()
                    dir=kind.dir()
                    inputmode=kind.input_mode()
                    autocomplete=kind.autocomplete()
                    autocapitalize=kind.capitals()
                    spellcheck="false"
                    maxlength=if kind == Kind::Code { "24" } else { "254" }
                    value=value.to_owned()
                    aria-describedby=described
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    on:input=follow
                    on:blur=move |_| set_timeout(check, AFTER_THE_CLICK)
                />
                {kind.ticks().then(|| icon_with(Icon::Tick, "control-tick"))}
            </div>
            {read_back}
        </div>
    }
}

/// A typed date in words, once it is one: `31/12/2001` could be read two ways, «31 دجنبر 2001»
/// cannot.
fn date_read_back(ctx: &Ctx, typed: RwSignal<String>, name: &'static str) -> Html {
    let (texts, hijri) = (ctx.texts.clone(), ctx.frame.institution.hijri);
    let words = move || {
        typed
            .with(|raw| miftah_rules::date::Date::parse_in(raw, hijri).ok())
            .map_or_else(
                || Text::own(""),
                |date| texts.date(date.year(), date.month(), date.day()),
            )
    };
    html! { <output class="field-read" for=name>{super::text_live("span", "", words)}</output> }
}
