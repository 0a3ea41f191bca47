//! What may be wrong with documents, as far as their bytes tell.
//!
//! Source: <https://platform.claude.com/docs/en/build-with-claude/pdf-support>

use alloc::format;

use super::Sink;
use crate::request::attached::{Attached, Given, What};
use crate::request::media::pdf::Pdf;
use crate::request::read::Request;
use crate::request::tape::View;

/// Base64 is for PDF, text for plain text.
pub(crate) fn type_is_accepted(_: &Request<'_, '_>, document: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = document.media_type.filter(|view| document.what == What::Document && view.raw().is_some()) else { return };
    let (wanted, fix) = match document.given {
        Given::Base64 => ("application/pdf", "send text as a source of type `text`, and images as `image` blocks"),
        Given::Text => ("text/plain", "set it to `text/plain`, whatever kind of text it is"),
        _ => return,
    };
    if !view.is(wanted) {
        sink.at(view, format!("is not `{wanted}`, the only type this source takes")).fix(fix);
    }
}

/// The labels that Converse has for documents.
const LABELS: [&str; 9] = ["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"];

/// Converse's label is one of its own. Text of a kind that has none goes as plain text.
pub(crate) fn label_is_known(_: &Request<'_, '_>, document: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let label = document.label.filter(|view| document.what == What::Document && view.raw().is_some());
    if let Some(view) = label.filter(|view| !LABELS.iter().any(|name| view.is(name))) {
        let message = format!("is none of the formats: one of {} is expected", LABELS.join(", "));
        sink.at(view, message).fix("set it to `txt` where the document is text, else convert it");
    }
}

/// A PDF that was declared as one.
fn pdf<'t, 'a>(document: &Attached<'t, 'a>) -> Option<(View<'t, 'a>, Pdf)> {
    let declared = |view: Option<View<'_, '_>>, name| view.is_some_and(|view| view.is(name));
    (declared(document.media_type, "application/pdf") || declared(document.label, "pdf")).then_some(())?;
    let data = document.data.as_ref()?;
    Some((data.view, data.pdf?))
}

pub(crate) fn bytes_are_a_pdf(_: &Request<'_, '_>, document: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, Pdf { header: None, .. })) = pdf(document) else { return };
    match document.data.as_ref().map(|data| (data.length, data.format)) {
        Some((0, _)) => sink.at(view, "is empty: the base64 of a PDF is expected"),
        Some((_, Some(format))) => sink.at(view, format!("is {}: a PDF is expected", format.media_type())),
        _ => sink.at(view, "does not begin with `%PDF-`: a PDF is expected"),
    };
}

/// Some readers open a file that is encrypted with an empty password; this only warns.
pub(crate) fn is_not_encrypted(_: &Request<'_, '_>, document: &Attached<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, _)) = pdf(document).filter(|(_, pdf)| pdf.encrypted) {
        sink.at(view, "is an encrypted PDF");
    }
}

/// All PDFs together have no more pages than the model takes.
pub(crate) fn pages_are_not_too_many(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((model, limit)) = request.model.and_then(|model| Some((model, model.pdf_page_limit?))) else { return };
    let (mut total, mut certain, mut files) = (0_u64, model.certain(), 0);
    for (view, pages) in request.attached.iter().filter_map(pdf).filter_map(|(view, pdf)| Some((view, pdf.pages?))) {
        let before = total;
        total = total.saturating_add(pages.count);
        certain &= pages.certain;
        files += 1;
        if before <= u64::from(limit) && total > u64::from(limit) {
            let together =
                if files > 1 { format!(" together with the {} PDFs before it", files - 1) } else { alloc::string::String::new() };
            sink.judge(certain, view, format!("has {total} pages{together}: {} takes at most {limit}", model.name()));
        }
    }
}
