//! What pages are measured against: the same bytes from a handler with nothing around it; the same view
//! rendered with nothing around it, and looked up as well.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use leptos::prelude::*;
use miftah_app::document::document;
use miftah_portal::store::Store;
use miftah_rules::view::View;
use serde::Deserialize;

use crate::Outcome;
use crate::words::Words;

/// What `Accept: application/json` answers.
#[derive(Deserialize)]
struct Reply {
    view: View,
}

/// Whose page it is: a session in a store.
#[derive(Clone)]
struct Whose {
    store: Arc<dyn Store>,
    token_hash: Arc<str>,
}

/// `--listen HOST:PORT (--bytes FILE | --view FILE [--database URL --session FILE])`; until it is
/// ended.
///
/// # Errors
/// A file cannot be read, or the address is taken.
pub async fn serve(words: &Words) -> Outcome {
    let router = match words.maybe("bytes") {
        Some(file) => bytes(Bytes::from(std::fs::read(file)?)),
        None => rendered(words.text("view")?, whose(words).await?)?,
    };
    let listener = tokio::net::TcpListener::bind(words.text("listen")?).await?;
    println!("{{}}");
    Ok(axum::serve(listener, router).await?)
}

async fn whose(words: &Words) -> Outcome<Option<Whose>> {
    let Some(url) = words.maybe("database") else {
        return Ok(None);
    };
    Ok(Some(Whose {
        store: miftah_store::open(url).await?,
        token_hash: std::fs::read_to_string(words.text("session")?)?.into(),
    }))
}

fn bytes(page: Bytes) -> Router {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Router::new().fallback(get(move || async move { (html, page) }))
}

/// As `server/src/http/render.rs` renders it.
fn rendered(file: &str, whose: Option<Whose>) -> Outcome<Router> {
    let _ = any_spawner::Executor::init_tokio();
    let Reply { view } = serde_json::from_slice(&std::fs::read(file)?)?;
    let view = Arc::new(view);
    Ok(Router::new().fallback(get(move || {
        let (view, whose) = (View::clone(&view), whose.clone());
        async move {
            if let Some(Whose { store, token_hash }) = whose
                && !matches!(store.session_by_token(&token_hash).await, Ok(Some(_)))
            {
                return StatusCode::FORBIDDEN.into_response();
            }
            leptos_axum::handle_response_inner(
                || {},
                move || document(view),
                Request::new(Body::empty()),
                |app, _scripts, _out_of_order| {
                    Box::pin(async move { Box::pin(app.to_html_stream_in_order()) as _ })
                },
            )
            .await
            .into_response()
        }
    })))
}
