//! What may be wrong with images, as far as their bytes tell.
//!
//! Source: <https://platform.claude.com/docs/en/build-with-claude/vision>

use alloc::format;

use super::Sink;
use crate::ascii;
use crate::request::attached::{Attached, Data, Given, What};
use crate::request::media::base64::Problem;
use crate::request::media::image::Format;
use crate::request::options::Target;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, View};

const KNOWN: &str = "image/jpeg, image/png, image/gif or image/webp";

/// The label, where it is a text, and the type it says, where that is known.
fn label<'t, 'a>(image: &Attached<'t, 'a>) -> Option<(View<'t, 'a>, Option<Format>)> {
    let view = image.media_type?;
    Some((view, Format::of_media_type(&view.str()?)))
}

fn encoded_image<'i, 't, 'a>(attached: &'i Attached<'t, 'a>) -> Option<&'i Data<'t, 'a>> {
    attached.data.as_ref().filter(|_| attached.what == What::Image)
}

/// One of the four types is declared.
pub(crate) fn type_is_accepted(_: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, declared)) = label(image) else { return };
    if image.what != What::Image || image.given != Given::Base64 || declared.is_some_and(Format::is_accepted_image) {
        return;
    }
    let found = sink.at(view, format!("is none of the image types: {KNOWN} is expected"));
    if let Some(own) = image.data.as_ref().and_then(|data| data.format) {
        let own_type = own.media_type();
        found.fix(if own.is_accepted_image() {
            format!("set it to `{own_type}`, which the bytes are")
        } else {
            format!("convert the image to PNG or JPEG: the bytes are {own_type}")
        });
    }
}

/// It is the type of the bytes.
pub(crate) fn type_fits(_: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let accepted = |format: &Format| format.is_accepted_image();
    let own = encoded_image(image).and_then(|data| data.format).filter(accepted);
    let (Some((view, Some(said))), Some(own)) = (label(image), own) else { return };
    if accepted(&said) && own != said {
        let message = format!("says {}, but the bytes are {}", said.media_type(), own.media_type());
        sink.at(view, message).fix(format!("set it to `{}`", own.media_type()));
    }
}

/// The labels that Converse has for images.
const LABELS: [&str; 4] = ["png", "jpeg", "gif", "webp"];

/// Converse's label is one of its own: neither `jpg` nor a media type is.
pub(crate) fn label_is_known(_: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = image.label.filter(|view| image.what == What::Image && view.raw().is_some()) else { return };
    if LABELS.iter().any(|name| view.is(name)) {
        return;
    }
    let found = sink.at(view, "is none of the formats: `png`, `jpeg`, `gif` or `webp` is expected");
    if let Some(own) = encoded_image(image).and_then(|data| data.format).filter(|format| format.is_accepted_image()) {
        found.fix(format!("set it to `{}`", own.media_type().trim_start_matches("image/")));
    }
}

/// Converse's label is that of the bytes.
pub(crate) fn label_fits(_: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let own = encoded_image(image).and_then(|data| data.format).filter(|format| format.is_accepted_image());
    let (Some(view), Some(own)) = (image.label, own) else { return };
    let own = own.media_type().trim_start_matches("image/");
    if !view.is(own) && LABELS.iter().any(|name| view.is(name)) {
        sink.at(view, format!("is not `{own}`, which the bytes are")).fix(format!("set it to `{own}`"));
    }
}

/// The text is base64 without a prefix.
pub(crate) fn text_is_base64(_: &Request<'_, '_>, attached: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some((data, fault)) = attached.data.as_ref().and_then(|data| data.fault.map(|fault| (data, fault))) else { return };
    // Decoders differ over these.
    let certain = match fault.problem {
        Problem::DataUrl => return,
        Problem::Whitespace | Problem::Padding | Problem::TrailingBits => false,
        _ => true,
    };
    sink.judge(certain, data.view, format!("is not base64 at character {}: {}", fault.offset, fault.problem.text()));
}

pub(crate) fn text_has_no_prefix(_: &Request<'_, '_>, attached: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some((data, fault)) = attached.data.as_ref().and_then(|data| data.fault.map(|fault| (data, fault))) else { return };
    if fault.problem == Problem::DataUrl {
        sink.at(data.view, "begins with `data:`: only what stands behind the comma is expected");
    }
}

/// How long the base64 text of one image may be.
const fn most_bytes(target: Target) -> usize {
    match target {
        Target::Anthropic | Target::Foundry => 10 << 20,
        Target::Portable | Target::Bedrock | Target::BedrockConverse | Target::Vertex => 5 << 20,
    }
}

pub(crate) fn text_is_not_too_long(request: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let most = most_bytes(request.options.target);
    if let Some(data) = encoded_image(image).filter(|data| data.length > most) {
        let message = format!("has {} bytes of base64: at most {most} ({} MB) are taken", data.length, most >> 20);
        sink.at(data.view, message);
    }
}

/// So many pixels a side may have.
const MOST_PIXELS: u32 = 8_000;
/// The same where there are many images.
const MOST_PIXELS_OF_MANY: u32 = 2_000;
/// More than these are many.
const FEW: usize = 20;

pub(crate) fn sides_are_not_too_long(_: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some((data, size)) = encoded_image(image).and_then(|data| Some((data, data.size?))) else { return };
    if size.longest() > MOST_PIXELS {
        let message = format!("is {} × {} pixels: at most {MOST_PIXELS} a side are taken", size.width, size.height);
        sink.at(data.view, message);
    }
}

/// Where there are many images, each of them is smaller.
pub(crate) fn many_are_small(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let all = &request.attached;
    // Bedrock and Google Cloud count documents too.
    let documents = matches!(request.options.target, Target::Bedrock | Target::Vertex | Target::Portable);
    let count = all.iter().filter(|one| one.what == What::Image || (documents && is_file(one))).count();
    if count <= FEW {
        return;
    }
    for (data, size) in all.iter().filter_map(|one| encoded_image(one).and_then(|data| Some((data, data.size?)))) {
        if (MOST_PIXELS_OF_MANY + 1..=MOST_PIXELS).contains(&size.longest()) {
            let (width, height) = (size.width, size.height);
            sink.at(
                data.view,
                format!("is {width} × {height} pixels: at most {MOST_PIXELS_OF_MANY} a side are taken where there are more than {FEW} images, and here are {count}"),
            );
        }
    }
}

/// A document that is a file, not a text.
fn is_file(attached: &Attached<'_, '_>) -> bool {
    attached.what == What::Document && !matches!(attached.given, Given::Text | Given::Content)
}

/// There are not more images and documents than the model takes.
pub(crate) fn are_not_too_many(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let all = &request.attached;
    let Some((model, limit)) = request.model.and_then(|model| Some((model, model.image_limit?))) else { return };
    let images = all.iter().filter(|one| one.what == What::Image).count();
    let documents = all.iter().filter(|one| is_file(one)).count();
    if images + documents > limit as usize {
        let message = format!("{images} images and {documents} documents: {} takes at most {limit} together", model.name());
        sink.judge(model.certain(), request.field(Field::Messages).unwrap_or(request.root), message);
    }
}

/// So many images Converse takes in one request.
/// Source: <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html>
const MOST_IN_CONVERSE: usize = 20;

pub(crate) fn converse_takes_few(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let images = request.attached.iter().filter(|one| one.what == What::Image).count();
    if images > MOST_IN_CONVERSE {
        let messages = request.field(Field::Messages).unwrap_or(request.root);
        sink.at(messages, format!("{images} images: Converse takes at most {MOST_IN_CONVERSE}"));
    }
}

/// The bytes are an image.
pub(crate) fn bytes_are_an_image(_: &Request<'_, '_>, image: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some(data) = encoded_image(image) else { return };
    if data.length == 0 {
        sink.at(data.view, "is empty: the base64 of an image is expected");
        return;
    }
    // What is no base64, or is labelled as something else, is told by other rules.
    let labelled = label(image).is_none_or(|(_, format)| format.is_some_and(Format::is_accepted_image));
    if !labelled || data.fault.is_some_and(|fault| fault.offset < 1_024) {
        return;
    }
    match data.format {
        None => _ = sink.at(data.view, format!("does not begin as an image does: {KNOWN} is expected")),
        Some(format) if !format.is_accepted_image() => {
            sink.at(data.view, format!("is {}: {KNOWN} is expected", format.media_type()));
        }
        Some(format) => match data.size {
            None => _ = sink.maybe_at(data.view, format!("is {} with a damaged header, or cut", format.media_type())),
            Some(size) if size.width == 0 || size.height == 0 => _ = sink.maybe_at(data.view, "is an image without pixels"),
            Some(_) => {}
        },
    }
}

/// An address is one that the server can and will fetch.
/// The platform fetches it. Routers fetch for Bedrock as they do for Google Cloud, of which alone an answer was seen.
pub(crate) fn address_is_taken(_: &Request<'_, '_>, attached: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(view) = attached.url.filter(|_| attached.given == Given::Url) {
        sink.at(view, "is an address, and this platform takes bytes only").fix("send a source of type `base64`");
    }
}

pub(crate) fn address_is_https(_: &Request<'_, '_>, attached: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = attached.url.filter(|url| attached.given == Given::Url && url.kind() == Kind::String) else { return };
    let Some(scheme) = view.str() else { return };
    let begins = |words: &str| ascii::starts_with(&*scheme, words);
    if begins("https:") {
        return;
    }
    if begins("http:") {
        sink.maybe_at(view, "begins with http: https is expected");
    } else if begins("data:") {
        sink.at(view, "is a `data:` address: an https address is expected")
            .fix("send a source of type `base64`, with what stands behind the comma as `data`");
    } else {
        sink.at(view, "is no web address: one that begins with https is expected");
    }
}
