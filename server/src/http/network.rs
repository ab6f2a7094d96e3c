//! Where a request comes from, as far as trusted proxies tell it (norm 5).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

/// The networks whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    /// Said once: a proxy that is not believed makes all visitors one network.
    warned: Arc<AtomicBool>,
}

impl TrustedProxies {
    /// # Errors
    /// The first text that is neither an address nor a network.
    pub fn parse(texts: &[String]) -> Result<Self, String> {
        texts
            .iter()
            .map(|text| {
                let text = text.trim();
                text.parse::<IpNet>()
                    .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
                    .map_err(|_| {
                        format!("--trusted-proxies: {text} is not a network like 10.0.0.0/8")
                    })
            })
            .collect::<Result<_, _>>()
            .map(|networks| Self {
                networks,
                warned: Arc::default(),
            })
    }

    pub fn is_empty(&self) -> bool {
        self.networks.is_empty()
    }

    /// Whether somebody who is not believed names the addresses behind it.
    fn is_unknown_proxy(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let names = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
        names && !self.trusts(peer.to_canonical())
    }

    fn warn_once(&self, peer: IpAddr, headers: &HeaderMap) {
        if self.is_unknown_proxy(peer, headers) && !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                %peer,
                "this peer sends X-Forwarded-For or Forwarded and is not in --trusted-proxies: if \
                it is the portal's proxy, everybody behind it counts as one network"
            );
        }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks
            .iter()
            .any(|network| network.contains(&address))
    }

    /// The nearest address that is not a trusted proxy: whatever stands further left in the
    /// header was written by somebody who is not believed.
    fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        // A v4 peer of a v6 socket is still the proxy of a v4 network.
        let mut origin = peer.to_canonical();
        let hops: Vec<_> = headers
            .get_all("x-forwarded-for")
            .iter()
            .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
            .map(|hop| {
                std::str::from_utf8(hop)
                    .ok()
                    .and_then(|hop| address(hop.trim()))
            })
            .collect();
        for hop in hops.into_iter().rev() {
            if !self.trusts(origin) {
                return origin;
            }
            // What cannot be read ends the walk: nothing further left is known to come after it.
            let Some(hop) = hop else { return origin };
            origin = hop;
        }
        origin
    }

    /// The network a request comes from: a v4 address, or the /64 that one household has.
    pub fn network(&self, headers: &HeaderMap, extensions: &Extensions) -> String {
        let Some(peer) = extensions.get::<ConnectInfo<SocketAddr>>() else {
            return "unknown".into();
        };
        self.warn_once(peer.0.ip(), headers);
        match self.origin(peer.0.ip(), headers) {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => {
                let prefix: Vec<_> = v6
                    .segments()
                    .iter()
                    .take(4)
                    .map(|part| format!("{part:x}"))
                    .collect();
                prefix.join(":")
            }
        }
    }
}

/// A hop as proxies write it: bare, or with a port behind it.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.parse().or_else(|_| {
        hop.trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
    });
    bare.or_else(|_| hop.parse::<SocketAddr>().map(|with_port| with_port.ip()))
        .ok()
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::TrustedProxies;
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = TrustedProxies::parse(&["10.0.0.0/8".into(), "::1".into()]).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "6.6.6.6, 41.0.0.9, 10.0.0.7".parse().unwrap(),
        );
        let from = |peer: &str| trusted.origin(peer.parse().unwrap(), &headers).to_string();
        assert_eq!(from("10.0.0.1"), "41.0.0.9");
        assert_eq!(from("41.7.7.7"), "41.7.7.7");
        assert_eq!(from("::ffff:10.0.0.1"), "41.0.0.9");
        headers.insert("x-forwarded-for", "41.0.0.9:4711".parse().unwrap());
        let from = |peer: &str| trusted.origin(peer.parse().unwrap(), &headers).to_string();
        assert_eq!(from("10.0.0.1"), "41.0.0.9");
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(
            trusted.origin("::1".parse().unwrap(), &headers).to_string(),
            "::1"
        );
        assert!(TrustedProxies::parse(&["10.0.0.0/99".into()]).is_err());
    }

    #[test]
    fn a_hop_that_cannot_be_read_ends_the_walk_and_hides_no_other() {
        let trusted = TrustedProxies::parse(&["10.0.0.0/8".into()]).unwrap();
        let from = |line: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
            trusted
                .origin("10.0.0.1".parse().unwrap(), &headers)
                .to_string()
        };
        // Written by whoever is at 41.0.0.9; the proxy's own word behind it still counts.
        assert_eq!(from(b"caf\xe9, 41.0.0.9"), "41.0.0.9");
        assert_eq!(from(b"6.6.6.6, caf\xe9"), "10.0.0.1");
        assert_eq!(from(b"6.6.6.6, caf\xe9, 10.0.0.7"), "10.0.0.7");
    }

    #[test]
    fn a_proxy_that_is_not_believed_is_noticed() {
        let trusted = TrustedProxies::parse(&["10.0.0.0/8".into()]).unwrap();
        let mut headers = HeaderMap::new();
        let unknown = |headers: &HeaderMap, peer: &str| {
            trusted.is_unknown_proxy(peer.parse().unwrap(), headers)
        };
        assert!(!unknown(&headers, "41.0.0.9"));
        headers.insert("forwarded", HeaderValue::from_static("for=6.6.6.6"));
        assert!(unknown(&headers, "41.0.0.9"));
        assert!(!unknown(&headers, "::ffff:10.0.0.1"));
    }
}
