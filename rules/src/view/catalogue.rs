//! What the institution offers (S3.6, S4.4). The app in the browser does not know these pages, as with
//! the desk (`staff.rs`).

#[cfg(not(target_arch = "wasm32"))]
pub use offered::*;

/// In the browser: something that is not read.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CatalogueView {}

#[cfg(not(target_arch = "wasm32"))]
mod offered {
    use serde::{Deserialize, Serialize};

    use crate::service::ServiceStatus;

    /// All that is seen, or one service alone.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum CatalogueView {
        All(Vec<CategoryView>),
        One(Box<ServiceView>),
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CategoryView {
        pub title: String,
        pub services: Vec<ServiceView>,
    }

    /// A service in one language.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ServiceView {
        pub id: String,
        pub status: ServiceStatus,
        pub category: String,
        pub title: String,
        pub summary: String,
        /// Working days.
        pub sla_days: Option<u32>,
        pub before: Vec<String>,
        pub circular: Option<CircularView>,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CircularView {
        pub number: String,
        /// `YYYY-MM-DD`.
        pub date: String,
        /// Whether there is a PDF of it.
        pub file: bool,
    }
}
