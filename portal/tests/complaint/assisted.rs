//! S0.12: whoever has lost every address asks the office, two officers agree, and every address that
//! is known hears of it.

use miftah_portal::letter::{Body, STOP};
use miftah_portal::model::{Account, AccountState, Letter, Person};
use miftah_portal::store::Write;
use miftah_rules::complaint::ComplaintState;
use miftah_rules::view::{ComplainStep, NotMeMatter};
use miftah_rules::{Place, Role};

use crate::kit::{Browser, HOUR, Kit, MINUTE, SECOND, body, codes, complain, not_me_page, person};
use crate::office::{Clerk, clerk};
use crate::way::{EMAIL, Way, at_check, at_reach, confirm, kinds, send, send_data, sent};

pub(crate) const OLD: &str = "amal@example.ma";
pub(crate) const PHONE: &str = "+212698765432";
pub(crate) const RECORD: &str = "record@example.ma";
pub(crate) const RECORD_PHONE: &str = "+212655555555";
/// Hours between the second officer's word and the new password.
pub(crate) const WAIT: i64 = 72 * HOUR;

/// Person 1 as the roll has them, with addresses of their own there.
pub(crate) fn owner() -> Person {
    Person {
        email: Some(RECORD.into()),
        phone: Some(RECORD_PHONE.into()),
        ..person(1)
    }
}

/// Person 1 has an account whose phone was never confirmed; person 2 has none.
pub(crate) async fn campus(kit: Kit) -> Kit {
    kit.load([owner(), person(2)]).await;
    kit.open_account_with(&owner(), OLD, |account| account.phone = Some(PHONE.into()))
        .await;
    kit
}

/// Two officers and an assisted recovery that the first of them has approved.
pub(crate) async fn approved(kit: &Kit) -> (Browser<'_>, String, [Clerk<'_>; 2]) {
    let (browser, reference) = sent(kit, Way::Assisted, &owner(), EMAIL).await;
    let mut first = clerk(kit, "amina", Role::Registry).await;
    let second = clerk(kit, "brahim", Role::Registry).await;
    first.take(&reference).await;
    first.press(&reference, "approve", &[]).await;
    (browser, reference, [first, second])
}

/// The same, accepted by the second: the waiting period begins.
pub(crate) async fn accepted(kit: &Kit) -> (Browser<'_>, String, [Clerk<'_>; 2]) {
    let (browser, reference, mut clerks) = approved(kit).await;
    clerks[1].take(&reference).await;
    let seen = clerks[1].press(&reference, "accept", &[]).await;
    assert_eq!(
        seen.case.state,
        ComplaintState::Accepted,
        "{:?}",
        seen.problems
    );
    (browser, reference, clerks)
}

/// The letters that tell of it, by address.
pub(crate) fn told(letters: &[Letter]) -> Vec<&str> {
    let told = kinds(letters).into_iter();
    told.filter(|(kind, _)| *kind == "assisted_told")
        .map(|(_, to)| to)
        .collect()
}

#[tokio::test]
async fn s0_12_the_data_must_match_a_record_with_an_account() {
    let kit = campus(Kit::new().await).await;
    let mut frozen = person(3);
    frozen.email = None;
    kit.load([frozen.clone()]).await;
    kit.open_account_with(&frozen, "f@example.ma", |account| {
        account.state = AccountState::Frozen;
    })
    .await;
    let other = |change: fn(&mut Person)| {
        let mut person = person(1);
        change(&mut person);
        person
    };
    for (claim, code) in [
        (other(|p| p.national_id = "JB400002".into()), "E301"),
        (other(|p| p.birth_date = "2004-02-28".into()), "E301"),
        (other(|p| p.number = "R000000099".into()), "E301"),
        (person(2), "E302"),
        (person(3), "E205"),
    ] {
        let mut browser = kit.browser();
        browser.open(Place::Assisted, "").await;
        let view = send_data(&mut browser, Way::Assisted, &claim).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (ComplainStep::Data, vec![code])
        );
        assert_eq!(
            view.problems[0].field, None,
            "which one failed is never told"
        );
        let view = send(&mut browser, "reach", &[("email", EMAIL)]).await;
        assert_eq!(view.step, ComplainStep::Data);
    }
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn norm_2_a_mismatch_costs_the_same_whether_the_number_is_known_or_has_an_account() {
    let kit = campus(Kit::on_disk().await).await;
    let mut raised = Vec::new();
    for (n, number) in ["R000000001", "R000000002", "R000000099"]
        .into_iter()
        .enumerate()
    {
        let mut browser = kit.browser();
        browser.network = format!("192.0.2.{n}");
        browser.open(Place::Assisted, "").await;
        let claim = Person {
            number: number.into(),
            birth_date: "1999-01-01".into(),
            ..person(1)
        };
        let before = kit.tally().await;
        send_data(&mut browser, Way::Assisted, &claim).await;
        let after = kit.tally().await;
        let number = |line: &String| line.rsplit(' ').next().unwrap().parse::<i64>().unwrap();
        let by: Vec<_> = before
            .iter()
            .zip(&after)
            .map(|(a, b)| number(b) - number(a))
            .collect();
        raised.push(by);
    }
    assert_eq!(raised[0], raised[1]);
    assert_eq!(raised[0], raised[2]);
    kit.remove().await;
}

#[tokio::test]
async fn norm_2_guessing_waits_as_in_recovery_and_together_with_it() {
    let kit = campus(Kit::new().await).await;
    let wrong = Person {
        birth_date: "1999-01-01".into(),
        ..person(1)
    };
    for n in 0..5 {
        let mut browser = kit.browser();
        let place = if n % 2 == 0 {
            Place::Assisted
        } else {
            Place::Recover
        };
        browser.open(place.clone(), "").await;
        if place == Place::Assisted {
            let view = send_data(&mut browser, Way::Assisted, &wrong).await;
            assert_eq!(codes(&view.problems), ["E301"]);
        } else {
            let fields = [
                ("student_number", "R000000001"),
                ("national_id", "JB400001"),
                ("birth_date", "1999-01-01"),
            ];
            browser.submit(&fields).await;
        }
    }
    let mut browser = kit.browser();
    browser.open(Place::Assisted, "").await;
    let view = send_data(&mut browser, Way::Assisted, &person(1)).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Data, vec!["E202"])
    );
    kit.wait(15 * MINUTE);
    let view = send_data(&mut browser, Way::Assisted, &person(1)).await;
    assert_eq!(view.step, ComplainStep::Reach);
}

#[tokio::test]
async fn s0_6_an_address_that_has_an_account_never_proves_and_its_owner_is_told() {
    let kit = campus(Kit::on_disk().await).await;
    kit.open_account(&person(2), "taken@example.ma").await;
    let (mut browser, mut free) = (
        at_reach(&kit, Way::Assisted, &owner()).await,
        at_reach(&kit, Way::Assisted, &owner()).await,
    );
    let taken = send(&mut browser, "reach", &[("email", "Taken@Example.ma")]).await;
    let letters = kit.new_letters().await;
    assert_eq!(kinds(&letters), [("email_in_use", "taken@example.ma")]);
    let view = send(&mut free, "reach", &[("email", "freee@example.ma")]).await;
    assert_eq!(
        kinds(&kit.new_letters().await),
        [("code", "freee@example.ma")]
    );
    // The page is the same but for what was typed.
    let neutral = |mut view: miftah_rules::view::ComplainView| {
        view.trail.journey = None;
        view.typed.clear();
        if let Some(code) = &mut view.code {
            code.sent_to = None;
        }
        view
    };
    assert_eq!(neutral(taken), neutral(view));
    let code = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Code, vec!["E303"])
    );
    assert!(view.unconfirmed);
    kit.remove().await;
}

#[tokio::test]
async fn s0_12_every_known_address_is_told_once_with_a_link_that_stops_it() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_check(&kit, Way::Assisted, &owner(), EMAIL).await;
    kit.new_letters().await;
    let view = confirm(&mut browser).await;
    let letters = kit.new_letters().await;
    assert_eq!(told(&letters), [RECORD_PHONE, PHONE, OLD, RECORD]);
    assert_eq!(letters.len(), 5, "and the receipt: {:?}", kinds(&letters));
    let receipt = letters
        .iter()
        .find(|letter| letter.kind == "complaint_received");
    assert_eq!(receipt.map(|letter| letter.to.as_str()), Some(EMAIL));
    let complaint = kit.complaint(&view.reference).await;
    for letter in letters
        .iter()
        .filter(|letter| letter.kind == "assisted_told")
    {
        let Body::AssistedTold {
            complaint: id,
            opens_at,
            ..
        } = body(letter)
        else {
            panic!("{}", letter.kind)
        };
        assert_eq!((id, opens_at), (complaint.id.clone(), None));
    }
    let account = kit.account_of(&owner()).await.unwrap();
    assert_eq!(kit.acts(&account).await, ["assisted_asked"]);
    assert_eq!(complaint.person, Some(owner().id));
}

#[tokio::test]
async fn the_same_address_twice_is_told_once() {
    let kit = Kit::new().await;
    let mut person = owner();
    person.email = Some("AMAL@example.ma".into());
    person.phone = Some(PHONE.into());
    kit.load([person.clone()]).await;
    kit.open_account_with(&person, OLD, |account| account.phone = Some(PHONE.into()))
        .await;
    sent(&kit, Way::Assisted, &person, EMAIL).await;
    assert_eq!(told(&kit.new_letters().await), [PHONE, OLD]);
}

#[tokio::test]
async fn each_letter_holds_a_stop_link_that_works() {
    let kit = campus(Kit::new().await).await;
    let (_, reference) = sent(&kit, Way::Assisted, &owner(), EMAIL).await;
    let token = kit
        .portal
        .key
        .link(STOP, kit.complaint(&reference).await.id.as_str());
    let path = Place::NotMe(token.clone()).path();
    let letters = kit.deliver().await;
    for to in [OLD, PHONE, RECORD, RECORD_PHONE] {
        let letter = letters.iter().find(|letter| letter.to == to);
        let letter = letter.unwrap_or_else(|| panic!("no letter to {to}"));
        assert!(letter.text.contains(&path), "{}", letter.text);
    }
    let view = not_me_page(kit.browser().open(Place::NotMe(token), "").await);
    assert_eq!(view.matter, NotMeMatter::Assisted);
}

/// The account as a story changes it while the office looks.
pub(crate) async fn change(kit: &Kit, change: impl FnOnce(&mut Account)) -> Account {
    let mut account = kit.account_of(&owner()).await.expect("an account");
    change(&mut account);
    let writes = vec![Write::ChangeAccount(account.clone())];
    kit.portal
        .store
        .commit(writes)
        .await
        .expect("it is changed");
    account
}

#[tokio::test]
async fn a_step_back_to_other_data_is_looked_at_anew() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_check(&kit, Way::Assisted, &owner(), EMAIL).await;
    send(&mut browser, "check", &[("action", "back"), ("to", "data")]).await;
    let view = send_data(&mut browser, Way::Assisted, &person(2)).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Data, vec!["E302"])
    );
    for step in ["reach", "papers", "check"] {
        let fields = [("email", EMAIL), ("consent", "yes")];
        let view = send(&mut browser, step, &fields).await;
        assert_eq!(view.step, ComplainStep::Data);
    }
    // Going back while other data stand there does not smuggle them in.
    let fields = [("action", "back"), ("student_number", "R000000002")];
    send(&mut browser, "data", &fields).await;
    kit.wait(SECOND);
    let view = complain(browser.reload().await);
    assert_eq!(view.step, ComplainStep::Data);
}
