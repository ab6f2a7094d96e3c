//! The query of a page: a journey's id and a few words, never personal data.

use miftah_rules::Place;

/// A parsed query string. Values are ids and words; one is what somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `a=b&c=d`. At most eight pairs are looked at.
    pub fn new(text: &str) -> Self {
        Self(
            text.split('&')
                .take(8)
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), decoded(value)))
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The journey named by `j`.
    pub fn journey(&self) -> Option<&str> {
        self.get("j").filter(|id| !id.is_empty())
    }

    /// The journey whose typed values are carried over.
    pub fn from(&self) -> Option<&str> {
        self.get("from").filter(|id| !id.is_empty())
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A word after `name=`.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.get(name)
    }

    /// Where to go after signing in: only a page of this portal, so that no link leads away, and
    /// none whose path holds words of whoever made the link.
    pub fn then(&self) -> Option<String> {
        self.get("then")
            .and_then(Place::parse)
            .filter(Place::follows_sign_in)
            .map(|p| p.path())
    }
}

/// `%XX` and `+` as forms write them. What is no UTF-8 is replaced, what is no escape stays.
fn decoded(value: &str) -> String {
    let hex = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = hex(bytes.get(at + 1)).zip(hex(bytes.get(at + 2)));
        match (byte, escaped) {
            (b'%', Some((high, low))) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                at += 1;
            }
            (byte, _) => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn only_pages_of_the_portal_follow_a_sign_in() {
        assert_eq!(
            Query::new("then=/account/contact").then(),
            Some("/account/contact".into())
        );
        assert_eq!(
            Query::new("then=%2Faccount").then(),
            Some("/account".into())
        );
        for hostile in [
            "then=//evil.example",
            "then=https://evil.example",
            "then=",
            "then=/logout",
            "then=/not-me/x\r\nset-cookie:a=b",
            "then=/problems/..",
            "x=1",
        ] {
            assert_eq!(Query::new(hostile).then(), None, "{hostile}");
        }
    }
}
