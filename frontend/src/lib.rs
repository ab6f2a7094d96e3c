//! The wasm entry: takes over the page the server sent.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the boot script, with the texts of the page's language. `false`: they are another
/// build's, and the page stays as the server sent it.
#[wasm_bindgen]
pub fn start(texts: &str) -> bool {
    console_error_panic_hook::set_once();
    miftah_app::client::start(texts)
}
