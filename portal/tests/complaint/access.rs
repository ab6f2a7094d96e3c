//! The desk is there for officers alone, and to each as much as the role has.

use miftah_portal::desk;
use miftah_portal::model::Letter;
use miftah_portal::pages::{Acted, Shown};
use miftah_portal::store::Write;
use miftah_rules::complaint::{ComplaintEvent, ComplaintState};
use miftah_rules::view::{Page, StaffContent};
use miftah_rules::{Place, Role};

use crate::kit::{Browser, Kit, MINUTE, person, staff};
use crate::office::{Clerk, clerk};
use crate::way::{EMAIL, FRONT, SLIP, Way, kinds, sent};

const POSTS: [&[(&str, &str)]; 6] = [
    &[("action", "take"), ("version", "0")],
    &[("action", "complete"), ("version", "0"), ("add", "1")],
    &[
        ("action", "refuse"),
        ("version", "0"),
        ("reason", "other"),
        ("answer", "x"),
    ],
    &[
        ("action", "link"),
        ("version", "0"),
        ("student_number", "R000000002"),
    ],
    &[
        ("action", "release"),
        ("letter", "018f0000-0000-7000-8000-000000000000"),
    ],
    &[("switch_language", "fr")],
];

fn places(reference: &str) -> [Place; 4] {
    [
        Place::Staff,
        Place::StaffLetters,
        Place::StaffComplaint(reference.to_owned()),
        Place::StaffComplaint("FSAB2CD3EF".into()),
    ]
}

/// A student who is signed in.
async fn student(kit: &Kit) -> Browser<'_> {
    kit.load([person(2)]).await;
    kit.open_account(&person(2), "amal@example.ma").await;
    let mut browser = kit.browser();
    browser.sign_in("amal@example.ma").await;
    assert!(browser.session.is_some());
    browser
}

#[tokio::test]
async fn a_student_finds_no_page_of_the_desk_and_no_post_is_taken() {
    let kit = Kit::on_disk().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let student = student(&kit).await;
    let before = (kit.tally().await, kit.complaint(&reference).await);
    for place in places(&reference) {
        for query in ["", "q=R000000001", "show=decided", "moved=1"] {
            let shown = student.look(&place, query).await;
            assert!(matches!(shown, Shown::Missing), "{place:?} {query}");
        }
        for fields in POSTS {
            let acted = student.knock(&place, "", fields).await;
            assert!(matches!(acted, Acted::Missing), "{place:?} {fields:?}");
        }
    }
    assert_eq!((kit.tally().await, kit.complaint(&reference).await), before);
    kit.remove().await;
}

#[tokio::test]
async fn a_stranger_signs_in_first_and_learns_nothing() {
    let kit = Kit::on_disk().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let stranger = kit.browser();
    let before = (kit.tally().await, kit.complaint(&reference).await);
    for place in places(&reference) {
        let Shown::Elsewhere(outcome) = stranger.look(&place, "").await else {
            panic!("{place:?} is shown");
        };
        assert_eq!(outcome.place, Place::Login, "whether there is one or not");
        for fields in POSTS {
            let Acted::Done(outcome) = stranger.knock(&place, "", fields).await else {
                panic!("{place:?} is missing");
            };
            assert_eq!(outcome.place, Place::Login);
        }
    }
    assert_eq!((kit.tally().await, kit.complaint(&reference).await), before);
    kit.remove().await;
}

#[tokio::test]
async fn an_officer_comes_back_to_the_complaint_after_signing_in() {
    let kit = Kit::new().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let account = kit
        .officer("amina", "amina@desk.example", Role::Registry)
        .await;
    let mut browser = kit.browser();
    let place = Place::StaffComplaint(reference);
    browser.open(place.clone(), "").await;
    assert_eq!(browser.place, Place::Login);
    let then = browser.query.strip_prefix("then=").unwrap().to_owned();
    let fields = [
        ("handle", account.email.as_str()),
        ("password", crate::kit::PASSWORD),
        ("then", &then),
    ];
    browser.submit(&fields).await;
    assert_eq!(browser.place, place);
}

#[tokio::test]
async fn an_officer_whose_account_is_closed_is_out_at_once() {
    let kit = Kit::new().await;
    let officer = clerk(&kit, "amina", Role::Registry).await;
    let store = kit.portal.store.as_ref();
    miftah_portal::staff::remove(store, (&kit.portal).into(), &officer.account.email)
        .await
        .unwrap();
    assert!(matches!(
        officer.browser.look(&Place::Staff, "").await,
        Shown::Elsewhere(_)
    ));
}

/// A letter that could not be delivered.
async fn parked(kit: &Kit) -> Letter {
    kit.new_letters().await;
    let account = kit
        .officer("x", "nobody@desk.example", Role::Registry)
        .await;
    let letter = Letter {
        id: miftah_portal::id::LetterId("018f0000-0000-7000-8000-00000000000a".into()),
        kind: "staff_invited".into(),
        channel: miftah_rules::view::Channel::Email,
        to: account.email,
        lang: miftah_rules::Lang::Ar,
        params: r#"{"kind":"staff_invited","name":"x","role":"registry"}"#.into(),
        journey: None,
        decoy: false,
        created_at: kit.now(),
        next_at: kit.now(),
        attempts: 0,
    };
    let store = &kit.portal.store;
    let queued = vec![Write::Queue(letter.clone())];
    store.commit(queued).await.unwrap();
    let taken = store
        .take_letters(letter.channel, kit.now(), MINUTE, 10)
        .await;
    assert_eq!(taken.unwrap().len(), 1);
    let why = "550 no such user".into();
    store
        .letter_parked(&letter.id, kit.now(), &why)
        .await
        .unwrap();
    letter
}

#[tokio::test]
async fn letters_are_the_administrators() {
    let kit = Kit::new().await;
    let letter = parked(&kit).await;
    let release = [("action", "release"), ("letter", letter.id.as_str())];
    let registry = clerk(&kit, "amina", Role::Registry).await;
    let place = Place::StaffLetters;
    assert!(matches!(
        registry.browser.look(&place, "").await,
        Shown::Missing
    ));
    assert!(matches!(
        registry.browser.knock(&place, "", &release).await,
        Acted::Missing
    ));
    assert!(kit.new_letters().await.is_empty());

    let mut administrator = clerk(&kit, "badr", Role::Administrator).await;
    let view = staff(administrator.browser.open(place, "").await);
    let StaffContent::Letters(rows) = view.content else {
        panic!("no letters");
    };
    assert_eq!(
        (rows.len(), rows[0].to.as_str(), rows[0].dead),
        (1, "n•••@d•••.example", false)
    );
    administrator.browser.submit(&release).await;
    assert_eq!(administrator.browser.query, "released=1");
    assert_eq!(
        kinds(&kit.new_letters().await),
        [("staff_invited", letter.to.as_str())]
    );
    assert_eq!(kit.acts(&administrator.account).await, ["letter_released"]);
    administrator.browser.submit(&release).await;
    assert_eq!(
        kit.acts(&administrator.account).await.len(),
        1,
        "it waits no more"
    );
}

#[tokio::test]
async fn an_administrator_gives_back_what_a_colleague_has() {
    let kit = Kit::new().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut away = clerk(&kit, "amina", Role::Registry).await;
    away.take(&reference).await;
    let mut colleague = clerk(&kit, "brahim", Role::Registry).await;
    let seen = colleague.press(&reference, "release", &[]).await;
    assert_eq!(
        (seen.case.state, seen.case.moved),
        (ComplaintState::InReview, true)
    );
    let mut administrator = clerk(&kit, "badr", Role::Administrator).await;
    let seen = administrator.open(&reference).await;
    assert_eq!(
        (seen.case.mine, seen.case.officer.as_deref()),
        (false, Some("amina"))
    );
    assert_eq!(
        seen.case.may,
        [ComplaintEvent::Release],
        "and no decision over their head"
    );
    administrator.press(&reference, "release", &[]).await;
    assert_eq!(kit.complaint(&reference).await.officer, None);
    colleague.take(&reference).await;
    let seen = away.open(&reference).await;
    assert_eq!((seen.case.mine, seen.case.may), (false, vec![]));
}

#[tokio::test]
async fn documents_are_served_to_whoever_has_it_and_to_nobody_else() {
    let kit = Kit::new().await;
    let (person_s, reference) = sent(&kit, Way::WrongData, &person(1), EMAIL).await;
    let mut officer: Clerk<'_> = clerk(&kit, "amina", Role::Registry).await;
    let administrator = clerk(&kit, "badr", Role::Administrator).await;
    let student = student(&kit).await;
    let stranger = kit.browser();
    let served = async |browser: &Browser<'_>, slot: &str| {
        let visitor = browser.visitor().await;
        desk::paper(&kit.portal, &visitor, &reference, slot)
            .await
            .expect("an answer")
    };
    assert!(
        served(&officer.browser, "id_front").await.is_none(),
        "not taken yet"
    );
    assert!(officer.open(&reference).await.case.papers.is_empty());
    let case = officer.take(&reference).await;
    let pictures: Vec<_> = case.papers.iter().map(|paper| paper.picture).collect();
    assert_eq!(pictures, [true, true, false]);
    for other in [&administrator.browser, &student, &stranger, &person_s] {
        assert!(served(other, "id_front").await.is_none());
    }
    let front = served(&officer.browser, "id_front")
        .await
        .expect("the document");
    assert_eq!(
        (front.name, front.bytes),
        (format!("{reference}-id_front.jpg"), FRONT.to_vec())
    );
    let slip = served(&officer.browser, "slip")
        .await
        .expect("the document");
    assert_eq!(
        (slip.media.mime(), slip.bytes),
        ("application/pdf", SLIP.to_vec())
    );
    for odd in ["", "photo", "../slip", "id_front.jpg"] {
        assert!(served(&officer.browser, odd).await.is_none(), "{odd}");
    }
    officer.press(&reference, "release", &[]).await;
    assert!(
        served(&officer.browser, "id_front").await.is_none(),
        "given back"
    );
    officer.take(&reference).await;
    officer.correct(&reference, "", &[]).await;
    let no = [("reason", "other"), ("answer", "No.")];
    officer.press(&reference, "refuse", &no).await;
    assert!(
        served(&officer.browser, "id_front").await.is_none(),
        "decided"
    );
}

#[tokio::test]
async fn the_list_shows_what_waits_what_is_mine_and_what_is_looked_for() {
    let kit = Kit::new().await;
    let (_, first) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    kit.wait(1000);
    let (_, second) = sent(&kit, Way::CannotRegister, &person(3), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    assert_eq!(
        officer.listed("").await,
        [first.as_str(), &second],
        "the oldest first"
    );
    officer.take(&first).await;
    assert_eq!(officer.listed("").await, [second.as_str()]);
    assert_eq!(officer.queue("").await.waiting, 1);
    assert_eq!(officer.listed("show=mine").await, [first.as_str()]);
    let no = [("reason", "other"), ("answer", "No.")];
    officer.press(&first, "refuse", &no).await;
    assert_eq!(officer.listed("show=mine").await, [""; 0]);
    assert_eq!(officer.listed("show=decided").await, [first.as_str()]);
    let lower = format!("q={}+{}", &second[..4].to_lowercase(), &second[4..]);
    for (query, found) in [("q=r000000001", &first), (lower.as_str(), &second)] {
        assert_eq!(officer.listed(query).await, [found.as_str()], "{query}");
    }
    assert_eq!(officer.listed("q=nobody").await, [""; 0]);
    let row = &officer.queue("").await.rows[0];
    assert_eq!(
        (row.name.as_str(), row.number.as_str()),
        ("مريم العلوي", "R000000003")
    );
    let Page::Staff(_) = officer.browser.reload().await else {
        panic!("no desk");
    };
}
