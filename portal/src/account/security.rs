//! `/account/security`: what happened to the account, and what a recovery could go through.

use miftah_rules::view::SecurityView;

use super::{Owner, act_row, addresses};
use crate::fault::Fallible;
use crate::portal::Portal;

/// Acts on the page; older ones stand in the file with the person's data.
const SHOWN: usize = 100;

/// The page.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(portal: &Portal, owner: &Owner<'_>) -> Fallible<SecurityView> {
    let acts = portal.store.acts(owner.subject().as_str()).await?;
    let older = u32::try_from(acts.len().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
    let acts = acts
        .into_iter()
        .rev()
        .take(SHOWN)
        .map(|sealed| act_row(portal, sealed))
        .collect();
    Ok(SecurityView {
        acts,
        older,
        addresses: addresses(portal, owner.account()),
    })
}
