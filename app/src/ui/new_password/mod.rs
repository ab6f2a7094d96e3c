//! Choosing a password: twice, with live ticks for each rule and a meter (norm 4).
//!
//! The rules are `rules::password`, the same the server applies; only the list of common passwords
//! stays on the server, so its rule is never ticked here.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::password::{self, OwnData, PasswordRule, Strength};
use miftah_rules::profile::{CharacterKind, PasswordProfile};
use miftah_rules::view::PasswordHints;
use miftah_rules::{Field, ProblemAt};

use super::icon::{Icon, icon_with};
use super::password::{Role, password as password_field};
use super::{live, pose, text, text_live};
use crate::Ctx;
use crate::html::{Html, html};

/// Both fields.
pub fn new_password(ctx: &Ctx, hints: &PasswordHints, problems: &[ProblemAt]) -> Html {
    let t = &ctx.texts;
    let typed = RwSignal::new(pose().typed.to_owned());
    let again = RwSignal::new(pose().typed.to_owned());
    let judge = Judge::new(ctx, hints);
    let below = html! {
        {meter(ctx, judge, typed)}
        {rules(ctx, judge, typed)}
        {text("p", "field-hint", t.password_advice())}
    };
    html! {
        {password_field(
            ctx,
            Field::Password,
            Role::New,
            t.password_new_label(),
            problems,
            typed,
            below,
        )}
        {password_field(
            ctx,
            Field::PasswordAgain,
            Role::New,
            t.password_again_label(),
            problems,
            again,
            same(ctx, typed, again),
        )}
    }
}

/// The rules of the institution, with the person's own data.
#[derive(Clone, Copy)]
struct Judge(StoredValue<(PasswordProfile, OwnData)>);

impl Judge {
    fn new(ctx: &Ctx, hints: &PasswordHints) -> Self {
        let profile = ctx.frame.institution.password.clone();
        Self(StoredValue::new((profile, hints.own.clone())))
    }

    fn failing(self, typed: &str) -> Vec<PasswordRule> {
        self.0
            .with_value(|(profile, own)| password::failing(typed, profile, own, |_| false))
    }
}

/// A rule as a line of the list: what is asked, and whether a failing rule is this one.
struct Line {
    label: Text,
    breaks: fn(PasswordRule, CharacterKind) -> bool,
    kind: CharacterKind,
}

fn lines(ctx: &Ctx, profile: &PasswordProfile) -> Vec<Line> {
    let t = &ctx.texts;
    let plain = |label: Text, breaks: fn(PasswordRule, CharacterKind) -> bool| Line {
        label,
        breaks,
        kind: CharacterKind::Letter,
    };
    let mut lines = vec![
        plain(
            t.password_rule_length(profile.min_length as u64),
            |rule, _| matches!(rule, PasswordRule::TooShort | PasswordRule::TooLong),
        ),
        plain(t.password_rule_own(), |rule, _| {
            matches!(rule, PasswordRule::ContainsOwn(_))
        }),
    ];
    lines.extend(profile.required_kinds.iter().map(|kind| Line {
        label: match kind {
            CharacterKind::Letter => t.password_rule_letter(),
            CharacterKind::Upper => t.password_rule_upper(),
            CharacterKind::Lower => t.password_rule_lower(),
            CharacterKind::Digit => t.password_rule_digit(),
            CharacterKind::Symbol => t.password_rule_symbol(),
        },
        breaks: |rule, kind| rule == PasswordRule::MissingKind(kind),
        kind: *kind,
    }));
    lines
}

fn rules(ctx: &Ctx, judge: Judge, typed: RwSignal<String>) -> Html {
    let lines = judge.0.with_value(|(profile, _)| lines(ctx, profile));
    let items: Vec<_> = lines
        .into_iter()
        .map(
            |Line {
                 label,
                 breaks,
                 kind,
             }| {
                let met = move || {
                    typed.with(|typed| {
                        !typed.is_empty()
                            && !judge.failing(typed).iter().any(|rule| breaks(*rule, kind))
                    })
                };
                tick_line(label, met)
            },
        )
        .collect();
    html! {
        <ul class="rules" id="password-rules">
            {items}
        </ul>
    }
}

/// One rule with its tick.
fn tick_line(label: Text, met: impl Fn() -> bool + Send + Sync + 'static) -> Html {
    html! {
        <li class="rules-item" data-state=move || met().then_some("met")>
            {icon_with(Icon::Tick, "rules-tick")} {icon_with(Icon::Open, "rules-open")}
            {text("span", "", label)}
        </li>
    }
}

fn meter(ctx: &Ctx, judge: Judge, typed: RwSignal<String>) -> Html {
    let t = ctx.texts.clone();
    let live = live();
    let strength = move || {
        typed.with(|typed| {
            (!typed.is_empty()).then(|| password::measure(typed, &judge.failing(typed)).strength)
        })
    };
    let longer = {
        let t = ctx.texts.clone();
        move || {
            let missing = typed.with(|typed| match typed.is_empty() {
                true => 0,
                false => password::measure(typed, &[]).missing,
            });
            match missing {
                0 => Text::own(""),
                n => t.password_missing(n as u64),
            }
        }
    };
    let level = move || strength().map_or(0, Strength::step).to_string();
    let word = move || match strength() {
        None => Text::own(""),
        Some(Strength::VeryWeak) => t.password_meter_0(),
        Some(Strength::Weak) => t.password_meter_1(),
        Some(Strength::Fair) => t.password_meter_2(),
        Some(Strength::Good) => t.password_meter_3(),
        Some(Strength::Strong) => t.password_meter_4(),
    };
    html! {
        <div class="strength" data-level=level hidden=move || !live.get()>
            <span class="strength-key" aria-hidden="true">
                <svg class="icon-turns" viewBox="0 0 160 20">
                    <path d="M10 20A10 10 0 1 1 19.17 16H160V20ZM10 5a5 5 0 1 0 0 10A5 5 0 0 0 10 5Z"></path>
                    <rect data-tooth="1" x="62" y="8" width="8" height="8"></rect>
                    <rect data-tooth="2" x="92" y="4" width="8" height="12"></rect>
                    <rect data-tooth="3" x="122" y="9" width="8" height="7"></rect>
                    <rect data-tooth="4" x="152" y="2" width="8" height="14"></rect>
                </svg>
            </span>
            <output class="strength-word" for=Field::Password.name()>
                {text_live("span", "", word)} {text_live("span", "quiet", longer)}
            </output>
        </div>
    }
}

/// A tick as soon as both are the same.
fn same(ctx: &Ctx, typed: RwSignal<String>, again: RwSignal<String>) -> Html {
    let met = move || typed.with(|t| again.with(|a| !t.is_empty() && t == a));
    html! { <ul class="rules">{tick_line(ctx.texts.password_rule_same(), met)}</ul> }
}
