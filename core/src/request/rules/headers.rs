//! Headers, where they are known: the version, the credential, and what browsers need. No value of one is ever printed.

use alloc::format;

use super::Sink;
use crate::ascii;
use crate::request::model::Date;
use crate::request::options::{Endpoint, Options};
use crate::request::tape::View;

/// Versions of the API, oldest first.
///
/// Source: <https://platform.claude.com/docs/en/api/versioning>
const VERSIONS: &[&str] = &["2023-01-01", "2023-06-01", "2026-10-21"];

/// All headers, none where they are not known. OpenAI-compatible endpoints have no rules about them.
fn headers<'o>(options: &Options<'o>) -> impl Iterator<Item = (&'o str, &'o str)> {
    options.headers.filter(|_| options.endpoint != Endpoint::ChatCompletions).into_iter().flatten().copied()
}

#[inline(never)]
fn header<'o>(options: &Options<'o>, name: &str) -> Option<&'o str> {
    headers(options).find(|(own, _)| ascii::same(own, name)).map(|(_, value)| value.trim())
}

fn are_known(options: &Options<'_>) -> bool {
    options.headers.is_some() && options.endpoint != Endpoint::ChatCompletions
}

pub(crate) fn version_is_sent(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    // A version that is told beside the headers is one that the client adds to them.
    if are_known(options) && options.api_version.is_none() && header(options, "anthropic-version").is_none() {
        sink.at(root, "the `anthropic-version` header is not among the headers").in_header();
    }
}

pub(crate) fn version_is_known(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    if options.endpoint == Endpoint::ChatCompletions {
        return;
    }
    let mut sent = headers(options).filter(|(name, _)| ascii::same(name, "anthropic-version"));
    let Some(version) = sent.next().map(|(_, value)| value.trim()).or(options.api_version) else { return };
    if sent.next().is_some() || version.contains(',') {
        sink.at(root, "the `anthropic-version` header is sent more than once").in_header();
    } else if !VERSIONS.contains(&version) {
        let newer = Date::parse(version).zip(VERSIONS.last().and_then(|last| Date::parse(last)));
        let known = format!("`{}` are known", VERSIONS.join("`, `"));
        if newer.is_some_and(|(version, last)| version > last) {
            sink.maybe_at(root, format!("the `anthropic-version` is newer than this check: {known}")).in_header();
        } else {
            sink.at(root, format!("the `anthropic-version` is not a known one: {known}")).in_header();
        }
    }
}

/// What HTTP cannot carry in a header, whatever it is.
pub(crate) fn values_can_be_sent(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    for (name, value) in options.headers.into_iter().flatten() {
        let what = if value.contains(['\r', '\n']) {
            "a line break"
        } else if value.contains('\0') {
            "a NUL"
        } else if value.chars().any(|char| char > '\u{ff}') {
            "a character beyond Latin-1"
        } else {
            continue;
        };
        let name = if name.len() <= 64 && name.is_ascii() { name } else { "…" };
        sink.at(root, format!("the header `{}` holds {what}", name.escape_default())).in_header();
    }
}

const CREDENTIALS: [&str; 3] = ["x-api-key", "authorization", "api-key"];

pub(crate) fn credential_is_sent(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    if !are_known(options) {
        return;
    }
    let mut sent = CREDENTIALS.iter().filter_map(|name| header(options, name)).peekable();
    if sent.peek().is_none() {
        // Whoever sends the request may add it on the way.
        sink.maybe_at(root, "no credential is among the headers: `x-api-key` or `authorization` was expected").in_header();
    } else if sent.all(|value| value.is_empty() || ascii::same(value, "bearer")) {
        sink.at(root, "the credential among the headers is empty")
            .in_header()
            .fix("check the variable that the key is read from");
    }
}

pub(crate) fn one_credential_is_sent(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    let given = |name: &str| header(options, name).filter(|value| !value.is_empty());
    if let (Some(key), Some(token)) = (given("x-api-key"), given("authorization"))
        && token.split_once(' ').map_or(token, |(_, token)| token) != key
    {
        sink.at(root, "both `x-api-key` and `authorization` are among the headers").in_header();
    }
}

/// Subscription tokens need a flag of their own.
pub(crate) fn token_has_its_flag(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    const FLAG: &str = "oauth-2025-04-20";
    let Some((_, token)) = header(options, "authorization").and_then(|value| value.split_once(' ')) else { return };
    let flags = header(options, "anthropic-beta").unwrap_or_default();
    if token.trim_start().starts_with("sk-ant-oat")
        && !options.betas.contains(&FLAG)
        && !flags.split(',').any(|flag| flag.trim() == FLAG)
    {
        sink.at(root, format!("an OAuth token is sent without the flag `{FLAG}` in `anthropic-beta`")).in_header();
    }
}

pub(crate) fn browsers_say_so(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    let said = header(options, "anthropic-dangerous-direct-browser-access").is_some_and(|value| value == "true");
    if header(options, "origin").is_some() && !said {
        sink.at(root, "the `origin` header of a browser is sent without `anthropic-dangerous-direct-browser-access: true`")
            .in_header();
    }
}

pub(crate) fn content_is_json(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    let Some(content) = header(options, "content-type") else { return };
    let media = content.split(';').next().unwrap_or_default().trim();
    if !ascii::same(media, "application/json") {
        sink.at(root, "the `content-type` header is not `application/json`").in_header();
    }
}

/// Source: the error `unsupported_charset` of the vendor's SDK.
pub(crate) fn charset_is_taken(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    let Some(content) = header(options, "content-type") else { return };
    let charset = content.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        ascii::same(name.trim(), "charset").then(|| value.trim().trim_matches('"'))
    });
    let taken = ["utf-8", "utf8", "iso-8859-1", "us-ascii"];
    if charset.is_some_and(|charset| !taken.iter().any(|name| ascii::same(name, charset))) {
        sink.at(root, "the `charset` of `content-type` is not one of utf-8, iso-8859-1, us-ascii").in_header();
    }
}
