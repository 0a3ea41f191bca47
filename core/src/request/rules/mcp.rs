//! MCP servers, and the toolsets that use them.
//!
//! Source: <https://platform.claude.com/docs/en/agents-and-tools/mcp-connector>

use super::Sink;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, View};

fn servers<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + Clone + use<'t, 'a> {
    request.given(Field::McpServers).into_iter().flat_map(View::items).filter(|server| server.kind() == Kind::Object)
}

/// The names of the servers that toolsets use.
fn used<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'r, 't, 'a> {
    let toolsets = request.tools.iter().filter(|tool| tool.get("type").is_some_and(|kind| kind.is("mcp_toolset")));
    toolsets.filter_map(|tool| tool.get("mcp_server_name"))
}

fn has<'t, 'a: 't>(mut names: impl Iterator<Item = View<'t, 'a>>, name: View<'_, '_>) -> bool {
    name.str().is_none_or(|name| names.any(|other| other.is(&name)))
}

/// So many servers are compared with so many toolsets; nobody sends more by mistake.
const MOST: usize = 256;

/// Every server has its toolset, unless it is sent as an older beta wants it.
pub(crate) fn servers_are_used(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.has_beta("mcp-client-2025-04-04") {
        return;
    }
    let certain = ["mcp-client-2025-11-20", "mcp-client-2026-09-15"].into_iter().any(|flag| request.has_beta(flag));
    for name in servers(request).take(MOST).filter_map(|server| server.get("name")) {
        if !has(used(request).take(MOST), name) {
            sink.judge(certain, name, "is a server that no `mcp_toolset` in `tools` uses");
        }
    }
}

pub(crate) fn toolsets_have_servers(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let names = || servers(request).take(MOST).filter_map(|server| server.get("name"));
    for name in used(request).take(MOST) {
        if !has(names(), name) {
            sink.at(name, "is no server in `mcp_servers`");
        }
    }
}

/// No two servers have one name, and no two toolsets one server.
pub(crate) fn names_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let names = || servers(request).take(MOST).filter_map(|server| server.get("name"));
    for (number, name) in names().enumerate() {
        if name.raw().is_some() && has(names().take(number), name) {
            sink.at(name, "is the name of a server before it too");
        }
    }
    for (number, name) in used(request).take(MOST).enumerate() {
        if name.raw().is_some() && has(used(request).take(number), name) {
            sink.at(name, "is the server of a toolset before it too");
        }
    }
}

pub(crate) fn addresses_are_https(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for url in servers(request).filter_map(|server| server.get("url")) {
        let Some(raw) = url.raw() else { continue };
        if !raw.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:")) {
            sink.at(url, "does not begin with https");
        }
    }
}
