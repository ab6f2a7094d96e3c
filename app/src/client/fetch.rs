//! Asking the server for views.

use gloo_net::http::{Request, Response};
use js_sys::Array;
use miftah_messages::Texts;
use miftah_rules::view::View;
use miftah_rules::{Lang, json};
use serde::Deserialize;
use wasm_bindgen::JsValue;
use web_sys::{FormData, UrlSearchParams};

use super::navigate::{get, is_true};
use crate::asset;

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

/// Sees to it that pages of this language can be shown.
pub(super) async fn texts(build: &str, lang: Lang) -> Result<(), Failure> {
    if Texts::at_hand(lang) {
        return Ok(());
    }
    let file = asset(build, &format!("texts.{}.txt", lang.tag()));
    let response = Request::get(&file)
        .send()
        .await
        .map_err(|_| Failure::Offline)?;
    let sheet = response.text().await.map_err(|_| Failure::Offline)?;
    if response.ok() && Texts::hand(lang, &sheet) {
        Ok(())
    } else {
        Err(Failure::Unreadable)
    }
}

/// Sends a form. One that holds a file goes out in parts, whose boundary the browser names.
pub(super) async fn post(url: &str, data: &FormData) -> Result<Reply, Failure> {
    let request = Request::post(url).header("Accept", JSON);
    let request = if holds_file(data) {
        request.body(data.clone())
    } else {
        let body = UrlSearchParams::new_with_str_sequence_sequence(data)
            .map_err(|_| Failure::Unreadable)?;
        request
            .header(
                "Content-Type",
                "application/x-www-form-urlencoded;charset=UTF-8",
            )
            .body(String::from(body.to_string()))
    };
    let request = request.map_err(|_| Failure::Unreadable)?;
    read(request.send().await.map_err(|_| Failure::Offline)?).await
}

/// Whether a file was chosen: a field without one holds a file without a name.
fn holds_file(data: &FormData) -> bool {
    let is_file = |entry: JsValue| is_true(&get(&entry, "1"), "name");
    Array::from(data).iter().any(is_file)
}

/// Refusals (403, 413, 500, 503) answer with a view too: the problem.
async fn read(response: Response) -> Result<Reply, Failure> {
    let refused = !response.ok();
    let text = response.text().await.map_err(|_| Failure::Offline)?;
    let mut reply: Reply = json::read(&text).map_err(|_| Failure::Unreadable)?;
    reply.refused = refused;
    Ok(reply)
}
