//! The way through a complaint that most stories begin with.

use miftah_portal::model::{Letter, Person};
use miftah_rules::form::{Attached, Posted};
use miftah_rules::view::{ComplainStep, ComplainView, FollowView};
use miftah_rules::{Field, Place};

use crate::kit::{Browser, Kit, codes, complain, follow};

pub(crate) const EMAIL: &str = "meryem.a@example.ma";
pub(crate) const FRONT: &[u8] = b"\xff\xd8\xff the front";
pub(crate) const BACK: &[u8] = b"\x89PNG\r\n\x1a\n the back";
pub(crate) const SLIP: &[u8] = b"%PDF-1.7 the slip";

/// Both sides of the card, and the slip.
pub(crate) const FILES: [(&str, &[u8]); 3] =
    [("id_front", FRONT), ("id_back", BACK), ("slip", SLIP)];

/// Which of the two pages, and what is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    WrongData,
    CannotRegister,
    Assisted,
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::WrongData, Self::CannotRegister, Self::Assisted];

    pub(crate) fn place(self) -> Place {
        match self {
            Self::WrongData | Self::CannotRegister => Place::Complain,
            Self::Assisted => Place::Assisted,
        }
    }

    fn matter(self) -> &'static str {
        match self {
            Self::WrongData => "wrong_data",
            Self::CannotRegister => "cannot_register",
            Self::Assisted => "assisted",
        }
    }
}

/// What is claimed: everything that a person's documents say.
pub(crate) fn claim(person: &Person) -> Vec<(&'static str, String)> {
    [
        ("student_number", &person.number),
        ("national_id", &person.national_id),
        ("birth_date", &person.birth_date),
        ("last_name_ar", &person.last_name_ar),
        ("first_name_ar", &person.first_name_ar),
        ("last_name_latin", &person.last_name_latin),
        ("first_name_latin", &person.first_name_latin),
    ]
    .map(|(name, value)| (name, value.clone()))
    .to_vec()
}

/// Posts a step's form and shows what follows.
pub(crate) async fn send(
    browser: &mut Browser<'_>,
    step: &str,
    fields: &[(&str, &str)],
) -> ComplainView {
    let mut all = vec![("step", step)];
    all.extend_from_slice(fields);
    complain(browser.submit(&all).await)
}

pub(crate) async fn send_data(
    browser: &mut Browser<'_>,
    way: Way,
    person: &Person,
) -> ComplainView {
    let claim = claim(person);
    let mut fields: Vec<_> = claim
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    fields.push(("matter", way.matter()));
    send(browser, "data", &fields).await
}

/// A file as a browser sends it.
pub(crate) fn file(bytes: &[u8]) -> Attached {
    Attached {
        name: "scan.bin".into(),
        bytes: bytes.to_vec(),
        cut: false,
    }
}

/// The form of the documents.
pub(crate) fn papers(action: &str, files: &[(&str, &[u8])]) -> Posted {
    let pairs = vec![
        ("step".into(), "papers".into()),
        ("action".into(), action.into()),
    ];
    let files = files
        .iter()
        .map(|(slot, bytes)| ((*slot).into(), file(bytes)));
    Posted::with_files(pairs, files.collect())
}

pub(crate) async fn attach(
    browser: &mut Browser<'_>,
    action: &str,
    files: &[(&str, &[u8])],
) -> ComplainView {
    let outcome = browser
        .send(papers(action, files))
        .await
        .expect("an answer");
    browser.take(&outcome);
    complain(browser.reload().await)
}

/// A new browser whose first question is answered.
pub(crate) async fn at_reach<'k>(kit: &'k Kit, way: Way, person: &Person) -> Browser<'k> {
    let mut browser = kit.browser();
    browser.open(way.place(), "").await;
    let view = send_data(&mut browser, way, person).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Reach, vec![])
    );
    browser
}

/// A code is on its way to `email`.
pub(crate) async fn at_code<'k>(
    kit: &'k Kit,
    way: Way,
    person: &Person,
    email: &str,
) -> Browser<'k> {
    let mut browser = at_reach(kit, way, person).await;
    let fields = [
        ("email", email),
        ("phone", "0612345678"),
        ("note", "Please."),
    ];
    let view = send(&mut browser, "reach", &fields).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Code, vec![])
    );
    browser
}

pub(crate) async fn at_papers<'k>(
    kit: &'k Kit,
    way: Way,
    person: &Person,
    email: &str,
) -> Browser<'k> {
    let mut browser = at_code(kit, way, person, email).await;
    let code = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Papers, vec![])
    );
    assert!(!view.unconfirmed);
    browser
}

pub(crate) async fn at_check<'k>(
    kit: &'k Kit,
    way: Way,
    person: &Person,
    email: &str,
) -> Browser<'k> {
    let mut browser = at_papers(kit, way, person, email).await;
    let view = attach(&mut browser, "", &FILES).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Check, vec![])
    );
    browser
}

/// Sends what is at its last question.
pub(crate) async fn confirm(browser: &mut Browser<'_>) -> FollowView {
    let fields = [("step", "check"), ("consent", "yes")];
    follow(browser.submit(&fields).await)
}

/// A complaint that was sent: the browser on its receipt, and its reference.
pub(crate) async fn sent<'k>(
    kit: &'k Kit,
    way: Way,
    person: &Person,
    email: &str,
) -> (Browser<'k>, String) {
    let mut browser = at_check(kit, way, person, email).await;
    let view = confirm(&mut browser).await;
    assert!(view.open.is_some(), "{:?}", view.problems);
    (browser, view.reference)
}

/// The same without a confirmed address.
pub(crate) async fn sent_unconfirmed<'k>(
    kit: &'k Kit,
    way: Way,
    person: &Person,
    email: &str,
) -> (Browser<'k>, String) {
    let mut browser = at_code(kit, way, person, email).await;
    let view = send(&mut browser, "code", &[("action", "skip")]).await;
    assert_eq!(view.step, ComplainStep::Papers);
    attach(&mut browser, "", &FILES).await;
    let view = confirm(&mut browser).await;
    assert!(view.open.is_some(), "{:?}", view.problems);
    (browser, view.reference)
}

/// What the view says was typed in a field.
pub(crate) fn typed(view: &ComplainView, field: Field) -> &str {
    view.typed.get(&field).map_or("", String::as_str)
}

/// Kind and address of letters, sorted: letters of one moment have no order.
pub(crate) fn kinds(letters: &[Letter]) -> Vec<(&str, &str)> {
    let mut kinds: Vec<_> = letters
        .iter()
        .map(|letter| (letter.kind.as_str(), letter.to.as_str()))
        .collect();
    kinds.sort_unstable();
    kinds
}
