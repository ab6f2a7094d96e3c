//! `/{lang}/account/data.json`: a person's own data as a file.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use miftah_portal::account::{self, Download};
use miftah_portal::fault::Fallible;
use miftah_portal::visitor::Arrival;

use crate::http::arrival::arrival;
use crate::http::errors::Asked;
use crate::http::{errors, file, pages};
use crate::state::App;

/// The file, or where to go first. A file asked for is noted in the history, so a HEAD, which asks
/// for none, is not answered with one.
pub async fn show(State(app): State<App>, request: Request) -> Response {
    if request.method() == Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let asked = Asked::of(&app, &request).page_only();
    let lang = asked.lang;
    let arrival = arrival(&app, lang, request.headers(), request.extensions());
    match load(&app, arrival).await {
        Ok(Download::File { name, json }) => {
            file::answer(json.into(), "application/json", file::Way::Saved, &name)
        }
        Ok(Download::Elsewhere(outcome)) => pages::redirect(&pages::target(lang, &outcome)),
        Err(fault) => errors::fault(&app, &asked, &fault, None).await,
    }
}

async fn load(app: &App, arrival: Arrival) -> Fallible<Download> {
    let visitor = app.portal.receive(arrival).await?;
    account::download(&app.portal, &visitor).await
}
