//! Names of form fields. They are outer contract: other programs post them.

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)*) => {
        /// A field of a form. Its name is the HTML `name` and the key in JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name as posted.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

fields! {
    StudentNumber => "student_number",
    /// Of staff and members: PPR, SOM.
    PayrollNumber => "payroll_number",
    /// The address that the institution gave, where people stand on the roll under it.
    UserName => "user_name",
    /// The one that the portal gives whoever opens an account without a roll.
    FileNumber => "file_number",
    /// Of whoever is retired.
    PensionNumber => "pension_number",
    NationalId => "national_id",
    BirthDate => "birth_date",
    Email => "email",
    /// The same once more, where a profile wants it (S4.3).
    EmailAgain => "email_again",
    Phone => "phone",
    Password => "password",
    PasswordAgain => "password_again",
    CurrentPassword => "current_password",
    Code => "code",
    /// The digits of a picture, where somebody shows that they are no robot (S3.3).
    RobotCode => "robot_code",
    /// Which address a code goes to, in recovery.
    Channel => "channel",
    Terms => "terms",
    /// What a person signs in with: e-mail or student number.
    Handle => "handle",
    /// "Keep me signed in on this device".
    Keep => "keep",
    /// The choice on the page behind a "not me" link.
    Verdict => "verdict",
    /// The tick under what closing an account entails.
    Consent => "consent",
    LastNameAr => "last_name_ar",
    FirstNameAr => "first_name_ar",
    LastNameLatin => "last_name_latin",
    FirstNameLatin => "first_name_latin",
    /// Of a name in four parts: the second and the third.
    FatherNameAr => "father_name_ar",
    GrandfatherNameAr => "grandfather_name_ar",
    /// The last day on which the person's document is valid.
    DocumentExpires => "document_expires",
    /// Town and, abroad, country, as the document says it.
    BirthPlace => "birth_place",
    /// What a complaint is about.
    Matter => "matter",
    /// Free words of whoever complains.
    Note => "note",
    /// Documents that are attached.
    IdFront => "id_front",
    IdBack => "id_back",
    Slip => "slip",
    /// A complaint's reference.
    Reference => "reference",
    /// Of a person who is added to the roll.
    Programme => "programme",
    Year => "year",
    Status => "status",
    /// Why a complaint is refused or closed.
    Reason => "reason",
    /// Free words of the office to whoever complained.
    Answer => "answer",
}

impl Field {
    /// Those that can be the number somebody stands under on the roll; a profile names one.
    pub const NUMBERS: [Self; 4] = [
        Self::StudentNumber,
        Self::PayrollNumber,
        Self::UserName,
        Self::FileNumber,
    ];

    /// What a roll may have of a person besides what each roll has (S4.3).
    pub const FURTHER: [Self; 3] = [
        Self::FatherNameAr,
        Self::GrandfatherNameAr,
        Self::DocumentExpires,
    ];

    /// Whether it is a number of somebody's, with a label of the institution's.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::StudentNumber
                | Self::PayrollNumber
                | Self::UserName
                | Self::FileNumber
                | Self::PensionNumber
        )
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// The longest value that is looked at, in characters.
    pub const fn max(self) -> usize {
        match self {
            Self::Note | Self::Answer => 2000,
            _ => 300,
        }
    }

    /// Secrets are never kept in a journey nor written back into a page (norm 1, idea 2).
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::Password
                | Self::PasswordAgain
                | Self::CurrentPassword
                | Self::Code
                | Self::RobotCode
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn the_name_is_the_serialised_name() {
        for field in Field::ALL {
            let json = serde_json::to_string(field).unwrap();
            assert_eq!(json, format!("\"{}\"", field.name()));
            assert_eq!(Field::from_name(field.name()), Some(*field));
        }
    }
}
