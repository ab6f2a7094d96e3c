//! Slips in the domains that nearly every address here has. A code sent to `gmial.com` is a student
//! who waits for nothing, and a stranger who gets it.

/// Services that slips are measured against, most used first.
const MEANT: &[&str] = &[
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "hotmail.fr",
    "outlook.fr",
    "yahoo.fr",
    "icloud.com",
    "live.com",
    "live.fr",
    "taalim.ma",
    "menara.ma",
];

/// Real services one slip away from another.
const REAL: &[&str] = &[
    "mail.com",
    "ymail.com",
    "email.com",
    "gmx.com",
    "gmx.fr",
    "aol.com",
    "msn.com",
    "me.com",
    "mac.com",
    "live.ma",
    "live.be",
    "live.ca",
    "live.dk",
    "live.it",
    "live.nl",
    "live.no",
    "live.se",
];

/// Top levels nobody has a mailbox at, all slips for `com`.
const COM: &[&str] = &[
    "cim", "clm", "cm", "co", "coim", "col", "comm", "con", "coom", "cop", "cpm", "om", "ocm",
    "vom", "xom",
];

/// Services that have one top level only, typed with the country's.
const ONLY_COM: &[&str] = &[
    "gmail.fr",
    "gmail.ma",
    "gmail.dz",
    "gmail.sa",
    "icloud.fr",
    "icloud.ma",
];

/// The domain that was probably meant by `domain` (lower case): one slip away (a letter missing,
/// added, changed, or two swapped) from a service in common use or from one of `own`, besides a
/// slip in `com`. Nothing for domains that are right or unknown.
pub fn suggest_domain<'d>(domain: &str, own: &[&'d str]) -> Option<&'d str>
where
    'static: 'd,
{
    let meant = || own.iter().copied().chain(MEANT.iter().copied());
    if meant().any(|known| known == domain) || REAL.contains(&domain) {
        return None;
    }
    let (name, top) = domain.rsplit_once('.')?;
    let as_com = format!("{name}.com");
    if ONLY_COM.contains(&domain) || COM.contains(&top) {
        return meant().find(|known| is_one_slip(&as_com, known));
    }
    meant().find(|known| is_one_slip(domain, known))
}

/// Whether at most one letter is missing, added, changed or swapped with its neighbour.
fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (a, b) = (typed.as_bytes(), meant.as_bytes());
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (
        a.get(same_start..).unwrap_or(&[]),
        b.get(same_start..).unwrap_or(&[]),
    );
    match (a, b) {
        ([], []) => true,
        ([_, rest @ ..], _) if rest == b => true,
        (_, [_, rest @ ..]) if rest == a => true,
        ([_, x @ ..], [_, y @ ..]) if x == y => true,
        ([x1, x2, x @ ..], [y1, y2, y @ ..]) => x1 == y2 && x2 == y1 && x == y,
        _ => false,
    }
}
