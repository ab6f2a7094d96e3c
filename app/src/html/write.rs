//! Markup as HTML. Between elements stands nothing, and around what follows signals stand two
//! comments: the browser's side finds its way by them (`dom.rs`).

use super::{Attr, Content, Element, Html, Piece, Value};

/// Opens what follows signals.
pub(super) const OPEN: &str = "[";
/// Closes it.
pub(super) const CLOSE: &str = "]";

/// Elements that have no content and no end.
const VOID: [&str; 8] = ["area", "br", "hr", "img", "input", "link", "meta", "source"];

impl Html {
    /// The whole as HTML.
    pub fn write(&self) -> String {
        let mut out = String::new();
        self.write_into(&mut out);
        out
    }

    pub(super) fn write_into(&self, out: &mut String) {
        piece(self, out);
    }
}

fn piece(html: &Html, out: &mut String) {
    match &html.0 {
        Piece::Nothing => {}
        Piece::Doctype => out.push_str("<!DOCTYPE html>"),
        Piece::Element(inner) => element(inner, out),
        Piece::Many(pieces) => pieces.iter().for_each(|one| piece(one, out)),
        Piece::Live(make) => {
            comment(OPEN, out);
            piece(&make(), out);
            comment(CLOSE, out);
        }
    }
}

fn comment(mark: &str, out: &mut String) {
    out.push_str("<!--");
    out.push_str(mark);
    out.push_str("-->");
}

fn element(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(element.tag);
    for (name, attr) in &element.attrs {
        match attr {
            Attr::Fixed(value) => attribute(name, value, out),
            Attr::Live(make) => attribute(name, &make(), out),
        }
    }
    out.push('>');
    match &element.content {
        Content::Children(children) => children.iter().for_each(|child| piece(child, out)),
        Content::Raw(escaped) => out.push_str(escaped),
        Content::LiveRaw(make) => out.push_str(&make()),
    }
    if !VOID.contains(&element.tag) {
        out.push_str("</");
        out.push_str(element.tag);
        out.push('>');
    }
}

fn attribute(name: &str, value: &Value, out: &mut String) {
    let text = match value {
        Value::Absent => return,
        Value::Flag => "",
        Value::Text(text) => text,
    };
    out.push(' ');
    out.push_str(name);
    if text.is_empty() {
        return;
    }
    out.push_str("=\"");
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use crate::html::{Element, Html, html};

    #[test]
    fn markup_is_written_without_anything_between() {
        let absent: Option<&str> = None;
        let page = html! {
            <form method="post" novalidate id=absent>
                <input name="a" value=String::from("\"<x>&") hidden=false />
                {Some(html! { <p></p> })}
                {vec![html! { <i></i> }, Html::default()]}
            </form>
            {Element::new("b").raw("&lt;".into())}
        };
        assert_eq!(
            page.write(),
            "<form method=\"post\" novalidate><input name=\"a\" value=\"&quot;&lt;x&gt;&amp;\">\
             <p></p><i></i></form><b>&lt;</b>"
        );
    }

    #[test]
    fn what_follows_signals_is_marked() {
        let page = html! { <div data-level=|| "2".to_owned()>{|| html! { <p></p> }}</div> };
        assert_eq!(
            page.write(),
            "<div data-level=\"2\"><!--[--><p></p><!--]--></div>"
        );
    }
}
