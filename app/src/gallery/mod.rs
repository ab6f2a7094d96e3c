//! The gallery of `--dev`: every component in every state, made by the functions the pages use.
//! Looked at by people, and by the end-to-end tests with axe, in three languages, light and dark.
//! Only the server renders it: browsers of students never load it, and no script ever reaches it,
//! so the states that come with scripts are posed.

use leptos::prelude::*;
use miftah_messages::Text;

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{
    area, bars, button, check, choice, code, facts, field, icon, new_password, notice, office,
    password, printed, problems, robot, rows, shell, steps, tasks, text, upload,
};

mod screens;

/// A component in one state. Its name begins with the component's folder (`cargo xtask tidy` looks
/// for one of each); it is for developers and is not translated.
pub(crate) struct Example {
    name: &'static str,
    shown: Html,
}

pub(crate) const fn example(name: &'static str, shown: Html) -> Example {
    Example { name, shown }
}

pub fn page(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let examples = [
        field::examples::examples(ctx),
        password::examples::examples(ctx),
        new_password::examples::examples(ctx),
        area::examples::examples(ctx),
        upload::examples::examples(ctx),
        check::examples::examples(ctx),
        robot::examples::examples(ctx),
        choice::examples::examples(ctx),
        button::examples::examples(ctx),
        code::examples::examples(ctx),
        problems::examples::examples(ctx),
        notice::examples::examples(ctx),
        tasks::examples::examples(ctx),
        facts::examples::examples(ctx),
        rows::examples::examples(ctx),
        steps::examples::examples(ctx),
        text::examples::examples(ctx),
        icon::examples::examples(ctx),
        office::examples::examples(ctx),
        printed::examples::examples(ctx),
        bars::examples::examples(ctx),
        shell::examples::examples(ctx),
        screens::examples(ctx),
    ];
    let items: Vec<_> = examples.into_iter().flatten().map(item).collect();
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.dev_gallery_title())}
            {text("p", "title-lead", t.dev_gallery_intro())}
            <p class="gallery-themes">
                {theme_link(ctx, "light", t.dev_gallery_light())}
                {theme_link(ctx, "dark", t.dev_gallery_dark())}
            </p>
        </header>
        <div class="gallery">{items}</div>
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}

/// The theme that `?theme=` asks for; without it, the device's.
pub fn theme(query: &str) -> Option<&'static str> {
    let wish = query.strip_prefix("theme=")?;
    ["light", "dark"].into_iter().find(|name| *name == wish)
}

fn theme_link(ctx: &Ctx, name: &'static str, label: Text) -> Html {
    let current = (theme(&ctx.frame.query) == Some(name)).then_some("true");
    html! {
        <a class="link" href=format!("?theme={name}") aria-current=current>
            {text("span", "", label)}
        </a>
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

/// Components that find something in their context: a pose, the page's surroundings.
pub(crate) fn among<T: Clone + Send + Sync + 'static>(
    context: T,
    make: impl FnOnce() -> Html,
) -> Html {
    let owner = Owner::new();
    let shown = owner.with(|| {
        provide_context(context);
        make()
    });
    // Signals live as long as their owner, and are read when the page is written.
    on_cleanup(move || drop(owner));
    shown
}
