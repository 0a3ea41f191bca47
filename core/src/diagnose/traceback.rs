//! Tracebacks of Python: the errors stand behind frames, which are code and may fill pages.

use alloc::string::String;

use super::text::find;

/// The text of a traceback without its frames, which are code: what stands between and behind them. `None` where there is
/// no traceback of Python.
pub(crate) fn without_frames(text: &str) -> Option<String> {
    const HEAD: &str = "Traceback (most recent call last):";
    const BETWEEN: [&str; 2] = ["During handling of the above exception", "The above exception was the direct cause"];
    find(text.as_bytes(), HEAD.as_bytes())?;
    let mut kept = String::new();
    let (mut in_frames, mut found) = (false, false);
    // How far the whole of it is set in.
    let mut margin = 0;
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    for line in text.lines() {
        in_frames = in_frames && (indent(line) > margin || line.trim().is_empty());
        // Inside a string of a document its line breaks are escapes.
        let (line, begins) = line.trim_end().strip_suffix(HEAD).map_or((line, false), |before| (before, true));
        if begins {
            margin = if line.trim().is_empty() { line.len() } else { 0 };
        }
        if !in_frames && !line.trim().is_empty() && !BETWEEN.iter().any(|words| line.trim_start().starts_with(words)) {
            kept.push_str(line);
            kept.push('\n');
        }
        in_frames |= begins;
        found |= begins;
    }
    found.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::without_frames;

    #[test]
    fn errors_are_kept_and_frames_are_not() {
        let text = "12:00 ERROR Traceback (most recent call last):\n  File \"a.py\", line 500, in f\n    g()\n\nKeyError: 'x'\n\n\
            During handling of the above exception, another exception occurred:\n\n\
            Traceback (most recent call last):\n  File \"b.py\", line 1, in h\nhttpx.ReadTimeout: late\n";
        assert_eq!(without_frames(text).as_deref(), Some("12:00 ERROR \nKeyError: 'x'\nhttpx.ReadTimeout: late\n"));
    }

    #[test]
    fn a_traceback_may_be_set_in() {
        let text = "Try again.\n\n    Traceback (most recent call last):\n      File \"a.py\", line 500, in f\n        g()\n    \
            AnthropicError: Overloaded\n    \n    During handling of the above exception, another exception occurred:";
        assert_eq!(without_frames(text).as_deref(), Some("Try again.\n    AnthropicError: Overloaded\n"));
    }

    #[test]
    fn a_traceback_inside_a_string_is_none() {
        for text in ["KeyError: 'x'", r#"{"message": "Traceback (most recent call last):\n  File"}"#] {
            assert_eq!(without_frames(text), None, "{text}");
        }
    }
}
