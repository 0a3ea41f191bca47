//! From the words of an error message to its cause.
//!
//! Most faults have no code: the message is all there is. It begins with the server's own words, perhaps after the path
//! of a field, and may go on with what the caller sent: names, ids, whole sentences. So nothing is looked for in the
//! middle of a message, and whatever follows a wrapper's colon counts as a start only when the wrapper is plainly one.

mod head;
mod path;
mod pattern;
mod table;

use super::text::has;
use crate::cause::Cause;
use crate::kind::ErrorKind;
use path::{Prefixed, batch_item, without_lead_in};
use pattern::{Captures, Space, matches, skip_marks};
use table::{Row, Scope, beginning, beginning_with_name, of_field};

/// How many lead-ins of wrappers are taken off.
const LEAD_INS: usize = 6;

/// What else is known of the failure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given {
    /// The HTTP status, where there is one.
    pub(crate) status: Option<u16>,
    /// Whether words about money and allowances may be believed: only beside a status that carries such news.
    pub(crate) money_allowed: bool,
}

impl Given {
    /// What follows from a status.
    pub(crate) const fn of_status(status: Option<u16>) -> Self {
        Self { status, money_allowed: matches!(status, None | Some(400 | 402 | 403 | 429)) }
    }
}

/// What the words of a message say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found<'m> {
    pub(crate) cause: Cause,
    /// The words only name a class of failures ("Too Many Requests"): a type or code beside them says more.
    pub(crate) weak: bool,
    /// The dotted path of the field at fault, where the message names it or the cause has one. A wrapped path has its
    /// line breaks in it.
    pub(crate) field: Option<&'m str>,
    /// The number that was too high.
    pub(crate) actual: Option<u64>,
    /// The number it should not have passed.
    pub(crate) limit: Option<u64>,
}

/// The cause that the words of `message` name; `None` where they fit nothing known.
pub(crate) fn recognize(message: &str, given: Given) -> Option<Found<'_>> {
    find(message, given).map(|(_, found)| found)
}

/// The dotted path at the start of a message, such as `messages.3.content.1`, without its colon.
pub(crate) fn field_of(message: &str) -> Option<&str> {
    // Most messages are a sentence: no colon, no path.
    if !has(message, b':') {
        return None;
    }
    let mut message = begin(message);
    for _ in 0..LEAD_INS {
        if let Some(prefixed) = Prefixed::split(message)
            && (prefixed.certain() || after_path(prefixed.rest, Given::of_status(None), usize::MAX).is_some())
        {
            return Some(prefixed.path);
        }
        message = begin(without_lead_in(message)?);
    }
    None
}

/// The row that fits, and what it says.
fn find(message: &str, given: Given) -> Option<(usize, Found<'_>)> {
    let mut message = begin(message);
    // `Upstream request failed: …`: what follows may say more.
    let mut of_class = None;
    for _ in 0..LEAD_INS {
        let prefixed = Prefixed::split(message);
        let item = begin(batch_item(message).unwrap_or(message));
        let fit = |row| fit(row, item, given, false);
        // Of what fits the first row of the table counts, so nothing beyond it is looked at.
        let whole = beginning(item).find_map(fit);
        let last = place(whole);
        let named = beginning_with_name(item).take_while(|row| row.0 <= last).find_map(fit);
        let last = last.min(place(named));
        // Without a colon there is no path.
        let split = has(message, b':').then(|| prefixed.as_ref().map_or(("", ""), |prefixed| (prefixed.path, prefixed.rest)));
        let field = split.and_then(|(path, words)| of_field(path, words).take_while(|row| row.0 <= last).find_map(fit));
        let last = last.min(place(field));
        // After a path only what is said of fields counts: the name of a field or model may say anything.
        let inner = split.and_then(|(_, words)| after_path(words, given, last));
        if let Some((at, row, captures)) = [whole, named, field, inner].into_iter().flatten().min_by_key(|hit| hit.0) {
            let path = prefixed.filter(|prefixed| prefixed.certain() || inner.is_some_and(|inner| inner.0 == at));
            let field = path.map(|prefixed| prefixed.path).or(captures.name);
            let field = field.or_else(|| Some(row.field).filter(|field| !field.is_empty()));
            let Captures { actual, limit, .. } = captures;
            let found = Some((at, Found { cause: row.cause, weak: row.weak, field, actual, limit }));
            if !row.weak {
                return found;
            }
            of_class = of_class.or(found);
        }
        let Some(rest) = without_lead_in(message) else { break };
        message = begin(rest);
    }
    of_class
}

/// The first row that fits the words after a path, none beyond `last`.
fn after_path(words: &str, given: Given, last: usize) -> Option<Hit<'_>> {
    let fit = |row| fit(row, words, given, true);
    let whole = beginning(words).take_while(|row| row.0 <= last).find_map(fit);
    let last = last.min(place(whole));
    let named = beginning_with_name(words).take_while(|row| row.0 <= last).find_map(fit);
    [whole, named].into_iter().flatten().min_by_key(|hit| hit.0)
}

/// The place of what fits in the table; beyond its end where nothing does.
fn place(hit: Option<Hit<'_>>) -> usize {
    hit.map_or(usize::MAX, |hit| hit.0)
}

/// The message from its first character that counts.
fn begin(message: &str) -> &str {
    let bytes = message.as_bytes();
    let mut at = 0;
    loop {
        let next = skip_marks(bytes, Space::at(bytes, at).end);
        if next == at {
            return message.get(at..).unwrap_or_default();
        }
        at = next;
    }
}

/// A row, its place in the table, and what its pattern took out of the message.
type Hit<'m> = (usize, &'static Row, Captures<'m>);

/// What the row takes out of `text`, where it fits and may be believed.
fn fit<'m>((at, row): (usize, &'static Row), text: &'m str, given: Given, after_path: bool) -> Option<Hit<'m>> {
    let out_of_place = after_path && row.scope == Scope::Bare;
    if out_of_place || row.status != 0 && given.status != Some(row.status) {
        return None;
    }
    let captures = matches(row.pattern, text)?;
    // A gateway that keeps the books in its gate says so with the status of the gate, or with one of its own faults.
    let of_gate = matches!(
        (row.cause, given.status),
        (Cause::GatewayBudgetExceeded, Some(401)) | (Cause::GatewayBalanceExhausted, Some(500))
    );
    (given.money_allowed || of_gate || !is_money(row.cause)).then_some((at, row, captures))
}

/// Whether the cause is news of money or of an allowance.
const fn is_money(cause: Cause) -> bool {
    matches!(cause.kind(), ErrorKind::Billing | ErrorKind::QuotaExhausted)
}

#[cfg(test)]
mod tests {
    use super::table::ROWS;
    use super::{Found, Given, Prefixed, batch_item, begin, field_of, find, fit, recognize};
    use crate::cause::Cause;
    use alloc::borrow::ToOwned;
    use alloc::vec::Vec;
    use alloc::{format, vec};
    use serde_json::Value;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../../tests/vectors/messages.json")).expect("vectors are JSON")
    }

    fn given(case: &Value) -> (&str, Given) {
        let given = &case["given"];
        let status = given["status"].as_u64().map(|status| u16::try_from(status).expect("a status"));
        (given["message"].as_str().expect("message"), Given::of_status(status))
    }

    #[test]
    fn messages_are_recognized_as_the_vectors_say() {
        let vectors = vectors();
        for case in vectors["cases"].as_array().expect("cases") {
            let (message, given) = given(case);
            let (id, expect) = (&case["id"], &case["expect"]);
            let found = recognize(message, given);
            let cause = found.map(|found| found.cause.as_str());
            assert_eq!(cause, expect["cause"].as_str(), "{id}: {message}");
            let Some(found) = found else { continue };
            assert_eq!(Some(found.weak), expect["weak"].as_bool().or(Some(false)), "{id}: {message}");
            let field = found.field.map(|path| path.split_whitespace().collect::<std::string::String>());
            assert_eq!(field.as_deref(), expect["field"].as_str(), "{id}: field of {message}");
            assert_eq!(found.actual, expect["actual"].as_u64(), "{id}: actual of {message}");
            assert_eq!(found.limit, expect["limit"].as_u64(), "{id}: limit of {message}");
        }
    }

    #[test]
    fn every_row_is_the_first_for_some_vector() {
        let vectors = vectors();
        let mut reached = vec![false; ROWS.len()];
        for case in vectors["cases"].as_array().expect("cases") {
            let (message, given) = given(case);
            if let Some((at, _)) = find(message, given) {
                reached[at] = true;
            }
        }
        let missed: Vec<&str> = ROWS.iter().zip(&reached).filter(|(_, reached)| !**reached).map(|(row, _)| row.pattern).collect();
        assert!(missed.is_empty(), "rows that no vector reaches: {missed:#?}");
    }

    #[test]
    fn the_index_hides_no_row() {
        let vectors = vectors();
        for case in vectors["cases"].as_array().expect("cases") {
            let (message, given) = given(case);
            for text in [message.to_owned(), message.replace(' ', "\n "), message.replacen(' ', "  ", 1)] {
                let text = begin(&text);
                let all = || ROWS.iter().enumerate();
                let item = begin(batch_item(text).unwrap_or(text));
                let whole = all().find_map(|row| fit(row, item, given, false));
                let inner = Prefixed::split(text)
                    .and_then(|prefixed| all().find_map(|row| fit(row, prefixed.rest, given, true)))
                    .map(|hit| hit.0);
                let expected = whole.map(|hit| hit.0).into_iter().chain(inner).min();
                // Without one, lead-ins are taken off.
                if let Some(expected) = expected {
                    assert_eq!(find(text, given).map(|(at, _)| at), Some(expected), "{text}");
                }
            }
        }
    }

    #[test]
    fn quoting_a_message_in_another_text_means_nothing() {
        let vectors = vectors();
        for case in vectors["cases"].as_array().expect("cases") {
            let (message, given) = given(case);
            if case["expect"]["cause"].is_null() {
                continue;
            }
            for quoted in [
                format!("the user wrote {message}"),
                format!("no tool of that name, got \"{message}\""),
                format!("Vous avez dit : {message}"),
            ] {
                assert_eq!(recognize(&quoted, given), None, "{quoted}");
            }
            // A name that the caller chose, echoed where the server puts names.
            let echoed = format!("model: {message}");
            let cause = recognize(&echoed, given).map(|found| found.cause.kind());
            assert!(cause.is_some_and(|kind| !kind.retryable()), "{echoed}");
        }
    }

    #[test]
    fn money_is_believed_only_beside_a_status_that_carries_it() {
        let message = "Your credit balance is too low to access the Anthropic API.";
        for status in [None, Some(400), Some(402), Some(403), Some(429)] {
            let found = recognize(message, Given::of_status(status)).map(|found| found.cause);
            assert_eq!(found, Some(Cause::CreditBalanceTooLow), "{status:?}");
        }
        for status in [200, 401, 404, 500, 529] {
            assert_eq!(recognize(message, Given::of_status(Some(status))), None, "{status}");
        }
    }

    #[test]
    fn wrapped_and_escaped_messages_are_the_same_message() {
        let vectors = vectors();
        for case in vectors["cases"].as_array().expect("cases") {
            let (message, given) = given(case);
            let plain = recognize(message, given).map(|found| found.cause);
            for changed in [
                message.replace(' ', "\n     "),
                message.replace(' ', "  "),
                message.replace('"', "\\\"").replace('\'', "\u{2019}"),
                format!("  \n{message}"),
                // Paths and the words of wrappers are written in one way only.
                if message.contains(':') { message.to_owned() } else { message.to_ascii_uppercase() },
            ] {
                let again = recognize(&changed, given).map(|found| found.cause);
                assert_eq!(again, plain, "{changed}");
            }
        }
    }

    #[test]
    fn a_message_may_be_cut_anywhere() {
        let vectors = vectors();
        for case in vectors["cases"].as_array().expect("cases") {
            let (message, given) = given(case);
            for (cut, _) in message.char_indices() {
                let (head, tail) = message.split_at(cut);
                for part in [head, tail] {
                    let found = recognize(part, given);
                    assert!(found.and_then(|found| found.field).is_none_or(|field| !field.is_empty()), "{part:?}");
                }
            }
        }
    }

    #[test]
    fn fields_are_read() {
        assert_eq!(
            field_of("messages.3.content.1.image.source.base64.data: words"),
            Some("messages.3.content.1.image.source.base64.data")
        );
        assert_eq!(field_of("requests.449.custom_id: words"), Some("requests.449.custom_id"));
        assert_eq!(field_of("ValidationException: system: words"), Some("system"));
        assert_eq!(field_of("some_new_field: Extra inputs are not permitted"), Some("some_new_field"));
        assert_eq!(field_of("some words: more words"), None);
        assert_eq!(field_of("warning: more words"), None);
    }

    #[test]
    fn a_field_may_follow_an_item_of_a_batch() {
        let message = "requests.4.params.messages: at least one message is required";
        let found = recognize(message, Given::of_status(Some(400)));
        let expected = Found {
            cause: Cause::MessagesEmpty,
            weak: false,
            field: Some("requests.4.params.messages"),
            actual: None,
            limit: None,
        };
        assert_eq!(found, Some(expected));
    }
}
