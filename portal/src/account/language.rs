//! The language of letters and SMS. Pages have their own, in their address.

use miftah_rules::ActKind;
use miftah_rules::form::Posted;
use miftah_rules::view::Done;
use miftah_rules::{Lang, Place};
use serde_json::json;

use super::{Owner, change_account, done, moved};
use crate::fault::Fallible;
use crate::portal::Portal;
use crate::store::Write;
use crate::visitor::Outcome;

/// The name under which the choice is posted. Not a [`miftah_rules::Field`]: it cannot be mistyped,
/// so it has no problem of its own and is never shown again.
pub(super) const LANGUAGE: &str = "language";

/// Saves the choice; one that is no language of ours changes nothing.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn change(
    portal: &Portal,
    owner: &Owner<'_>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let Some(lang) = Lang::from_tag(posted.text(LANGUAGE)) else {
        return Ok(moved(&Place::Account));
    };
    let saved = done(Place::Account, Done::LanguageSaved);
    let mut account = owner.account().clone();
    if account.lang == lang {
        return Ok(saved);
    }
    let values = json!({ "from": account.lang.tag(), "to": lang.tag() });
    account.lang = lang;
    let writes = vec![
        Write::ChangeAccount(account),
        portal.act(&owner.subject(), ActKind::LanguageChanged, &values),
    ];
    change_account(portal, writes, saved, &Place::Account).await
}
