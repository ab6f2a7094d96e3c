//! The vectors of `rules/vectors`, run natively and, with `--target wasm32-unknown-unknown`, in the
//! browser's engine: one rule, one answer on both sides (ARCHITECTURE.md, "Rules once").

#[cfg(test)]
mod code;
#[cfg(test)]
mod date;
#[cfg(test)]
mod email;
#[cfg(test)]
mod identifier;
#[cfg(test)]
mod name_key;
#[cfg(test)]
mod password;
#[cfg(test)]
mod pattern;
#[cfg(test)]
mod phone;
#[cfg(test)]
mod text;

#[cfg(test)]
pub(crate) fn load<T: serde::de::DeserializeOwned>(toml: &str) -> T {
    toml::from_str(toml).unwrap()
}
