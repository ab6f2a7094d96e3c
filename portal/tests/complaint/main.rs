//! S0.4, S0.9, S0.12: complaints, what the office makes of them, and recovery with its help.

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
#[path = "../kit/mod.rs"]
mod kit;

#[cfg(test)]
#[path = "../kit/databases.rs"]
mod databases;

#[cfg(test)]
mod access;
#[cfg(test)]
mod assisted;
#[cfg(test)]
mod at_once;
#[cfg(test)]
mod correct;
#[cfg(test)]
mod decide;
#[cfg(test)]
mod finish;
#[cfg(test)]
mod follow;
#[cfg(test)]
mod meanwhile;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod office;
#[cfg(test)]
mod open;
#[cfg(test)]
mod overtaken;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod prove;
#[cfg(test)]
mod send;
#[cfg(test)]
mod signed_in;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod stop;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod two_officers;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod way;
