//! The whole way: what exists afterwards, who was told, and what is stored nowhere.

use miftah_portal::letter::{Body, Change};
use miftah_rules::view::{Already, Channel, HomeView, News, RegisterStep, Todo};
use miftah_rules::{Lang, Place};

use crate::kit::{DAY, Kit, PASSWORD, body, codes, home, login, person, register};
use crate::steps::{
    EMAIL, at_code, at_contact, at_password, kit, send, send_any, send_email, send_password,
};

#[tokio::test]
async fn s0_2_a_student_on_the_roll_opens_an_account_and_is_in() {
    let kit = kit().await;
    let mut browser = at_contact(&kit).await;
    browser.lang = Lang::Fr;
    let fields = [
        ("email", EMAIL),
        ("phone", "06 12 34 56 78"),
        ("terms", "yes"),
    ];
    send(&mut browser, "contact", &fields).await;
    let code = kit.code(&browser.journey(), 1);
    send(&mut browser, "code", &[("code", &code)]).await;
    let page = send_password(&mut browser).await;

    assert_eq!(
        (browser.place.clone(), browser.query.as_str()),
        (Place::Home, "news=account_opened")
    );
    let HomeView::SignedIn {
        name, todos, news, ..
    } = home(page)
    else {
        panic!("signed in")
    };
    assert_eq!((name.as_str(), news), ("Meryem", Some(News::AccountOpened)));
    assert_eq!(
        todos,
        [Todo::ConfirmPhone],
        "a typed phone proves nothing yet"
    );

    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(
        (account.email.as_str(), account.email_key.as_str()),
        (EMAIL, "meryem.a@example.ma")
    );
    assert_eq!(
        (account.phone.as_deref(), account.phone_confirmed),
        (Some("+212612345678"), false)
    );
    assert_eq!(
        (account.lang, account.terms_version.as_str()),
        (Lang::Fr, "2026-09-01")
    );
    assert_eq!(
        kit.acts(&account).await,
        ["account_opened", "terms_accepted"]
    );

    let mut elsewhere = kit.browser();
    elsewhere.open(Place::Login, "").await;
    let fields = [("handle", "meryem.a@example.ma"), ("password", PASSWORD)];
    assert!(matches!(
        home(elsewhere.submit(&fields).await),
        HomeView::SignedIn { .. }
    ));
}

#[tokio::test]
async fn norm_1_addresses_on_the_roll_are_told_once_each() {
    let other = Some("old@example.ma");
    let same = Some("MERYEM.A@example.ma");
    let phone = Some("+212611111111");
    for (on_roll, phone, expected) in [
        (None, None, vec![]),
        (other, None, vec!["old@example.ma"]),
        (same, None, vec![]),
        (other, phone, vec!["old@example.ma", "+212611111111"]),
        (same, phone, vec!["+212611111111"]),
    ] {
        let kit = Kit::new().await;
        let mut record = person(1);
        record.email = on_roll.map(Into::into);
        record.phone = phone.map(Into::into);
        kit.load([record]).await;
        let mut browser = at_password(&kit).await;
        kit.new_letters().await;
        send_password(&mut browser).await;
        let mut letters = kit.new_letters().await;
        letters.sort_by_key(|letter| letter.channel);
        let account = kit.account_of(&person(1)).await.unwrap().id;
        let told: Vec<_> = letters
            .iter()
            .filter(|letter| letter.kind == "record_told")
            .collect();
        let to: Vec<_> = told.iter().map(|letter| letter.to.as_str()).collect();
        assert_eq!(to, expected);
        for letter in told {
            let Body::RecordTold {
                account: about,
                name,
                ..
            } = body(letter)
            else {
                panic!()
            };
            assert_eq!((about, name.as_str()), (account.clone(), "مريم"));
        }
        let rest: Vec<_> = letters
            .iter()
            .filter(|letter| letter.kind != "record_told")
            .collect();
        assert_eq!(rest.len(), 1);
        assert_eq!(
            (rest[0].to.as_str(), rest[0].channel),
            (EMAIL, Channel::Email)
        );
        assert!(matches!(
            body(rest[0]),
            Body::Notice {
                change: Change::Opened,
                ..
            }
        ));
    }
}

#[tokio::test]
async fn norm_4_a_bad_password_is_refused_with_its_rule_and_never_shown_again() {
    let kit = kit().await;
    let mut browser = at_password(&kit).await;
    let work = kit.hasher.work();
    let long = "é".repeat(129);
    for (first, again, expected) in [
        ("", "", "E105"),
        ("short", "short", "E401"),
        (&long, &long, "E407"),
        ("password1", "password1", "E402"),
        ("i am Meryem!", "i am Meryem!", "E403"),
        ("xx R000000001 xx", "xx R000000001 xx", "E403"),
        ("29022004 29022004", "29022004 29022004", "E403"),
        ("fsjes-agadir-2026", "fsjes-agadir-2026", "E403"),
        (PASSWORD, "another", "E404"),
        (PASSWORD, "", "E105"),
    ] {
        let fields = [("password", first), ("password_again", again)];
        let view = send(&mut browser, "password", &fields).await;
        assert_eq!(codes(&view.problems), [expected], "{first:?}");
        assert_eq!(view.step, RegisterStep::Password);
        assert!(!format!("{:?}", view.typed).contains(first) || first.is_empty());
    }
    assert_eq!(
        kit.hasher.work(),
        work,
        "nothing is hashed before it is right"
    );
    assert!(kit.account_of(&person(1)).await.is_none());
}

#[tokio::test]
async fn passwords_and_codes_are_nowhere_in_the_database() {
    let kit = Kit::on_disk().await;
    kit.load([person(1)]).await;
    let mut browser = at_code(&kit).await;
    let code = kit.code(&browser.journey(), 1);
    send(
        &mut browser,
        "code",
        &[("code", "918273"), ("password", PASSWORD)],
    )
    .await;
    send(&mut browser, "code", &[("code", &code)]).await;
    let refused = [
        ("password", PASSWORD),
        ("password_again", "zzz-other-zzz"),
        ("code", &code),
    ];
    send(&mut browser, "password", &refused).await;
    send_password(&mut browser).await;
    assert!(kit.account_of(&person(1)).await.is_some());

    assert!(kit.stores("meryem.a@example.ma"), "the search itself works");
    let token = browser.session.clone().unwrap();
    let secret = browser.secret.clone().unwrap();
    for needle in [PASSWORD, "zzz-other-zzz", "918273", &code, &token, &secret] {
        assert!(!kit.stores(needle), "{needle} is stored");
    }
    kit.remove().await;
}

#[tokio::test]
async fn reload_and_back_after_the_end_show_that_the_account_is_there() {
    let kit = kit().await;
    let mut browser = at_password(&kit).await;
    let query = browser.query.clone();
    send_password(&mut browser).await;
    kit.new_letters().await;
    let view = register(browser.open(Place::Register, &query).await);
    assert_eq!(view.already, Already::SignedIn("مريم".into()));
    for step in ["who", "contact", "code", "password"] {
        browser.open(Place::Register, &query).await;
        let twice = [("password", PASSWORD), ("password_again", PASSWORD)];
        let view = register(send_any(&mut browser, step, &twice).await);
        assert_eq!(view.already, Already::SignedIn("مريم".into()));
    }
    assert!(kit.new_letters().await.is_empty());

    // The session's cookie was lost: the same browser still learns that it is done.
    browser.session = None;
    let view = register(browser.open(Place::Register, &query).await);
    assert_eq!(
        (view.already, codes(&view.problems)),
        (Already::Opened, vec!["E306"])
    );
    let view = register(send_password(&mut browser).await);
    assert_eq!(view.already, Already::Opened);
    let mut stranger = kit.browser();
    stranger.secret = Some("f".repeat(32));
    let view = register(stranger.open(Place::Register, &query).await);
    assert_eq!(
        (view.already, codes(&view.problems)),
        (Already::No, vec!["E306"])
    );
}

#[tokio::test]
async fn somebody_signed_in_is_told_so_and_nothing_begins() {
    let kit = kit().await;
    kit.open_account(&person(1), EMAIL).await;
    let mut browser = kit.browser();
    browser.open(Place::Login, "").await;
    browser
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;
    let view = register(browser.open(Place::Register, "").await);
    assert_eq!(view.already, Already::SignedIn("مريم".into()));
    let view = register(
        browser
            .submit(&[("step", "who"), ("student_number", "R1")])
            .await,
    );
    assert_eq!(
        (view.already, view.trail.journey),
        (Already::SignedIn("مريم".into()), None)
    );

    browser.place = Place::Logout;
    login(browser.submit(&[]).await);
    let view = register(browser.open(Place::Register, "").await);
    assert_eq!(view.already, Already::No);
}

#[tokio::test]
async fn hostile_input_is_only_input() {
    let kit = kit().await;
    let huge = "٩".repeat(200_000);
    let tricks = [
        huge.as_str(),
        "\0\0\0",
        "'; drop table account; --",
        "</script><script>alert(1)</script>",
        "\u{202E}\u{2066}\u{FEFF}",
        "😀".repeat(400).leak(),
        "%00%0d%0aSet-Cookie: a=b",
    ];
    for trick in tricks {
        let mut browser = kit.browser();
        browser.open(Place::Register, trick).await;
        browser.query = format!("j={trick}&from={trick}");
        browser.reload().await;
        let all = ["student_number", "national_id", "birth_date", "from"].map(|n| (n, trick));
        let view = send(&mut browser, "who", &all).await;
        assert_eq!(view.step, RegisterStep::Who);
        assert!(
            view.typed
                .values()
                .all(|value| value.chars().count() <= 300)
        );
        let mut browser = at_contact(&kit).await;
        let all = [
            ("email", trick),
            ("phone", trick),
            ("terms", trick),
            ("action", trick),
        ];
        let view = send(&mut browser, "contact", &all).await;
        assert_eq!(view.step, RegisterStep::Contact, "{trick:.20}");
        let mut browser = at_contact(&kit).await;
        send_email(&mut browser, EMAIL).await;
        let view = send(&mut browser, "code", &[("code", trick), ("action", trick)]).await;
        assert_eq!(view.step, RegisterStep::Code);
        kit.wait(DAY);
    }
}

#[tokio::test]
async fn norm_2_a_refused_password_tells_nothing_of_the_address_on_the_record() {
    let kit = Kit::new().await;
    let mut on_record = person(1);
    on_record.email = Some("zineb.quelquechose@example.ma".into());
    kit.load([on_record]).await;
    let mut browser = at_password(&kit).await;
    let guess = "zineb.quelquechose 4 pommes";
    let fields = [("password", guess), ("password_again", guess)];
    let page = send_any(&mut browser, "password", &fields).await;
    assert!(matches!(home(page), HomeView::SignedIn { .. }));
}
