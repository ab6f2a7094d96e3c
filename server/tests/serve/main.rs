//! `miftah serve` as an operator runs it.

#[cfg(test)]
mod machine;
#[cfg(test)]
mod mail;
#[cfg(test)]
#[path = "../mail_server/mod.rs"]
#[expect(dead_code, reason = "the program's own tests need other parts")]
mod mail_server;
#[cfg(test)]
mod operator;
#[cfg(test)]
mod sms;
#[cfg(test)]
#[path = "../sms_gateway/mod.rs"]
#[expect(dead_code, reason = "the program's own tests need other parts")]
mod sms_gateway;
