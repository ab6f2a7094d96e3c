//! `Html` as a Leptos view: Leptos mounts it and serves it as any other.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

use super::Html;

/// What a page leaves behind when it stands in the document. Pages are mounted once, at the root,
/// and never taken out as a whole.
#[derive(Debug, Default)]
pub struct Mounted;

impl Mountable for Mounted {
    fn unmount(&mut self) {}

    fn mount(&mut self, _parent: &Element, _marker: Option<&Node>) {}

    fn insert_before_this(&self, _child: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

impl Render for Html {
    type State = Mounted;

    /// Never called: the server sends every first page, and it is taken over ([`Self::hydrate`]).
    fn build(self) -> Mounted {
        Mounted
    }

    fn rebuild(self, _state: &mut Mounted) {}
}

impl AddAnyAttr for Html {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Html {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        self.write_into(buf);
    }

    /// Takes over what stands in the element at the cursor.
    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        _position: &PositionState,
    ) -> Mounted {
        #[cfg(feature = "hydrate")]
        super::dom::take_over(self, &cursor.current());
        #[cfg(not(feature = "hydrate"))]
        let _ = cursor;
        Mounted
    }

    fn into_owned(self) -> Self {
        self
    }
}
