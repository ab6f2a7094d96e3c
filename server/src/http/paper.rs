//! `/{lang}/staff/complaints/{reference}/{slot}`: a document that was attached, for the officer who
//! has the complaint.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use miftah_portal::desk::{Served, paper};
use miftah_portal::fault::Fallible;
use miftah_portal::ports::Media;
use miftah_portal::visitor::Arrival;
use miftah_rules::Problem;

use crate::http::arrival::arrival;
use crate::http::errors::{self, Asked};
use crate::http::file::{self, Way};
use crate::state::App;

/// Whatever a file holds, a browser runs nothing of it and loads nothing for it (norm 10).
const CSP: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

pub async fn show(
    State(app): State<App>,
    Path((_, reference, slot)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let asked = Asked::of(&app, &request).page_only();
    let arrival = arrival(&app, asked.lang, request.headers(), request.extensions());
    match load(&app, arrival, &reference, &slot).await {
        Ok(Some(served)) => shown(served),
        Ok(None) => errors::answer(&app, &asked, Problem::PageMissing.alone()).await,
        Err(fault) => errors::fault(&app, &asked, &fault, None).await,
    }
}

async fn load(
    app: &App,
    arrival: Arrival,
    reference: &str,
    slot: &str,
) -> Fallible<Option<Served>> {
    let visitor = app.portal.receive(arrival).await?;
    paper(&app.portal, &visitor, reference, slot).await
}

fn shown(served: Served) -> Response {
    // Pictures were made anew by us and may be shown; everything else is saved.
    let way = match served.media {
        Media::Jpeg | Media::Png => Way::Shown,
        Media::Pdf => Way::Saved,
    };
    let mime = served.media.mime();
    let mut response = file::answer(served.bytes.into(), mime, way, &served.name);
    response.headers_mut().insert(
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static(CSP),
    );
    response
}
