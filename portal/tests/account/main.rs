//! The account pages (issue A.4): what a signed-in person sees and changes of their own account.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a story that cannot be set up has to stop and say why"
)]

#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
#[path = "../kit/mod.rs"]
mod stories;

/// The kit of all stories, with what these need besides.
mod kit {
    pub(crate) use crate::people::*;
    pub(crate) use crate::stories::*;
}

mod closing;
mod contact;
mod data;
mod doors;
mod home;
mod new_email;
mod new_password;
mod own_data;
mod people;
mod profile;
mod security;
mod sessions;
mod terms;
