//! Which model has which built-in tool. It only warns: tools come to models without notice.
//!
//! Source: the "model compatibility" of each tool's page under
//! <https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview>, and "what's new" of the 5.5 models.

use alloc::format;

use super::Sink;
use crate::request::model::Model;
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
        let short = kind.get(..64).unwrap_or(&kind);
        let of = if id.len() <= 64 { id } else { model.name() };
        sink.at(view, format!("`{short}` is not known to work with {of}"));
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
