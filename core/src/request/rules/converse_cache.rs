//! Where Converse takes cache points: behind a block that a cache may end with.
//!
//! The service makes each of them a marker of the block before it, so that there must be one that takes a marker.

use alloc::format;

use super::Sink;
use super::cache::MOST;
use super::converse::tools;
use crate::request::read::{Message, Request};
use crate::request::tape::View;

/// They are few: counted in the order in which the server goes through them.
pub(crate) fn are_few(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let blocks = tools(request).into_iter().chain(request.root.get("system")).flat_map(View::items);
    let blocks = blocks.chain(request.messages.iter().filter_map(|message| message.content).flat_map(View::items));
    let mut points = blocks.filter_map(|block| block.get("cachePoint"));
    if let Some(extra) = points.nth(MOST) {
        let count = MOST + 1 + points.count();
        sink.at(extra, format!("is one of {count} cache points, at most {MOST} were expected"));
    }
}

/// Why a cache point may not stand where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misplaced {
    /// Nothing of its message stands before it.
    First,
    /// What thinks is not where a cache may end.
    BehindThinking,
    /// To Claude, documents other than PDFs come as blocks that the service makes of them, and the marker as none.
    BehindDocument,
}

/// The cache points of a message that may not stand where they do, each with its place in the message.
pub(crate) fn misplaced<'t, 'a>(
    request: &Request<'t, 'a>,
    message: &Message<'t, 'a>,
) -> impl Iterator<Item = (usize, View<'t, 'a>, Misplaced)> + use<'t, 'a> {
    let is_claude = request.model.is_some();
    let mut before: Option<View<'t, 'a>> = None;
    message.content.into_iter().flat_map(View::items).enumerate().filter_map(move |(at, block)| {
        let Some(point) = block.get("cachePoint") else {
            before = Some(block);
            return None;
        };
        let Some(before) = before else { return Some((at, point, Misplaced::First)) };
        let format = before.get("document").filter(|_| is_claude).and_then(|document| document.get("format"));
        if before.get("reasoningContent").is_some() {
            Some((at, point, Misplaced::BehindThinking))
        } else {
            format.filter(|format| !format.is("pdf")).map(|_| (at, point, Misplaced::BehindDocument))
        }
    })
}

fn points<'t, 'a>(request: &Request<'t, 'a>, message: &Message<'t, 'a>, why: Misplaced) -> impl Iterator<Item = View<'t, 'a>> {
    misplaced(request, message).filter(move |(_, _, is)| *is == why).map(|(_, point, _)| point)
}

/// Something stands before them in their message. In the last message, and where they are alone, a rejection was seen.
pub(crate) fn follow_a_block(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let last = number + 1 == request.messages.len();
    let alone = message.content.into_iter().flat_map(View::items).all(|block| block.get("cachePoint").is_some());
    for point in points(request, message, Misplaced::First) {
        sink.judge(alone || last, point, "stands before every block of its message: it marks the end of what is cached")
            .fix("put the cache point behind a block, or leave it out");
    }
}

pub(crate) fn follow_no_thinking(request: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    for point in points(request, message, Misplaced::BehindThinking) {
        sink.at(point, "stands behind a `reasoningContent` block").fix("put the cache point behind another block");
    }
}

pub(crate) fn follow_no_text_document(request: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    for point in points(request, message, Misplaced::BehindDocument) {
        sink.at(point, "stands behind a document that is no PDF").fix("put a text block between them, or the document first");
    }
}
