//! The pages of the portal, as places with a path (contract, "Pages").
//!
//! A redirect names a [`Place`], never a string, so a page that does not exist cannot be a target.

use crate::lang::Lang;

/// A page, without its language and its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Home,
    Login,
    /// Takes a POST only.
    Logout,
    Register,
    Recover,
    Terms,
    Privacy,
    Account,
    Contact,
    Password,
    Security,
    Sessions,
    CloseAccount,
    /// The page behind a "not me" link of a letter; the token is the link's last segment.
    NotMe(String),
    Problems,
    Problem(String),
    Gallery,
    Outbox,
}

impl Place {
    /// The path below the language, beginning with `/` (empty for home).
    pub fn path(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Login => "/login".into(),
            Self::Logout => "/logout".into(),
            Self::Register => "/register".into(),
            Self::Recover => "/recover".into(),
            Self::Terms => "/terms".into(),
            Self::Privacy => "/privacy".into(),
            Self::Account => "/account".into(),
            Self::Contact => "/account/contact".into(),
            Self::Password => "/account/password".into(),
            Self::Security => "/account/security".into(),
            Self::Sessions => "/account/sessions".into(),
            Self::CloseAccount => "/account/close".into(),
            Self::NotMe(token) => format!("/not-me/{token}"),
            Self::Problems => "/problems".into(),
            Self::Problem(code) => format!("/problems/{code}"),
            Self::Gallery => "/dev/gallery".into(),
            Self::Outbox => "/dev/outbox".into(),
        }
    }

    /// The whole path, such as `/ar/login`.
    pub fn href(&self, lang: Lang) -> String {
        format!("/{}{}", lang.tag(), self.path())
    }

    /// Reads a path below the language (`/login`, `` or `/` for home).
    pub fn parse(path: &str) -> Option<Self> {
        let mut segments = path.trim_matches('/').split('/');
        let (first, second, rest) = (segments.next()?, segments.next(), segments.next());
        if rest.is_some() {
            return None;
        }
        Some(match (first, second) {
            ("", None) => Self::Home,
            ("login", None) => Self::Login,
            ("logout", None) => Self::Logout,
            ("register", None) => Self::Register,
            ("recover", None) => Self::Recover,
            ("terms", None) => Self::Terms,
            ("privacy", None) => Self::Privacy,
            ("account", None) => Self::Account,
            ("account", Some("contact")) => Self::Contact,
            ("account", Some("password")) => Self::Password,
            ("account", Some("security")) => Self::Security,
            ("account", Some("sessions")) => Self::Sessions,
            ("account", Some("close")) => Self::CloseAccount,
            ("not-me", Some(token)) => Self::NotMe(token.to_owned()),
            ("problems", None) => Self::Problems,
            ("problems", Some(code)) => Self::Problem(code.to_owned()),
            _ => return None,
        })
    }

    /// Whether the page's bytes depend on nothing but language and institution when there is no
    /// session and no journey, so that they are rendered once and reused (idea 7).
    pub const fn is_entry(&self) -> bool {
        matches!(
            self,
            Self::Home | Self::Login | Self::Register | Self::Recover | Self::Terms | Self::Privacy
        )
    }

    /// Whether the page's form may hold files. A form with files is refused everywhere else, and
    /// is not read for it.
    pub const fn takes_files(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_path_and_its_place_are_one_to_one() {
        for path in [
            "",
            "/login",
            "/logout",
            "/register",
            "/recover",
            "/terms",
            "/privacy",
            "/account",
            "/account/contact",
            "/account/password",
            "/account/security",
            "/account/sessions",
            "/account/close",
            "/not-me/abc",
            "/problems",
            "/problems/E101",
        ] {
            let place = Place::parse(path).unwrap_or_else(|| panic!("{path} is a page"));
            assert_eq!(place.path(), path);
        }
        assert_eq!(Place::parse("/"), Some(Place::Home));
        assert_eq!(Place::parse("/account/sessions/x"), None);
        assert_eq!(Place::parse("/nowhere"), None);
    }
}
