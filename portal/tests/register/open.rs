//! S2.1: where accounts are open to everybody, people say themselves who they are.

use miftah_portal::letter::{ACTIVATE, activate_about};
use miftah_rules::profile::NationalIdKind;
use miftah_rules::view::{ActivateState, Page, RegisterStep};
use miftah_rules::{Field, Place};

use crate::kit::open::{MAILBOX, SAID, said_but};
use crate::kit::{HOUR, Kit, PASSWORD, SECOND, activate, codes, register};

#[tokio::test]
async fn s2_1_what_somebody_says_becomes_a_record_with_the_account() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.newcomer(MAILBOX).await;
    assert_eq!(kit.portal.store.roll_size().await.unwrap(), 0, "not before");
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    let code = kit.code_in(&letters[0]);
    browser.submit(&[("step", "code"), ("code", &code)]).await;
    let own = [
        ("step", "password"),
        ("password", "zerrouki 1998"),
        ("password_again", "zerrouki 1998"),
    ];
    let view = register(browser.submit(&own).await);
    assert_eq!(codes(&view.problems), ["E403"], "it has the name in it");
    let chosen = [
        ("step", "password"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let page = browser.submit(&chosen).await;
    assert!(matches!(page, Page::Home(_)));
    let (account, person) = kit.opened(MAILBOX).await.unwrap();
    assert_eq!(account.phone.as_deref(), Some("+213551234567"));
    assert!(!account.phone_confirmed);
    assert_eq!(person.number.len(), 10);
    assert_eq!(person.full_name(miftah_rules::Lang::Fr), "Inès Zerrouki");
    assert_eq!(person.birth_date, "1998-04-12");
    assert_eq!(person.further[&Field::BirthPlace], "مستغانم");
    assert_eq!(
        (person.national_id_kind, person.national_id.as_str()),
        (NationalIdKind::Cin, "109980412000123456")
    );
    assert_eq!(person.status, "applicant");
    // Both ways in: the address, and the number that came with the account.
    for handle in [MAILBOX, &person.number] {
        let mut other = kit.browser();
        assert!(
            matches!(other.sign_in(handle).await, Page::Home(_)),
            "{handle}"
        );
    }
    kit.remove().await;
}

#[tokio::test]
async fn s2_1_each_answer_is_judged_by_itself() {
    let kit = Kit::open_to_all().await;
    for (field, wrong, code) in [
        ("last_name_ar", "Zerrouki", "E106"),
        ("first_name_ar", "", "E105"),
        ("last_name_latin", "زروقي", "E106"),
        ("first_name_latin", "In3s", "E106"),
        ("birth_date", "2099-01-01", "E111"),
        ("birth_date", "2020-01-01", "E111"),
        ("birth_date", "1900-01-01", "E111"),
        ("birth_date", "31/02/1998", "E107"),
        ("birth_place", "", "E105"),
        ("birth_place", "=1+1", "E106"),
        ("national_id", "12345", "E106"),
    ] {
        let mut browser = kit.browser();
        browser.open(Place::Register, "").await;
        let mut fields = said_but(field, wrong);
        fields.push(("step", "who"));
        let view = register(browser.submit(&fields).await);
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RegisterStep::Who, vec![code]),
            "{field} {wrong}"
        );
        assert_eq!(view.problems[0].field.unwrap().name(), field);
        // Corrected, everything else stands.
        let view = register(browser.submit(&SAID).await);
        assert_eq!(view.step, RegisterStep::Contact);
        let view = register(
            browser
                .submit(&[("step", "contact"), ("email", MAILBOX), ("terms", "yes")])
                .await,
        );
        assert_eq!(codes(&view.problems), ["E105"], "a phone is asked for here");
    }
    assert!(kit.new_letters().await.is_empty());
    kit.remove().await;
}

/// What somebody only says keeps nobody else out.
#[tokio::test]
async fn s2_1_the_same_document_may_be_named_twice() {
    let kit = Kit::open_to_all().await;
    kit.settler(MAILBOX).await;
    kit.settler("ines.true@example.com").await;
    let first = kit.opened(MAILBOX).await.unwrap().1;
    let second = kit.opened("ines.true@example.com").await.unwrap().1;
    assert_eq!(first.national_id, second.national_id);
    assert_ne!((first.id, first.number), (second.id, second.number));
    kit.remove().await;
}

#[tokio::test]
async fn s0_6_an_address_in_use_is_told_to_its_owner_alone() {
    let kit = Kit::open_to_all().await;
    kit.settler(MAILBOX).await;
    kit.new_letters().await;
    let before = kit.tally().await;
    let browser = kit.newcomer(MAILBOX).await;
    let taken = kit.tally().await;
    let letters = kit.new_letters().await;
    let kinds: Vec<_> = letters.iter().map(|l| (l.kind.as_str(), l.decoy)).collect();
    assert_eq!(kinds, [("email_in_use", false)]);
    let journey = browser.journey();
    kit.newcomer("free@example.com").await;
    let free = kit.tally().await;
    let rise = |from: &[String], to: &[String]| {
        let count = |line: &String| line.rsplit(' ').next().unwrap().parse::<i64>().unwrap();
        from.iter()
            .zip(to)
            .map(|(a, b)| count(b) - count(a))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        rise(&before, &taken),
        rise(&taken, &free),
        "it costs the same"
    );
    // Whatever is typed proves nothing.
    let mut browser = browser;
    let code = kit.code(&journey, 1);
    let view = register(browser.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(codes(&view.problems), ["E303"]);
    kit.remove().await;
}

#[tokio::test]
async fn norm_3_the_link_opens_the_account_elsewhere_with_a_password() {
    let kit = Kit::open_to_all().await;
    let browser = kit.newcomer(MAILBOX).await;
    let about = activate_about(&miftah_portal::id::JourneyId(browser.journey()), 1);
    let link = Place::Activate(kit.portal.key.link(ACTIVATE, &about));
    kit.wait(20 * HOUR);
    let mut other = kit.browser();
    let view = activate(other.open(link.clone(), "").await);
    assert_eq!(
        (view.state, view.first_name),
        (ActivateState::Elsewhere, None)
    );
    assert_eq!(kit.opened(MAILBOX).await, None);
    let twice = [("password", PASSWORD), ("password_again", PASSWORD)];
    assert!(matches!(other.submit(&twice).await, Page::Home(_)));
    assert_eq!(
        kit.opened(MAILBOX).await.unwrap().1.first_name_latin,
        "Inès"
    );
    assert_eq!(
        activate(kit.browser().open(link, "").await).state,
        ActivateState::Over
    );
    kit.remove().await;
}

#[tokio::test]
async fn norm_1_data_changed_after_the_code_was_sent_need_another_code() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.newcomer(MAILBOX).await;
    let first = kit.code(&browser.journey(), 1);
    browser
        .submit(&[("step", "code"), ("action", "change")])
        .await;
    let view = register(
        browser
            .submit(&[("step", "contact"), ("action", "back")])
            .await,
    );
    assert_eq!(view.step, RegisterStep::Who);
    assert_eq!(
        view.typed[&Field::LastNameLatin],
        "Zerrouki",
        "nothing is typed twice"
    );
    kit.wait(31 * SECOND);
    browser.submit(&said_but("first_name_latin", "Imène")).await;
    browser
        .submit(&[
            ("step", "contact"),
            ("email", MAILBOX),
            ("phone", "0551234567"),
            ("terms", "yes"),
        ])
        .await;
    let view = register(browser.submit(&[("step", "code"), ("code", &first)]).await);
    assert_eq!(codes(&view.problems), ["E303"]);
    kit.remove().await;
}

#[tokio::test]
async fn s2_1_a_double_click_opens_one_account_with_one_record() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.newcomer(MAILBOX).await;
    let code = kit.code(&browser.journey(), 1);
    browser.submit(&[("step", "code"), ("code", &code)]).await;
    let chosen = [
        ("step", "password"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let (first, second) = tokio::join!(browser.post(&chosen), browser.post(&chosen));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(kit.portal.store.roll_size().await.unwrap(), 1);
    kit.remove().await;
}

/// Who says no more than a form can hold does not fill the store either.
#[tokio::test]
async fn s2_1_steps_are_not_skipped() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let chosen = [
        ("step", "password"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let view = register(browser.submit(&chosen).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RegisterStep::Who, vec!["E306"])
    );
    let view = register(
        browser
            .submit(&[("step", "who"), ("last_name_ar", "زروقي")])
            .await,
    );
    assert_eq!(view.step, RegisterStep::Who);
    assert_eq!(kit.portal.store.roll_size().await.unwrap(), 0);
    kit.remove().await;
}
