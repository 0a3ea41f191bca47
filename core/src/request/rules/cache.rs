//! Cache markers: how many, in which order of lifetimes, and on what.

use alloc::format;

use super::Sink;
use crate::request::read::{Block, BlockKind, Field, Marker, Place, Request};
use crate::request::tape::{Kind, View};

/// So many markers a request may have.
pub(crate) const MOST: usize = 4;

/// What the server says of its own where there are tools, in tokens: 804 at most.
/// Source: <https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview#pricing>
const TOOLS_PROMPT: usize = 1_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ttl {
    Minutes,
    Hour,
}

impl Ttl {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "5m",
            Self::Hour => "1h",
        }
    }
}

/// `None` for a value that is neither.
fn ttl(marker: View<'_, '_>) -> Option<Ttl> {
    match marker.get("ttl").filter(|ttl| ttl.kind() != Kind::Null) {
        None => Some(Ttl::Minutes),
        Some(ttl) if ttl.is("5m") => Some(Ttl::Minutes),
        Some(ttl) if ttl.is("1h") => Some(Ttl::Hour),
        Some(_) => None,
    }
}

/// The markers that count: one on a thinking block is refused before they are counted.
fn explicit<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> impl Iterator<Item = &'r Marker<'t, 'a>> {
    request.markers.iter().filter(|marker| {
        let kind = marker.block.and_then(|number| request.blocks.get(number)).map(|block| block.kind);
        !matches!(kind, Some(BlockKind::Thinking | BlockKind::RedactedThinking))
    })
}

fn automatic<'t, 'a>(request: &Request<'t, 'a>) -> Option<View<'t, 'a>> {
    request.field(Field::CacheControl).filter(|view| view.kind() == Kind::Object)
}

/// The top-level one counts too, even where it falls on a block that has one.
pub(crate) fn are_few(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let top = automatic(request);
    let count = explicit(request).count() + usize::from(top.is_some());
    if count <= MOST {
        return;
    }
    let extra = explicit(request).nth(MOST).map(|marker| marker.view).or(top);
    if let Some(extra) = extra {
        sink.at(extra, format!("is one of {count} cache markers in tools, system and messages, at most {MOST} are taken"));
    }
}

pub(crate) fn go_from_long_to_short(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let mut short: Option<&Marker<'_, '_>> = None;
    for marker in explicit(request) {
        match (ttl(marker.view), short) {
            (Some(Ttl::Minutes), None) => short = Some(marker),
            (Some(Ttl::Hour), Some(short)) => {
                let place = marker.view.get("ttl").unwrap_or(marker.view);
                let says = "is 1h and comes after a marker of 5m, in the order tools, system, messages";
                // Whether a tool result or what it holds comes first is not known.
                let nested = marker.block.and_then(|number| request.blocks.get(number)).is_some_and(|block| match block.place {
                    Place::Inside(owner) => short.block == Some(owner),
                    Place::System | Place::Message(_) => false,
                });
                if nested {
                    sink.maybe_at(place, says)
                } else {
                    sink.at(place, says)
                };
            }
            _ => {}
        }
    }
}

/// The top-level marker falls on the last block; one that stands there must agree, and one of an hour comes before all of
/// five minutes.
pub(crate) fn agree_with_the_automatic_one(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(top) = automatic(request) else { return };
    let Some(own) = ttl(top) else { return };
    let target = request.messages.last().and_then(|message| request.own_blocks(message).next_back());
    let target = target.and_then(|block| request.blocks.iter().position(|other| other.view.index() == block.view.index()));
    let on_target = explicit(request).find(|marker| target.is_some() && marker.block == target);
    if let Some(there) = on_target.and_then(|marker| ttl(marker.view)) {
        if there != own {
            let (own, there) = (own.as_str(), there.as_str());
            sink.at(top, format!("has the ttl {own}, while the last block's own marker has {there}"));
        }
    } else if own == Ttl::Hour && explicit(request).any(|marker| ttl(marker.view) == Some(Ttl::Minutes)) {
        sink.at(top, "has the ttl 1h and falls on the last block, after a marker of 5m");
    }
}

/// Inside a tool result empty text is taken, so a marker on it only may be refused.
pub(crate) fn stand_on_text(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for marker in &request.markers {
        let block: Option<&Block<'_, '_>> = marker.block.and_then(|number| request.blocks.get(number));
        let Some(block) = block.filter(|block| block.kind == BlockKind::Text) else { continue };
        if block.text.and_then(View::raw) == Some("") {
            let says = "stands on an empty text block: a block with text was expected";
            let nested = matches!(block.place, Place::Inside(_));
            if nested {
                sink.maybe_at(marker.view, says)
            } else {
                sink.at(marker.view, says)
            };
        }
    }
}

/// Tools and system prompt, where the last marker stands there, must be as long as the model asks: otherwise nothing is
/// cached, and nothing is said. A conversation that is marked grows, so its first turns may be short.
///
/// How many tokens that is, is bounded by its bytes: prose, code and schemas have two or more to a token.
pub(crate) fn cover_enough(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(model) = request.model else { return };
    let Some(minimum) = model.min_cacheable_tokens else { return };
    let Some(marker) = explicit(request).last().filter(|_| automatic(request).is_none()) else { return };
    let in_system = match marker.block.and_then(|number| request.blocks.get(number)) {
        None => false,
        Some(block) if block.place == Place::System => true,
        Some(_) => return,
    };
    let elsewhere = [Field::McpServers, Field::Container].into_iter().any(|field| request.field(field).is_some());
    if elsewhere || request.tools.iter().any(|tool| !tool.custom) {
        return;
    }
    let mut bytes = request.field(Field::Tools).map_or(0, View::text_len);
    if in_system {
        bytes += request.field(Field::System).map_or(0, View::text_len);
    }
    let tokens = bytes / 2 + if request.tools.is_empty() { 0 } else { TOOLS_PROMPT };
    if tokens < minimum as usize {
        let name = model.name();
        sink.at(
            marker.view,
            format!("ends a prefix of at most {tokens} tokens, which is not cached: {name} caches {minimum} or more"),
        );
    }
}
