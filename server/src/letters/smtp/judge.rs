//! What a mail server's refusal is about, and whether another try makes sense.

use miftah_portal::ports::{About, Refusal, SendError};

use super::talk::{Failure, Step};

/// Refusals of a recipient that are about this mailbox and will not change: unknown or closed, moved,
/// a name that cannot be, a domain that takes no mail (RFC 5321, 4.2.3; RFC 7504). Every other
/// refusal may be about us (a password, a block list, a full disk) and is worth another try.
const ABOUT_THE_MAILBOX: [u16; 5] = [501, 550, 551, 553, 556];

/// Subjects of enhanced codes (RFC 3463): addresses, mailboxes, and policy, which is about us
/// whatever the code before it.
const ADDRESS: u16 = 1;
const MAILBOX: u16 = 2;
const POLICY: u16 = 7;
/// A reply without an enhanced code.
const NO_DETAIL: (u16, u16) = (0, 0);

/// Judges a failure by its code and by the step: before a recipient was named nothing is about the
/// mailbox, and once the text is there a bare 550 is about the text.
pub(super) fn judged(failure: &Failure) -> SendError {
    let said = failure.to_string();
    let detail = enhanced(&said);
    let listed = failure
        .code()
        .is_some_and(|code| ABOUT_THE_MAILBOX.contains(&code));
    let for_good = listed
        && match failure.step {
            Step::Rcpt => detail.0 != POLICY,
            Step::Data | Step::Text => matches!(detail.0, ADDRESS | MAILBOX),
            Step::Connection | Step::Starttls | Step::Auth | Step::Mail => false,
        };
    let named = matches!(failure.step, Step::Rcpt | Step::Data | Step::Text);
    let about = match detail {
        (MAILBOX, 2) if named => About::Full,
        // 1.7 and 1.8 are about the sender.
        (ADDRESS, 0..=6 | 9 | 10) | NO_DETAIL if for_good => About::Mailbox,
        _ => About::Other,
    };
    let refusal = Refusal { said, about };
    if for_good {
        SendError::Never(refusal)
    } else {
        SendError::Later(refusal)
    }
}

/// Subject and detail of the enhanced code in a reply (RFC 3463): 5.2.2 is (2, 2).
fn enhanced(said: &str) -> (u16, u16) {
    let code = |word: &str| {
        let mut parts = word.split('.');
        let class = parts.next()?;
        let subject = parts.next()?.parse().ok()?;
        let detail = parts.next()?.parse().ok()?;
        let whole = parts.next().is_none() && matches!(class, "2" | "4" | "5");
        whole.then_some((subject, detail))
    };
    said.split_whitespace().find_map(code).unwrap_or(NO_DETAIL)
}
