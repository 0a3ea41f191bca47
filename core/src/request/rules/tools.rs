//! The entries of `tools`, beside the schemas of their inputs.
//!
//! Source: <https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools>

use alloc::borrow::Cow;
use alloc::format;

use super::Sink;
use crate::request::names::name_fault;
use crate::request::read::{Field, Request};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, View};
use crate::request::tool::Tool;

/// How long a name may be.
const LONGEST_NAME: usize = 128;
/// How long it may be everywhere: older gateways, Bedrock's Converse and some pages of the vendor say so.
const LONGEST_PORTABLE_NAME: usize = 64;

fn own_name<'t, 'a>(tool: &Tool<'t, 'a>) -> Option<(View<'t, 'a>, Cow<'t, str>)> {
    let view = tool.name.filter(|_| tool.custom)?;
    Some((view, view.str()?))
}

pub(crate) fn name_is_well_formed(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, name)) = own_name(tool) else { return };
    if let Some(fault) = name_fault(&name, LONGEST_NAME, b"_-") {
        sink.at(view, format!("{fault}: 1 to {LONGEST_NAME} letters, digits, `_` and `-` are expected"));
    }
}

pub(crate) fn name_is_short(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, name)) = own_name(tool) else { return };
    if name.len() > LONGEST_PORTABLE_NAME && name_fault(&name, LONGEST_NAME, b"_-").is_none() {
        let message = format!("has {} characters: not every platform takes more than {LONGEST_PORTABLE_NAME}", name.len());
        sink.at(view, message);
    }
}

/// Each name is there once, those of built-in tools included.
pub(crate) fn names_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    const FEW: usize = 16;
    let names = request.tools.iter().enumerate().filter_map(|(number, tool)| Some((number, tool.name?)));
    if request.tools.len() <= FEW {
        let mut seen: [Option<(usize, View<'_, '_>)>; FEW] = [None; FEW];
        for (count, (number, name)) in names.enumerate() {
            let Some(text) = name.str() else { continue };
            let first = seen.iter().take(count).flatten().find(|(_, other)| other.is(&text));
            if let Some((first, _)) = first {
                sink.at(name, format!("is the name of tools.{first} too"));
            } else if let Some(slot) = seen.get_mut(count) {
                *slot = Some((number, name));
            }
        }
        return;
    }
    let mut seen = Seen::default();
    for (number, name) in names {
        let Some(text) = name.str() else { continue };
        if let Some(first) = seen.get(&text) {
            sink.at(name, format!("is the name of tools.{first} too"));
        } else {
            seen.put(text, number);
        }
    }
}

/// Source: <https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-search-tool>
pub(crate) fn one_is_loaded_at_once(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(tools) = request.field(Field::Tools).filter(|_| !request.tools.is_empty())
        && request.tools.iter().all(|tool| tool.deferred)
    {
        sink.at(tools, "all have `defer_loading`: at least one without it is expected");
    }
}

/// So many tools may be loaded later.
const MOST_DEFERRED: usize = 10_000;

pub(crate) fn few_are_deferred(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(tools) = request.field(Field::Tools).filter(|_| request.tools.len() > MOST_DEFERRED) else { return };
    let count = request.tools.iter().filter(|tool| tool.deferred).count();
    if count > MOST_DEFERRED {
        sink.at(tools, format!("{count} tools have `defer_loading`: at most {MOST_DEFERRED} may"));
    }
}

pub(crate) fn deferred_has_no_marker(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(marker) = tool.marker.filter(|_| tool.deferred) {
        sink.at(marker, "stands on a tool with `defer_loading`");
    }
}

fn domains<'t, 'a>(tool: &Tool<'t, 'a>) -> Option<[Option<View<'t, 'a>>; 2]> {
    if !tool.is_of("web_search_") && !tool.is_of("web_fetch_") {
        return None;
    }
    let list = |key| tool.get(key).filter(|list| list.kind() == Kind::Array);
    Some([list("allowed_domains"), list("blocked_domains")])
}

/// Source: <https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool>
pub(crate) fn domains_do_not_conflict(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    if let Some([Some(allowed), Some(blocked)]) = domains(tool) {
        let message = "is set beside `allowed_domains`: one of the two lists is expected";
        sink.judge(allowed.len() > 0 && blocked.len() > 0, blocked, message);
    }
}

/// A list has one at least: an empty one could mean every domain or none.
pub(crate) fn domains_are_given(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    for list in domains(tool).into_iter().flatten().flatten().filter(|list| list.len() == 0) {
        sink.at(list, "is empty: at least one domain, or no list, is expected").fix("leave the list out, or set it to null");
    }
}

pub(crate) fn domains_are_bare(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    for view in domains(tool).into_iter().flatten().flatten().flat_map(View::items) {
        let Some(domain) = view.str() else { continue };
        let host = domain.split('/').next().unwrap_or_default();
        if domain.contains("://") {
            sink.at(view, "has a scheme: a bare domain such as `example.com` is expected");
        } else if domain.trim().is_empty() || domain.contains(char::is_whitespace) {
            sink.at(view, "is empty or has a space in it: a bare domain such as `example.com` is expected");
        } else if host.contains('*') {
            sink.maybe_at(view, "has `*` in its host: subdomains are included without it, and it may stand in a path only");
        } else if host.contains(['@', ':']) {
            sink.maybe_at(view, "is more than a host and a path: a bare domain such as `example.com` is expected");
        }
    }
}
