//! `miftah serve` when the world around it is against it: connections that are held, a crowd from one
//! address, a database that is locked, gone or out of room, and a program that is killed (B.7).

#[cfg(test)]
mod crowd;
#[cfg(test)]
mod full;
#[cfg(test)]
mod gone;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod locked;
#[cfg(test)]
#[path = "../serve/machine.rs"]
#[expect(dead_code, reason = "the operator's tests need other parts")]
mod machine;
#[cfg(test)]
mod person;
#[cfg(test)]
mod slow;
