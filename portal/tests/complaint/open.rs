//! S0.12 and S0.9 where accounts are open to everybody: no number is known, so the address one signs in
//! with locates the account, and what was said at registration narrows it.

use miftah_rules::view::{ComplainStep, RecordRow};
use miftah_rules::{Field, Place, Role};

use crate::kit::open::MAILBOX;
use crate::kit::{Kit, codes, complain, recover};
use crate::office::clerk;
use crate::way::{EMAIL, FILES, attach, confirm, send};

const DATA: [(&str, &str); 3] = [
    ("handle", " INES.Z@example.com"),
    ("national_id", "109980412000123456"),
    ("birth_date", "12-04-1998"),
];

#[tokio::test]
async fn s0_12_the_address_and_two_more_data_locate_the_account() {
    let kit = Kit::open_to_all().await;
    kit.settler(MAILBOX).await;
    for wrong in 0..DATA.len() {
        let mut browser = kit.browser();
        browser.open(Place::Assisted, "").await;
        let mut fields = DATA;
        fields[wrong].1 = ["else@example.com", "109980412000123457", "12-04-1999"][wrong];
        let view = send(&mut browser, "data", &fields).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (ComplainStep::Data, vec!["E301"])
        );
        assert_eq!(
            view.problems[0].field, None,
            "which one failed is never told"
        );
    }
    let mut browser = kit.browser();
    browser.open(Place::Assisted, "").await;
    let view = send(&mut browser, "data", &DATA).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Reach, vec![])
    );
    kit.remove().await;
}

#[tokio::test]
async fn s0_9_the_desk_sees_the_address_beside_the_account_and_adds_nobody() {
    let kit = Kit::open_to_all().await;
    kit.settler(MAILBOX).await;
    let mut browser = kit.browser();
    browser.open(Place::Complain, "").await;
    let names = [
        ("matter", "wrong_data"),
        ("last_name_ar", "زروقي"),
        ("first_name_ar", "إيمان"),
    ];
    let fields: Vec<_> = DATA.into_iter().chain(names).collect();
    let view = send(&mut browser, "data", &fields).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Reach, vec![])
    );
    send(&mut browser, "reach", &[("email", EMAIL)]).await;
    let code = kit.code(&browser.journey(), 1);
    send(&mut browser, "code", &[("code", &code)]).await;
    attach(&mut browser, "", &FILES).await;
    let reference = confirm(&mut browser).await.reference;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    let seen = officer.take(&reference).await;
    let record = &seen.records[0];
    let row = |field| record.rows.iter().find(|row| row.field == field).unwrap();
    let RecordRow {
        recorded, differs, ..
    } = row(Field::Handle).clone();
    assert_eq!((recorded.as_str(), differs), (MAILBOX, false));
    assert!(row(Field::FirstNameAr).differs);
    // A form that adds somebody is nobody's here.
    officer
        .press(
            &reference,
            "complete",
            &[("add", "1"), ("programme", "x"), ("status", "applicant")],
        )
        .await;
    assert_eq!(kit.portal.store.roll_size().await.unwrap(), 1);
    let fixed = [
        ("record", record.number.as_str()),
        ("fix_first_name_ar", "yes"),
    ];
    officer.press(&reference, "complete", &fixed).await;
    let person = kit.on_roll(&record.number).await;
    assert_eq!(person.first_name_ar, "إيمان");
    assert_eq!(
        person.further[&Field::BirthPlace],
        "مستغانم",
        "the rest stays"
    );
    kit.remove().await;
}

/// S2.2: the e-mail address is what one signs in with and recovers by.
#[tokio::test]
async fn s2_2_the_address_recovers_the_account_and_is_answered_alike_when_unknown() {
    let kit = Kit::open_to_all().await;
    kit.settler(MAILBOX).await;
    kit.new_letters().await;
    let mut pages = Vec::new();
    for handle in [MAILBOX, "nobody@example.com"] {
        let mut browser = kit.browser();
        browser.open(Place::Recover, "").await;
        let mut view = recover(
            browser
                .submit(&[("step", "find"), ("handle", handle)])
                .await,
        );
        view.trail.journey = None;
        view.typed.clear();
        pages.push(view);
        let letters = kit.new_letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].decoy, handle != MAILBOX);
    }
    assert_eq!(pages[0], pages[1]);
    // Nothing but the handle finds anybody here.
    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    let view = recover(browser.submit(&DATA[1..]).await);
    assert_eq!(codes(&view.problems), ["E105"]);
    kit.remove().await;
}

#[tokio::test]
async fn a_complaint_of_somebody_signed_in_has_their_data_in_it() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.settler(MAILBOX).await;
    let view = complain(browser.open(Place::Complain, "").await);
    assert_eq!(view.typed[&Field::Handle], MAILBOX);
    assert_eq!(view.typed[&Field::FirstNameAr], "إيناس");
    kit.remove().await;
}
