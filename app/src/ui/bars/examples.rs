//! What surrounds every page at times: no connection, a translator, a copy, a new version.

use leptos::prelude::*;
use miftah_rules::Problem;
use miftah_rules::view::Moment;

use super::{Surroundings, bars};
use crate::Ctx;
use crate::gallery::{Example, among, example};

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let loading = Surroundings {
        loading: RwSignal::new(true),
        ..Surroundings::default()
    };
    let offline = Surroundings {
        offline: RwSignal::new(true),
        ..Surroundings::default()
    };
    let translated = Surroundings {
        translated: RwSignal::new(true),
        ..Surroundings::default()
    };
    let refused = Surroundings {
        refused: RwSignal::new(Some(Problem::Busy.alone())),
        ..Surroundings::default()
    };
    let moment = Moment {
        year: 2026,
        month: 9,
        day: 3,
        hour: 17,
        minute: 5,
    };
    let saved = Surroundings {
        saved: RwSignal::new(Some(moment)),
        ..Surroundings::default()
    };
    let renewed = Surroundings {
        renewed: RwSignal::new(true),
        ..Surroundings::default()
    };
    vec![
        example("bars-loading", among(loading, || bars(ctx))),
        example("bars-offline", among(offline, || bars(ctx))),
        example("bars-translated", among(translated, || bars(ctx))),
        example("bars-refused", among(refused, || bars(ctx))),
        example("bars-saved", among(saved, || bars(ctx))),
        example("bars-renewed", among(renewed, || bars(ctx))),
    ]
}
