//! The rules that browser and server share: identifiers, forms, problems, views, the institution.
//!
//! Pure: no clock, no randomness, no input or output. The same code decides while a person types
//! and again when the form arrives, where it counts (ARCHITECTURE.md, "Rules once").

#[macro_use]
mod words;

pub mod act;
pub mod code;
pub mod complaint;
pub mod date;
pub mod email;
pub mod field;
pub mod form;
pub mod hijri;
pub mod identifier;
pub mod json;
pub mod lang;
pub mod name_key;
pub mod password;
pub mod pattern;
pub mod person_name;
pub mod phone;
pub mod place;
pub mod problem;
pub mod profile;
mod role;
pub mod service;
pub mod sms;
pub mod text;
mod unicode;
pub mod view;

pub use act::ActKind;
pub use field::Field;
pub use lang::{Dir, Lang};
pub use place::Place;
pub use problem::{Detail, NextStep, Problem, ProblemAt};
pub use role::Role;
