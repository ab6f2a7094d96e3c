//! The wasm entry: takes over the page the server sent.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the boot script's import.
#[wasm_bindgen(start)]
pub fn main() {
    console_error_panic_hook::set_once();
    miftah_app::client::start();
}
