//! Use-cases: one verb a file, the journeys they move, and the ports they need of the world.
//! No axum, no sqlx, no leptos.

pub mod account;
pub mod act;
mod attempt;
mod budget;
mod carry;
mod choose_password;
mod compose;
pub mod deliver;
pub mod fault;
mod freeze;
pub mod home;
pub mod id;
pub mod journey;
pub mod key;
pub mod legal;
pub mod letter;
pub mod model;
mod moment;
pub mod network;
pub mod newcomers;
pub mod not_me;
pub mod pages;
mod pen;
pub mod portal;
pub mod ports;
pub mod problems;
pub mod proof;
pub mod query;
pub mod recover;
pub mod register;
pub mod roll;
pub mod session;
pub mod sign_in;
pub mod store;
pub mod testing;
pub mod throttle;
pub mod unfreeze;
pub mod visitor;

pub use portal::Portal;
