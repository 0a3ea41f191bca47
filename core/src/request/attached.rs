//! The images and documents of a request, each looked at once, however many rules ask.

use alloc::vec::Vec;

use super::media::base64::{self, Base64, Fault};
use super::media::image::{self, Format, Size};
use super::media::pdf::{self, Pdf};
use super::options::Target;
use super::read::{BlockKind, Request};
use super::tape::View;

/// What a block attaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Image,
    Document,
}

/// How the bytes are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    Base64,
    Url,
    Text,
    /// Other blocks in place of bytes.
    Content,
    /// By a file's id, in a way that is not known, or not at all.
    Elsewhere,
}

/// An image or document, and what is known of its bytes.
#[derive(Debug)]
pub(crate) struct Attached<'t, 'a> {
    pub(crate) what: What,
    pub(crate) given: Given,
    pub(crate) media_type: Option<View<'t, 'a>>,
    pub(crate) url: Option<View<'t, 'a>>,
    /// Converse's label: `png`, `jpeg`, `pdf` and the like.
    pub(crate) label: Option<View<'t, 'a>>,
    /// The base64 text.
    pub(crate) data: Option<Data<'t, 'a>>,
}

/// What a base64 text tells.
#[derive(Debug)]
pub(crate) struct Data<'t, 'a> {
    pub(crate) view: View<'t, 'a>,
    /// Characters of base64, without what escapes add.
    pub(crate) length: usize,
    pub(crate) fault: Option<Fault>,
    /// The kind of file; `None` where the first bytes are of no kind known, or cannot be read.
    pub(crate) format: Option<Format>,
    /// The pixels of an image; `None` where its header does not tell.
    pub(crate) size: Option<Size>,
    /// What the file tells of itself where a PDF is expected.
    pub(crate) pdf: Option<Pdf>,
}

/// Those of a request, in their order.
pub(crate) fn read<'t, 'a>(request: &Request<'t, 'a>) -> Vec<Attached<'t, 'a>> {
    let mut all = Vec::new();
    if request.options.target == Target::BedrockConverse {
        for block in request.messages.iter().filter_map(|message| message.content).flat_map(View::items) {
            let inner = block.get("toolResult").and_then(|result| result.get("content"));
            all.extend(converse(block));
            all.extend(inner.into_iter().flat_map(View::items).filter_map(converse));
        }
        return all;
    }
    for block in &request.blocks {
        match block.kind {
            BlockKind::Image => all.push(attached(What::Image, block.view)),
            BlockKind::Document => {
                let document = attached(What::Document, block.view);
                let held = document.given == Given::Content;
                all.push(document);
                if held {
                    let content = block.view.get("source").and_then(|source| source.get("content"));
                    let images = content.into_iter().flat_map(View::items).filter(|view| is_image(*view));
                    all.extend(images.map(|view| attached(What::Image, view)));
                }
            }
            _ => {}
        }
    }
    all
}

fn is_image(view: View<'_, '_>) -> bool {
    view.get("type").is_some_and(|kind| kind.is("image"))
}

fn attached<'t, 'a>(what: What, view: View<'t, 'a>) -> Attached<'t, 'a> {
    let source = view.get("source");
    let field = |key: &str| source.and_then(|source| source.get(key));
    let given = match field("type").and_then(View::str).as_deref() {
        Some("base64") => Given::Base64,
        Some("url") => Given::Url,
        Some("text") => Given::Text,
        Some("content") => Given::Content,
        _ => Given::Elsewhere,
    };
    let data = field("data").filter(|_| given == Given::Base64).and_then(|view| data(what, view));
    Attached { what, given, media_type: field("media_type"), url: field("url"), label: None, data }
}

/// A block of Converse that is one. Its bytes are base64 in JSON; what a language holds as bytes is not looked into.
fn converse<'t, 'a>(block: View<'t, 'a>) -> Option<Attached<'t, 'a>> {
    let image = block.get("image").map(|view| (What::Image, view));
    let (what, view) = image.or_else(|| block.get("document").map(|view| (What::Document, view)))?;
    let source = view.get("source");
    let field = |key: &str| source.and_then(|source| source.get(key));
    let bytes = field("bytes");
    let given = match bytes {
        Some(_) => Given::Base64,
        None if field("text").is_some() => Given::Text,
        None if field("content").is_some() => Given::Content,
        None => Given::Elsewhere,
    };
    let data = bytes.and_then(|view| data(what, view));
    Some(Attached { what, given, media_type: None, url: None, label: view.get("format"), data })
}

/// `None` where it is no text: then its shape is at fault, or it is an object that an SDK will encode.
fn data<'t, 'a>(what: What, view: View<'t, 'a>) -> Option<Data<'t, 'a>> {
    let text = view.str()?;
    let bytes = Base64(text.as_bytes());
    let format = image::format(&bytes);
    let fault = base64::check(text.as_bytes()).err();
    let size = format.and_then(|format| image::size(format, &bytes));
    let pdf = (what == What::Document && fault.is_none()).then(|| pdf::inspect(&bytes));
    Some(Data { view, length: text.len(), fault, format, size, pdf })
}
