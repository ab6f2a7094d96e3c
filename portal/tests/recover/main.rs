//! S0.7, S0.8, S0.5: an account that was lost comes back to its owner, and to nobody else.

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
#[path = "../kit/mod.rs"]
mod kit;

#[cfg(test)]
mod by_data;
#[cfg(test)]
mod by_handle;
#[cfg(test)]
mod carried;
#[cfg(test)]
mod code;
#[cfg(test)]
mod dispute;
#[cfg(test)]
mod finish;
#[cfg(test)]
mod guessing;
#[cfg(test)]
mod new_email;
#[cfg(test)]
mod temporary;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod way;
#[cfg(test)]
mod ways;
