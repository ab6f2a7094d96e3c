//! Who you are: tolerant input, all data together or not at all, where it leads.

use miftah_rules::view::{RecoverStep, RegisterStep, RegisterView};
use miftah_rules::{Detail, Field, Lang, Place};

use crate::kit::{DAY, HOUR, Kit, MINUTE, codes, person, recover, register};
use crate::steps::{at_contact, data, kit, send, send_email, send_who};

async fn try_data(kit: &Kit, number: &str, id: &str, born: &str) -> RegisterView {
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let fields = [
        ("student_number", number),
        ("national_id", id),
        ("birth_date", born),
    ];
    send(&mut browser, "who", &fields).await
}

#[tokio::test]
async fn s0_3_however_the_numbers_are_written_they_are_understood() {
    let kit = kit().await;
    let born = [
        "2004-02-29",
        "29/2/2004",
        "29.02.2004",
        "٢٩-٠٢-٢٠٠٤",
        " 29 02 2004 ",
        "۲۹/۰۲/۲۰۰۴",
    ];
    let numbers = [
        "R000000001",
        " r 000 000 001 ",
        "R-٠٠٠٠٠٠٠٠١",
        "\u{200F}R۰۰۰۰۰۰۰۰۱\u{200E}",
        "R\u{A0}000000001",
    ];
    let ids = [
        "JB400001",
        "jb 400001",
        "JB-٤٠٠٠٠١",
        "\u{202B}jb\u{640}400001\u{202C}",
        "JB 400 001",
    ];
    for number in numbers {
        for id in ids {
            for date in born {
                let view = try_data(&kit, number, id, date).await;
                assert_eq!(
                    view.step,
                    RegisterStep::Contact,
                    "{number:?} {id:?} {date:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn s0_2_the_record_greets_by_its_first_name_in_the_language_of_the_page() {
    let kit = kit().await;
    let mut browser = at_contact(&kit).await;
    assert_eq!(
        register(browser.reload().await).first_name.as_deref(),
        Some("مريم")
    );
    browser.lang = Lang::Fr;
    assert_eq!(
        register(browser.reload().await).first_name.as_deref(),
        Some("Meryem")
    );
}

#[tokio::test]
async fn a_wrong_shape_is_told_at_its_field_and_what_was_typed_stays() {
    let kit = kit().await;
    let view = try_data(&kit, "R12", "?", "31/02/2004").await;
    assert_eq!(codes(&view.problems), ["E106", "E106", "E107"]);
    let fields: Vec<_> = view.problems.iter().map(|met| met.field).collect();
    let expected = [Field::StudentNumber, Field::NationalId, Field::BirthDate].map(Some);
    assert_eq!(fields, expected);
    assert_eq!(view.typed[&Field::StudentNumber], "R12");
    assert_eq!(view.typed[&Field::BirthDate], "31/02/2004");

    let view = try_data(&kit, "", " ", "\u{200F}").await;
    assert_eq!(codes(&view.problems), ["E105", "E105", "E105"]);
    assert!(view.first_name.is_none());
}

#[tokio::test]
async fn norm_2_whichever_field_is_wrong_the_answer_and_the_writes_are_the_same() {
    let kit = Kit::on_disk().await;
    kit.load([person(1), person(2)]).await;
    let wrong = [
        ("R000000009", "JB400001", "2004-02-29"),
        ("R000000001", "JB400009", "2004-02-29"),
        ("R000000001", "JB400001", "2004-02-28"),
        ("R000000001", "JB400002", "2004-02-29"),
    ];
    let mut answers = Vec::new();
    let mut rises = Vec::new();
    let mut before = numbers(&kit).await;
    for (number, id, born) in wrong {
        let view = try_data(&kit, number, id, born).await;
        answers.push((view.step, view.problems, view.mismatches, view.first_name));
        let now = numbers(&kit).await;
        rises.push(
            now.iter()
                .zip(&before)
                .map(|(a, b)| a - b)
                .collect::<Vec<_>>(),
        );
        before = now;
    }
    assert_eq!(codes(&answers[0].1), ["E101"]);
    assert_eq!(
        answers[0].1[0].field, None,
        "which field it was is never told"
    );
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(rises.iter().all(|rise| *rise == rises[0]), "{rises:?}");
    kit.remove().await;
}

/// Every number of the tally.
async fn numbers(kit: &Kit) -> Vec<i64> {
    let lines = kit.tally().await.join(" ");
    lines
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect()
}

#[tokio::test]
async fn s0_4_the_second_mismatch_is_counted_for_the_page() {
    let kit = kit().await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    for expected in 1..=2 {
        let view = send_who(&mut browser, &person(7)).await;
        assert_eq!(
            (codes(&view.problems), view.mismatches),
            (vec!["E101"], expected)
        );
    }
}

#[tokio::test]
async fn norm_2_after_five_failures_the_number_waits_even_with_the_right_data() {
    let kit = kit().await;
    for _ in 0..5 {
        let view = try_data(&kit, "R000000001", "JB499999", "2004-02-29").await;
        assert_eq!(codes(&view.problems), ["E101"]);
    }
    let view = try_data(&kit, "r 000000001", "JB400001", "2004-02-29").await;
    assert_eq!(codes(&view.problems), ["E202"]);
    assert_eq!(view.problems[0].detail, Detail::WaitSeconds(15 * 60));
    assert_eq!(view.step, RegisterStep::Who);

    kit.load([person(2)]).await;
    let other = try_data(&kit, "R000000002", "JB400002", "2004-02-29").await;
    assert_eq!(
        other.step,
        RegisterStep::Contact,
        "other numbers do not wait"
    );

    kit.wait(15 * MINUTE);
    let view = try_data(&kit, "R000000001", "JB400001", "2004-02-29").await;
    assert_eq!(
        view.step,
        RegisterStep::Contact,
        "it was a delay, not a lock"
    );
    let view = try_data(&kit, "R000000001", "JB499999", "2004-02-29").await;
    assert_eq!(
        codes(&view.problems),
        ["E101"],
        "the delay is over, the count is not"
    );
    kit.wait(20 * MINUTE);
    let view = try_data(&kit, "R000000001", "JB400001", "2004-02-29").await;
    assert_eq!(codes(&view.problems), ["E202"], "the next delay is longer");
    kit.wait(DAY);
    let view = try_data(&kit, "R000000001", "JB400001", "2004-02-29").await;
    assert_eq!(view.step, RegisterStep::Contact);
}

#[tokio::test]
async fn e104_and_e102_are_told_only_once_everything_matched() {
    let kit = kit().await;
    let mut left = person(2);
    left.status = "withdrawn".into();
    kit.load([left.clone()]).await;
    kit.open_account(&person(1), "meryem@example.ma").await;

    let [number, _, born] = data(&left).map(|(_, value)| value);
    assert_eq!(
        codes(&try_data(&kit, &number, "JB499999", &born).await.problems),
        ["E101"]
    );
    assert_eq!(
        codes(&try_data(&kit, &number, "JB400002", &born).await.problems),
        ["E104"]
    );
    let guess = try_data(&kit, "R000000001", "JB499999", "2004-02-29").await;
    assert_eq!(codes(&guess.problems), ["E101"]);
    let view = try_data(&kit, "R000000001", "JB400001", "2004-02-29").await;
    assert_eq!(codes(&view.problems), ["E102"]);
    assert_eq!(view.step, RegisterStep::Who);
    assert!(view.first_name.is_none());
    assert!(
        view.trail.journey.is_some(),
        "recovery reads what was typed from this journey"
    );
}

#[tokio::test]
async fn s0_8_a_recovery_without_account_goes_straight_to_the_address() {
    let kit = kit().await;
    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    let data = data(&person(1));
    let fields: Vec<_> = data
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let view = recover(browser.submit(&fields).await);
    assert_eq!(codes(&view.problems), ["E302"]);
    let recovery = browser.journey();

    let view = register(
        browser
            .open(Place::Register, &format!("from={recovery}"))
            .await,
    );
    assert_eq!(view.trail.from.as_deref(), Some(recovery.as_str()));
    assert_eq!(
        view.typed[&Field::NationalId],
        "JB400001",
        "an opened link shows it"
    );
    browser.query.clear();
    let view = register(browser.submit(&[("from", &recovery)]).await);
    assert_eq!(
        view.step,
        RegisterStep::Contact,
        "the button goes on at once"
    );

    let mut stranger = kit.browser();
    stranger.secret = Some("0".repeat(32));
    let view = register(
        stranger
            .open(Place::Register, &format!("from={recovery}"))
            .await,
    );
    assert!(view.typed.is_empty(), "another browser gets nothing");
    stranger.query.clear();
    let view = register(stranger.submit(&[("from", &recovery)]).await);
    assert_eq!((view.step, view.typed.len()), (RegisterStep::Who, 0));
    assert!(view.problems.is_empty());
}

#[tokio::test]
async fn s0_5_an_account_that_exists_leads_to_recovery_and_nothing_is_typed_twice() {
    let kit = kit().await;
    kit.open_account(&person(1), "meryem@example.ma").await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    assert_eq!(
        codes(&send_who(&mut browser, &person(1)).await.problems),
        ["E102"]
    );
    let registration = browser.journey();
    browser.open(Place::Recover, "").await;
    let view = recover(browser.submit(&[("from", &registration)]).await);
    assert_eq!(view.step, RecoverStep::Destination);
    assert_eq!(view.destinations.len(), 1);
}

#[tokio::test]
async fn a_refused_sign_in_brings_its_handle_along() {
    let kit = kit().await;
    for (handle, field) in [
        ("R000000001", Field::StudentNumber),
        ("meryem@example.ma", Field::Email),
    ] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        browser
            .submit(&[("handle", handle), ("password", "whatever")])
            .await;
        let from = browser.journey();
        let query = format!("from={from}");
        let view = register(browser.open(Place::Register, &query).await);
        let shown = view.typed.get(&Field::StudentNumber).map(String::as_str);
        assert_eq!(
            shown,
            Some(handle).filter(|_| field == Field::StudentNumber)
        );
        let data = data(&person(1));
        let mut fields: Vec<_> = data.iter().map(|(n, v)| (*n, v.as_str())).collect();
        fields.push(("from", &from));
        let view = send(&mut browser, "who", &fields).await;
        assert_eq!(view.step, RegisterStep::Contact);
        let carried = view.typed.get(&Field::Email).map(String::as_str);
        assert_eq!(carried, Some(handle).filter(|_| field == Field::Email));
    }
}

#[tokio::test]
async fn back_to_the_first_step_keeps_everything() {
    let kit = kit().await;
    let mut browser = at_contact(&kit).await;
    let fields = [
        ("email", "half@typed"),
        ("phone", "0612"),
        ("action", "back"),
    ];
    let view = send(&mut browser, "contact", &fields).await;
    assert_eq!(view.step, RegisterStep::Who);
    assert_eq!(view.typed[&Field::StudentNumber], "R000000001");
    assert!(view.problems.is_empty());
    let view = send_who(&mut browser, &person(1)).await;
    assert_eq!(view.typed[&Field::Email], "half@typed");
    assert_eq!(view.typed[&Field::Phone], "0612");
}

#[tokio::test]
async fn x1_switching_the_language_submits_nothing_and_keeps_what_was_typed() {
    let kit = kit().await;
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let half = [
        ("student_number", "R0000"),
        ("birth_date", "29/02"),
        ("switch_language", "fr"),
    ];
    let view = send(&mut browser, "who", &half).await;
    assert_eq!(browser.lang, Lang::Fr);
    assert!(view.problems.is_empty());
    assert_eq!(view.typed[&Field::StudentNumber], "R0000");
    assert_eq!(view.typed[&Field::BirthDate], "29/02");

    let mut browser = at_contact(&kit).await;
    let half = [
        ("email", "mer"),
        ("terms", "yes"),
        ("switch_language", "en"),
    ];
    let view = send(&mut browser, "contact", &half).await;
    assert_eq!((browser.lang, view.step), (Lang::En, RegisterStep::Contact));
    assert_eq!(
        (
            view.typed[&Field::Email].as_str(),
            view.typed[&Field::Terms].as_str()
        ),
        ("mer", "yes")
    );
    assert!(view.problems.is_empty());
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn an_expired_journey_says_so_and_keeps_what_the_form_held() {
    let kit = kit().await;
    let mut browser = at_contact(&kit).await;
    kit.wait(2 * HOUR);
    let view = register(browser.reload().await);
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E306"], RegisterStep::Who)
    );
    let view = send_email(&mut browser, "meryem@example.ma").await;
    assert_eq!(
        (codes(&view.problems), view.step),
        (vec!["E306"], RegisterStep::Who)
    );
    let view = send_who(&mut browser, &person(1)).await;
    assert_eq!(view.step, RegisterStep::Contact);
    assert_eq!(view.typed[&Field::Email], "meryem@example.ma");

    kit.wait(2 * HOUR);
    let view = send_who(&mut browser, &person(1)).await;
    assert_eq!(
        view.step,
        RegisterStep::Contact,
        "the first form needs no journey at all"
    );
}
