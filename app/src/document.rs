//! The HTML document around a page, on the server.

use leptos::prelude::*;
use miftah_rules::Lang;
use miftah_rules::view::{Page, View};

use crate::document_ids::{DATA, ROOT};
use crate::html::{Element, Html, html};
use crate::{asset, gallery, root, title};

/// The whole document. It holds no inline script and no inline style (norm 7): the view travels in
/// a data block, the boot script is a file.
pub fn document(view: View) -> Html {
    let frame = &view.frame;
    let (lang, build) = (frame.lang, frame.build.clone());
    let head_title = title::document_title(&view);
    let is_gallery = view.page == Page::Gallery;
    let boot = !view.page.is_the_servers_alone();
    let chosen_theme = gallery::theme(&frame.query).filter(|_| is_gallery);
    let about = frame.institution.name.clone();
    let data = Element::new("script")
        .attr("type", "application/json")
        .attr("id", DATA)
        .raw(data_block(&view));
    let alternates = alternates(&view);
    let manifest = format!("/{}/app.webmanifest", lang.tag());
    let file = move |name: &str| asset(&build, name);
    html! {
        <!DOCTYPE html>
        <html
            lang=lang.tag()
            dir=lang.dir().as_str()
            data-locale=lang.tag()
            data-theme=chosen_theme
        >
            <head>
                <meta charset="utf-8" />
                {Element::new("title").raw(escaped(&head_title))}
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=about />
                <link
                    as="font"
                    rel="preload"
                    href=file("fonts/miftah-sans-400.woff2")
                    type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=file("site.css") />
                <link rel="stylesheet" href=file("institution/look.css") />
                <link rel="manifest" href=manifest />
                <meta name="theme-color" content="#0f343a" />
                <link rel="apple-touch-icon" href=file("icons/icon-192.png") />
                <link rel="icon" href=file("icons/favicon.svg") type="image/svg+xml" />
                {alternates}
                {boot.then(|| html! { <script type="module" src=file("boot.js")></script> })}
            </head>
            <body>
                <div class="app" id=ROOT>
                    {root(RwSignal::new(view))}
                </div>
                {data}
            </body>
        </html>
    }
}

/// `<` is escaped, so no text can end the data block early.
fn data_block(view: &View) -> String {
    serde_json::to_string(view)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn alternates(view: &View) -> Vec<Html> {
    let path = view.frame.path.clone();
    Lang::ALL
        .into_iter()
        .map(|lang| {
            let href = format!("/{}{path}", lang.tag());
            html! { <link rel="alternate" hreflang=lang.tag() href=href /> }
        })
        .collect()
}
