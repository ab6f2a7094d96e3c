//! Many requests in the same moment (norms 3, 5, 6).

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
#[path = "../kit/mod.rs"]
mod kit;

#[cfg(test)]
#[path = "../kit/databases.rs"]
mod databases;

#[cfg(test)]
mod crowds;
