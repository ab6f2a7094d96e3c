//! By personal data: works when e-mail and password are both forgotten, tells which account it is
//! only as far as masks, and gives nothing away about a single field.

use miftah_portal::letter::Change;
use miftah_portal::model::AccountState;
use miftah_rules::view::{Channel, Destination, HomeView, News, RecoverStep};
use miftah_rules::{Detail, Field, Place};

use super::kit::{HOUR, Kit, MINUTE, PASSWORD, codes, home, login, person};
use super::way::{
    EMAIL, NEW_PASSWORD, PHONE, begin, give_data, located, open_account, proved, send, sent, told,
    waiting,
};

#[tokio::test]
async fn s0_7_e_mail_and_password_forgotten() {
    let kit = Kit::new().await;
    let mut owner = person(1);
    owner.email = Some("record@example.ma".into());
    kit.load([owner.clone()]).await;
    let account = open_account(&kit, &owner).await;
    let mut elsewhere = kit.browser();
    elsewhere.open(Place::Login, "").await;
    elsewhere
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;

    let mut browser = begin(&kit).await;
    let view = give_data(&mut browser, &owner).await;
    let masked = |channel, mask: &str| Destination {
        channel,
        masked: Some(mask.into()),
    };
    let phone_mask = miftah_rules::phone::Phone::try_from(PHONE.to_owned())
        .unwrap()
        .mask()
        .replace(' ', "\u{a0}");
    assert_eq!(
        view.destinations,
        [
            masked(Channel::Email, "a•••@e•••.ma"),
            masked(Channel::Phone, &phone_mask),
        ],
        "masks, and confirmed addresses only: the record's is not the account's"
    );
    assert!(!phone_mask.contains("612345"), "{phone_mask}");
    assert_eq!(view.email, None);

    let view = send(&mut browser, &[("channel", "email")]).await;
    assert_eq!(view.step, RecoverStep::Code);
    assert_eq!(view.code.unwrap().sent_to.as_deref(), Some("a•••@e•••.ma"));
    let letters = kit.new_letters().await;
    assert_eq!(sent(&letters), [("code", EMAIL)]);

    let view = send(&mut browser, &[("code", &kit.code_in(&letters[0]))]).await;
    assert_eq!(view.step, RecoverStep::Password);
    assert_eq!(view.email.as_deref(), Some(EMAIL), "seen whole only now");
    assert!(
        !view.may_replace_email,
        "whoever reads the mailbox has not lost it"
    );

    let page = browser
        .submit(&[("password", NEW_PASSWORD), ("password_again", NEW_PASSWORD)])
        .await;
    let HomeView::SignedIn { news, .. } = home(page) else {
        panic!("not signed in")
    };
    assert_eq!(news, Some(News::AccountRecovered));
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 3);
    assert_eq!(
        told(&letters, Change::Recovered),
        [PHONE, EMAIL, "record@example.ma"]
    );
    assert_eq!(kit.acts(&account).await, ["account_recovered"]);
    assert!(matches!(
        home(elsewhere.open(Place::Home, "").await),
        HomeView::Anonymous
    ));

    for (password, opens) in [(PASSWORD, false), (NEW_PASSWORD, true)] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        let page = browser
            .submit(&[("handle", EMAIL), ("password", password)])
            .await;
        if opens {
            assert!(matches!(home(page), HomeView::SignedIn { .. }));
        } else {
            assert_eq!(codes(&login(page).problems), ["E201"]);
        }
    }
}

#[tokio::test]
async fn s0_3_input_is_taken_as_people_write_it() {
    let kit = Kit::new().await;
    let mut owner = person(1);
    owner.national_id = "JB482913".into();
    kit.load([owner.clone()]).await;
    open_account(&kit, &owner).await;

    for fields in [
        [
            ("student_number", " r 000-000-001\u{200f}"),
            ("national_id", "jb 482913"),
            ("birth_date", "29/02/2004"),
        ],
        [
            ("student_number", "R٠٠٠٠٠٠٠٠١"),
            ("national_id", "JB\u{a0}٤٨٢٩١٣"),
            ("birth_date", "٢٩-٠٢-٢٠٠٤"),
        ],
        [
            ("student_number", "\u{202b}r۰۰۰۰۰۰۰۰۱"),
            ("national_id", "Jb۴۸۲۹۱۳"),
            ("birth_date", "2004-02-29"),
        ],
    ] {
        let mut browser = begin(&kit).await;
        let view = send(&mut browser, &fields).await;
        assert_eq!(
            view.step,
            RecoverStep::Destination,
            "{fields:?}: {:?}",
            view.problems
        );
    }
}

#[tokio::test]
async fn an_unconfirmed_phone_is_neither_shown_nor_used() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account_with(&person(1), EMAIL, |account| {
        account.phone = Some(PHONE.into());
    })
    .await;

    let mut browser = begin(&kit).await;
    let view = give_data(&mut browser, &person(1)).await;
    assert_eq!(view.destinations.len(), 1);
    let view = send(&mut browser, &[("channel", "phone")]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Destination, vec!["E105"])
    );
    assert_eq!(kit.new_letters().await, []);
}

#[tokio::test]
async fn which_field_did_not_match_is_never_told() {
    let kit = Kit::on_disk().await;
    kit.load([person(1), person(2), person(3)]).await;
    open_account(&kit, &person(1)).await;

    let wrong = [
        ("R000000009", "JB400001", "2004-02-29"),
        ("R000000001", "JB400002", "2004-02-29"),
        ("R000000001", "JB400001", "2004-02-28"),
        // Without an account the mismatch is told in the same words.
        ("R000000002", "JB400001", "2004-02-29"),
        ("R000000003", "JB400001", "2001-01-01"),
    ];
    let mut answers = Vec::new();
    for (number, id, date) in wrong {
        let mut browser = begin(&kit).await;
        let before = kit.tally().await;
        let fields = [
            ("student_number", number),
            ("national_id", id),
            ("birth_date", date),
        ];
        let mut view = send(&mut browser, &fields).await;
        assert_eq!(codes(&view.problems), ["E301"], "{number}");
        assert_eq!(view.problems[0].field, None);
        assert_eq!(
            view.typed.get(&Field::NationalId).map(String::as_str),
            Some(id)
        );
        view.trail.journey = None;
        view.typed.clear();
        answers.push((view, rise(&before, &kit.tally().await)));
    }
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:?}"
    );
    assert_eq!(kit.new_letters().await, []);
    kit.remove().await;
}

/// What a step added to each table.
fn rise(before: &[String], after: &[String]) -> Vec<String> {
    let numbers = |line: &String| -> Vec<i64> {
        line.split(' ')
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    before
        .iter()
        .zip(after)
        .map(|(b, a)| {
            let table = a.split(' ').next().unwrap_or_default();
            let by: Vec<_> = numbers(a)
                .iter()
                .zip(numbers(b))
                .map(|(a, b)| a - b)
                .collect();
            format!("{table} {by:?}")
        })
        .collect()
}

#[tokio::test]
async fn after_five_tries_a_number_waits_even_with_the_right_data() {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    open_account(&kit, &person(1)).await;
    let wrong = [
        ("student_number", "R000000001"),
        ("national_id", "JB1"),
        ("birth_date", "2004-02-29"),
    ];

    let mut browser = begin(&kit).await;
    for tries in 1..=5 {
        let view = send(&mut browser, &wrong).await;
        assert_eq!(codes(&view.problems), ["E301"]);
        assert_eq!(
            view.mismatches, tries,
            "the page knows when to show the office"
        );
    }
    let mut fresh = begin(&kit).await;
    let view = give_data(&mut fresh, &person(1)).await;
    assert_eq!(codes(&view.problems), ["E202"]);
    assert_eq!(view.problems[0].detail, Detail::WaitSeconds(15 * 60));
    let view = give_data(&mut fresh, &person(2)).await;
    assert_eq!(codes(&view.problems), ["E302"], "another number is free");

    kit.wait(15 * MINUTE);
    let view = give_data(&mut fresh, &person(1)).await;
    assert_eq!(
        view.step,
        RecoverStep::Destination,
        "never a permanent lock"
    );
    kit.wait(25 * HOUR);
    let view = send(&mut begin(&kit).await, &wrong).await;
    assert_eq!(codes(&view.problems), ["E301"], "a new day, a new count");
}

#[tokio::test]
async fn s0_8_a_student_without_account_is_led_to_registration_with_the_data() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let mut browser = begin(&kit).await;
    let view = give_data(&mut browser, &person(1)).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E302"])
    );
    assert_eq!(
        view.trail.journey,
        Some(browser.journey()),
        "named in the form to registration"
    );
    assert_eq!(view.typed.len(), 3);
}

#[tokio::test]
async fn a_frozen_account_and_one_without_address_lead_to_the_office() {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    kit.open_account_with(&person(1), EMAIL, |account| {
        account.state = AccountState::Frozen;
    })
    .await;
    kit.open_account_with(&person(2), "b@example.ma", |account| account.email.clear())
        .await;
    for (n, code) in [(1, "E205"), (2, "E305")] {
        let view = give_data(&mut begin(&kit).await, &person(n)).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Find, vec![code])
        );
    }
    assert_eq!(kit.new_letters().await, []);
}

#[tokio::test]
async fn what_is_missing_or_misshapen_is_said_at_its_field_and_costs_no_try() {
    let kit = Kit::on_disk().await;
    kit.load([person(1)]).await;
    let mut browser = begin(&kit).await;
    let view = send(&mut browser, &[("step", "find"), ("student_number", "")]).await;
    assert_eq!(codes(&view.problems), ["E105", "E105", "E105"]);
    let fields = [
        ("student_number", "R1"),
        ("national_id", "??"),
        ("birth_date", "31/02/2004"),
    ];
    let view = send(&mut browser, &fields).await;
    assert_eq!(codes(&view.problems), ["E106", "E106", "E107"]);
    let at: Vec<_> = view.problems.iter().map(|met| met.field).collect();
    let asked = [Field::StudentNumber, Field::NationalId, Field::BirthDate];
    assert_eq!(at, asked.map(Some));
    assert_eq!(
        view.typed.get(&Field::BirthDate).map(String::as_str),
        Some("31/02/2004")
    );
    assert!(kit.tally().await.contains(&"throttle 0".to_owned()));
    kit.remove().await;
}

#[tokio::test]
async fn steps_show_only_what_is_theirs() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    let mut browser = located(&kit, &person(1)).await;
    let shown = serde_json::to_string(&super::kit::recover(browser.reload().await)).unwrap();
    for hidden in [EMAIL, PHONE, "idrissi", "612345"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    let mut browser = waiting(&kit, &person(1), Channel::Phone).await;
    let shown = serde_json::to_string(&super::kit::recover(browser.reload().await)).unwrap();
    for hidden in [EMAIL, PHONE, "idrissi", "612345"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    let mut browser = proved(&kit, &person(1), Channel::Phone).await;
    let view = super::kit::recover(browser.reload().await);
    assert_eq!(view.email.as_deref(), Some(EMAIL));
    assert!(
        view.typed.is_empty(),
        "what located the account is forgotten"
    );
}
