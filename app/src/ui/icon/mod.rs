//! Icons: strokes on a 24-unit square, hidden from assistive technology.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use crate::html::{Html, html};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Tick,
    Open,
    Alert,
    Info,
    Mail,
    Phone,
    Computer,
    Person,
    Clock,
    Globe,
    Offline,
    Forward,
    Back,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Open => "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
            Self::Alert => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.5M12 16.5v.01",
            Self::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.5v.01",
            Self::Mail => "M3.5 6h17v12.5h-17ZM3.5 7l8.5 6.5L20.5 7",
            Self::Phone => {
                "M8 2.5h8a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1ZM11 18.5h2"
            }
            Self::Computer => "M5 5h14v10H5ZM2.5 19h19",
            Self::Person => {
                "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM3.5 21c1-4 4.5-6 8.5-6s7.5 2 8.5 6"
            }
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.5l3.5 2",
            Self::Globe => {
                "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3.5 4 3.5 14 0 18M12 3c-3.5 4-3.5 14 0 18"
            }
            Self::Offline => {
                "M2 9c6-5 14-5 20 0M5.5 13c4-3.5 9-3.5 13 0M9 17c2-1.5 4-1.5 6 0M4 3l16 18"
            }
            Self::Forward => "M9 5l7 7-7 7",
            Self::Back => "M15 5l-7 7 7 7",
        }
    }

    /// Whether it points along the line of reading, and so is mirrored in Arabic.
    const fn turns(self) -> bool {
        matches!(self, Self::Forward | Self::Back)
    }
}

pub fn icon(icon: Icon) -> Html {
    icon_with(icon, "")
}

/// An icon with a class of its component.
pub fn icon_with(icon: Icon, class: &'static str) -> Html {
    let turns = if icon.turns() { " icon-turns" } else { "" };
    let space = if class.is_empty() { "" } else { " " };
    html! {
        <svg class=format!("icon{turns}{space}{class}") viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}

/// The product's mark: a key that reads م ت ا.
pub fn mark() -> Html {
    const KEY: &str = "M47 49H2V17h6.5V42.5H15V35h6.5V42.5H34.64A15 15 0 1 1 47 49ZM47 25.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0 -17ZM13.6 20.8l4.2 4.2-4.2 4.2-4.2-4.2ZM22.8 20.8l4.2 4.2-4.2 4.2-4.2-4.2Z";
    html! {
        <svg class="mark" viewBox="0 13 64 40" aria-hidden="true">
            <path d=KEY></path>
        </svg>
    }
}

/// The gate of the entry pages: four arches, light in the innermost.
pub fn gate() -> Html {
    html! {
        <svg class="gate" viewBox="0 0 400 400" aria-hidden="true">
            <path class="gate-1" d="M68 400V273A168 168 0 1 1 332 273V400Z"></path>
            <path class="gate-2" d="M93 400V254A136 136 0 1 1 307 254V400Z"></path>
            <path class="gate-1" d="M118 400V234A104 104 0 1 1 282 234V400Z"></path>
            <path class="gate-light" d="M143 400V214A72 72 0 1 1 257 214V400Z"></path>
        </svg>
    }
}
