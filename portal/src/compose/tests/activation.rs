//! The link of an activation letter (norm 3).

use miftah_rules::Lang;
use miftah_rules::code::CodeForm;

use super::{OWN, PHONE, compare, institution, letter, write};
use crate::key::ServerKey;
use crate::letter::{ACTIVATE, Address, Body, Purpose, activate_about};
use crate::model::Letter;

const fn code(purpose: Purpose) -> Body {
    Body::Code {
        purpose,
        form: CodeForm::Digits,
    }
}

#[test]
fn a_letter_with_a_link_is_as_in_the_snapshot() {
    let mut institution = institution();
    institution.registration.activation_link = true;
    let mut mails = String::new();
    for lang in Lang::ALL {
        let letter = letter(lang, Address::email(OWN));
        let mail = write(&institution, &letter, &code(Purpose::Register)).unwrap();
        let (journey, counter) = letter.journey.as_ref().unwrap();
        let about = activate_about(journey, *counter);
        let token = ServerKey::new([7; 32]).link(ACTIVATE, &about);
        assert_eq!(mail.text.matches(&token).count(), 1, "{}", mail.text);
        assert!(mail.html.contains(&token), "{}", mail.html);
        mails += &format!("Subject: {}\n\n{}\n\n", mail.subject, mail.text);
    }
    compare("activation.txt", &mails);
}

#[test]
fn no_other_letter_has_one() {
    let mut institution = institution();
    let has = |institution: &_, letter: &Letter, purpose| {
        let mail = write(institution, letter, &code(purpose)).unwrap();
        mail.text.contains("/activate/") || mail.html.contains("/activate/")
    };
    let mail = letter(Lang::Ar, Address::email(OWN));
    assert!(!has(&institution, &mail, Purpose::Register));
    institution.registration.activation_link = true;
    for purpose in [Purpose::Recover, Purpose::Contact, Purpose::Complaint] {
        assert!(!has(&institution, &mail, purpose));
    }
    let sms = letter(Lang::Ar, Address::phone(PHONE));
    assert!(!has(&institution, &sms, Purpose::Register));
}
