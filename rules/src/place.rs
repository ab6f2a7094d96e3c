//! The pages of the portal, as places with a path (contract, "Pages").
//!
//! A redirect names a [`Place`], never a string, so a page that does not exist cannot be a target.

use crate::lang::Lang;

macro_rules! places {
    ($($(#[$doc:meta])* $place:ident => $path:literal;)*) => {
        /// A page, without its language and its query.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Place {
            $($(#[$doc])* $place,)*
            /// The page behind a "not me" link of a letter; the token is the link's last segment.
            NotMe(String),
            /// The page behind the link of an activation letter.
            Activate(String),
            Problem(String),
            /// One service of the catalogue.
            Service(String),
            /// What became of the complaint with this reference.
            Complaint(String),
            /// The same complaint on the desk.
            StaffComplaint(String),
        }

        impl Place {
            /// Pages whose path is always the same.
            const FIXED: &'static [(Self, &'static str)] = &[$((Self::$place, $path),)*];

            /// The path below the language, beginning with `/` (empty for home).
            pub fn path(&self) -> String {
                match self {
                    $(Self::$place => $path.into(),)*
                    Self::Activate(token) => format!("/activate/{token}"),
                    Self::NotMe(token) => format!("/not-me/{token}"),
                    Self::Problem(code) => format!("/problems/{code}"),
                    Self::Service(id) => format!("/services/{id}"),
                    Self::Complaint(reference) => format!("/complaints/{reference}"),
                    Self::StaffComplaint(reference) => format!("/staff/complaints/{reference}"),
                }
            }
        }
    };
}

places! {
    Home => "";
    Login => "/login";
    /// Takes a POST only.
    Logout => "/logout";
    Register => "/register";
    Recover => "/recover";
    /// Recovery with the office's help, for whoever has lost every address (S0.12).
    Assisted => "/recover/assisted";
    Terms => "/terms";
    Privacy => "/privacy";
    Account => "/account";
    /// What people said of themselves, where they may change it (S2.1).
    OwnData => "/account/data";
    Contact => "/account/contact";
    Password => "/account/password";
    Security => "/account/security";
    Sessions => "/account/sessions";
    CloseAccount => "/account/close";
    Problems => "/problems";
    /// What the institution offers (S3.6, S4.4).
    Services => "/services";
    /// Where one asks after a complaint by reference and code.
    Complaints => "/complaints";
    /// A complaint is written (S0.9).
    Complain => "/complaints/new";
    /// The desk: complaints that wait for the office.
    Staff => "/staff";
    /// Letters that could not be delivered.
    StaffLetters => "/staff/letters";
    Gallery => "/dev/gallery";
    Outbox => "/dev/outbox";
}

impl Place {
    /// The whole path, such as `/ar/login`.
    pub fn href(&self, lang: Lang) -> String {
        format!("/{}{}", lang.tag(), self.path())
    }

    /// Reads a path below the language (`/login`, `` or `/` for home). Pages of `--dev` are no
    /// places that anybody is led to.
    pub fn parse(path: &str) -> Option<Self> {
        let path = path.trim_matches('/');
        if path.starts_with("dev/") {
            return None;
        }
        let fixed = Self::FIXED
            .iter()
            .find(|(_, fixed)| fixed.trim_start_matches('/') == path);
        if let Some((place, _)) = fixed {
            return Some(place.clone());
        }
        let (folder, last) = path.rsplit_once('/')?;
        let last = last.to_owned();
        Some(match folder {
            "activate" => Self::Activate(last),
            "not-me" => Self::NotMe(last),
            "problems" => Self::Problem(last),
            "services" => Self::Service(last),
            "complaints" => Self::Complaint(last),
            "staff/complaints" => Self::StaffComplaint(last),
            _ => return None,
        })
    }

    /// Whether only members of staff have this page.
    pub const fn is_staff(&self) -> bool {
        matches!(
            self,
            Self::Staff | Self::StaffLetters | Self::StaffComplaint(_)
        )
    }

    /// Whether one may be led here after signing in by the words of a link: a page that needs
    /// somebody signed in, or leads on by itself, and whose path holds no words of whoever made
    /// the link.
    pub fn follows_sign_in(&self) -> bool {
        match self {
            Self::NotMe(_)
            | Self::Activate(_)
            | Self::Problem(_)
            | Self::Service(_)
            | Self::Complaint(_) => false,
            Self::StaffComplaint(reference) => crate::complaint::is_reference(reference),
            Self::Home | Self::Logout | Self::Gallery | Self::Outbox => false,
            _ => true,
        }
    }

    /// Whether the page's form may hold files. A form with files is refused everywhere else, and
    /// is not read for it.
    pub const fn takes_files(&self) -> bool {
        matches!(self, Self::Complain | Self::Assisted)
    }

    /// Whether its form is answered alike for what is known here and what is not (norm 2).
    pub const fn is_neutral(&self) -> bool {
        matches!(
            self,
            Self::Login
                | Self::Register
                | Self::Recover
                | Self::Complain
                | Self::Assisted
                | Self::Complaints
                | Self::Complaint(_)
        )
    }

    /// Whether the page's bytes depend on nothing but language and institution when there is no
    /// session and no journey, so that they are rendered once and reused (idea 7).
    pub const fn is_entry(&self) -> bool {
        matches!(
            self,
            Self::Home | Self::Login | Self::Register | Self::Recover | Self::Terms | Self::Privacy
        )
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
            "/account/data",
            "/account/contact",
            "/account/password",
            "/account/security",
            "/account/sessions",
            "/account/close",
            "/recover/assisted",
            "/complaints",
            "/complaints/new",
            "/complaints/FS7ABC42",
            "/staff",
            "/staff/letters",
            "/staff/complaints/FS7ABC42",
            "/activate/abc",
            "/not-me/abc",
            "/problems",
            "/problems/E101",
            "/services",
            "/services/social-benefit",
        ] {
            let place = Place::parse(path).unwrap_or_else(|| panic!("{path} is a page"));
            assert_eq!(place.path(), path);
        }
        assert_eq!(Place::parse("/"), Some(Place::Home));
        assert_eq!(Place::parse("/account/sessions/x"), None);
        assert_eq!(Place::parse("/nowhere"), None);
        assert_eq!(Place::parse("/dev/outbox"), None);
        assert_eq!(Place::parse("/complaints/a/b"), None);
    }
}
