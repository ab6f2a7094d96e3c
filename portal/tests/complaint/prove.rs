//! The code before the new password of an assisted recovery (norm 1).

use miftah_rules::view::Onward;

use crate::assisted::{WAIT, accepted, campus, owner};
use crate::finish::{CHOOSE, by_link, prove};
use crate::kit::{Kit, MINUTE, SECOND, codes, follow};
use crate::way::{EMAIL, kinds};

#[tokio::test]
async fn norm_1_reference_and_code_alone_do_not_finish_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let account = kit.account_of(&owner()).await;
    let (mut browser, _) = by_link(&kit, &reference).await;
    let work = kit.hasher.work();
    let view = follow(browser.submit(&CHOOSE).await);
    assert_eq!(view.open.unwrap().onward, Some(Onward::Prove));
    assert_eq!(
        (browser.session.as_deref(), kit.hasher.work()),
        (None, work)
    );
    kit.new_letters().await;
    browser.submit(&[("action", "send")]).await;
    let letters = kit.new_letters().await;
    assert_eq!(kinds(&letters), [("code", EMAIL)]);
    // Another browser that has the same request open has no use for this code.
    let code = kit.code(&browser.journey(), 1);
    let (mut other, _) = by_link(&kit, &reference).await;
    let typed = [("step", "code"), ("code", code.as_str())];
    let view = follow(other.submit(&typed).await);
    assert_eq!(view.open.unwrap().onward, Some(Onward::Prove));
    other.submit(&[("action", "send")]).await;
    let view = follow(other.submit(&typed).await);
    assert_eq!(codes(&view.problems), ["E303"]);
    other.submit(&CHOOSE).await;
    assert_eq!(
        (other.session, kit.account_of(&owner()).await),
        (None, account)
    );
}

#[tokio::test]
async fn its_code_is_limited_like_every_other() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    kit.deliver().await;
    let (mut browser, _) = by_link(&kit, &reference).await;
    browser.submit(&[("action", "send")]).await;
    let view = follow(browser.submit(&[("action", "resend")]).await);
    let code = view.open.unwrap().proof.unwrap();
    assert_eq!((code.resend_in, code.sent_again), (30, false));
    assert_ne!(code.sent_to.as_deref(), Some(EMAIL), "masked");
    assert_eq!(kit.deliver().await.len(), 1, "a double click sends one");
    kit.wait(30 * SECOND);
    let first = kit.code(&browser.journey(), 1);
    let view = prove(&kit, &mut browser, 2).await;
    assert_eq!(view.open.unwrap().onward, Some(Onward::Password));
    assert_eq!(kit.deliver().await.len(), 1);
    // The first one is dead, a wrong one counts, an old one is over.
    let (mut again, _) = by_link(&kit, &reference).await;
    for (typed, problem) in [(first.as_str(), "E303"), ("", "E105")] {
        again.submit(&[("action", "send")]).await;
        let view = follow(again.submit(&[("step", "code"), ("code", typed)]).await);
        assert_eq!(codes(&view.problems), [problem]);
    }
    kit.wait(11 * MINUTE);
    let code = kit.code(&again.journey(), 1);
    let view = follow(again.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(codes(&view.problems), ["E304"]);
}
