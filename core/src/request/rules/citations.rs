//! Documents and citations: what a version changed, and citations for all or for none.

use alloc::format;

use super::Sink;
use crate::request::read::{Block, BlockKind, Place, Request, Role, Version};
use crate::request::tape::{Kind, View};

fn is_from(request: &Request<'_, '_>, block: &Block<'_, '_>, role: Role) -> bool {
    matches!(block.place, Place::Message(number) if request.messages.get(number).is_some_and(|message| message.role == role))
}

pub(crate) fn documents_are_the_users(request: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if !is_from(request, block, Role::Assistant) {
        return;
    }
    match request.version {
        Version::V2026 => {
            sink.at(block.view, "is a document in an assistant message, which version 2026-10-21 does not take");
        }
        Version::Unsaid => {
            sink.maybe_at(block.view, "is a document in an assistant message, which is not taken from version 2026-10-21 on");
        }
        Version::V2023 | Version::Other => {}
    }
}

/// On text of the user, and on text inside the user's search results.
pub(crate) fn are_not_on_user_text(request: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if !matches!(request.version, Version::V2026 | Version::Unsaid) {
        return;
    }
    if block.kind == BlockKind::Text && block.citations.is_none() {
        return;
    }
    let direct = is_from(request, block, Role::User);
    let nested = matches!(block.place, Place::Inside(_));
    if !direct && !nested {
        return;
    }
    let mut look = |citations: Option<View<'_, '_>>| {
        let Some(citations) = citations.filter(|list| list.kind() == Kind::Array && list.len() > 0) else { return };
        let says = "are on a text of the user, which is not taken from version 2026-10-21 on";
        let certain = direct && request.version == Version::V2026;
        if certain {
            sink.at(citations, says)
        } else {
            sink.maybe_at(citations, says)
        };
    };
    if block.kind == BlockKind::Text {
        return look(block.citations);
    }
    let texts = block.view.get("content").into_iter().flat_map(View::items);
    texts.for_each(|text| look(text.get("citations")));
}

/// Among documents, and among search results. Those inside tool results, and both kinds together, only may be refused.
pub(crate) fn are_for_all_or_none(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & (BlockKind::Document.bit() | BlockKind::SearchResult.bit()) == 0 {
        return;
    }
    // Whether the first of documents, and of search results, has them.
    let mut first: [Option<(bool, bool)>; 2] = [None, None];
    for block in &request.blocks {
        let number = match block.kind {
            BlockKind::Document => 0,
            BlockKind::SearchResult => 1,
            _ => continue,
        };
        let on = block.citations.and_then(|citations| citations.get("enabled")).and_then(View::bool) == Some(true);
        let direct = is_from(request, block, Role::User);
        let [documents, results] = &mut first;
        let (own, other) = if number == 0 { (documents, results) } else { (results, documents) };
        let (differs, certain) = match (*own, *other) {
            (Some((before, was_direct)), _) => (before != on, direct && was_direct),
            (None, Some((before, _))) => (before != on, false),
            (None, None) => (false, false),
        };
        if own.is_none() {
            *own = Some((on, direct));
        }
        if differs {
            let says = format!(
                "has citations {}, while one before it has them {}: all or none was expected",
                if on { "on" } else { "off" },
                if on { "off" } else { "on" },
            );
            if certain {
                sink.at(block.view, says)
            } else {
                sink.maybe_at(block.view, says)
            };
            return;
        }
    }
}
