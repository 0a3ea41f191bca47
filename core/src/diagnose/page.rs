//! Pages of HTML in the place of an answer: proxies, gateways and Cloudflare speak in them.

use super::text::{find, three_digits};
use crate::ascii;

/// What a page of HTML says in its title, or failing that in its first heading.
pub(crate) fn of_html(body: &[u8]) -> Option<&str> {
    let head = body.get(..body.len().min(16_384)).unwrap_or_default();
    ["<title>", "<h1>"].iter().find_map(|tag| {
        let start = find(head, tag.as_bytes())? + tag.len();
        let rest = head.get(start..)?;
        let end = find(rest, b"<").unwrap_or_else(|| rest.len().min(200));
        core::str::from_utf8(rest.get(..end)?).ok().map(str::trim).filter(|text| !text.is_empty())
    })
}

/// The status in the address of the help that Cloudflare's pages link to.
pub(crate) fn of_cloudflare_link(page: &[u8]) -> Option<u16> {
    const MARK: &[u8] = b"errorcode_";
    let at = find(page, MARK)? + MARK.len();
    three_digits(page.get(at..at + 3).filter(|digits| digits.iter().all(u8::is_ascii_digit))?)
}

/// Whether a body is a page of HTML, whatever its content type says.
pub(crate) fn is_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    if start.first() != Some(&b'<') {
        return false;
    }
    let starts = |tag: &[u8]| ascii::starts_with(start, tag);
    // The last ones begin a page that was cut out of a longer one.
    [&b"<!doctype html"[..], b"<html", b"<head", b"<title", b"<center", b"<body", b"<div", b"<!--[if"].into_iter().any(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_gives_its_title() {
        assert_eq!(of_html(b"<html><head><title> 502 Bad Gateway </title>"), Some("502 Bad Gateway"));
        assert!(is_html(b"\n <!DOCTYPE HTML PUBLIC"));
        assert!(!is_html(b"{\"title\":\"<html>\"}"));
    }
}
