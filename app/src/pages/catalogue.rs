//! `/services` and `/services/{id}`: what the institution offers, and how things stand with it (S3.6, S4.4).
//! Each service opens in its place with a +; a page of its own has an address to send.

use miftah_messages::{Text, Texts};
use miftah_rules::Place;
use miftah_rules::date::Date;
use miftah_rules::service::ServiceStatus;
use miftah_rules::view::{CatalogueView, CategoryView, CircularView, ServiceView};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::facts::fact;
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

pub fn page(ctx: &Ctx, v: &CatalogueView) -> Body {
    match v {
        CatalogueView::All(categories) => all(ctx, categories),
        CatalogueView::One(service) => one(ctx, service),
    }
}

/// The heading.
pub fn title(t: &Texts, v: &CatalogueView) -> Text {
    match v {
        CatalogueView::All(_) => t.services_title(),
        CatalogueView::One(service) => Text::own(&service.title),
    }
}

fn all(ctx: &Ctx, categories: &[CategoryView]) -> Body {
    let t = &ctx.texts;
    let parts: Vec<_> = categories.iter().map(|one| category(ctx, one)).collect();
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.services_title())} {text("p", "title-lead", t.services_intro())}
        </header>
        {parts}
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}

fn category(ctx: &Ctx, category: &CategoryView) -> Html {
    let services: Vec<_> = category
        .services
        .iter()
        .map(|one| folded(ctx, one))
        .collect();
    html! {
        <section class="part">
            {text("h2", "", Text::own(&category.title))}
            <div class="services">{services}</div>
        </section>
    }
}

/// One line that opens: the + stands at its end.
fn folded(ctx: &Ctx, service: &ServiceView) -> Html {
    let t = &ctx.texts;
    let href = ctx.href(&Place::Service(service.id.clone()));
    html! {
        <details class="service" id=service.id.clone()>
            <summary>
                {text("span", "service-name", Text::own(&service.title))} {state(ctx, service.status)}
            </summary>
            <div class="service-body">
                {about(ctx, service)}
                <a href=href>{text("span", "", t.services_page())}</a>
            </div>
        </details>
    }
}

fn one(ctx: &Ctx, service: &ServiceView) -> Body {
    let t = &ctx.texts;
    let sheet = html! {
        <a class="back" href=ctx.href(&Place::Services)>
            {crate::ui::icon::icon(crate::ui::icon::Icon::Back)}
            {text("span", "", t.services_title())}
        </a>
        <header class="title">
            {text("h1", "", Text::own(&service.title))} {state(ctx, service.status)}
        </header>
        {about(ctx, service)}
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::None,
    }
}

fn state(ctx: &Ctx, status: ServiceStatus) -> Html {
    let t = &ctx.texts;
    let (kind, words) = match status {
        ServiceStatus::Hidden | ServiceStatus::Announced => ("yours", t.services_announced()),
        ServiceStatus::Closed => ("gone", t.services_closed()),
    };
    html! {
        <span class="state" data-kind=kind>
            {text("span", "", words)}
        </span>
    }
}

fn about(ctx: &Ctx, service: &ServiceView) -> Html {
    let t = &ctx.texts;
    let what = match service.status {
        ServiceStatus::Hidden | ServiceStatus::Announced => t.services_announced_what(),
        ServiceStatus::Closed => t.services_closed_what(),
    };
    let needs: Vec<_> = service
        .before
        .iter()
        .map(|need| html! { <li>{text("span", "", Text::own(need))}</li> })
        .collect();
    let needs = (!needs.is_empty()).then(|| {
        html! {
            <div>
                {text("h3", "", t.services_before())} <ul class="needs">{needs}</ul>
            </div>
        }
    });
    let days = service
        .sla_days
        .map(|days| fact(t.services_delay(), t.services_days(u64::from(days))));
    let circular = service.circular.as_ref().map(|circular| {
        let date = Date::parse(&circular.date).map_or_else(
            |_| Text::ltr(&circular.date),
            |date| t.date(date.year(), date.month(), date.day()),
        );
        fact(
            t.services_circular(),
            t.services_circular_of(&circular.number, &date.bare()),
        )
    });
    let facts = (days.is_some() || circular.is_some())
        .then(|| html! { <dl class="facts">{days} {circular}</dl> });
    html! {
        {text("p", "", Text::own(&service.summary))} {text("p", "quiet", what)} {needs} {facts}
        {service.circular.as_ref().filter(|circular| circular.file).map(|circular| paper(ctx, service, circular))}
    }
}

fn paper(ctx: &Ctx, service: &ServiceView, circular: &CircularView) -> Html {
    let t = &ctx.texts;
    let href = ctx.asset(&format!("institution/circulars/{}.pdf", service.id));
    let name = t.services_circular_read(&circular.number);
    html! { <div class="actions">{button::link(Weight::Second, href, name)}</div> }
}
