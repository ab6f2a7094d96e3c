//! Asking the server for views.

use gloo_net::http::{Request, Response};
use miftah_rules::json;
use miftah_rules::view::View;
use serde::Deserialize;
use web_sys::{FormData, UrlSearchParams};

/// What a post answers: where the result stands, and its view.
#[derive(Deserialize)]
pub(super) struct Reply {
    pub(super) location: String,
    pub(super) view: View,
    /// The server could not or would not do it: nothing was moved.
    #[serde(skip)]
    pub(super) refused: bool,
}

/// Why there is no view.
pub(super) enum Failure {
    /// No connection, or it broke.
    Offline,
    /// Something that is not a view of ours: another version, a proxy's page.
    Unreadable,
}

const JSON: &str = "application/json";

/// The view of an address.
pub(super) async fn view(url: &str) -> Result<Reply, Failure> {
    let response = Request::get(url)
        .header("Accept", JSON)
        .send()
        .await
        .map_err(|_| Failure::Offline)?;
    read(response).await
}

/// Sends a form.
pub(super) async fn post(url: &str, data: &FormData) -> Result<Reply, Failure> {
    let body =
        UrlSearchParams::new_with_str_sequence_sequence(data).map_err(|_| Failure::Unreadable)?;
    let request = Request::post(url)
        .header("Accept", JSON)
        .header(
            "Content-Type",
            "application/x-www-form-urlencoded;charset=UTF-8",
        )
        .body(String::from(body.to_string()))
        .map_err(|_| Failure::Unreadable)?;
    read(request.send().await.map_err(|_| Failure::Offline)?).await
}

/// Refusals (403, 413, 500, 503) answer with a view too: the problem.
async fn read(response: Response) -> Result<Reply, Failure> {
    let refused = !response.ok();
    let text = response.text().await.map_err(|_| Failure::Offline)?;
    let mut reply: Reply = json::read(&text).map_err(|_| Failure::Unreadable)?;
    reply.refused = refused;
    Ok(reply)
}
