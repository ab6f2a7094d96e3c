//! Complaints are open to everybody, and invented data is no machine for mailing strangers or for
//! keeping others out (norm 5).

use miftah_rules::view::ComplainStep;

use crate::kit::{DAY, Kit, codes, person};
use crate::way::{EMAIL, FILES, Way, at_reach, attach, confirm, kinds, send};

/// Mail a day to addresses that nobody has proved.
const A_DAY: u32 = 3000;

/// As many as may be in a day, less `spare`.
async fn mailed(kit: &Kit, spare: u32) {
    let mut writes = Vec::new();
    for _ in 0..A_DAY - spare {
        writes.push(miftah_portal::store::Write::CountFailure {
            key: kit.portal.key.throttle_key("strangers", &["", &today(kit)]),
            at: kit.now(),
        });
    }
    kit.portal.store.commit(writes).await.unwrap();
}

fn today(kit: &Kit) -> String {
    kit.now().0.div_euclid(24 * 3_600_000).to_string()
}

#[tokio::test]
async fn the_day_s_mail_to_strangers_ends_and_complaints_go_on_without_it() {
    let kit = Kit::new().await;
    mailed(&kit, 1).await;
    let mut last = at_reach(&kit, Way::CannotRegister, &person(1)).await;
    let view = send(&mut last, "reach", &[("email", "one@example.ma")]).await;
    assert_eq!(view.step, ComplainStep::Code);
    assert_eq!(kit.new_letters().await.len(), 1);
    let mut next = at_reach(&kit, Way::CannotRegister, &person(2)).await;
    let view = send(&mut next, "reach", &[("email", EMAIL)]).await;
    assert_eq!(
        (view.step, view.unconfirmed, codes(&view.problems)),
        (ComplainStep::Papers, true, vec![])
    );
    attach(&mut next, "", &FILES).await;
    let view = confirm(&mut next).await;
    let open = view.open.expect("a receipt");
    assert!(open.code.is_some() && open.unconfirmed);
    let letters = kit.new_letters().await;
    assert!(letters.is_empty(), "{:?}", kinds(&letters));
    // Whoever has shown whose data they have is not held back by it.
    let kit_day = kit.now();
    kit.wait(DAY);
    assert!(kit.now() > kit_day);
    let mut tomorrow = at_reach(&kit, Way::CannotRegister, &person(3)).await;
    let view = send(&mut tomorrow, "reach", &[("email", "three@example.ma")]).await;
    assert_eq!(view.step, ComplainStep::Code);
}

#[tokio::test]
async fn assisted_recovery_is_not_held_back_by_it() {
    let kit = crate::assisted::campus(Kit::new().await).await;
    mailed(&kit, 0).await;
    let mut browser = at_reach(&kit, Way::Assisted, &crate::assisted::owner()).await;
    let view = send(&mut browser, "reach", &[("email", EMAIL)]).await;
    assert_eq!(view.step, ComplainStep::Code);
}

#[tokio::test]
async fn a_network_that_mails_many_strangers_is_slowed_down() {
    let kit = Kit::new().await;
    for n in 0..201 {
        let mut browser = at_reach(&kit, Way::CannotRegister, &person(n)).await;
        let email = format!("stranger{n}@example.ma");
        send(&mut browser, "reach", &[("email", &email)]).await;
    }
    let network = kit.browser().network;
    let delay = kit.portal.network_delay(&network).await.unwrap();
    assert_eq!(delay, 1);
    let other = kit.portal.network_delay("198.51.100.200").await.unwrap();
    assert_eq!(other, 0);
}
