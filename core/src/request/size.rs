//! What is big in a request: bytes by who sent them, and the largest values.
//!
//! For a body that is too large, or close to it: nothing here runs otherwise.

use core::fmt;

use super::batch;
use super::tape::{Kind, View};

pub(crate) mod tokens;

/// Where the bytes of a body are.
#[derive(Debug, Default)]
pub(crate) struct Sizes<'t, 'a> {
    /// The whole body.
    pub(crate) total: usize,
    /// By part, largest first: `user messages`, `assistant messages`, `system messages`, `system`, `tools`, and the rest.
    pub(crate) parts: [(&'static str, usize); 6],
    /// The largest strings, largest first.
    pub(crate) largest: [Option<View<'t, 'a>>; 3],
}

impl<'t, 'a> Sizes<'t, 'a> {
    /// Of a body: a request, or a batch of them.
    pub(crate) fn of(root: View<'t, 'a>, is_batch: bool) -> Self {
        let mut sizes = Self { total: root.text_len(), ..Self::default() };
        sizes.parts = [
            ("user messages", 0),
            ("assistant messages", 0),
            ("system messages", 0),
            ("system", 0),
            ("tools", 0),
            ("the rest", 0),
        ];
        if is_batch {
            batch::items(root).filter_map(|item| item.get("params")).for_each(|params| sizes.add(params));
        } else {
            sizes.add(root);
        }
        let known: usize = sizes.parts.iter().map(|(_, bytes)| bytes).sum();
        sizes.count("the rest", sizes.total.saturating_sub(known));
        sizes.parts.sort_by_key(|(_, bytes)| core::cmp::Reverse(*bytes));
        let tape = root.tape();
        for view in (0..tape.node_count()).filter_map(|index| tape.view(index)).filter(|view| view.kind() == Kind::String) {
            sizes.keep(view);
        }
        sizes
    }

    fn add(&mut self, request: View<'t, 'a>) {
        for (key, value) in request.members() {
            if key.is("system") || key.is("tools") {
                self.count(if key.is("system") { "system" } else { "tools" }, value.text_len());
            } else if key.is("messages") {
                for message in value.items() {
                    let role = message.get("role").and_then(View::str).unwrap_or_default();
                    let part = match &*role {
                        "user" => "user messages",
                        "assistant" => "assistant messages",
                        "system" => "system messages",
                        _ => continue,
                    };
                    self.count(part, message.text_len());
                }
            }
        }
    }

    fn count(&mut self, part: &str, bytes: usize) {
        if let Some((_, sum)) = self.parts.iter_mut().find(|(name, _)| *name == part) {
            *sum += bytes;
        }
    }

    fn keep(&mut self, view: View<'t, 'a>) {
        let mut view = Some(view);
        for slot in &mut self.largest {
            let larger = view.map(View::text_len) > slot.map(View::text_len);
            if larger {
                core::mem::swap(slot, &mut view);
            }
        }
    }

    /// In words: the largest values, then the parts; nothing below a hundredth of the whole.
    pub(crate) fn words(&self) -> impl fmt::Display {
        fmt::from_fn(|f| {
            let counts = |bytes: usize| bytes > 0 && bytes >= self.total / 100;
            let mut between = "";
            for view in self.largest.into_iter().flatten().filter(|view| counts(view.text_len())) {
                write!(f, "{between}{} is {}", view.path(), Megabytes(view.text_len()))?;
                if between.is_empty() {
                    write!(f, " of {}", Megabytes(self.total))?;
                }
                between = ", ";
            }
            between = if between.is_empty() { "" } else { "; by part: " };
            for (part, bytes) in self.parts.iter().filter(|(_, bytes)| counts(*bytes)) {
                write!(f, "{between}{part} {}", Megabytes(*bytes))?;
                between = ", ";
            }
            Ok(())
        })
    }

    /// How to shrink what is largest.
    pub(crate) fn fix(&self) -> &'static str {
        let first = self.largest.into_iter().flatten().next().filter(|view| view.text_len() >= self.total / 4);
        let (part, _) = self.parts.first().copied().unwrap_or_default();
        match (first, part) {
            (Some(view), _) if view.key().is_some_and(|key| key.is("data")) => {
                "shrink the image or document, or upload it once with the Files API and send its `file_id`"
            }
            (Some(_), _) => "shorten the largest text, or send only the parts of it that are needed",
            (None, "tools") => "send fewer tools, or defer them behind a tool search",
            (None, "system") => "shorten the system prompt",
            (None, _) => "drop or compact older turns, images first; send files by their `file_id`",
        }
    }
}

/// Bytes as people say them: `21.4 MB`, `312 kB`.
struct Megabytes(usize);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes) = *self;
        if bytes < 999_500 {
            return write!(f, "{} kB", (bytes + 500) / 1_000);
        }
        let tenths = (bytes + 50_000) / 100_000;
        write!(f, "{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::json;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn said(text: &str, is_batch: bool) -> (String, &'static str) {
        let tape = json::read(text.as_bytes()).tape.expect("the text is JSON");
        let sizes = Sizes::of(tape.root(), is_batch);
        (sizes.words().to_string(), sizes.fix())
    }

    fn long(letter: &str, kilobytes: usize) -> String {
        letter.repeat(kilobytes * 1_000)
    }

    #[test]
    fn one_large_value_is_named_first() {
        let (image, turn) = (long("A", 9_000), long("b", 500));
        let text = alloc::format!(
            r#"{{"messages": [{{"role": "user", "content": [{{"type": "image", "source": {{"data": "{image}"}}}}]}},
                {{"role": "assistant", "content": "{turn}"}}], "system": "{turn}"}}"#
        );
        let (words, fix) = said(&text, false);
        let largest = "messages.0.content.0.source.data is 9.0 MB of 10.0 MB, messages.1.content is 500 kB, system is 500 kB";
        assert_eq!(words, alloc::format!("{largest}; by part: user messages 9.0 MB, assistant messages 500 kB, system 500 kB"));
        assert!(fix.contains("Files API"), "{fix}");
    }

    #[test]
    fn many_small_values_are_told_by_part() {
        let turn = long("c", 10);
        let message = alloc::format!(r#"{{"role": "user", "content": "{turn}"}}"#);
        let messages: Vec<&str> = core::iter::repeat_n(message.as_str(), 200).collect();
        let text = alloc::format!(r#"{{"messages": [{}], "tools": ["{}"]}}"#, messages.join(","), long("d", 300));
        let (words, fix) = said(&text, false);
        assert_eq!(words, "tools.0 is 300 kB of 2.3 MB; by part: user messages 2.0 MB, tools 300 kB");
        assert!(fix.contains("older turns"), "{fix}");
    }

    #[test]
    fn a_batch_is_told_by_the_parts_of_its_items() {
        let item = alloc::format!(r#"{{"custom_id": "a", "params": {{"system": "{}", "messages": []}}}}"#, long("e", 600));
        let (words, _) = said(&alloc::format!(r#"{{"requests": [{item}, {item}]}}"#), true);
        let first = "requests.0.params.system is 600 kB of 1.2 MB, requests.1.params.system is 600 kB";
        assert_eq!(words, alloc::format!("{first}; by part: system 1.2 MB"));
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(said("{}", false).0, "the rest 0 kB");
        assert_eq!(said("[]", true).0, "the rest 0 kB");
    }

    #[test]
    fn bytes_are_rounded_as_people_round_them() {
        for (bytes, words) in
            [(0, "0 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (21_449_999, "21.4 MB"), (33_554_432, "33.6 MB")]
        {
            assert_eq!(Megabytes(bytes).to_string(), words);
        }
    }
}
