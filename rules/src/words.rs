//! Closed lists of words: an enum whose variants have one name each, the same in a form, a query, a
//! column and JSON.

macro_rules! words {
    ($($(#[$doc:meta])* $type:ident { $($(#[$note:meta])* $variant:ident => $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$note])* $variant,)* }

        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word for it, as it is stored, posted and typed.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }
    )*};
}
