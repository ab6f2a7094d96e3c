//! What a request brings along: language, cookies, network, device.

use axum::http::{Extensions, HeaderMap, header};
use miftah_portal::visitor::Arrival;
use miftah_rules::Lang;

use crate::state::App;

pub fn arrival(app: &App, lang: Lang, headers: &HeaderMap, extensions: &Extensions) -> Arrival {
    Arrival {
        lang,
        browser: app.cookies.read_browser(headers),
        session: app.cookies.read_session(headers),
        robot: app.cookies.read_robot(headers),
        network: app.proxies.network(headers, extensions),
        device: device(text(headers, header::USER_AGENT)),
    }
}

/// The language to greet in: the one last chosen, the browser's, or the institution's own.
pub fn greeting(app: &App, headers: &HeaderMap) -> Lang {
    app.cookies
        .read_lang(headers)
        .or_else(|| Lang::from_accept(text(headers, header::ACCEPT_LANGUAGE)))
        .unwrap_or(app.portal.institution.default_lang)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Whether the client asks for the view instead of the page (idea 7).
pub fn wants_json(headers: &HeaderMap) -> bool {
    text(headers, header::ACCEPT).split(',').any(|part| {
        part.split(';')
            .next()
            .is_some_and(|mime| mime.trim().eq_ignore_ascii_case("application/json"))
    })
}

/// Browser and system in two words, for the list of sessions: enough to recognise one's own
/// device, too little to follow it.
fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("SamsungBrowser", "Samsung Internet"),
        ("OPR/", "Opera"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    [find(&BROWSERS), find(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_browser_and_system() {
        let phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                     Chrome/126.0.0.0 Mobile Safari/537.36";
        assert_eq!(device(phone), "Chrome · Android");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(device(iphone), "Safari · iPhone");
        assert_eq!(device(""), "");
    }
}
