//! What stands in a key's place and is no key: placeholders, variables that nothing put in, ids, paths, addresses.

use super::wrapping::has_word;
use super::{Findings, Form};
use crate::ascii;
use crate::cause::Cause;

/// Longer texts are keys, whatever words chance has put into them.
const LONGEST_PLACEHOLDER: usize = 64;

/// Tells what the text is, if it is no key; then nothing else is worth saying about it.
pub(super) fn check(key: &str, found: &mut Findings) -> bool {
    let finding = if let Some(finding) = nothing(key).or_else(|| variable(key)).or_else(|| other(key)) {
        finding
    } else if is_masked(key) {
        (Cause::KeyMasked, "the key is a shortened display of a key, with dots or stars in place of characters")
    } else if is_placeholder(key) {
        (Cause::KeyPlaceholder, "the key is a placeholder")
    } else {
        characters(key, found);
        return false;
    };
    found.error(finding.0, finding.1);
    true
}

type Finding = (Cause, &'static str);

fn nothing(key: &str) -> Option<Finding> {
    let words = ["none", "null", "nil", "undefined", "nan", "false", "true", "[object object]"];
    let word = words.iter().any(|word| ascii::same(key, word));
    word.then_some((Cause::KeyIsNullText, "the key is the word a language writes for nothing: its variable was not set"))
}

fn variable(key: &str) -> Option<Finding> {
    let inside = |open: &str, close: &str| key.starts_with(open) && key.ends_with(close) && key.len() > open.len();
    let reference =
        ["$", "op://", "vault:", "ref+", "env:", "env.", "env/", "process.env", "os.environ", "os.getenv", "secrets."];
    let unexpanded = reference.iter().any(|start| key.starts_with(start))
        || inside("%", "%")
        || key.starts_with("{{")
        || key.contains("${")
        || inside("{", "}") && !key.contains(['"', ':'])
        || inside("<%", "%>")
        || key.starts_with("arn:aws:secretsmanager:")
        || key.starts_with("arn:aws:ssm:");
    if unexpanded {
        return Some((Cause::KeyUnexpandedVariable, "the key is a reference to a variable or secret that nothing put in"));
    }
    let name = key.starts_with(|c: char| c.is_ascii_uppercase())
        && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && key.contains('_')
        && (key.ends_with("_KEY") || key.ends_with("_TOKEN") || key.ends_with("_SECRET"))
        && !key.starts_with("YOUR")
        && !key.starts_with("MY");
    name.then_some((Cause::KeyUnexpandedVariable, "the key is the name of a variable, not its value"))
}

fn other(key: &str) -> Option<Finding> {
    let starts = |words: &[&str]| words.iter().any(|word| key.starts_with(word));
    let ids = ["req_", "msg_", "msgbatch_", "file_", "toolu_", "srvtoolu_", "wrkspc_", "svac_", "fdrl_"];
    if starts(&ids) {
        return Some((Cause::KeyIsIdentifier, "the key is the id of something: a request, a message, a file, a workspace"));
    }
    if starts(&["http://", "https://", "api.anthropic.com"]) {
        return Some((Cause::KeyIsNotAKey, "the key is an address: key and base URL may have changed places"));
    }
    if starts(&["/", "~/", "./", "../", "C:\\", "file:"]) {
        return Some((Cause::KeyIsNotAKey, "the key is a file's path, not what the file holds"));
    }
    if starts(&["{\"", "{ ", "{\n", "["]) && has_word(key, "\"") || starts(&["-----BEGIN", "ssh-"]) {
        return Some((Cause::KeyIsNotAKey, "the key is a whole document: a JSON file, a certificate, or another kind of key"));
    }
    if starts(&["claude-"]) {
        return Some((Cause::KeyIsNotAKey, "the key is the name of a model"));
    }
    None
}

/// `sk-ant-...XyZ`, `sk-ant-****`, `••••`
fn is_masked(key: &str) -> bool {
    key.contains("...") || key.contains("***") || key.contains(['\u{2026}', '\u{2022}', '\u{25cf}', '\u{2217}'])
}

fn is_placeholder(key: &str) -> bool {
    if key.starts_with('<') || key.ends_with('>') || key.starts_with('[') && key.ends_with(']') {
        return true;
    }
    let tail = Form::of(key).and_then(|form| key.strip_prefix(form.prefix)).unwrap_or(key);
    // One character and no other: `xxx`, `000`, `___`. A form's bare beginning is what is left of a cut key.
    let one =
        tail.bytes().next().is_some_and(|first| tail.len() >= 3 && tail.bytes().all(|byte| byte.eq_ignore_ascii_case(&first)));
    let words = [
        "key", "api-key", "apikey", "api_key", "token", "secret", "password", "test", "todo", "fake", "foo", "abc", "abc123",
        "123", "1234", "12345", "123456", "xxx", "...",
    ];
    let whole = [key, tail].iter().any(|text| words.iter().any(|word| ascii::same(text, word)));
    let parts = [
        "your",
        "api-key-here",
        "api_key_here",
        "key-here",
        "key_here",
        "insert",
        "replace",
        "changeme",
        "change-me",
        "change_me",
        "placeholder",
        "dummy",
        "example",
        "redacted",
        "my-api-key",
        "my_api_key",
        "my-key",
        "my_key",
        "fake-key",
        "fake_key",
        "test-key",
        "test_key",
        "paste",
        "xxxx",
        "not-needed",
        "not_needed",
        "no-key",
        "goes-here",
    ];
    one || whole || (key.len() <= LONGEST_PLACEHOLDER && parts.iter().any(|part| has_word(tail, part)))
}

/// Characters that no key has, or that no header may have.
fn characters(key: &str, found: &mut Findings) {
    let foreign = key.chars().filter(|c| !c.is_ascii()).count();
    if key.contains(|c: char| c == ' ' || c.is_ascii_control() && c.is_whitespace()) {
        let line = key.contains(['\n', '\r']);
        found.error(
            Cause::KeyHasWhitespace,
            if line { "the key has a line break in it" } else { "the key has white space in it" },
        );
    }
    if foreign > 0 {
        let some = if foreign == 1 { "a character that is" } else { "characters that are" };
        found.error(Cause::KeyNotAscii, alloc::format!("the key has {some} not ASCII, such as a long dash a text editor put in"));
    } else if key.contains(|c: char| c.is_ascii_control() && !c.is_whitespace()) {
        found.error(Cause::KeyNotAscii, "the key has a control character in it, which no header may have");
    } else if key.contains(|c: char| !(c.is_ascii_alphanumeric() || c.is_whitespace() || "-_.+/=~:|".contains(c))) {
        found.warning(Cause::KeyNotAscii, "the key has a character in it that keys do not have, such as a comma or a bracket");
    }
}
