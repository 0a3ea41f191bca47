//! MCP servers, and the toolsets that use them.
//!
//! Source: <https://platform.claude.com/docs/en/agents-and-tools/mcp-connector>

use alloc::vec::Vec;

use super::Sink;
use crate::ascii;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, View};

/// So many servers are compared with so many toolsets; nobody sends more by mistake.
const MOST: usize = 256;

fn servers<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    let servers = request.given(Field::McpServers).into_iter().flat_map(View::items);
    servers.filter(|server| server.kind() == Kind::Object).take(MOST)
}

fn names<'t, 'a>(request: &Request<'t, 'a>) -> Vec<View<'t, 'a>> {
    servers(request).filter_map(|server| server.get("name")).filter(|name| name.kind() == Kind::String).collect()
}

/// The names of the servers that toolsets use.
fn used<'t, 'a>(request: &Request<'t, 'a>) -> Vec<View<'t, 'a>> {
    let toolsets = request.tools.iter().filter(|tool| tool.kind.is_some_and(|kind| kind.is("mcp_toolset")));
    let names = toolsets.take(MOST).filter_map(|tool| tool.get("mcp_server_name"));
    names.filter(|name| name.kind() == Kind::String).collect()
}

fn has(names: &[View<'_, '_>], name: View<'_, '_>) -> bool {
    name.str().is_some_and(|name| names.iter().any(|other| other.is(&name)))
}

/// Every server has its toolset, unless it is sent as an older beta wants it.
pub(crate) fn servers_are_used(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let names = names(request);
    if names.is_empty() || request.has_beta("mcp-client-2025-04-04") {
        return;
    }
    let certain = ["mcp-client-2025-11-20", "mcp-client-2026-09-15"].into_iter().any(|flag| request.has_beta(flag));
    let used = used(request);
    for name in names.into_iter().filter(|name| !has(&used, *name)) {
        sink.judge(certain, name, "is a server that no `mcp_toolset` in `tools` uses");
    }
}

pub(crate) fn toolsets_have_servers(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let used = used(request);
    if used.is_empty() {
        return;
    }
    let names = names(request);
    for name in used.into_iter().filter(|name| !has(&names, *name)) {
        sink.at(name, "is no server in `mcp_servers`");
    }
}

/// No two servers have one name, and no two toolsets one server.
pub(crate) fn names_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let lists =
        [(names(request), "is the name of a server before it too"), (used(request), "is the server of a toolset before it too")];
    for (list, message) in lists {
        for (number, name) in list.iter().enumerate() {
            if has(list.get(..number).unwrap_or_default(), *name) {
                sink.at(*name, message);
            }
        }
    }
}

pub(crate) fn addresses_are_https(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for url in servers(request).filter_map(|server| server.get("url")) {
        let Some(text) = url.str() else { continue };
        if !ascii::starts_with(&*text, "https:") {
            sink.at(url, "does not begin with https");
        }
    }
}
