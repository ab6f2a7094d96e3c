//! One file a page. A page takes its view and returns what stands in the frame.

pub mod account;
pub mod activate;
#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod complain;
pub mod follow;
pub mod home;
pub mod legal;
pub mod login;
pub mod not_me;
#[cfg(feature = "ssr")]
pub mod outbox;
pub mod problem;
pub mod recover;
pub mod register;
#[cfg(feature = "ssr")]
pub mod staff;
