//! What may stand before a message's own words: the path of a field, and what wrappers put in front.

use memchr::memchr2;

use super::pattern::{Space, is_path, matches, skip_marks};
use crate::ascii;

/// The longest path, and the longest lead-in, in bytes.
const LONGEST: usize = 256;

/// The longest words between the name of a class and the colon behind them.
const LONGEST_ASIDE: usize = 60;

/// First parts of paths that are fields of a request for certain. Others may be, or may be a word with a colon.
const ROOTS: &[&str] = &[
    "messages",
    "tools",
    "system",
    "max_tokens",
    "model",
    "tool_choice",
    "thinking",
    "temperature",
    "top_p",
    "top_k",
    "stop_sequences",
    "stream",
    "metadata",
    "output_config",
    "output_format",
    "cache_control",
    "service_tier",
    "speed",
    "container",
    "mcp_servers",
    "context_management",
    "requests",
    "request",
    "anthropic-version",
    "anthropic-beta",
    "anthropic_version",
    "anthropic_beta",
    "betas",
    "inference_geo",
    "diagnostics",
    "fallbacks",
    "thread",
    "compaction",
    "billing_policy",
    "toolConfig",
    "inferenceConfig",
    "modelId",
    "response_format",
    "input",
    "params",
    "custom_id",
];

/// A message that begins with the path of a field: the path, and the words after its colon.
pub(super) struct Prefixed<'m> {
    /// As it stands, with the line breaks of a wrapped one.
    pub(super) path: &'m str,
    pub(super) rest: &'m str,
}

impl<'m> Prefixed<'m> {
    /// Splits `messages.3.content.0: words`. A prose word with a colon splits as well: see [`certain`](Self::certain).
    pub(super) fn split(message: &'m str) -> Option<Self> {
        let bytes = message.as_bytes();
        let start = skip_marks(bytes, Space::at(bytes, 0).end);
        if !bytes.get(start).is_some_and(|byte| byte.is_ascii_lowercase() || matches!(byte, b'*' | b'<')) {
            return None;
        }
        let mut end = start;
        let mut dotted = false;
        let mut root_wrapped = false;
        while end < start.saturating_add(LONGEST) {
            match bytes.get(end) {
                Some(byte) if is_path(*byte) => {
                    dotted |= *byte == b'.';
                    end += 1;
                }
                // A terminal wrapped the path, or what joined the lines again left a space.
                Some(_) => {
                    let space = Space::at(bytes, end);
                    let joined = || dotted && ends_path(bytes.get(space.end..).unwrap_or_default());
                    let wrapped = space.wrapped && bytes.get(space.end).is_some_and(|byte| is_path(*byte));
                    if space.end == end || !wrapped && !joined() {
                        break;
                    }
                    root_wrapped |= !dotted;
                    end = space.end;
                }
                None => break,
            }
        }
        let colon = Space::at(bytes, skip_marks(bytes, end)).end;
        let after = skip_marks(bytes, colon.checked_add(1)?);
        let spaced = bytes.get(after).is_none() || Space::at(bytes, after).end > after || after > colon + 1;
        let path = message.get(start..end)?;
        (bytes.get(colon) == Some(&b':') && spaced && !is_class(path)).then_some(())?;
        let prefixed = Self { path, rest: message.get(skip_marks(bytes, Space::at(bytes, after).end)..)? };
        // Words of a sentence stand on two lines as well.
        (!root_wrapped || dotted && prefixed.certain()).then_some(prefixed)
    }

    /// Whether the path is a field of a request for certain.
    pub(super) fn certain(&self) -> bool {
        let root = self.path.split(['.', '[']).next().unwrap_or_default();
        ROOTS.iter().any(|known| root.bytes().filter(|byte| !byte.is_ascii_whitespace()).eq(known.bytes()))
    }
}

/// Whether a word is the end of a path: dotted, with the colon right behind it.
fn ends_path(rest: &[u8]) -> bool {
    let word = rest.iter().take(LONGEST).take_while(|byte| is_path(**byte)).count();
    rest.get(word) == Some(&b':') && rest.get(..word).is_some_and(|word| word.contains(&b'.'))
}

/// The message of one item of a batch, without the item's path: `requests.4.params.messages.0: …`.
pub(super) fn batch_item(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("requests.")?;
    let rest = rest.trim_start_matches(|byte: char| byte.is_ascii_digit());
    rest.strip_prefix(".params.")
}

/// Words that wrappers put before a message, all of them together before one colon: `Provider API error (520): …`.
const WRAPPER_WORDS: &[&str] = &[
    "error",
    "errors",
    "failed",
    "failure",
    "exception",
    "code",
    "status",
    "api",
    "http",
    "request",
    "response",
    "with",
    "unauthorized",
    "validation",
    "message",
    "returned",
    "provider",
    "upstream",
    "gateway",
    "client",
    "llm",
    "model",
    "anthropic",
    "claude",
    "openai",
    "azure",
    "azure-openai",
    "bedrock",
    "vertex",
    "openrouter",
    "litellm",
];

/// The message without one lead-in of a wrapper: `ValidationException: …`, `API error: …`, `Error: 400 …`.
pub(super) fn without_lead_in(message: &str) -> Option<&str> {
    // Only the head of the message is looked at.
    let head = (LONGEST - 3..=LONGEST).rev().find_map(|end| message.get(..end)).unwrap_or(message);
    if let Some(after) = sentence_lead_in(head) {
        return message.get(after..).map(str::trim_start);
    }
    if message.starts_with(|first: char| first.is_ascii_digit()) {
        let (status, rest) = message.split_at_checked(3)?;
        let known = status.bytes().all(|byte| byte.is_ascii_digit());
        let separated = rest.starts_with(|next: char| next.is_whitespace() || next == ':');
        return (known && separated).then(|| rest.trim_start_matches([' ', '\n', '\r', '\t', ':', '-']));
    }
    // `[invalid_request_error] …`
    let bracketed = head.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if let Some((_, words)) = bracketed.filter(|(name, words)| is_class(name) && words.starts_with(char::is_whitespace)) {
        return message.get(head.len() - words.len()..).map(str::trim_start);
    }
    // A class of errors, which a colon, a dash or a bracket follows.
    let class = head.find(|next: char| !(next.is_ascii_alphanumeric() || matches!(next, '_' | '.')))?;
    let (word, rest) = head.split_at_checked(class)?;
    if is_class(word) {
        let mark = rest.trim_start();
        let gap = rest.len() != mark.len();
        let after = mark.get(1..).unwrap_or_default();
        // `VertexAIException BadRequestError - …`: the class of a class.
        if gap && mark.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().is_some_and(is_class) {
            return message.get(head.len() - mark.len()..);
        }
        let wraps = match mark.as_bytes().first()? {
            b':' => after.starts_with(char::is_whitespace),
            b'-' => gap && after.starts_with(char::is_whitespace),
            b'(' => gap,
            _ => false,
        };
        if wraps {
            return message.get(head.len() - after.len()..).map(str::trim_start);
        }
        // `ValidationException with Bedrock Converse : …`
        let (between, words) = rest.split_once(':')?;
        let apart = between.ends_with(char::is_whitespace) && words.starts_with(char::is_whitespace);
        if apart && between.len() <= LONGEST_ASIDE {
            return message.get(head.len() - words.len()..).map(str::trim_start);
        }
    }
    let colon = head.find(':')?;
    let (words, rest) = head.split_at_checked(colon)?;
    let spaced = rest.get(1..)?.starts_with(char::is_whitespace);
    let plain = |word: &str| {
        let word = word.trim_matches(|next: char| next.is_ascii_digit() || matches!(next, '(' | ')'));
        // A route of the wrapper's own.
        word.is_empty() || word.starts_with('/') || WRAPPER_WORDS.iter().any(|known| ascii::same(known, word))
    };
    (spaced && words.split_whitespace().all(plain)).then(|| message.get(colon + 1..).map(str::trim_start))?
}

/// Whether the word is the name of an error's class or type: `litellm.BadRequestError`, `invalid_request_error`.
fn is_class(word: &str) -> bool {
    ["error", "exception"].iter().any(|ending| word.len() > ending.len() && ascii::ends_with(word, ending))
}

/// Where the message goes on after a whole sentence of a wrapper.
fn sentence_lead_in(head: &str) -> Option<usize> {
    // Most messages have neither.
    memchr2(b':', b'.', head.as_bytes())?;
    for (sentence, ends) in [
        ("the model returned the following errors", ":"),
        ("an error occurred (?) when calling the ? operation (reached max retries", "):"),
        ("an error occurred (?) when calling the ? operation", ":"),
        ("upstream provider ? returned http", "."),
        ("agent has invalid configuration", ":"),
        ("received an error from the ? api", ":"),
        ("error from provider (*)", ":"),
        ("? validation error* detected", ":"),
    ] {
        if head.contains(ends) && matches(sentence, head).is_some() {
            return head.find(ends).map(|at| at + ends.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Prefixed, batch_item, without_lead_in};

    #[test]
    fn paths_are_split_off() {
        let cases = [
            ("messages.3.content.0: words", Some(("messages.3.content.0", "words"))),
            ("tools.0.custom.name: words: more", Some(("tools.0.custom.name", "words: more"))),
            ("messages.\n    7.content: words", Some(("messages.\n    7.content", "words"))),
            ("`max_tokens`: words", Some(("max_tokens", "words"))),
            ("***.***.content.0: words", Some(("***.***.content.0", "words"))),
            ("messages.2: \n    `tool_use` ids", Some(("messages.2", "tool_use` ids"))),
            ("Error: words", None),
            ("invalid_request_error: words", None),
            ("litellm.BadRequestError: words", None),
            ("prompt is too long: 5", None),
            ("https://example.com/x: words", None),
            (": words", None),
            ("", None),
        ];
        for (message, expected) in cases {
            let found = Prefixed::split(message).map(|found| (found.path, found.rest));
            assert_eq!(found, expected, "{message:?}");
        }
    }

    #[test]
    fn lead_ins_are_taken_off() {
        let cases = [
            ("ValidationException: words", Some("words")),
            ("litellm.BadRequestError: AnthropicException - words", Some("AnthropicException - words")),
            ("AnthropicException - words", Some("words")),
            ("VertexAIException BadRequestError - words", Some("BadRequestError - words")),
            ("The model returned the following errors: words", Some("words")),
            ("Provider API error (520): words", Some("words")),
            ("An error occurred (ThrottlingException) when calling the Converse operation: words", Some("words")),
            (
                "An error occurred (ThrottlingException) when calling the InvokeModel operation (reached max retries: 4): words",
                Some("words"),
            ),
            ("ValidationException (`The content", Some("`The content")),
            ("429 words", Some("words")),
            ("5-hour limit", None),
            ("1 validation error detected: words", Some("words")),
            ("messages.0: words", None),
            ("You said \"error: words\"", None),
            ("the user wrote The model returned the following errors: words", None),
            ("the tool failed: words", None),
            ("Upstream provider X returned HTTP 402.\n\nwords", Some("words")),
            ("Overloaded", None),
            ("", None),
        ];
        for (message, expected) in cases {
            assert_eq!(without_lead_in(message), expected, "{message:?}");
        }
    }

    #[test]
    fn batch_items_are_opened() {
        assert_eq!(batch_item("requests.12.params.messages.0: words"), Some("messages.0: words"));
        assert_eq!(batch_item("requests.12.custom_id: words"), None);
    }
}
