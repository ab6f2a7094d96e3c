//! Use-cases: one verb a file, the journeys they move, and the ports they need of the world.
//! No axum, no sqlx, no leptos.

pub mod act;
pub mod id;
pub mod model;
pub mod ports;
pub mod store;
pub mod testing;
