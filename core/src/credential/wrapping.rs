//! What is pasted along with a key: white space, quotes, `Bearer`, the name of its variable.

use super::Findings;
use crate::ascii;
use crate::cause::Cause;

/// How many layers are taken off; more than anyone pastes.
const LAYERS: usize = 8;

/// The key without what stands around it, each layer told as a finding.
pub(super) fn strip<'k>(key: &'k str, found: &mut Findings) -> &'k str {
    let mut rest = key;
    for _ in 0..LAYERS {
        let before = rest.len();
        for layer in [white_space, variable, bearer, quotes] {
            rest = layer(rest, found);
        }
        if rest.len() == before {
            break;
        }
    }
    rest
}

/// White space, and what is as good as invisible.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

fn white_space<'k>(key: &'k str, found: &mut Findings) -> &'k str {
    let trimmed = key.trim_matches(is_blank);
    if trimmed.len() != key.len() && !trimmed.is_empty() {
        let starts = key.starts_with(is_blank);
        let (place, around) = match (starts, key.ends_with(is_blank)) {
            (true, true) => ("around it", key),
            (true, false) => ("at its start", key.split(|c| !is_blank(c)).next().unwrap_or_default()),
            _ => ("at its end", key.rsplit(|c| !is_blank(c)).next().unwrap_or_default()),
        };
        let what = if around.contains(['\n', '\r']) { "a line break" } else { "white space" };
        found.error(Cause::KeyHasWhitespace, alloc::format!("the key has {what} {place}"));
    }
    // `\n` as two characters: a line break that was escaped, and never read as one.
    let mut rest = trimmed;
    while let Some(before) = ["\\n", "\\r", "\\t"].iter().find_map(|escape| rest.strip_suffix(escape)) {
        found.error(Cause::KeyHasWhitespace, "the key ends in a line break written as a backslash and a letter");
        rest = before;
    }
    rest
}

fn quotes<'k>(key: &'k str, found: &mut Findings) -> &'k str {
    const QUOTES: [char; 9] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}'];
    // A comma or semicolon comes along when a line of code is copied.
    let ended = key.trim_end_matches([',', ';']);
    let bare = ended.trim_matches(QUOTES);
    if bare.len() == ended.len() {
        return key;
    }
    let both = ended.starts_with(QUOTES) && ended.ends_with(QUOTES);
    found.error(Cause::KeyHasQuotes, if both { "the key has quotes around it" } else { "the key has a quote at one end" });
    bare
}

fn bearer<'k>(key: &'k str, found: &mut Findings) -> &'k str {
    let head = ascii::starts_with(key, "bearer");
    let Some(rest) = key.get(6..).filter(|rest| head && (rest.is_empty() || rest.starts_with([' ', '\t', ':']))) else {
        return key;
    };
    found.error(Cause::KeyHasBearerPrefix, "the key begins with `Bearer`");
    rest.trim_start_matches(|c| is_blank(c) || c == ':')
}

/// `export ANTHROPIC_API_KEY=`, `x-api-key: `, `Authorization: `
fn variable<'k>(key: &'k str, found: &mut Findings) -> &'k str {
    const LONGEST: usize = 48;
    let line = ["export ", "set ", "ENV ", "$env:", "--"].iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
    let name = line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    let Some((name, rest)) = line.split_at_checked(name).filter(|(name, _)| name.len() <= LONGEST) else { return key };
    let is_name = ["key", "token", "auth", "secret"].iter().any(|word| has_word(name, word)) && !name.starts_with("sk-");
    // The quote of a name in JSON stands before the colon.
    let rest = rest.trim_start_matches(|c| is_blank(c) || c == '"' || c == '\'');
    let Some(value) = rest.strip_prefix(['=', ':']).filter(|_| is_name) else { return key };
    // Keys in base64 may end in `=`, and may spell a word.
    if value.trim_matches('=').is_empty() && !name.contains('_') {
        return key;
    }
    found.error(Cause::KeyHasVariableName, "the key begins with the name of its variable or header");
    value.trim_start_matches(is_blank)
}

/// Whether a text has a word in it, in any case.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|window| ascii::same(window, word))
}
