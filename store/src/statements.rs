//! How statements are declared: as constants, listed by the same macro, so that a test can
//! prepare every one of them on both databases and none can be forgotten.

/// Declares constants of SQL text and, for the tests, `ALL` of them with their names.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        #[cfg(feature = "testing")]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
