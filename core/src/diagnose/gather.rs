//! The texts of the evidence, whatever their shape, as facts. Decides nothing.

use alloc::borrow::ToOwned;
use alloc::string::String;

use memchr::memchr_iter;

use super::evidence::Evidence;
use super::facts::Facts;
use super::headers::{Content, Headers};
use super::{by_code, messages, page, text, transport, types};
use crate::cause::Cause;

/// Everything the texts say.
pub(super) fn gather(evidence: &Evidence<'_>) -> Facts {
    let mut facts =
        evidence.body.filter(|body| !body.is_empty()).map(|body| of_body(body, &evidence.headers)).unwrap_or_default();
    // What an exception of unknown make says is its own affair; what a known one says is the server's or the library's.
    if !facts.is_error()
        && let Some(said) = evidence.text.filter(|_| trusted(evidence))
    {
        let request_id = facts.request_id.take();
        facts = of_text(said);
        facts.request_id = facts.request_id.take().or(request_id);
    }
    if !facts.asides.is_empty() {
        take_aside(&mut facts, evidence.status);
    }
    if facts.error_type.is_none() && facts.code.is_none() {
        open_page(&mut facts);
    }
    // In a body the words are a server's, and what stands in the middle of them is what the caller sent.
    let named = facts.error_type.is_some() || facts.code.is_some() || facts.error_code.is_some();
    if evidence.body.is_none() && !named && !facts.searched {
        facts.message = facts.message.take().map(within);
    }
    if let Some(message) = facts.message.take() {
        let (words, name) = text::unwrapped(&message);
        // A status that says otherwise makes the name an echo of what the caller sent.
        if let Some(row) = name.filter(|row| evidence.status.is_none_or(|status| status == row.status || status < 400)) {
            facts.error_type = facts.error_type.take().or_else(|| Some(row.name.into()));
        }
        // `bad response status code 502`: a status in words, where there is no other.
        if evidence.status.is_none() && facts.status.is_none() && words.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let said = text::status(words).filter(|found| words.len() - found.1.len() <= 40);
            facts.status = said.map(|found| found.0);
        }
        let cause = |words: &str| messages::recognize(words, messages::Given::of_status(None)).map(|found| found.cause);
        let whole = words.len() == message.len()
            || cause(&message).is_some_and(|it| is_specific(it) || !cause(words).is_some_and(is_specific));
        facts.message = Some(if whole { message } else { words.to_owned() });
    }
    facts
}

/// The cause that words name behind what relays put in front of them.
fn cause_of(words: &str, given: messages::Given) -> Option<Cause> {
    messages::recognize(text::unwrapped(words).0, given).map(|found| found.cause)
}

/// Whether it is more than a class of failures.
fn is_specific(cause: Cause) -> bool {
    Cause::unspecified(cause.kind()) != cause
}

/// Whether words name a cause, and not only a class of failures.
fn names_one(words: &str, given: messages::Given) -> bool {
    cause_of(words, given).is_some_and(is_specific)
}

/// Puts a text beside the message in its place, where only that text names a cause.
#[cold]
fn take_aside(facts: &mut Facts, status: Option<u16>) {
    let given = messages::Given::of_status(facts.status.or(status));
    if !facts.message.as_deref().is_some_and(|message| names_one(message, given))
        && let Some(at) = facts.asides.iter().position(|aside| names_one(aside, given))
    {
        facts.message = Some(facts.asides.swap_remove(at));
    }
}

/// Reads the page of HTML that a gateway has put into its message.
fn open_page(facts: &mut Facts) {
    let message = facts.message.as_deref().unwrap_or_default();
    let starts = |at: &usize| page::is_html(message.as_bytes().get(*at..).unwrap_or_default());
    let Some(at) = memchr_iter(b'<', message.as_bytes()).find(starts) else { return };
    let page = of_page(message.as_bytes().get(at..).unwrap_or_default());
    if page.message.is_some() {
        facts.message = page.message;
        facts.searched = false;
        facts.status = facts.status.or(page.status);
        facts.cloudflare |= page.cloudflare;
    }
}

/// The first words of a text that name a cause.
fn named_in(said: &str, given: messages::Given) -> Option<String> {
    text::beginnings(said).find(|words| names_one(words, given)).map(|words| text::cut(words, 2_000).to_owned())
}

/// The words of a text that name a cause; where none do, the first that name a class of failures.
fn known_in(said: &str, given: messages::Given) -> Option<&str> {
    let mut of_class = None;
    for words in text::beginnings(said) {
        match cause_of(words, given) {
            Some(cause) if is_specific(cause) => return Some(words),
            Some(_) => of_class = of_class.or(Some(words)),
            None => {}
        }
    }
    of_class
}

/// Whether what a text names is the name, code or message of a failure that is known.
fn is_known(facts: &Facts) -> bool {
    let named = |name: &str| types::named(name).or_else(|| types::of_code_family(name)).is_some();
    let given = messages::Given::of_status(facts.status);
    facts.error_type.as_deref().is_some_and(named)
        || facts.code.as_deref().is_some_and(named)
        || facts.error_code.as_deref().is_some_and(|code| by_code(code).is_some())
        || facts.message.as_deref().is_some_and(|message| names_one(message, given))
}

/// The server's own words in a message that some client has written around them; the message where there are none.
fn within(message: String) -> String {
    let given = messages::Given::of_status(None);
    if cause_of(&message, given).is_some() {
        return message;
    }
    let quoted = |words: &&str| message.split(*words).next().is_some_and(text::in_quotation);
    let found = text::beginnings(&message).find(|words| names_one(words, given) && !quoted(words)).map(ToOwned::to_owned);
    found.unwrap_or(message)
}

/// Whether the text may be read for more than a refinement.
fn trusted(evidence: &Evidence<'_>) -> bool {
    evidence.status.is_some() || evidence.classes.is_none_or(|classes| transport::by_classes(classes).is_some())
}

fn of_body(body: &[u8], headers: &Headers<'_>) -> Facts {
    if headers.content == Content::Html || page::is_html(body) {
        return of_page(body);
    }
    if text::is_cut_stream(body) {
        return Facts::of_cut_stream();
    }
    let facts = Facts::read(body);
    if facts.is_error() {
        return facts;
    }
    core::str::from_utf8(body).map_or(facts, of_text)
}

fn of_page(page: &[u8]) -> Facts {
    let mut facts = Facts::default();
    let title = page::of_html(page);
    facts.message = title.map(ToOwned::to_owned);
    let head = page.get(..page.len().min(16_384)).unwrap_or_default();
    facts.status = title.and_then(text::status).map(|found| found.0).or_else(|| page::of_cloudflare_link(head));
    facts.cloudflare = text::find(head, b"cloudflare").is_some();
    facts
}

/// A text for people: a log line, what an exception says, several lines of a terminal.
fn of_text(said: &str) -> Facts {
    let status = text::status(said).map(|found| found.0).or_else(|| text::status_of_lines(said));
    let has_escapes = text::has(said, b'\\');
    let mut facts = if has_escapes && said.contains("\\\n") {
        // A terminal has broken a line inside an escape.
        Facts::read(said.replace("\\\n", "\\").as_bytes())
    } else {
        Facts::read(said.as_bytes())
    };
    if !facts.is_error() {
        // A document whose quotes were escaped once more, or that came through an address.
        // Or whose quotes a word processor has made curly.
        let has_curly = || text::has(said, b'{') && said.contains("{\u{201c}");
        let curly = || has_curly().then(|| said.replace(['\u{201c}', '\u{201d}'], "\"").into_bytes());
        let escaped = || has_escapes.then(|| text::without_escapes(said)).flatten().map(String::into_bytes);
        let disguised = escaped().or_else(|| text::percent_decoded(said)).or_else(curly);
        facts = disguised.map(|plain| Facts::read(&plain)).filter(Facts::is_error).unwrap_or(facts);
    }
    // Quotes that were escaped here and there only end strings where none ends.
    if has_escapes && said.contains("\\\"") && !is_known(&facts) {
        let plain = Facts::read(said.replace("\\\"", "\"").as_bytes());
        facts = if is_known(&plain) { plain } else { facts };
    }
    if !facts.is_error()
        && text::has(said, b'<')
        && let Some(at) = text::find(said.as_bytes(), b"<html").or_else(|| text::find(said.as_bytes(), b"<!doctype html"))
    {
        facts = of_page(said.as_bytes().get(at..).unwrap_or_default());
    }
    if !facts.is_error() {
        let pairs = Facts::of_pairs(said);
        facts = if is_known(&pairs) { pairs } else { facts };
        // A name that stands with its value says nothing of where the message is.
        let given = messages::Given::of_status(facts.status.or(status));
        if facts.is_error() && !facts.message.as_deref().is_some_and(|message| names_one(message, given)) {
            facts.message = named_in(said, given).or(facts.message);
        }
    }
    if !facts.is_error() {
        let given = messages::Given::of_status(status);
        let known = known_in(said, given);
        // What follows in the next lines belongs to it only where it is needed.
        let shorter = known.and_then(|words| words.lines().next().filter(|line| cause_of(line, given) == cause_of(words, given)));
        let words = shorter.or(known).unwrap_or_else(|| text::without_head(text::without_entry(said)));
        facts.message = Some(text::cut(words, 2_000).to_owned());
        facts.searched = status.is_none();
        facts.error_type = facts.error_type.take().or_else(|| types::mentioned(said).map(|row| row.name.into()));
    }
    // A document inside a document whose quotes were not escaped is no document: its message stands in the text.
    if facts.message.is_none() && facts.is_error() {
        facts.message = named_in(said, messages::Given::of_status(facts.status.or(status)));
    }
    // A client that has a status of its own for what it was answered: the one beside the document is the answer's.
    let typed = facts.error_type.as_deref().and_then(types::named).map(|row| row.status);
    let nearest =
        typed.filter(|typed| Some(*typed) != status).and_then(|typed| text::last_status(said).filter(|last| *last == typed));
    facts.status = facts.status.or(nearest).or(status);
    if facts.status.is_none() {
        facts.status = types::class_status(said);
        facts.by_class = facts.status.is_some();
    }
    facts
}
