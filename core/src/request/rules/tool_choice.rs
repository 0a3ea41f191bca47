//! What `tool_choice` asks for, against the tools there are.

use alloc::format;

use super::{Sink, converse};
use crate::ascii;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, View};
use crate::request::tool::Tool;

/// A choice needs tools.
pub(crate) fn there_are_tools(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(choice) = request.given(Field::ToolChoice).filter(|_| request.tools.is_empty()) else { return };
    let known = request.given(Field::Tools).is_none_or(|tools| tools.kind() == Kind::Array);
    // An older beta took the tools of MCP servers without an entry in `tools`.
    let others = request.given(Field::McpServers).is_some_and(|servers| servers.len() > 0);
    if known && choice.kind() == Kind::Object {
        sink.judge(!others, choice, "is set, but `tools` is empty or missing");
    }
}

/// The tool that is forced is there.
pub(crate) fn tool_is_known(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(choice) = request.given(Field::ToolChoice) else { return };
    if !choice.get("type").is_some_and(|kind| kind.is("tool")) || request.tools.is_empty() {
        return;
    }
    let Some((view, name)) = choice.get("name").and_then(|view| Some((view, view.str()?))) else { return };
    if !request.tools.iter().any(Tool::is_toolset) {
        is_among(view, &name, request.tools.iter().filter_map(|tool| tool.name), sink);
    }
}

/// The same in the shape of Converse.
pub(crate) fn converse_tool_is_known(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let choice = request.root.get("toolConfig").and_then(|config| config.get("toolChoice")?.get("tool")?.get("name"));
    if let Some((view, name)) = choice.and_then(|view| Some((view, view.str()?))) {
        is_among(view, &name, converse::tool_names(request), sink);
    }
}

/// The name is one of those.
pub(super) fn is_among<'t, 'a: 't>(
    view: View<'_, '_>,
    name: &str,
    mut names: impl Iterator<Item = View<'t, 'a>> + Clone,
    sink: &mut Sink<'_>,
) {
    if names.clone().any(|own| own.is(name)) {
        return;
    }
    let near = names.find_map(|own| own.str().filter(|own| ascii::same(&**own, name)));
    let found = sink.at(view, "names a tool that is not in `tools`");
    if let Some(near) = near.filter(|near| near.len() <= 128) {
        found.fix(format!("did you mean `{near}`?"));
    }
}
