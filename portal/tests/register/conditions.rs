//! S4.3: conditions of an account. Whoever does not meet them hears of all at once, and only after their data
//! matched (norm 2); the address may be asked for twice.

use std::sync::Arc;

use miftah_portal::model::Person;
use miftah_rules::profile::NationalIdKind;
use miftah_rules::view::{RegisterStep, Unmet};
use miftah_rules::{Field, Place};

use crate::kit::{Kit, codes, institution, person, register};
use crate::steps::{send, send_who};

/// A register that knows until when documents are valid; it is 2026-09-01.
async fn kit(persons: impl IntoIterator<Item = Person>) -> Kit {
    let mut kit = Kit::new().await;
    let mut institution = institution();
    institution.identifiers.further = vec![Field::DocumentExpires];
    institution.registration.email_twice = true;
    kit.portal.institution = Arc::new(institution);
    kit.load(persons).await;
    kit
}

fn valid_until(n: u32, day: &str) -> Person {
    Person {
        further: [(Field::DocumentExpires, day.to_owned())].into(),
        ..person(n)
    }
}

#[tokio::test]
async fn s4_3_every_condition_that_is_not_met_is_said() {
    let left = Person {
        status: "left".into(),
        national_id_kind: NationalIdKind::ResidenceCard,
        ..valid_until(3, "2026-08-31")
    };
    let kit = kit([
        valid_until(1, "2026-09-01"),
        valid_until(2, "2026-08-31"),
        left.clone(),
    ])
    .await;
    for (person, unmet) in [
        (
            valid_until(2, ""),
            vec![Unmet::CardExpired("2026-08-31".into())],
        ),
        (
            left,
            vec![Unmet::Status, Unmet::PermitExpired("2026-08-31".into())],
        ),
    ] {
        let mut browser = kit.browser();
        browser.open(Place::Register, "").await;
        let view = send_who(&mut browser, &person).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RegisterStep::Who, vec!["E104"])
        );
        assert_eq!(view.unmet, unmet);
        // Somebody else's data say nothing of it.
        let wrong = Person {
            birth_date: "1999-01-01".into(),
            ..person
        };
        let view = send_who(&mut browser, &wrong).await;
        assert_eq!((codes(&view.problems), view.unmet), (vec!["E101"], vec![]));
    }
    // On its last day a document is valid.
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let view = send_who(&mut browser, &person(1)).await;
    assert_eq!((view.step, view.unmet), (RegisterStep::Contact, vec![]));
}

#[tokio::test]
async fn s4_3_the_address_is_typed_twice_however_it_is_written() {
    let kit = kit([person(1)]).await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    send_who(&mut browser, &person(1)).await;
    let contact = async |browser: &mut _, again: &str| {
        let fields = [
            ("email", "amal@example.ma"),
            ("email_again", again),
            ("terms", "yes"),
        ];
        send(browser, "contact", &fields).await
    };
    for (again, code) in [
        ("", "E105"),
        ("amal@", "E108"),
        ("amal@example.org", "E112"),
    ] {
        let view = contact(&mut browser, again).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RegisterStep::Contact, vec![code])
        );
        assert_eq!(view.problems[0].field, Some(Field::EmailAgain));
    }
    let view = contact(&mut browser, " Amal@Example.ma").await;
    assert_eq!(view.step, RegisterStep::Code);
    // Nothing is lost by going back.
    let view = register(
        browser
            .submit(&[("step", "code"), ("action", "change")])
            .await,
    );
    assert_eq!(view.typed[&Field::EmailAgain], "Amal@Example.ma");
}
