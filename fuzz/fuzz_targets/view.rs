//! Views as the browser reads them: never a crash, and never a view that serde_json would not read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use miftah_rules::json;
use miftah_rules::view::View;

fuzz_target!(|text: &str| {
    if let Ok(view) = json::read::<View>(text) {
        let theirs: View = serde_json::from_str(text).unwrap();
        assert!(view == theirs);
        let written = serde_json::to_string(&view).unwrap();
        assert!(json::read::<View>(&written) == Ok(view));
    }
});
