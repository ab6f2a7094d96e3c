//! The parts pages are made of. Each folder is one component of `style/README.md`, which shows the
//! markup; the rules there hold here. `examples.rs` beside it has its states for the gallery.

pub mod area;
pub mod bars;
pub mod button;
pub mod check;
pub mod choice;
pub mod code;
pub mod facts;
pub mod field;
pub mod icon;
pub mod live;
pub mod new_password;
pub mod notice;
pub mod office;
pub mod password;
pub mod printed;
pub mod problems;
pub mod robot;
pub mod rows;
pub mod shell;
pub mod steps;
pub mod tasks;
pub mod text;
pub mod upload;

pub use live::{live, pose};
pub use text::{text, text_live};
