//! The Unicode normal forms and lower case, from whoever already has the tables.
//!
//! `unicode-normalization` would cost the browser's module 65 kB gzip (measured, `opt-level = "z"`,
//! fat LTO), a third of the whole budget, for tables that the browser itself has. So the server uses
//! the crate and the browser its own `String.prototype.normalize`. Both follow the same standard,
//! whose answers for assigned characters never change (Unicode Normalization Stability Policy); the
//! vectors run on both sides.

/// Canonical composition: how passwords are counted and hashed (norm 4).
pub(crate) fn nfc(text: &str) -> String {
    normal_form(text, Form::Nfc)
}

/// Canonical decomposition: takes accents off their letters.
pub(crate) fn nfd(text: &str) -> String {
    normal_form(text, Form::Nfd)
}

/// Compatible composition: presentation forms, ligatures and widths become plain letters.
pub(crate) fn nfkc(text: &str) -> String {
    normal_form(text, Form::Nfkc)
}

/// Lower case.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Lower case, by the browser's tables.
#[cfg(target_arch = "wasm32")]
pub(crate) fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[derive(Clone, Copy)]
enum Form {
    Nfc,
    Nfd,
    Nfkc,
}

#[cfg(not(target_arch = "wasm32"))]
fn normal_form(text: &str, form: Form) -> String {
    use unicode_normalization::UnicodeNormalization;

    if text.is_ascii() {
        return text.to_owned();
    }
    match form {
        Form::Nfc => text.nfc().collect(),
        Form::Nfd => text.nfd().collect(),
        Form::Nfkc => text.nfkc().collect(),
    }
}

#[cfg(target_arch = "wasm32")]
fn normal_form(text: &str, form: Form) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let name = match form {
        Form::Nfc => "NFC",
        Form::Nfd => "NFD",
        Form::Nfkc => "NFKC",
    };
    js_sys::JsString::from(text).normalize(name).into()
}
