//! What Converse asks of documents: their names, and what stands beside them.
//!
//! Source: <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html>, and answers quoted in
//! public bug reports.

use alloc::borrow::Cow;
use alloc::format;

use super::Sink;
use super::converse::under;
use crate::request::read::{Message, Request};
use crate::request::seen::Seen;
use crate::request::tape::View;

/// The documents of a message, those in results of tools included.
fn documents<'t, 'a>(message: &Message<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    let results = under(message, "toolResult").filter_map(|result| result.get("content")).flat_map(View::items);
    under(message, "document").chain(results.filter_map(|block| block.get("document")))
}

fn name<'t, 'a>(document: View<'t, 'a>) -> Option<(View<'t, 'a>, Cow<'t, str>)> {
    let view = document.get("name")?;
    Some((view, view.str()?))
}

/// They have names of their own, throughout the conversation.
pub(crate) fn names_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen = Seen::default();
    for (view, name) in request.messages.iter().flat_map(documents).filter_map(name) {
        if !seen.add(name) {
            sink.at(view, "is the name of another document too").fix("give each document a name of its own");
        }
    }
}

/// How long a name may be.
const LONGEST_NAME: usize = 200;

/// Names of documents are of few characters, and no two spaces stand side by side. The underscore is in no list of them and
/// is taken; of white space only the space is: <https://github.com/aws-samples/generative-ai-use-cases/issues/1671>
pub(crate) fn names_are_plain(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let is_taken = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '(' | ')' | '[' | ']');
    for (view, name) in documents(message).filter_map(name) {
        if name.contains("  ") || !name.chars().all(is_taken) {
            sink.at(view, "holds more than letters, digits, single spaces, `-`, `_`, `(`, `)`, `[` and `]`");
        } else if name.is_empty() || name.len() > LONGEST_NAME {
            sink.at(view, format!("has {} characters: 1 to {LONGEST_NAME} are expected", name.len()));
        }
    }
}

/// A document has a text beside it.
pub(crate) fn have_a_text(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    if under(message, "document").next().is_some()
        && under(message, "text").next().is_none()
        && let Some(content) = message.content
    {
        sink.at(content, "holds a document and no text").fix("say in a text block what to do with the document");
    }
}

/// The formats that can be cited from.
const CITABLE: [&str; 2] = ["pdf", "txt"];

/// Documents that are to be cited are of a format that can be.
pub(crate) fn are_citable(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let enabled = |document: View<'_, '_>| document.get("citations")?.get("enabled")?.bool();
    let cited = |document: &View<'_, '_>| enabled(*document) == Some(true);
    for format in documents(message).filter(cited).filter_map(|document| document.get("format")) {
        if format.raw().is_some() && !CITABLE.iter().any(|name| format.is(name)) {
            sink.at(format, "has no citations: of documents to cite `pdf` or `txt` is expected");
        }
    }
}
