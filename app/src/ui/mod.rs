//! The parts pages are made of. Each file is one component of `style/README.md`, which shows the
//! markup; the rules there hold here.

pub mod bars;
pub mod button;
pub mod choice;
pub mod code;
pub mod field;
pub mod icon;
pub mod live;
pub mod new_password;
pub mod notice;
pub mod office;
pub mod password;
pub mod printed;
pub mod problems;
pub mod shell;
pub mod steps;
pub mod text;

pub use live::live;
pub use text::{text, text_live};
