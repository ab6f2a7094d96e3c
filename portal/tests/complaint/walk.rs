//! S0.9 from the refused registration to the one that succeeds.

use miftah_portal::ports::Rendered;
use miftah_rules::complaint::{ComplaintKind, ComplaintState};
use miftah_rules::view::{ComplainStep, FollowView, FollowWhat, Onward, RegisterStep};
use miftah_rules::{Field, Lang, Place, Problem, Role};

use crate::kit::{Browser, Kit, PASSWORD, codes, complain, follow, person, recover, register};
use crate::office::clerk;
use crate::way::{EMAIL, FILES, Way, attach, confirm, send, send_data, sent, typed};

/// Where the first link of a letter about a complaint leads.
fn link(letter: &Rendered) -> (Place, String) {
    let at = letter.text.find("https://portal.example/").expect("a link");
    let url = letter.text[at..].split_whitespace().next().expect("a link");
    let path = url.trim_start_matches("https://portal.example/");
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let (_, path) = path.split_once('/').expect("a language");
    (Place::parse(path).expect("a page"), query.to_owned())
}

fn to<'l>(letters: &'l [Rendered], address: &str) -> Vec<&'l Rendered> {
    letters
        .iter()
        .filter(|letter| letter.to == address)
        .collect()
}

/// Opens a letter's link in a new browser and presses its button.
async fn follow_link<'k>(kit: &'k Kit, letter: &Rendered) -> (Browser<'k>, FollowView) {
    let (place, query) = link(letter);
    let mut browser = kit.browser();
    let view = follow(browser.open(place, &query).await);
    assert_eq!(
        (view.open.is_none(), view.problems.len()),
        (true, 0),
        "opening shows nothing"
    );
    assert_eq!(browser.secret, None, "and begins nothing");
    let token = view.token.expect("a button");
    let view = follow(browser.submit(&[("token", &token)]).await);
    (browser, view)
}

/// Registers with what a complaint brings along, up to the home page.
async fn goes_on(kit: &Kit, mut browser: Browser<'_>, email: &str) {
    let from = browser.journey();
    let view = register(browser.open(Place::Register, &format!("from={from}")).await);
    assert_eq!(
        view.typed.get(&Field::StudentNumber).map(String::as_str),
        Some("R000000001")
    );
    let view = register(browser.submit(&[("from", &from)]).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RegisterStep::Contact, vec![])
    );
    let fields = [("step", "contact"), ("email", email), ("terms", "yes")];
    browser.submit(&fields).await;
    let code = kit.code(&browser.journey(), 1);
    browser.submit(&[("step", "code"), ("code", &code)]).await;
    let fields = [
        ("step", "password"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    browser.submit(&fields).await;
    assert_eq!(browser.place, Place::Home);
    assert!(browser.session.is_some());
}

/// A registration that meets E101, and the query with which its page leads to the complaint.
async fn refused<'k>(kit: &'k Kit, fields: &[(&str, &str)]) -> (Browser<'k>, String) {
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let view = register(browser.submit(fields).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RegisterStep::Who, vec!["E101"])
    );
    let query = format!("from={}&problem=E101", browser.journey());
    (browser, query)
}

#[tokio::test]
async fn s0_9_wrong_data_is_corrected_and_the_registration_goes_on() {
    let kit = Kit::new().await;
    let mut recorded = person(1);
    recorded.birth_date = "2004-02-28".into();
    recorded.last_name_ar = "العلوى".into();
    kit.load([recorded, person(2)]).await;

    let data = [
        ("step", "who"),
        ("student_number", "r 000 000 001"),
        ("national_id", "jb-400001"),
        ("birth_date", "29/02/2004"),
    ];
    let (mut browser, query) = refused(&kit, &data).await;

    // S0.4, S0.9: it is offered already filled, with the problem's code.
    let view = complain(browser.open(Place::Complain, &query).await);
    assert_eq!(
        (view.step, view.problem),
        (ComplainStep::Data, Some(Problem::NoRecord))
    );
    for (name, value) in &data[1..] {
        let field = Field::from_name(name).unwrap();
        assert_eq!(typed(&view, field), *value);
    }
    let view = send_data(&mut browser, Way::WrongData, &person(1)).await;
    assert_eq!(view.step, ComplainStep::Reach, "{:?}", view.problems);
    let reach = [
        ("email", EMAIL),
        ("phone", "06 12 34 56 78"),
        ("note", "Born on the 29th."),
    ];
    let view = send(&mut browser, "reach", &reach).await;
    assert_eq!(
        view.code.and_then(|code| code.sent_to).as_deref(),
        Some(EMAIL)
    );
    let letters = kit.deliver().await;
    let code = kit.code(&browser.journey(), 1);
    assert!(
        to(&letters, EMAIL)[0].text.contains(&code),
        "the code letter"
    );
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!((view.step, view.unconfirmed), (ComplainStep::Papers, false));
    let view = attach(&mut browser, "", &FILES).await;
    assert_eq!((view.step, view.papers.len()), (ComplainStep::Check, 3));
    let view = confirm(&mut browser).await;

    let shown = view.open.expect("the receipt");
    assert_eq!(
        (shown.kind, shown.state),
        (ComplaintKind::WrongData, ComplaintState::Submitted)
    );
    let secret = shown.code.expect("the code that belongs to it");
    let reference = view.reference;
    assert!(reference.starts_with("FS"));
    let letters = kit.deliver().await;
    let receipt = to(&letters, EMAIL);
    assert_eq!(
        (letters.len(), receipt.len()),
        (1, 1),
        "nobody else is told"
    );
    assert!(receipt[0].text.contains(&secret) && receipt[0].text.contains(&reference));

    let stored = kit.complaint(&reference).await;
    assert_eq!(stored.problem, Some(Problem::NoRecord));
    assert_eq!(
        (stored.note.as_str(), stored.phone.as_deref()),
        (reach[2].1, Some("+212612345678"))
    );
    assert_eq!(
        stored.claim.get(&Field::BirthDate).map(String::as_str),
        Some("2004-02-29")
    );

    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    assert_eq!(officer.listed("").await, [reference.as_str()]);
    let case = officer.take(&reference).await;
    assert_eq!(
        (case.problem, case.note.as_str()),
        (Some(Problem::NoRecord), reach[2].1)
    );
    let ticked: Vec<_> = case.records[0]
        .rows
        .iter()
        .filter(|row| row.ticked)
        .map(|row| row.field)
        .collect();
    assert_eq!(ticked, [Field::BirthDate, Field::LastNameAr]);
    let seen = officer
        .correct(&reference, "R000000001", &["birth_date", "last_name_ar"])
        .await;
    assert_eq!(
        (seen.problems, seen.case.state),
        (vec![], ComplaintState::Completed)
    );

    let letters = kit.deliver().await;
    assert_eq!(letters.len(), 1);
    let (mut browser, view) = follow_link(&kit, &letters[0]).await;
    let shown = view.open.expect("what became of it");
    assert_eq!(
        (shown.state, shown.onward),
        (ComplaintState::Completed, Some(Onward::Register))
    );
    assert_eq!(shown.code, None, "shown on the receipt alone");
    let steps: Vec<_> = shown.steps.iter().map(|step| step.what).collect();
    assert_eq!(
        steps,
        [
            FollowWhat::Submitted,
            FollowWhat::Taken,
            FollowWhat::Completed
        ]
    );
    let view = follow(browser.reload().await);
    assert!(view.open.is_some(), "it stays open here");
    goes_on(&kit, browser, EMAIL).await;
    assert!(kit.account_of(&person(1)).await.is_some());
}

#[tokio::test]
async fn s0_9_whoever_is_missing_is_added_and_registers() {
    // No roll was ever loaded, and one that has others.
    for loaded in [false, true] {
        let kit = Kit::new().await;
        if loaded {
            kit.load([person(2)]).await;
        }
        let (browser, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
        drop(browser);
        kit.deliver().await;
        let mut officer = clerk(&kit, "amina", Role::Registry).await;
        let case = officer.take(&reference).await;
        assert_eq!(
            (case.kind, case.records.len()),
            (ComplaintKind::CannotRegister, 0)
        );
        assert_eq!(case.claim.len(), 7);
        assert_eq!(case.statuses, ["enrolled", "graduated"]);
        let place = [
            ("programme", "القانون الخاص"),
            ("year", "S1"),
            ("status", "enrolled"),
        ];
        let mut fields = vec![("add", "1")];
        fields.extend_from_slice(&place);
        let seen = officer.press(&reference, "complete", &fields).await;
        assert_eq!(
            (seen.problems, seen.case.state),
            (vec![], ComplaintState::Completed)
        );

        let added = kit.on_roll("R000000001").await;
        let wanted = miftah_portal::model::Person {
            id: added.id.clone(),
            year: "S1".into(),
            ..person(1)
        };
        assert_eq!(
            added, wanted,
            "and no address: nobody has confirmed that it is theirs"
        );

        let letters = kit.deliver().await;
        let (browser, view) = follow_link(&kit, &letters[0]).await;
        assert_eq!(view.open.unwrap().onward, Some(Onward::Register));
        goes_on(&kit, browser, EMAIL).await;
        assert!(kit.account_of(&added).await.is_some());
        // A roll that is loaded afterwards finds the person there.
        kit.load([person(1), person(3)]).await;
        let again = kit.on_roll("R000000001").await;
        assert_eq!((again.id, again.year.as_str()), (added.id, "S3"));
    }
}

#[tokio::test]
async fn s0_9_a_recovery_that_did_not_match_goes_on_as_a_recovery() {
    let kit = Kit::new().await;
    let mut recorded = person(1);
    recorded.birth_date = "2004-02-28".into();
    kit.load([recorded]).await;
    kit.open_account(&person(1), "amal@example.ma").await;
    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    let data = [
        ("student_number", "R000000001"),
        ("national_id", "JB400001"),
        ("birth_date", "2004-02-29"),
    ];
    let view = recover(browser.submit(&data).await);
    assert_eq!(codes(&view.problems), ["E301"]);
    let query = format!("from={}&problem=E301", browser.journey());
    let view = complain(browser.open(Place::Complain, &query).await);
    assert_eq!(typed(&view, Field::BirthDate), "2004-02-29");
    send_data(&mut browser, Way::WrongData, &person(1)).await;
    send(&mut browser, "reach", &[("email", EMAIL)]).await;
    let code = kit.code(&browser.journey(), 1);
    send(&mut browser, "code", &[("code", &code)]).await;
    attach(&mut browser, "", &FILES).await;
    let reference = confirm(&mut browser).await.reference;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    officer
        .correct(&reference, "R000000001", &["birth_date"])
        .await;
    let view = follow(browser.reload().await);
    assert_eq!(view.open.unwrap().onward, Some(Onward::Recover));
    let from = browser.journey();
    browser.open(Place::Recover, &format!("from={from}")).await;
    let view = recover(browser.submit(&[("from", &from)]).await);
    assert_eq!(
        (codes(&view.problems), view.destinations.len()),
        (vec![], 1)
    );
}

#[tokio::test]
async fn letters_are_in_the_language_in_which_it_was_sent() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let (mut browser, reference) = {
        let mut browser = crate::way::at_check(&kit, Way::WrongData, &person(1), EMAIL).await;
        browser.lang = Lang::Fr;
        let reference = confirm(&mut browser).await.reference;
        (browser, reference)
    };
    browser.lang = Lang::En;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    officer.correct(&reference, "R000000001", &[]).await;
    let letters = kit.new_letters().await;
    let ours = letters
        .iter()
        .filter(|letter| letter.kind.starts_with("complaint"));
    let langs: Vec<_> = ours.map(|letter| letter.lang).collect();
    assert_eq!(langs, [Lang::Fr, Lang::Fr]);
}
