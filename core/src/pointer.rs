//! From a path as the API writes it to an RFC 6901 pointer into the request.
//!
//! The API's paths name more than keys: behind an entry of a tagged union stands its tag
//! (`messages.0.content.1.image.source.base64.data`), which is no place in the request.

use alloc::string::String;

/// What stands before a tag, apart from the numbers of `content` and `tools`.
const TAGGED: &[&str] = &["source", "thinking", "tool_choice", "format", "cache_control"];

/// Tags that may follow one of those.
const TAGS: &[&str] = &[
    "base64",
    "url",
    "file",
    "text",
    "content",
    "enabled",
    "disabled",
    "adaptive",
    "between_tools",
    "auto",
    "any",
    "tool",
    "none",
    "json_schema",
    "ephemeral",
];

/// Where a tag follows a number: the lists whose entries have a type.
const LISTS: &[&str] = &["content", "tools", "system", "mcp_servers", "edits"];

/// The place in the request's JSON; `None` for what is none: a header, or words that are no path.
pub(crate) fn of_path(path: &str) -> Option<String> {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-$[]".contains(&byte));
    if path.is_empty() || path.starts_with("anthropic-") || path.starts_with("x-") || !path.split('.').all(plain) {
        return None;
    }
    let mut pointer = String::with_capacity(path.len() + 1);
    let (mut before, mut list) = ("", "");
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        let entry = is_number(before) && LISTS.contains(&list);
        // The last part is a key even where it reads like a tag: `content.0.text`.
        let tag =
            parts.peek().is_some() && (entry && is_tag(part, parts.peek()) || TAGGED.contains(&before) && TAGS.contains(&part));
        if tag {
            (list, before) = ("", part);
            continue;
        }
        // `requests[3]` and `requests.3` are the same place.
        let (key, index) = part.strip_suffix(']').and_then(|part| part.split_once('[')).unwrap_or((part, ""));
        for step in [key, index].into_iter().filter(|step| !step.is_empty()) {
            pointer.push('/');
            pointer.push_str(step);
        }
        (list, before) = (before, part);
    }
    Some(pointer)
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the name behind an entry's number is its type: its own keys hold lists and objects of few names.
fn is_tag(part: &str, next: Option<&&str>) -> bool {
    const HOLDERS: &[&str] =
        &["source", "content", "input", "cache_control", "citations", "input_schema", "input_examples", "custom_headers"];
    // `content.0.content.0` is a key with a list behind it; `tools.0.custom.name` is a tag.
    !HOLDERS.contains(&part) || (part == "content" && next.is_some_and(|next| !is_number(next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_places() {
        for (path, pointer) in [
            ("messages", "/messages"),
            ("max_tokens", "/max_tokens"),
            ("messages.3.content.0", "/messages/3/content/0"),
            ("messages.0.content.0.text", "/messages/0/content/0/text"),
            ("messages.0.content.0.text.text", "/messages/0/content/0/text"),
            ("messages.0.content.1.image.source.base64.data", "/messages/0/content/1/source/data"),
            ("messages.0.content.1.image.source.base64", "/messages/0/content/1/source/base64"),
            ("messages.1.content.0.tool_use.input", "/messages/1/content/0/input"),
            (
                "messages.2.content.0.tool_result.content.0.image.source.base64.media_type",
                "/messages/2/content/0/content/0/source/media_type",
            ),
            ("messages.0.content.0.document.source.base64.media_type", "/messages/0/content/0/source/media_type"),
            ("messages.0.content.0.cache_control.ttl", "/messages/0/content/0/cache_control/ttl"),
            ("tools.0.custom.input_schema.type", "/tools/0/input_schema/type"),
            ("tools.0.input_schema.properties", "/tools/0/input_schema/properties"),
            ("thinking.enabled.budget_tokens", "/thinking/budget_tokens"),
            ("thinking.budget_tokens", "/thinking/budget_tokens"),
            ("requests.449.custom_id", "/requests/449/custom_id"),
            ("output_config.effort", "/output_config/effort"),
        ] {
            assert_eq!(of_path(path).as_deref(), Some(pointer), "{path}");
        }
    }

    #[test]
    fn what_is_no_place_has_no_pointer() {
        for path in ["", "anthropic-beta", "x-api-key", "some words", "a..b"] {
            assert_eq!(of_path(path), None, "{path}");
        }
    }
}
