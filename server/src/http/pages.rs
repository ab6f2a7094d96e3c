//! Pages: a GET shows a place, a POST runs its verb and answers where to look (idea 7).

use std::time::Duration;

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use miftah_portal::fault::Fault;
use miftah_portal::pages::{self, Acted, Shown};
use miftah_portal::query::Query;
use miftah_portal::visitor::{Arrival, Outcome, SessionCookie};
use miftah_rules::form::Posted;
use miftah_rules::{Lang, Place, Problem};

use crate::http::arrival::{arrival, greeting};
use crate::http::encoding::{self, Encoding};
use crate::http::entry::EntryPages;
use crate::http::errors::Asked;
use crate::http::form::{Files, Refused};
use crate::http::{errors, form, patience, pwa, render};
use crate::state::App;

/// `/` leads to the home page in the visitor's language.
pub async fn front_door(State(app): State<App>, request: Request) -> Response {
    redirect(&Place::Home.href(greeting(&app, request.headers())))
}

pub async fn ready(State(app): State<App>) -> Response {
    match app.portal.store.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

pub async fn missing(State(app): State<App>, request: Request) -> Response {
    errors::refuse(&app, &request, Problem::PageMissing).await
}

/// Language and place of a path.
fn place(path: &str) -> Option<(Lang, Place)> {
    let (tag, rest) = path
        .trim_start_matches('/')
        .split_once('/')
        .unwrap_or((path.trim_start_matches('/'), ""));
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag)?;
    Some((lang, Place::parse(rest)?))
}

pub async fn show(State(app): State<App>, RawQuery(query): RawQuery, request: Request) -> Response {
    let Some((lang, place)) = place(request.uri().path()) else {
        return errors::refuse(&app, &request, Problem::PageMissing).await;
    };
    let asked = Asked::of(&app, &request);
    let remembered = app.cookies.read_lang(request.headers());
    let arrival = arrival(&app, lang, request.headers(), request.extensions());
    let query = query.unwrap_or_default();
    let wanted = Encoding::of(request.headers());
    let mut response = page(&app, arrival, &place, &query, (&asked, wanted)).await;
    if remembered != Some(lang) {
        app.cookies.write_lang(lang, response.headers_mut());
    }
    response
}

async fn page(
    app: &App,
    arrival: Arrival,
    place: &Place,
    query: &str,
    (asked, wanted): (&Asked, Encoding),
) -> Response {
    let (lang, json) = (arrival.lang, asked.json);
    let shared = !json && EntryPages::fits(&arrival, place, query);
    if shared && let Some(response) = app.entry_pages.get(lang, place, wanted) {
        return response;
    }
    let anonymous = !json && arrival.session.is_none();
    match look(app, arrival, place, query).await {
        Ok(Looked::View(view)) if shared => {
            let rendered = render::answer(*view, json).await;
            app.entry_pages.keep(lang, place, rendered, wanted).await
        }
        Ok(Looked::View(view)) if anonymous => {
            encoding::compress(render::answer(*view, json).await, wanted).await
        }
        Ok(Looked::View(view)) => {
            let personal = view.frame.person.is_some();
            let mut response = render::answer(*view, json).await;
            if personal {
                let yes = HeaderValue::from_static("yes");
                response.headers_mut().insert(pwa::PERSON, yes);
            }
            response
        }
        Ok(Looked::Elsewhere(outcome)) => redirect(&target(lang, &outcome)),
        Ok(Looked::Missing) => errors::answer(app, asked, Problem::PageMissing.alone()).await,
        Err(fault) => errors::fault(app, asked, &fault, None).await,
    }
}

pub async fn act(State(app): State<App>, RawQuery(query): RawQuery, request: Request) -> Response {
    let Some((lang, place)) = place(request.uri().path()) else {
        return errors::refuse(&app, &request, Problem::PageMissing).await;
    };
    let asked = Asked::of(&app, &request);
    let arrival = arrival(&app, lang, request.headers(), request.extensions());
    let files = match place.takes_files() {
        true => Files::From(&arrival.network),
        false => Files::Refused,
    };
    let form = match form::read(&app.desk, files, request).await {
        Ok(form) => form,
        Err(Refused::TooLarge) => {
            return errors::answer(&app, &asked, Problem::TooLarge.alone()).await;
        }
        Err(Refused::Busy) => return errors::fault(&app, &asked, &Fault::Busy, None).await,
        // Whoever sends this slowly hears no more than that; their connection is at its end.
        Err(Refused::Slow) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let posted = &form.posted;
    let query = query.unwrap_or_default();
    let acted = run(&app, arrival.clone(), &place, &query, posted).await;
    if place.is_neutral() {
        tokio::time::sleep(patience::blur(app.portal.random.as_ref())).await;
    }
    match acted {
        Ok(Acted::Done(outcome)) => done(&app, arrival, &asked, &outcome).await,
        Ok(Acted::Missing) => errors::answer(&app, &asked, Problem::PageMissing.alone()).await,
        Err(fault) => errors::fault(&app, &asked, &fault, asked.retry(posted)).await,
    }
}

async fn run(
    app: &App,
    arrival: Arrival,
    place: &Place,
    query: &str,
    posted: &Posted,
) -> Result<Acted, Fault> {
    let delay = app.portal.network_delay(&arrival.network).await?;
    app.waiting_room.wait(Duration::from_secs(delay)).await?;
    let visitor = app.portal.receive(arrival).await?;
    pages::act(&app.portal, &visitor, place, &Query::new(query), posted).await
}

/// 303 to the result; for a JSON client the result itself, so that it costs no second round trip.
async fn done(app: &App, arrival: Arrival, asked: &Asked, outcome: &Outcome) -> Response {
    let switched = outcome.lang.filter(|lang| *lang != arrival.lang);
    let lang = outcome.lang.unwrap_or(arrival.lang);
    let mut response = if asked.json {
        match look(
            app,
            after(arrival, lang, outcome),
            &outcome.place,
            &outcome.query,
        )
        .await
        {
            Ok(Looked::View(view)) => render::answer(*view, true).await,
            Ok(Looked::Elsewhere(next)) => redirect(&target(lang, &next)),
            Ok(Looked::Missing) => errors::answer(app, asked, Problem::PageMissing.alone()).await,
            Err(fault) => errors::fault(app, asked, &fault, None).await,
        }
    } else {
        redirect(&target(lang, outcome))
    };
    app.cookies.write(outcome, response.headers_mut());
    // No GET follows that would remember it.
    if let Some(lang) = switched.filter(|_| asked.json) {
        app.cookies.write_lang(lang, response.headers_mut());
    }
    response
}

/// The browser as it will be once it has the outcome's cookies.
fn after(mut arrival: Arrival, lang: Lang, outcome: &Outcome) -> Arrival {
    arrival.lang = lang;
    match &outcome.session {
        SessionCookie::Keep => {}
        SessionCookie::Set { token, .. } => arrival.session = Some(token.clone()),
        SessionCookie::Clear => arrival.session = None,
    }
    if let Some(secret) = &outcome.browser {
        arrival.browser = Some(secret.clone()).filter(|secret| !secret.is_empty());
    }
    arrival
}

enum Looked {
    View(Box<miftah_rules::view::View>),
    Elsewhere(Outcome),
    Missing,
}

async fn look(app: &App, arrival: Arrival, place: &Place, query: &str) -> Result<Looked, Fault> {
    let lang = arrival.lang;
    let visitor = app.portal.receive(arrival).await?;
    let page = match pages::show(&app.portal, &visitor, place, &Query::new(query)).await? {
        Shown::Page(page) => *page,
        Shown::Elsewhere(outcome) => return Ok(Looked::Elsewhere(outcome)),
        Shown::Missing => return Ok(Looked::Missing),
    };
    let mut view = app.view(lang, place.path(), query.to_owned(), page);
    view.frame.person = visitor.name().map(str::to_owned);
    view.frame.staff = visitor
        .account()
        .is_some_and(|account| account.holder.officer().is_some());
    Ok(Looked::View(Box::new(view)))
}

pub(super) fn target(lang: Lang, outcome: &Outcome) -> String {
    let href = outcome.place.href(lang);
    if outcome.query.is_empty() {
        href
    } else {
        format!("{href}?{}", outcome.query)
    }
}

/// 303: the next request is a GET, so a reload repeats nothing.
pub(super) fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // Paths of ours are ASCII.
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
