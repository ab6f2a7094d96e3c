//! What others wrote, in our texts: no markup comes out, and isolates stay paired.
#![no_main]

use libfuzzer_sys::fuzz_target;
use miftah_messages::Text;

fuzz_target!(|typed: &str| {
    for text in [Text::own(typed), Text::typed(typed), Text::ltr(typed), Text::letter(typed)] {
        let html = text.html();
        let bare = html
            .replace("<bdi dir=\"ltr\" translate=\"no\">", "")
            .replace("<bdi>", "")
            .replace("</bdi>", "");
        assert!(!bare.contains(['<', '>', '"', '\'']));
        assert_eq!(html.matches("<bdi").count(), html.matches("</bdi>").count());
        let plain = text.plain();
        assert_eq!(plain.matches('\u{2068}').count(), plain.matches('\u{2069}').count());
    }
});
