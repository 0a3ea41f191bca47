//! Waits that are said in a sentence.

use super::text::{cut, find_all, in_quotation};
use crate::hint::{Hint, HintSource, When};
use crate::number::{decimal_ms, go_duration_ms, integer, rfc3339_ms};

/// Words behind which a wait stands. A client's own "retrying in 2s" is none of them: it is no instruction.
const BEFORE: &[&str] = &[
    "try again in ",
    "try again after ",
    "retry after ",
    "retry in ",
    "please wait ",
    ". wait ",
    "wait for ",
    "resets in ",
    "reset in ",
    "reset after ",
    "available in ",
    "available again in ",
];

/// Words between those and the number.
const BETWEEN: &[&str] = &["~", "about ", "approximately ", "around ", "at least ", "another ", "for "];

/// How much of a message is read: the wait stands in its first sentences.
const READ: usize = 2_048;

/// The wait that a server's own words ask for: "try again in 9.816s", "retry after 20 seconds", "you will regain access on
/// 2026-12-01 at 00:00 UTC", "usage limit reached|1767225600".
pub(crate) fn asked_for(message: &str, wall_ms: u64) -> Option<Hint> {
    let text = cut(message, READ);
    // Most messages name no number, and so no wait.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let when = BEFORE.iter().find_map(|words| said(&text, words).find_map(duration)).map(When::In).or_else(|| date(&text));
    when.and_then(|when| when.delay_ms(wall_ms)).map(|delay| Hint::new(delay, HintSource::Text))
}

/// What follows each place of `words`, but for those in quotations: what the caller wrote is no instruction.
fn said<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = &'t str> {
    let behind = find_all(text, words).filter_map(|at| Some((at, text.get(at + words.len()..)?)));
    behind.filter(|(at, _)| !text.get(..=*at).is_some_and(in_quotation)).map(|(_, rest)| rest)
}

/// `9.816s`, `20 seconds`, `1 minute`, `6m0s`, `2 hours and 5 minutes` (the first part alone would be too short).
#[inline(never)]
fn duration(text: &str) -> Option<u64> {
    let mut rest = text;
    while let Some(tail) = BETWEEN.iter().find_map(|words| rest.strip_prefix(words)) {
        rest = tail;
    }
    let word = rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).next().unwrap_or_default();
    if let Some(ms) = go_duration_ms(word.trim_end_matches(['.', '!']).as_bytes()) {
        return Some(ms);
    }
    let mut total: Option<u64> = None;
    for _ in 0..3 {
        let Some((ms, tail)) = part(rest) else { break };
        total = Some(total.unwrap_or(0).saturating_add(ms));
        rest = tail.trim_start_matches([' ', ',']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    total
}

/// One number and its unit, and what follows.
fn part(text: &str) -> Option<(u64, &str)> {
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (number, rest) = text.split_at_checked(digits).filter(|_| digits > 0)?;
    let rest = rest.trim_start();
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (unit, rest) = rest.split_at_checked(letters)?;
    let unit_ms = match unit {
        "ms" | "millisecond" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600_000,
        "d" | "day" | "days" => 86_400_000,
        _ => return None,
    };
    decimal_ms(number.trim_end_matches('.').as_bytes(), unit_ms).map(|ms| (ms, rest))
}

fn date(text: &str) -> Option<When> {
    if let Some(rest) = said(text, "regain access on ").next() {
        // `2026-12-01 at 00:00 utc`, always UTC.
        let day = rest.get(..10)?;
        let clock = rest.get(10..)?.strip_prefix(" at ").and_then(|rest| rest.get(..5)).unwrap_or("00:00");
        let mut stamp = *b"0000-00-00T00:00:00Z";
        stamp.get_mut(..10)?.copy_from_slice(day.as_bytes());
        stamp.get_mut(11..16)?.copy_from_slice(clock.as_bytes());
        return rfc3339_ms(&stamp).map(When::At);
    }
    let rest = said(text, "limit reached|").next()?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    integer(rest.get(..digits)?.as_bytes()).map(|seconds| When::At(seconds.saturating_mul(1_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_764_000_000_000;

    #[test]
    fn sentences_give_their_waits() {
        for (message, ms) in [
            ("Rate limit reached for m. Please try again in 9.816s. Visit our page.", Some(9_816)),
            ("Please try again in 174ms.", Some(174)),
            ("No deployments available for selected model, Try again in 60 seconds.", Some(60_000)),
            ("Please retry after 86400 seconds.", Some(86_400_000)),
            ("try again in 6m0s", Some(360_000)),
            ("Please wait about 2 hours and 5 minutes", Some(7_500_000)),
            ("Retrying in 2 seconds", None),
            ("please try again later", None),
            ("could not read \"try again in 5 seconds\"", None),
            ("Please wait before trying again.", None),
        ] {
            assert_eq!(asked_for(message, NOW).map(|hint| hint.delay_ms), ms, "{message}");
        }
    }

    #[test]
    fn dates_are_counted_from_now() {
        let now = rfc3339_ms(b"2026-11-30T23:00:00Z").unwrap_or_default();
        let hint = asked_for("You will regain access on 2026-12-01 at 00:00 UTC.", now);
        assert_eq!(hint.map(|hint| hint.delay_ms), Some(3_600_000));
        assert_eq!(asked_for("You will regain access on 2020-12-01 at 00:00 UTC.", now), None);
        assert_eq!(asked_for("Claude AI usage limit reached|1764000060", NOW).map(|hint| hint.delay_ms), Some(60_000));
    }
}
