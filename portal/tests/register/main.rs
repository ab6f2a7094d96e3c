//! S0.2–S0.6, S0.8: a student on the roll opens an account, and nobody else does.

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
#[path = "../kit/mod.rs"]
mod kit;

#[cfg(test)]
#[path = "../kit/databases.rs"]
mod databases;

#[cfg(test)]
mod activate;
#[cfg(test)]
mod code;
#[cfg(test)]
mod conditions;
#[cfg(test)]
mod contact;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod open;
#[cfg(test)]
mod races;
#[cfg(test)]
mod record_address;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod who;
#[cfg(test)]
mod whole;
