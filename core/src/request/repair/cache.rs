//! Cache markers: four at most, and none where none may stand.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::RepairOptions;
use super::plan::Plan;
use crate::cause::Cause;
use crate::request::read::{BlockKind, Field, Place, Request};
use crate::request::rules::cache::MOST;
use crate::request::rules::converse::tools;
use crate::request::rules::converse_cache::{Misplaced, misplaced};
use crate::request::tape::{Kind, View};

const REASON: &str =
    "at most 4 cache markers are taken: the last of the tools, the last of `system` and the last of the messages stay";

/// Where the server looks for a marker.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Tools,
    System,
    Messages,
}

struct Marker {
    part: Part,
    path: String,
    kept: bool,
}

pub(super) fn thin(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut markers = Vec::new();
    for (number, tool) in request.tools.iter().enumerate().filter(|(_, tool)| is_marked(tool.view)) {
        if tool.view.kind() == Kind::Object {
            markers.push(Marker { part: Part::Tools, path: format!("/tools/{number}/cache_control"), kept: false });
        }
    }
    in_blocks(request, &mut markers, plan);
    let top = request.field(Field::CacheControl).is_some_and(|view| view.kind() == Kind::Object);
    let room = MOST - usize::from(top);
    if markers.len() <= room {
        return;
    }
    keep(&mut markers, room);
    let mut edit = plan.because(Cause::CacheControlTooMany, REASON);
    markers.into_iter().filter(|marker| !marker.kept).for_each(|marker| edit.remove(marker.path));
}

/// The same for the cache points of Converse, which are blocks of their own.
pub(super) fn thin_points(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut points = Vec::new();
    let mut collect = |part, place: &str, list: Option<View<'_, '_>>| {
        let blocks = list.into_iter().flat_map(View::items).enumerate();
        let marked = blocks.filter(|(_, block)| block.get("cachePoint").is_some());
        points.extend(marked.map(|(at, _)| Marker { part, path: format!("{place}/{at}"), kept: false }));
    };
    collect(Part::Tools, "/toolConfig/tools", tools(request));
    collect(Part::System, "/system", request.root.get("system"));
    for (number, message) in request.messages.iter().enumerate() {
        collect(Part::Messages, &format!("/messages/{number}/content"), message.content);
    }
    if points.len() <= MOST {
        return;
    }
    keep(&mut points, MOST);
    let mut edit = plan.because(Cause::CacheControlTooMany, REASON);
    // From the end, so that no place moves before its turn.
    points.into_iter().rev().filter(|point| !point.kept).for_each(|point| edit.remove(point.path));
}

/// Cache points that may not stand where they do: the request says the same without them, and is cached as far as before.
pub(super) fn drop_misplaced(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    for (number, message) in request.messages.iter().enumerate() {
        let found: Vec<_> = misplaced(request, message).collect();
        // From the end, so that no place moves before its turn.
        for (at, _, why) in found.into_iter().rev() {
            let reason = match why {
                Misplaced::First => "the cache point is dropped: nothing of its message stands before it",
                Misplaced::BehindThinking => "the cache point is dropped: it stands behind a `reasoningContent` block",
                Misplaced::BehindDocument => "the cache point is dropped: it stands behind a document that is no PDF",
            };
            plan.because(Cause::BedrockMalformedInput, reason).remove(format!("/messages/{number}/content/{at}"));
        }
    }
}

/// A marker covers all that stands before it, so the last of each part is worth most: tools and `system` stay the same
/// from call to call, and the end of the messages is what the next call begins with.
fn keep(markers: &mut [Marker], mut room: usize) {
    for part in [Part::Tools, Part::System] {
        if let Some(last) = markers.iter_mut().rfind(|marker| marker.part == part).filter(|_| room > 1) {
            last.kept = true;
            room -= 1;
        }
    }
    for part in [Part::Messages, Part::System, Part::Tools] {
        for marker in markers.iter_mut().rev().filter(|marker| marker.part == part && !marker.kept) {
            if room == 0 {
                return;
            }
            marker.kept = true;
            room -= 1;
        }
    }
}

fn is_marked(view: View<'_, '_>) -> bool {
    view.get("cache_control").is_some_and(|marker| marker.kind() == Kind::Object)
}

/// The markers of blocks that may have one; the others are taken off.
fn in_blocks(request: &Request<'_, '_>, markers: &mut Vec<Marker>, plan: &mut Plan) {
    // Where the blocks of each place are counted: those of a message, and those inside the tool result before.
    let (mut place, mut position, mut outer) = (None, 0, 0);
    for block in &request.blocks {
        if place == Some(block.place) {
            position += 1;
        } else {
            // Behind the blocks inside a tool result, those of its message go on.
            let back = matches!(block.place, Place::Message(number) if matches!(place, Some(Place::Inside(_))) && outer_of(request, place) == Some(number));
            position = if back { outer + 1 } else { 0 };
            place = Some(block.place);
        }
        let path = match block.place {
            Place::System => format!("/system/{position}"),
            Place::Message(number) => {
                outer = position;
                if !is_marked(block.view) {
                    continue;
                }
                format!("/messages/{number}/content/{position}")
            }
            Place::Inside(_) => {
                let Some(number) = outer_of(request, place).filter(|_| is_marked(block.view)) else { continue };
                format!("/messages/{number}/content/{outer}/content/{position}")
            }
        };
        if !is_marked(block.view) {
            continue;
        }
        let path = format!("{path}/cache_control");
        // Such a block is inside a tool result, or in a message that had to stay.
        let empty = block.view.get("text").and_then(View::raw) == Some("");
        match block.kind {
            BlockKind::Thinking | BlockKind::RedactedThinking => {
                let reason = "the cache marker is taken off: thinking blocks have none";
                plan.because(Cause::ExtraInputsNotPermitted, reason).remove(path);
            }
            BlockKind::Text if empty => {
                let reason = "the cache marker is taken off: empty text has none";
                plan.because(Cause::CacheControlEmptyText, reason).remove(path);
            }
            _ => {
                let part = if block.place == Place::System { Part::System } else { Part::Messages };
                markers.push(Marker { part, path, kept: false });
            }
        }
    }
}

/// The message of the tool result that blocks stand in.
fn outer_of(request: &Request<'_, '_>, place: Option<Place>) -> Option<usize> {
    let Some(Place::Inside(owner)) = place else { return None };
    match request.blocks.get(owner)?.place {
        Place::Message(number) => Some(number),
        Place::System | Place::Inside(_) => None,
    }
}
