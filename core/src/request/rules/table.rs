//! The table of rules. A row's order is the order in which findings of one request are reported.

use super::Check::Request;
use super::Endpoints::{Messages, Sending};
use super::{Rule, Severities, envelope};
use crate::cause::Cause;

#[rustfmt::skip]
pub(crate) const RULES: &[Rule] = &[
    // --- Envelope ---
    Rule { name: "missing-max-tokens", cause: Cause::MissingMaxTokens, at: Severities::ERROR, on: Sending,
        check: Request(envelope::max_tokens_is_given), source: "https://platform.claude.com/docs/en/api/messages/create" },
    Rule { name: "messages-empty", cause: Cause::MessagesEmpty, at: Severities::ERROR, on: Messages,
        check: Request(envelope::messages_are_given), source: "https://platform.claude.com/docs/en/api/messages/create" },
];
