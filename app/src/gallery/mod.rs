//! The gallery of `--dev`: every component in every state, made by the functions the pages use.
//! Looked at by people, and by the end-to-end tests with axe, in three languages, light and dark.
//! Only the server renders it: browsers of students never load it.

use miftah_messages::Text;

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

mod forms;
mod parts;

/// A component in one state. The name is for developers and is not translated.
struct Example {
    name: &'static str,
    shown: Html,
}

pub fn page(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let examples = [forms::examples(ctx), parts::examples(ctx)];
    let items: Vec<_> = examples.into_iter().flatten().map(item).collect();
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.dev_gallery_title())}
            {text("p", "title-lead", t.dev_gallery_intro())}
        </header>
        <div class="gallery">{items}</div>
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}

fn item(example: Example) -> Html {
    html! {
        <section class="gallery-item" data-example=example.name>
            {text("h2", "gallery-name", Text::ltr(example.name))}
            {example.shown}
        </section>
    }
}
