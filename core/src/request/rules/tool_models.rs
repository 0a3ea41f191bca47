//! Which model has which built-in tool, and which may advise which. It only warns: tools come to models without notice.
//!
//! Source: the "model compatibility" of each tool's page under
//! <https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview>, and "what's new" of the 5.5 models.

use alloc::format;

use super::Sink;
use crate::request::model::{self, Model};
use crate::request::names::short;
use crate::request::options::Target;
use crate::request::read::Request;
use crate::request::tool::Tool;

/// Major and minor version.
type Generation = (u8, u8);

/// Types of tools that begin with one of these, and the generations that have them.
struct Row {
    types: &'static [&'static str],
    from: Generation,
    to: Generation,
}

const LAST: Generation = (u8::MAX, u8::MAX);

/// The first row that fits counts.
const ROWS: &[Row] = &[
    Row { types: &["computer_20241022", "bash_20241022", "text_editor_20241022"], from: (3, 5), to: (3, 5) },
    Row { types: &["computer_20250124"], from: (3, 7), to: (4, 5) },
    Row { types: &["computer_20251124"], from: (4, 5), to: (5, 2) },
    Row { types: &["text_editor_20250124"], from: (3, 7), to: (3, 7) },
    Row { types: &["bash_20250124"], from: (3, 7), to: LAST },
    Row { types: &["web_search_20250305", "web_fetch_20250910", "code_execution_2025"], from: (3, 5), to: LAST },
    Row { types: &["web_search_2026", "web_fetch_2026"], from: (4, 6), to: LAST },
    Row {
        types: &["text_editor_", "memory_", "tool_search_tool_", "computer_toolset_", "browser_toolset_", "code_execution_"],
        from: (4, 0),
        to: LAST,
    },
];

/// The computer is still behind a flag; its toolset is not.
///
/// Source: <https://platform.claude.com/docs/en/agents-and-tools/tool-use/computer-use-tool>
pub(crate) fn computer_has_its_flag(request: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = tool.kind.filter(|_| tool.is_of("computer_2")) else { return };
    if !request.has_beta_like(&["computer-use-"]) {
        sink.judge(
            request.options.flags_are_known(),
            view,
            "is known only with an `anthropic-beta` flag that begins with `computer-use-`",
        );
    }
}

pub(crate) fn model_has_tool(request: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = tool.kind else { return };
    let Some(kind) = view.str().filter(|kind| kind.as_ref() != "custom") else { return };
    let Some(row) = ROWS.iter().find(|row| row.types.iter().any(|types| kind.starts_with(types))) else { return };
    let Some(model) = request.model else { return };
    let Some(generation) = generation(model.name()) else { return };
    let id = request.model_name.as_deref().unwrap_or_default();
    let has = match &*kind {
        // The first 3.5 Sonnet had no tools of its own, and Haiku never had these.
        _ if id.contains("20240620") => false,
        "computer_20241022" | "bash_20241022" | "text_editor_20241022" => {
            model.name().contains("sonnet") && generation == row.from
        }
        "computer_20250124" => (row.from..=row.to).contains(&generation) && !(is(model, "opus") && generation == row.to),
        // Bedrock goes on taking it with newer models.
        "computer_20251124" => {
            let newest =
                generation > row.to && matches!(request.options.target, Target::Anthropic | Target::Portable | Target::Vertex);
            let first = if is(model, "opus") { row.from } else { (4, 6) };
            generation >= first && !(newest && (is(model, "opus") || is(model, "sonnet")))
        }
        _ => (row.from..=row.to).contains(&generation),
    };
    if !has {
        sink.at(view, format!("`{}` is not known to work with {}", short(&kind), short(id)));
    }
}

/// Families in the order of what they are able to do.
const FAMILIES: [&str; 4] = ["haiku", "sonnet", "opus", "fable"];

/// A model's place in [`FAMILIES`], and its generation.
fn strength(name: &str) -> Option<(usize, Generation)> {
    Some((FAMILIES.iter().position(|family| name.contains(family))?, generation(name)?))
}

/// An advisor is of the main model's family or a stronger one, and among Opus models of its version or a newer one. Haiku
/// gives no advice.
pub(crate) fn advisor_is_strong(request: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    if !tool.is_of("advisor_") {
        return;
    }
    let (Some(main), Some(view)) = (request.model.map(Model::name), tool.get("model")) else { return };
    let Some(advisor) = view.str().and_then(|id| model::find(&id, request.options.models)).map(Model::name) else { return };
    let (Some((family, version)), Some((own, own_version))) = (strength(advisor), strength(main)) else { return };
    let older = family == own && FAMILIES.get(own) == Some(&"opus") && version < own_version;
    if family == 0 || family < own || older {
        sink.at(view, format!("is {advisor}, which is not accepted as an advisor of {main}"));
    }
}

fn is(model: &Model, family: &str) -> bool {
    model.name().contains(family)
}

/// `claude-opus-4-5` is 4.5, `claude-3-5-sonnet-20241022` 3.5, `claude-sonnet-5` 5.0.
fn generation(name: &str) -> Option<Generation> {
    let mut numbers = name.split(['-', '.']).filter(|part| part.len() <= 2).map_while(|part| part.parse().ok());
    Some((numbers.next()?, numbers.next().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_their_generation() {
        for (name, expected) in [
            ("claude-opus-4-5", Some((4, 5))),
            ("claude-3-5-sonnet-20241022", Some((3, 5))),
            ("claude-3-opus-20240229", Some((3, 0))),
            ("claude-fable-5", Some((5, 0))),
            ("claude-2.1", Some((2, 1))),
            ("claude-mythos-preview", None),
        ] {
            assert_eq!(generation(name), expected, "{name}");
        }
    }
}
