//! What the institution offers (S3.6, S4.4): public pages, from the services it defines.

use miftah_rules::Lang;
use miftah_rules::service::Service;
use miftah_rules::view::{CatalogueView, CategoryView, CircularView, Page, ServiceView};

use crate::portal::Portal;
use crate::visitor::Visitor;

/// All services that are seen, by category; nothing where the institution defines none.
pub(crate) fn show(portal: &Portal, visitor: &Visitor) -> Option<Page> {
    let lang = visitor.lang;
    let institution = &portal.institution;
    let categories: Vec<_> = institution
        .catalogue
        .iter()
        .map(|category| CategoryView {
            title: category.title.get(lang).to_owned(),
            services: institution
                .services
                .iter()
                .filter(|service| service.is_seen() && service.category == category.id)
                .map(|service| view(portal, service, lang))
                .collect(),
        })
        .filter(|category| !category.services.is_empty())
        .collect();
    let is_empty = categories.is_empty();
    Some(Page::Catalogue(CatalogueView::All(categories))).filter(|_| !is_empty)
}

/// One of them; nothing for one that is hidden or unknown.
pub(crate) fn one(portal: &Portal, visitor: &Visitor, id: &str) -> Option<Page> {
    let mut services = portal.institution.services.iter();
    let service = services.find(|service| service.is_seen() && service.id == id)?;
    let view = view(portal, service, visitor.lang);
    Some(Page::Catalogue(CatalogueView::One(Box::new(view))))
}

fn view(portal: &Portal, service: &Service, lang: Lang) -> ServiceView {
    let mut categories = portal.institution.catalogue.iter();
    let category = categories.find(|category| category.id == service.category);
    ServiceView {
        id: service.id.clone(),
        status: service.status,
        category: category.map_or_else(String::new, |category| category.title.get(lang).to_owned()),
        title: service.title.get(lang).to_owned(),
        summary: service.summary.get(lang).to_owned(),
        sla_days: service.sla_days,
        before: service
            .before
            .iter()
            .map(|need| need.text.get(lang).to_owned())
            .collect(),
        circular: service.circular.as_ref().map(|circular| CircularView {
            number: circular.number.clone(),
            date: circular.date.clone(),
            file: circular.file.is_some(),
        }),
    }
}
