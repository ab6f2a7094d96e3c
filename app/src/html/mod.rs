//! Markup: what a page is made of, on the server and in the browser.
//!
//! One type for all markup, [`Html`], where Leptos' own views have a type an element. In the
//! browser that is the difference between a module of 354 kB and one that a cheap phone loads
//! (ARCHITECTURE.md, "Markup"), and it holds the text-node rule by construction: there is no way
//! to put a bare text among children. Signals, effects, owners and mounting are Leptos'; `Html` is
//! a Leptos view like any other (`view.rs`).
//!
//! - `write.rs` writes it as HTML; `dom.rs` makes nodes of it, or takes over those the server sent.
//! - Pages write it with `html!` (the macro lies in `html-macro`).

use std::borrow::Cow;
use std::fmt;

use leptos::ev::Event;

#[cfg(feature = "hydrate")]
mod dom;
mod view;
mod write;

pub use miftah_html_macro::html;

/// Markup that is made anew when a signal it reads changes.
type LiveHtml = Box<dyn Fn() -> Html + Send + Sync>;
/// Escaped HTML that follows signals.
type LiveText = Box<dyn Fn() -> String + Send + Sync>;
type LiveValue = Box<dyn Fn() -> Value + Send + Sync>;
#[cfg(feature = "hydrate")]
type Handler = Box<dyn Fn(Event) + Send + Sync>;

/// A piece of a page: nothing, an element, or several.
#[derive(Default)]
pub struct Html(Piece);

#[derive(Default)]
enum Piece {
    #[default]
    Nothing,
    Doctype,
    Element(Box<Element>),
    Many(Vec<Html>),
    Live(LiveHtml),
}

/// An element being written.
pub struct Element {
    tag: &'static str,
    attrs: Vec<(&'static str, Attr)>,
    content: Content,
    // The server hears no events.
    #[cfg(feature = "hydrate")]
    handlers: Vec<(&'static str, Handler)>,
}

enum Content {
    Children(Vec<Html>),
    /// Escaped by whoever made it: `ui::text` and `document` alone.
    Raw(String),
    LiveRaw(LiveText),
}

/// An attribute's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The attribute is not there.
    Absent,
    /// It is there, without a value.
    Flag,
    Text(Cow<'static, str>),
}

/// A value, or one that follows signals.
pub enum Attr {
    Fixed(Value),
    Live(LiveValue),
}

impl Html {
    /// Several pieces side by side.
    pub fn many(pieces: Vec<Self>) -> Self {
        Self(Piece::Many(pieces))
    }

    /// The first line of a document.
    pub fn doctype() -> Self {
        Self(Piece::Doctype)
    }
}

impl Element {
    pub const fn new(tag: &'static str) -> Self {
        Self {
            tag,
            attrs: Vec::new(),
            content: Content::Children(Vec::new()),
            #[cfg(feature = "hydrate")]
            handlers: Vec::new(),
        }
    }

    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl IntoAttr) -> Self {
        self.attrs.push((name, value.into_attr()));
        self
    }

    #[must_use]
    pub fn on(self, event: &'static str, handler: impl Fn(Event) + Send + Sync + 'static) -> Self {
        #[cfg(feature = "hydrate")]
        {
            let mut heard = self;
            heard.handlers.push((event, Box::new(handler)));
            heard
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = (event, handler);
            self
        }
    }

    #[must_use]
    pub fn child(mut self, child: impl IntoHtml) -> Self {
        if let Content::Children(children) = &mut self.content {
            children.push(child.into_html());
        }
        self
    }

    /// Escaped HTML as the whole content. Tidy allows it in `ui/text.rs` and `document.rs` alone.
    #[must_use]
    pub fn raw(mut self, escaped: String) -> Self {
        self.content = Content::Raw(escaped);
        self
    }

    /// The same, following signals.
    #[must_use]
    pub fn live_raw(mut self, escaped: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.content = Content::LiveRaw(Box::new(escaped));
        self
    }
}

/// What can stand as a child. A text cannot: it is written by `ui::text`.
pub trait IntoHtml {
    fn into_html(self) -> Html;
}

impl IntoHtml for Html {
    fn into_html(self) -> Html {
        self
    }
}

impl IntoHtml for Element {
    fn into_html(self) -> Html {
        Html(Piece::Element(Box::new(self)))
    }
}

impl<T: IntoHtml> IntoHtml for Option<T> {
    fn into_html(self) -> Html {
        self.map_or_else(Html::default, T::into_html)
    }
}

impl<T: IntoHtml> IntoHtml for Vec<T> {
    fn into_html(self) -> Html {
        self.into_iter().collect()
    }
}

impl<T: IntoHtml, F: Fn() -> T + Send + Sync + 'static> IntoHtml for F {
    fn into_html(self) -> Html {
        Html(Piece::Live(Box::new(move || self().into_html())))
    }
}

impl<T: IntoHtml> FromIterator<T> for Html {
    fn from_iter<I: IntoIterator<Item = T>>(pieces: I) -> Self {
        Self::many(pieces.into_iter().map(T::into_html).collect())
    }
}

/// What can be a value.
pub trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::Flag } else { Value::Absent }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, T::into_value)
    }
}

/// What can be an attribute: a value, or a closure that makes one.
pub trait IntoAttr {
    fn into_attr(self) -> Attr;
}

macro_rules! fixed {
    ($($kind:ty),*) => {$(
        impl IntoAttr for $kind {
            fn into_attr(self) -> Attr {
                Attr::Fixed(self.into_value())
            }
        }
    )*};
}

fixed!(
    &'static str,
    String,
    bool,
    Option<&'static str>,
    Option<String>
);

impl<V: IntoValue, F: Fn() -> V + Send + Sync + 'static> IntoAttr for F {
    fn into_attr(self) -> Attr {
        Attr::Live(Box::new(move || self().into_value()))
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Piece::Nothing => f.write_str("nothing"),
            Piece::Doctype => f.write_str("doctype"),
            Piece::Element(element) => element.fmt(f),
            Piece::Many(pieces) => pieces.fmt(f),
            Piece::Live(_) => f.write_str("live"),
        }
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.tag)
    }
}

impl fmt::Debug for Attr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(value) => value.fmt(f),
            Self::Live(_) => f.write_str("live"),
        }
    }
}
