//! `html!`: markup in pages, written as HTML.
//!
//! The syntax is that of Leptos' `view!` without components: elements, attributes, `on:event`,
//! blocks. What comes out is calls of one builder (`app::html`) instead of one type an element: in
//! the browser's module every element of every page is then drawn by the same few functions
//! (measured: ARCHITECTURE.md, "Markup").
//!
//! A bare text is refused here: a visible text is the whole content of its own element and is
//! written by `ui::text` (the text-node rule).

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use syn::spanned::Spanned as _;

/// Markup: `html! { <p class="quiet">{child}</p> }` is an `Html`.
#[proc_macro]
pub fn html(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match rstml::parse2(input.into()) {
        Ok(nodes) => whole(&nodes).into(),
        Err(error) => error.to_compile_error().into(),
    }
}

fn whole(nodes: &[Node]) -> TokenStream {
    let pieces: Vec<_> = nodes.iter().filter_map(piece).collect();
    match pieces.as_slice() {
        [one] => quote! { crate::html::IntoHtml::into_html(#one) },
        many => quote! {
            crate::html::Html::many(vec![#(crate::html::IntoHtml::into_html(#many)),*])
        },
    }
}

fn piece(node: &Node) -> Option<TokenStream> {
    match node {
        Node::Element(element) => Some(build(element)),
        Node::Block(block) => Some(inside(block)),
        Node::Fragment(fragment) => Some(whole(&fragment.children)),
        Node::Doctype(_) => Some(quote! { crate::html::Html::doctype() }),
        Node::Comment(_) => None,
        Node::Text(_) | Node::RawText(_) | Node::Custom(_) => {
            let why = "a visible text is an element of its own: `{text(\"span\", \"\", …)}`";
            Some(quote_spanned! { node.span() => compile_error!(#why) })
        }
    }
}

/// What stands between the braces: they are the markup's, not Rust's.
fn inside(block: &NodeBlock) -> TokenStream {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([syn::Stmt::Expr(expression, None)]) => quote! { #expression },
        _ => quote! { #block },
    }
}

fn build(element: &NodeElement<rstml::Infallible>) -> TokenStream {
    let tag = element.name().to_string();
    let attributes = element.attributes().iter().map(attribute);
    let children = element.children.iter().filter_map(piece);
    quote! {
        crate::html::Element::new(#tag) #(#attributes)* #(.child(#children))*
    }
}

fn attribute(attribute: &NodeAttribute) -> TokenStream {
    match attribute {
        NodeAttribute::Attribute(keyed) => keyed_attribute(keyed),
        NodeAttribute::Block(block) => {
            quote_spanned! { block.span() => .compile_error("an attribute has a name") }
        }
    }
}

fn keyed_attribute(attribute: &KeyedAttribute) -> TokenStream {
    let name = attribute.key.to_string();
    match (name.strip_prefix("on:"), attribute.value()) {
        (Some(event), Some(handler)) => quote! { .on(#event, #handler) },
        (_, Some(value)) => quote! { .attr(#name, #value) },
        (_, None) => quote! { .attr(#name, true) },
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    fn expand(markup: TokenStream) -> String {
        super::whole(&rstml::parse2(markup).unwrap()).to_string()
    }

    #[test]
    fn a_bare_text_does_not_compile() {
        for bare in [
            quote::quote! { <p>"bare"</p> },
            quote::quote! { <p>bare</p> },
            quote::quote! { <ul><li></li>"bare"</ul> },
            quote::quote! { "bare" },
        ] {
            assert!(expand(bare).contains("compile_error"));
        }
        let fine = quote::quote! { <p class="a" hidden on:click=f>{child}</p> };
        assert!(!expand(fine).contains("compile_error"));
    }
}
