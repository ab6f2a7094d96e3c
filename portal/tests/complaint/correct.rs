//! The roll is corrected in one press: each field alone, and nothing that was not ticked (S0.9).

use miftah_portal::act::Subject;
use miftah_portal::letter::{Body, Decision};
use miftah_portal::model::Person;
use miftah_rules::complaint::ComplaintState;
use miftah_rules::profile::NationalIdKind;
use miftah_rules::{Field, Role};

use crate::kit::{Kit, body, person};
use crate::office::{Clerk, clerk};
use crate::way::{EMAIL, Way, sent};

/// What the documents say: all of it differs from the record of person 1.
fn claimed() -> Person {
    Person {
        number: "R000000009".into(),
        national_id: "CD123456".into(),
        birth_date: "2003-12-31".into(),
        last_name_ar: "الإدريسي".into(),
        first_name_ar: "سلمى".into(),
        last_name_latin: "El Idrissi".into(),
        first_name_latin: "Salma".into(),
        ..person(1)
    }
}

const PHONE: &str = "+212612345678";

/// The record after one field is corrected.
fn with(field: Field) -> Person {
    let (mut after, claimed) = (person(1), claimed());
    match field {
        Field::StudentNumber => after.number = claimed.number,
        Field::NationalId => after.national_id = claimed.national_id,
        Field::BirthDate => after.birth_date = claimed.birth_date,
        Field::LastNameAr => after.last_name_ar = claimed.last_name_ar,
        Field::FirstNameAr => after.first_name_ar = claimed.first_name_ar,
        Field::LastNameLatin => after.last_name_latin = claimed.last_name_latin,
        Field::FirstNameLatin => after.first_name_latin = claimed.first_name_latin,
        Field::Email => after.email = Some(EMAIL.into()),
        Field::Phone => after.phone = Some(PHONE.into()),
        other => panic!("{other:?} is no field of a record"),
    }
    after
}

/// An officer who has a complaint about person 1, whose record was named by the officer.
async fn linked<'k>(kit: &'k Kit, claim: &Person) -> (Clerk<'k>, String) {
    let (_, reference) = sent(kit, Way::WrongData, claim, EMAIL).await;
    let mut officer = clerk(kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    let number = [("student_number", "r 000000001")];
    let seen = officer.press(&reference, "link", &number).await;
    assert_eq!((seen.problems, seen.case.records.len()), (vec![], 1));
    (officer, reference)
}

async fn recorded(kit: &Kit) -> Person {
    kit.portal
        .store
        .person(&person(1).id)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn s0_9_each_field_is_corrected_alone() {
    let fields = [
        Field::StudentNumber,
        Field::NationalId,
        Field::BirthDate,
        Field::LastNameAr,
        Field::FirstNameAr,
        Field::LastNameLatin,
        Field::FirstNameLatin,
        Field::Email,
        Field::Phone,
    ];
    for field in fields {
        let kit = Kit::new().await;
        kit.load([person(1), person(2)]).await;
        let (mut officer, reference) = linked(&kit, &claimed()).await;
        kit.new_letters().await;
        let seen = officer
            .correct(&reference, "R000000001", &[field.name()])
            .await;
        assert_eq!(
            (seen.problems, seen.case.state),
            (vec![], ComplaintState::Completed)
        );
        assert_eq!(recorded(&kit).await, with(field), "{field:?}");
        let other = kit.portal.store.person(&person(2).id).await.unwrap();
        assert_eq!(other, Some(person(2)));
        let told = kit.told(&Subject::person(&person(1).id)).await;
        assert_eq!((told.len(), told[0].act.as_str()), (1, "record_corrected"));
        assert_eq!(told[0].values["fields"], serde_json::json!([field.name()]));
        assert_eq!(told[0].by(), Some(officer.account.id.as_str()));
        let letters = kit.new_letters().await;
        assert_eq!(letters.len(), 1);
        assert!(matches!(
            body(&letters[0]),
            Body::ComplaintDecided {
                decision: Decision::Corrected,
                ..
            }
        ));
        let found = kit
            .portal
            .store
            .person_by_number(&with(field).number)
            .await
            .unwrap();
        assert_eq!(found.map(|found| found.id), Some(person(1).id));
    }
}

#[tokio::test]
async fn what_is_not_ticked_stays_addresses_above_all() {
    let kit = Kit::new().await;
    let mut on_roll = person(1);
    on_roll.email = Some("record@example.ma".into());
    kit.load([on_roll.clone()]).await;
    let (mut officer, reference) = linked(&kit, &claimed()).await;
    let case = officer.open(&reference).await.case;
    let rows = &case.records[0].rows;
    let email = rows.iter().find(|row| row.field == Field::Email).unwrap();
    assert_eq!(
        (email.differs, email.ticked),
        (true, false),
        "only the officer ticks these"
    );
    assert_eq!(
        (email.claimed.as_str(), email.recorded.as_str()),
        (EMAIL, "record@example.ma")
    );
    let phone = rows.iter().find(|row| row.field == Field::Phone).unwrap();
    assert_eq!((phone.ticked, phone.claimed.as_str()), (false, PHONE));
    assert!(rows.iter().filter(|row| row.ticked).count() == 7);
    officer
        .correct(
            &reference,
            "R000000001",
            &["birth_date", "programme", "status"],
        )
        .await;
    let after = Person {
        birth_date: claimed().birth_date,
        ..on_roll
    };
    assert_eq!(recorded(&kit).await, after);
}

#[tokio::test]
async fn with_nothing_to_correct_the_roll_is_left_alone() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let (mut officer, reference) = linked(&kit, &person(1)).await;
    let seen = officer
        .correct(&reference, "R000000001", &["birth_date"])
        .await;
    assert_eq!(seen.case.state, ComplaintState::Completed);
    assert!(kit.told(&Subject::person(&person(1).id)).await.is_empty());
}

#[tokio::test]
async fn e503_a_number_that_somebody_has_is_not_given_again() {
    let kit = Kit::new().await;
    let mut other = person(9);
    other.national_id = "XX1".into();
    kit.load([person(1), other.clone()]).await;
    let (mut officer, reference) = linked(&kit, &claimed()).await;
    kit.new_letters().await;
    let fields = ["student_number", "birth_date"];
    let seen = officer.correct(&reference, "R000000001", &fields).await;
    assert_eq!(
        (seen.problems, seen.case.state),
        (vec!["E503"], ComplaintState::InReview)
    );
    assert_eq!(recorded(&kit).await, person(1), "not by halves");
    assert_eq!(
        kit.portal.store.person(&other.id).await.unwrap(),
        Some(other)
    );
    assert!(kit.new_letters().await.is_empty());
    // Nor is somebody added under it.
    let add = [
        ("add", "1"),
        ("programme", "Droit"),
        ("year", "S1"),
        ("status", "enrolled"),
    ];
    let seen = officer.press(&reference, "complete", &add).await;
    assert_eq!(
        (seen.problems, seen.case.state),
        (vec!["E503"], ComplaintState::InReview)
    );
    assert_eq!(kit.portal.store.roll_size().await.unwrap(), 2);
}

#[tokio::test]
async fn the_kind_of_a_document_is_read_off_its_number() {
    for (number, kind) in [
        ("AB123456", NationalIdKind::Cin),
        ("K048213L", NationalIdKind::ResidenceCard),
        ("A01234567", NationalIdKind::Passport),
    ] {
        let kit = Kit::new().await;
        let mut on_roll = person(1);
        on_roll.national_id_kind = match kind {
            NationalIdKind::Cin => NationalIdKind::Passport,
            _ => NationalIdKind::Cin,
        };
        kit.load([on_roll]).await;
        let claim = Person {
            national_id: number.into(),
            ..person(1)
        };
        let (mut officer, reference) = linked(&kit, &claim).await;
        officer
            .correct(&reference, "R000000001", &["national_id"])
            .await;
        let after = recorded(&kit).await;
        assert_eq!(
            (after.national_id.as_str(), after.national_id_kind),
            (number, kind)
        );
        // The same for somebody who is added.
        let kit = Kit::new().await;
        let (_, reference) = sent(&kit, Way::CannotRegister, &claim, EMAIL).await;
        let mut officer = clerk(&kit, "amina", Role::Registry).await;
        officer.take(&reference).await;
        let add = [
            ("add", "1"),
            ("programme", "Droit"),
            ("year", "S1"),
            ("status", "enrolled"),
        ];
        officer.press(&reference, "complete", &add).await;
        let added = kit.on_roll("R000000001").await;
        assert_eq!(
            (added.national_id.as_str(), added.national_id_kind),
            (number, kind)
        );
    }
}

#[tokio::test]
async fn only_a_record_that_was_found_or_named_is_corrected() {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    let (_, reference) = sent(&kit, Way::WrongData, &person(1), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    let seen = officer
        .correct(&reference, "R000000002", &["last_name_ar"])
        .await;
    assert_eq!(seen.case.state, ComplaintState::InReview);
    let untouched = kit.portal.store.person(&person(2).id).await.unwrap();
    assert_eq!(untouched, Some(person(2)));
    for (number, problem) in [("12", "E106"), ("R000000077", "E101")] {
        let seen = officer
            .press(&reference, "link", &[("student_number", number)])
            .await;
        assert_eq!(seen.problems, [problem]);
    }
    assert_eq!(kit.complaint(&reference).await.person, None);
}

#[tokio::test]
async fn the_record_with_the_claimed_document_is_offered_too() {
    let kit = Kit::new().await;
    kit.load([person(1), person(2), person(3)]).await;
    let claim = Person {
        national_id: person(2).national_id,
        ..person(1)
    };
    let (_, reference) = sent(&kit, Way::WrongData, &claim, EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    let case = officer.take(&reference).await;
    let offered: Vec<_> = case
        .records
        .iter()
        .map(|record| record.number.as_str())
        .collect();
    assert_eq!(offered, ["R000000001", "R000000002"]);
    officer
        .press(&reference, "link", &[("student_number", "R000000003")])
        .await;
    let case = officer.open(&reference).await.case;
    assert_eq!(
        (case.records.len(), case.records[0].number.as_str()),
        (1, "R000000003")
    );
}

#[tokio::test]
async fn an_added_person_needs_a_place_in_the_institution() {
    let kit = Kit::new().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    let whole = [
        ("add", "1"),
        ("programme", "Droit"),
        ("year", "S1"),
        ("status", "enrolled"),
    ];
    // Not every institution counts in years.
    for missing in [1, 3] {
        let mut fields = whole.to_vec();
        fields[missing].1 = " ";
        let seen = officer.press(&reference, "complete", &fields).await;
        assert_eq!(
            (seen.problems, seen.case.state),
            (vec!["E105"], ComplaintState::InReview)
        );
    }
    let mut fields = whole.to_vec();
    fields[3].1 = "emperor";
    let seen = officer.press(&reference, "complete", &fields).await;
    assert_eq!(seen.problems, ["E105"], "a status that opens no account");
    let seen = officer.press(&reference, "complete", &whole[1..]).await;
    assert_eq!(
        seen.case.state,
        ComplaintState::InReview,
        "not asked to add anybody"
    );
    assert_eq!(kit.portal.store.roll_size().await.unwrap(), 0);
    officer.press(&reference, "complete", &whole).await;
    let added = kit.on_roll("R000000001").await;
    let told = kit.told(&Subject::person(&added.id)).await;
    assert_eq!((told.len(), told[0].act.as_str()), (1, "person_added"));
    assert_eq!(told[0].by(), Some(officer.account.id.as_str()));
}

#[tokio::test]
async fn where_nothing_is_to_be_corrected_the_letter_does_not_say_so() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    // What is claimed stands on the roll meanwhile.
    let (mut officer, reference) = linked(&kit, &person(1)).await;
    kit.new_letters().await;
    let seen = officer.correct(&reference, "R000000001", &[]).await;
    assert_eq!(seen.case.state, ComplaintState::Completed);
    let letters = kit.new_letters().await;
    let Body::ComplaintDecided { decision, .. } = body(&letters[0]) else {
        panic!("no decision");
    };
    assert_eq!((letters.len(), decision), (1, Decision::InOrder));
    assert_eq!(recorded(&kit).await, person(1));
}

#[tokio::test]
async fn two_officers_correct_two_fields_of_one_record_at_once_and_both_stay() {
    let kit = Kit::on_disk().await;
    kit.load([person(1)]).await;
    let (_, first) = sent(&kit, Way::WrongData, &claimed(), EMAIL).await;
    let (_, second) = sent(&kit, Way::WrongData, &claimed(), "x@example.ma").await;
    let mut clerks = Vec::new();
    for (name, reference) in [("amina", &first), ("brahim", &second)] {
        let mut officer = clerk(&kit, name, Role::Registry).await;
        officer.take(reference).await;
        let number = [("student_number", "R000000001")];
        officer.press(reference, "link", &number).await;
        clerks.push(officer);
    }
    let [mut left, mut right]: [Clerk<'_>; 2] = clerks.try_into().unwrap();
    tokio::join!(
        left.correct(&first, "R000000001", &["last_name_ar"]),
        right.correct(&second, "R000000001", &["first_name_latin"]),
    );
    let now = recorded(&kit).await;
    assert_eq!(
        (now.last_name_ar.as_str(), now.first_name_latin.as_str()),
        ("الإدريسي", "Salma")
    );
    kit.remove().await;
}
