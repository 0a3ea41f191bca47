//! How many tokens a prompt has at least.
//!
//! The vendor's tokenizers of today are not public, so this is a bound, not a count. A word of at most 16 letters is one
//! token, as are three digits, two characters of Chinese, Japanese or Korean, three of other wide scripts, and a run of
//! punctuation; white space, and one mark before a word, are none. Images, documents in base64, and thinking count for
//! nothing. Beside the vendor's tokenizer of 2023 and o200k, over prose, code, tables and 10 languages, it is never above
//! the lower of the two: three quarters of it for English prose and code, half for other scripts.

use alloc::vec::Vec;

use crate::request::read::{BlockKind, Field, Request};
use crate::request::tape::{Kind, View};

/// The least number of tokens of the prompt. Zero, without a look at the text, where it cannot be above `limit`.
pub(crate) fn at_least(request: &Request<'_, '_>, limit: u64) -> u64 {
    // No byte is more than one token. Most requests end here.
    if request.root.text_len() as u64 <= limit {
        return 0;
    }
    let mut bytes = 0;
    each_text(request, &mut |text| bytes += text.text_len() as u64);
    if bytes <= limit {
        return 0;
    }
    let mut tokens = 0;
    each_text(request, &mut |text| tokens += text.str().map_or(0, |text| of(&text)));
    tokens
}

fn each_text<'t, 'a>(request: &Request<'t, 'a>, each: &mut impl FnMut(View<'t, 'a>)) {
    let plain = request.messages.iter().filter_map(|message| message.content);
    for view in request.field(Field::System).into_iter().chain(plain) {
        text(view, each);
    }
    for block in &request.blocks {
        let inner = match block.kind {
            BlockKind::Text => block.text,
            // What is a list stands among the blocks too.
            BlockKind::ToolResult => block.view.get("content"),
            BlockKind::ToolUse => {
                strings(block.view.get("input"), each);
                None
            }
            BlockKind::SearchResult => {
                for part in block.view.get("content").into_iter().flat_map(View::items) {
                    if let Some(part) = part.get("text") {
                        text(part, each);
                    }
                }
                None
            }
            BlockKind::Document => {
                let source = block.view.get("source");
                source
                    .filter(|source| source.get("type").is_some_and(|kind| kind.is("text")))
                    .and_then(|source| source.get("data"))
            }
            _ => None,
        };
        if let Some(inner) = inner {
            text(inner, each);
        }
    }
    for tool in &request.tools {
        strings(tool.get("description"), each);
        strings(tool.get("input_schema"), each);
    }
}

fn text<'t, 'a>(view: View<'t, 'a>, each: &mut impl FnMut(View<'t, 'a>)) {
    if view.kind() == Kind::String {
        each(view);
    }
}

/// Every string in a value.
fn strings<'t, 'a>(view: Option<View<'t, 'a>>, each: &mut impl FnMut(View<'t, 'a>)) {
    let mut open: Vec<View<'t, 'a>> = view.into_iter().collect();
    while let Some(view) = open.pop() {
        text(view, each);
        open.extend(view.items());
        open.extend(view.members().map(|(_, value)| value));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
}

/// The least number of tokens of a text.
pub(crate) fn of(text: &str) -> u64 {
    // Wide characters are counted in sixths of a token.
    let (mut tokens, mut wide) = (0, 0);
    let (mut class, mut run) = (Class::Space, 0_u64);
    for byte in text.bytes() {
        let next = match byte {
            // Letters of two bytes too.
            b'a'..=b'z' | b'A'..=b'Z' | 0xC0..0xE0 => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0..=b' ' => Class::Space,
            // What follows the first byte of a character.
            0x80..0xC0 => continue,
            0xE0..=0xFF => {
                // The first bytes of Chinese, Japanese and Korean.
                wide += if matches!(byte, 0xE3..=0xED) { 3 } else { 2 };
                Class::Space
            }
            _ => Class::Mark,
        };
        if next == class {
            run += 1;
            continue;
        }
        tokens += of_run(class, run, next);
        (class, run) = (next, 1);
    }
    tokens + of_run(class, run, Class::Space) + u64::div_ceil(wide, 6)
}

const fn of_run(class: Class, run: u64, next: Class) -> u64 {
    match class {
        Class::Space => 0,
        // The longest tokens there are: rows of one letter or one mark.
        Class::Letter => run.div_ceil(16),
        Class::Digit => run.div_ceil(3),
        Class::Mark if matches!(next, Class::Letter) => (run - 1).div_ceil(64),
        Class::Mark => run.div_ceil(64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_marks_and_wide_characters_are_counted() {
        for (text, tokens) in [
            ("", 0),
            ("   \n\t", 0),
            ("word ", 1),
            ("two words", 2),
            ("don't", 2),
            ("foo.bar(baz)", 4),
            ("internationalization", 2),
            ("123456789", 3),
            ("1234", 2),
            ("-----\n-----", 2),
            ("привет мир", 2),
            ("你好世界", 2),
            ("日本語", 2),
            ("été", 1),
        ] {
            assert_eq!(of(text), tokens, "{text}");
        }
    }

    #[test]
    fn no_text_has_more_tokens_than_bytes() {
        for text in ["a1a1a1a1", "!1!1!1", "é1é1", "a.b.c.d", "…a…a"] {
            assert!(of(text) <= text.len() as u64, "{text}");
        }
    }
}
