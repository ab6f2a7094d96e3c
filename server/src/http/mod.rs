//! HTTP: routes, cookies, headers, assets. Handlers run a portal verb and show its view.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;

use crate::robot;
use crate::state::App;

pub mod arrival;
pub mod assets;
pub mod cookies;
pub mod data;
pub mod encoding;
pub mod entry;
pub mod errors;
pub mod file;
pub mod form;
pub mod guard;
pub mod listen;
pub mod network;
pub mod pages;
pub mod paper;
pub mod patience;
pub mod pwa;
pub mod render;

pub fn router(app: App) -> Router {
    let mut router = Router::new()
        .route("/", get(pages::front_door))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(pages::ready))
        .route("/pkg/{build}/{*file}", get(assets::serve))
        .route("/{lang}", get(pages::show).post(pages::act))
        .route("/sw.js", get(pwa::worker))
        .route("/robot/work.json", get(robot::work))
        .route("/robot/code.png", get(robot::picture))
        .route("/robot/code.wav", get(robot::voice))
        .route("/{lang}/app.webmanifest", get(pwa::manifest))
        .route("/{lang}/account/data.json", get(data::show))
        .route(
            "/{lang}/staff/complaints/{reference}/{slot}",
            get(paper::show),
        )
        .route("/{lang}/{*path}", get(pages::show).post(pages::act))
        .fallback(pages::missing);
    if app.dev.is_some() {
        router = crate::dev::add_routes(router);
    }
    router
        .layer(DefaultBodyLimit::max(form::FORM_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}
