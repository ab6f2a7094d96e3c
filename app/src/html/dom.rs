//! Markup in the browser: nodes made of it, or nodes that the server sent taken over.
//!
//! Taking over walks elements and our own comments only. Texts are never looked at, so a translator
//! may have replaced them; elements that are not ours (browser extensions put some beside fields)
//! are passed over. A page that is not the one the server sent throws: the boot script then leaves
//! it to the browser, and it works as plain HTML.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::Event;
use leptos::prelude::document;
use leptos::reactive::effect::RenderEffect;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, UnwrapThrowExt};
use web_sys::{EventInit, HtmlInputElement, Node};

use super::write::{CLOSE, OPEN};
use super::{Attr, Content, Element, Handler, Html, LiveHtml, LiveText, LiveValue, Piece, Value};

/// Effects live as long as the nodes they follow.
type Kept = Vec<RenderEffect<Shown>>;

/// What an effect has put into the document.
#[derive(Default)]
struct Shown {
    /// The comments around it, where it is nodes.
    ends: Option<(Node, Node)>,
    /// The effects inside it.
    #[expect(dead_code, reason = "kept for what happens when it is dropped")]
    kept: Kept,
}

/// Puts nodes where they belong the first time, and answers the comments around them.
type First = Box<dyn FnOnce(Html, &mut Kept) -> (Node, Node)>;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Takes over the children of `parent`, for as long as the page lives.
pub(super) fn take_over(html: Html, parent: &Node) {
    let mut kept = Kept::new();
    Walk::below(parent).piece(html, &mut kept);
    std::mem::forget(kept);
}

/// A walk along the children of one node.
#[derive(Clone)]
struct Walk(Rc<RefCell<Option<Node>>>);

impl Walk {
    fn below(parent: &Node) -> Self {
        Self(Rc::new(RefCell::new(parent.first_child())))
    }

    fn step(&self) -> Node {
        let now = self.0.take();
        let now = now.expect_throw("the page ends before it should");
        self.0.replace(now.next_sibling());
        now
    }

    /// The next element, which has to be a `tag`.
    fn element(&self, tag: &str) -> web_sys::Element {
        loop {
            let node = self.step();
            if mark(&node).is_some() {
                wasm_bindgen::throw_str("an element is missing");
            }
            match node.dyn_into::<web_sys::Element>() {
                Ok(element) if element.local_name() == tag => return element,
                Ok(_) | Err(_) => {}
            }
        }
    }

    /// The next of our comments, which has to be `wanted`.
    fn comment(&self, wanted: &str) -> Node {
        loop {
            let node = self.step();
            match mark(&node) {
                Some(mark) if mark == wanted => return node,
                Some(_) => wasm_bindgen::throw_str("a comment is missing"),
                None => {}
            }
        }
    }

    fn piece(&self, html: Html, kept: &mut Kept) {
        match html.0 {
            Piece::Nothing | Piece::Doctype => {}
            Piece::Element(element) => {
                let node = self.element(element.tag);
                attach(*element, &node, kept);
            }
            Piece::Many(pieces) => pieces.into_iter().for_each(|one| self.piece(one, kept)),
            Piece::Live(make) => {
                let walk = self.clone();
                kept.push(follow(make, move |html, kept| {
                    let open = walk.comment(OPEN);
                    walk.piece(html, kept);
                    (open, walk.comment(CLOSE))
                }));
            }
        }
    }
}

/// Which of our comments a node is.
fn mark(node: &Node) -> Option<String> {
    if node.node_type() != Node::COMMENT_NODE {
        return None;
    }
    node.node_value()
        .filter(|text| text == OPEN || text == CLOSE)
}

/// An element that the server sent hears and follows from now on.
fn attach(element: Element, node: &web_sys::Element, kept: &mut Kept) {
    for (name, attr) in element.attrs {
        if let Attr::Live(make) = attr {
            kept.push(follow_value(node, name, make, false));
        }
    }
    match element.content {
        Content::Raw(_) => {}
        Content::LiveRaw(make) => kept.push(follow_text(node, make, false)),
        Content::Children(children) => {
            let walk = Walk::below(node);
            for child in children {
                walk.piece(child, kept);
            }
        }
    }
    let hears = !element.handlers.is_empty();
    hear(node, element.handlers);
    if hears && let Some(input) = node.dyn_ref::<HtmlInputElement>() {
        tell_what_was_typed(input.clone());
    }
}

/// What was typed, or filled in by the browser, before the app was there is told to it now.
fn tell_what_was_typed(input: HtmlInputElement) {
    if input.value() == input.default_value() {
        return;
    }
    spawn_local(async move {
        let bubbling = EventInit::new();
        bubbling.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &bubbling) {
            // Only refused for an event that is on its way already.
            let _ = input.dispatch_event(&event);
        }
    });
}

/// Puts new nodes before `before`, or at the end.
fn insert(html: Html, parent: &Node, before: Option<&Node>, in_svg: bool, kept: &mut Kept) {
    match html.0 {
        Piece::Nothing | Piece::Doctype => {}
        Piece::Element(element) => {
            let node = make(*element, in_svg, kept);
            put(parent, &node, before);
        }
        Piece::Many(pieces) => {
            for piece in pieces {
                insert(piece, parent, before, in_svg, kept);
            }
        }
        Piece::Live(make) => {
            let [open, close] = [OPEN, CLOSE].map(|mark| document().create_comment(mark));
            put(parent, &open, before);
            put(parent, &close, before);
            let parent = parent.clone();
            kept.push(follow(make, move |html, kept| {
                insert(html, &parent, Some(&close), in_svg, kept);
                (open.into(), close.into())
            }));
        }
    }
}

fn put(parent: &Node, node: &Node, before: Option<&Node>) {
    parent.insert_before(node, before).unwrap_throw();
}

fn make(element: Element, in_svg: bool, kept: &mut Kept) -> web_sys::Element {
    let in_svg = in_svg || element.tag == "svg";
    let space = in_svg.then_some(SVG);
    let node = match space {
        Some(_) => document().create_element_ns(space, element.tag),
        None => document().create_element(element.tag),
    }
    .unwrap_throw();
    for (name, attr) in element.attrs {
        match attr {
            Attr::Fixed(value) => set(&node, name, &value),
            Attr::Live(make) => kept.push(follow_value(&node, name, make, true)),
        }
    }
    match element.content {
        Content::Raw(escaped) => node.set_inner_html(&escaped),
        Content::LiveRaw(make) => kept.push(follow_text(&node, make, true)),
        Content::Children(children) => {
            for child in children {
                insert(child, &node, None, in_svg, kept);
            }
        }
    }
    hear(&node, element.handlers);
    node
}

fn set(node: &web_sys::Element, name: &str, value: &Value) {
    let done = match value {
        Value::Absent => node.remove_attribute(name),
        Value::Flag => node.set_attribute(name, ""),
        Value::Text(text) => node.set_attribute(name, text),
    };
    done.unwrap_throw();
}

fn hear(node: &web_sys::Element, handlers: Vec<(&'static str, Handler)>) {
    for (event, handler) in handlers {
        let handler: Box<dyn Fn(Event)> = handler;
        // The browser frees it together with the node.
        let listener = Closure::wrap(handler).into_js_value();
        node.add_event_listener_with_callback(event, listener.unchecked_ref())
            .unwrap_throw();
    }
}

/// Nodes that follow signals. `first` says where they stand: it takes them over or puts them there.
fn follow(
    make: LiveHtml,
    first: impl FnOnce(Html, &mut Kept) -> (Node, Node) + 'static,
) -> RenderEffect<Shown> {
    let first: First = Box::new(first);
    let mut first = Some(first);
    RenderEffect::new(move |before: Option<Shown>| {
        let html = make();
        let mut kept = Kept::new();
        let ends = match (before.and_then(|shown| shown.ends), first.take()) {
            (Some((open, close)), _) => {
                replace(html, &open, &close, &mut kept);
                Some((open, close))
            }
            (None, Some(first)) => Some(first(html, &mut kept)),
            (None, None) => None,
        };
        Shown { ends, kept }
    })
}

fn replace(html: Html, open: &Node, close: &Node, kept: &mut Kept) {
    // Somebody else, such as an extension, may have taken it all out.
    let Some(parent) = close.parent_node() else {
        return;
    };
    while let Some(old) = close.previous_sibling().filter(|old| old != open) {
        parent.remove_child(&old).unwrap_throw();
    }
    let in_svg = parent
        .dyn_ref::<web_sys::Element>()
        .is_some_and(|parent| parent.namespace_uri().as_deref() == Some(SVG));
    insert(html, &parent, Some(close), in_svg, kept);
}

/// An attribute that follows signals. What the server sent is right the first time.
fn follow_value(
    node: &web_sys::Element,
    name: &'static str,
    make: LiveValue,
    write_first: bool,
) -> RenderEffect<Shown> {
    let node = node.clone();
    let mut before = None;
    RenderEffect::new(move |ran: Option<Shown>| {
        let value = make();
        if (ran.is_some() || write_first) && before.as_ref() != Some(&value) {
            set(&node, name, &value);
        }
        before = Some(value);
        Shown::default()
    })
}

/// A text that follows signals: a new one replaces whatever a translator made of the old one.
fn follow_text(node: &web_sys::Element, make: LiveText, write_first: bool) -> RenderEffect<Shown> {
    let node = node.clone();
    let mut before = None;
    RenderEffect::new(move |ran: Option<Shown>| {
        let text = make();
        if (ran.is_some() || write_first) && before.as_ref() != Some(&text) {
            node.set_inner_html(&text);
        }
        before = Some(text);
        Shown::default()
    })
}
