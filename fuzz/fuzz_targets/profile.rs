//! Institution files, and the patterns of identifiers in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use miftah_rules::pattern::Pattern;
use miftah_rules::profile::Institution;

fuzz_target!(|text: &str| {
    if let Ok(institution) = toml::from_str::<Institution>(text) {
        let _ = institution.mistakes();
        let _ = institution.brief(institution.default_lang);
    }
    let (pattern, typed) = text.split_once('\n').unwrap_or((text, "AB123456"));
    if let Ok(pattern) = Pattern::parse(pattern)
        && let Ok(fitted) = pattern.normalise(typed)
    {
        assert_eq!(pattern.normalise(&fitted).as_ref(), Ok(&fitted));
    }
});
