//! What `tool_choice` asks for, against the tools there are.

use alloc::format;

use super::Sink;
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
    let mut names = request.tools.iter().filter_map(|tool| tool.name);
    if !names.any(|own| own.is(&name)) && !request.tools.iter().any(Tool::is_toolset) {
        let near = request.tools.iter().filter_map(|tool| tool.name.and_then(View::str)).find(|own| ascii::same(&**own, &*name));
        let found = sink.at(view, "names a tool that is not in `tools`");
        if let Some(near) = near.filter(|near| near.len() <= 128) {
            found.fix(format!("did you mean `{near}`?"));
        }
    }
}
