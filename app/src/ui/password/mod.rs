//! Password fields: current, new with live ticks and a meter, and again.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::{Field, ProblemAt};

use super::{live, pose, problems, text, text_live};
use crate::Ctx;
use crate::html::{Html, html};

/// What a password manager is told about the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Current,
    New,
}

/// One password field with a show button.
pub fn password(
    ctx: &Ctx,
    field: Field,
    role: Role,
    label: Text,
    met: &[ProblemAt],
    typed: RwSignal<String>,
    below: Html,
) -> Html {
    let name = field.name();
    let problem = problems::of(met, field);
    let shown = RwSignal::new(pose().peeked);
    let live = live();
    let (seen, told) = (ctx.texts.clone(), ctx.texts.clone());
    let peek = move || match shown.get() {
        true => seen.common_hide(),
        false => seen.common_show(),
    };
    let peek_name = move || match shown.get() {
        true => told.common_hide_password().bare(),
        false => told.common_show_password().bare(),
    };
    let rules =
        (role == Role::New && field == Field::Password).then(|| "password-rules".to_owned());
    let described: Vec<_> = problem
        .iter()
        .map(|_| format!("{name}-problem"))
        .chain(rules)
        .collect();
    html! {
        <div class="field">
            <label class="field-label" for=name>{text("span", "", label)}</label>
            {problem.as_ref().map(|met| problems::at_field(ctx, field, met))}
            <div class="control">
                <input
                    id=name
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    dir="ltr"
                    autocapitalize="none"
                    spellcheck="false"
                    autocomplete=match role {
                        Role::Current => "current-password",
                        Role::New => "new-password",
                    }
                    aria-describedby=(!described.is_empty()).then(|| described.join(" "))
                    aria-invalid=problem.is_some().then_some("true")
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button
                    class="peek"
                    type="button"
                    aria-label=peek_name
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    aria-controls=name
                    hidden=move || !live.get()
                    on:click=move |_| shown.update(|on| *on = !*on)
                >
                    {text_live("span", "", peek)}
                </button>
            </div>
            {below}
        </div>
    }
}
