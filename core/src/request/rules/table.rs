//! The table of rules. A row's order is the order in which findings of one request are reported.

use super::Check::{Block, Body, Message, Request};
use super::Endpoints::{Batches, Messages, Sending};
use super::{
    Rule, Severities, batch, cache, citations, envelope, kinds, messages, prefill, server_turns, texts, thinking_turns,
    tool_turns,
};
use crate::cause::Cause;
use crate::request::options::Target;
use crate::request::read::BlockKind as K;

/// Blocks with an id of a call.
const IDENTIFIED: u32 = kinds(&[
    K::ToolUse,
    K::ToolResult,
    K::ServerToolUse,
    K::McpToolUse,
    K::WebSearchToolResult,
    K::WebFetchToolResult,
    K::CodeExecutionToolResult,
    K::BashCodeExecutionToolResult,
    K::TextEditorCodeExecutionToolResult,
    K::ToolSearchToolResult,
    K::AdvisorToolResult,
    K::McpToolResult,
]);

#[rustfmt::skip]
pub(crate) const RULES: &[Rule] = &[
    // --- Envelope ---
    Rule { name: "missing-max-tokens", cause: Cause::MissingMaxTokens, at: Severities::ERROR, on: Sending,
        check: Request(envelope::max_tokens_is_given), source: "https://platform.claude.com/docs/en/api/messages/create" },
    Rule { name: "messages-empty", cause: Cause::MessagesEmpty, at: Severities::ERROR, on: Messages,
        check: Request(envelope::messages_are_given), source: "https://platform.claude.com/docs/en/api/messages/create" },
    // --- Conversation: order and roles ---
    Rule { name: "messages-too-many", cause: Cause::MessagesTooMany, at: Severities::ERROR, on: Messages,
        check: Request(messages::are_not_too_many), source: "https://platform.claude.com/docs/en/api/messages/create" },
    Rule { name: "roles-not-alternating", cause: Cause::RolesNotAlternating, at: Severities::WARNING.error_at(Target::Portable), on: Messages,
        check: Request(messages::alternate), source: "https://platform.claude.com/docs/en/api/messages/create" },
    Rule { name: "first-message-not-user", cause: Cause::FirstMessageNotUser, at: Severities::WARNING.error_at(Target::Portable), on: Messages,
        check: Request(messages::start_with_the_user), source: "https://platform.claude.com/docs/en/api/messages/create" },
    Rule { name: "system-role-in-messages", cause: Cause::SystemRoleInMessages, at: Severities::ERROR, on: Messages,
        check: Request(messages::have_no_system_role), source: "https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages#limitations" },
    Rule { name: "system-turn-ignored", cause: Cause::SystemTurnIgnored, at: Severities::WARNING, on: Messages,
        check: Request(messages::system_turns_are_followed), source: "https://github.com/mdegans/misanthropic/blob/main/CHANGELOG.md" },
    Rule { name: "system-turn-misplaced", cause: Cause::SystemTurnMisplaced, at: Severities::ERROR, on: Messages,
        check: Request(messages::system_turns_are_in_place), source: "https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages#limitations" },

    // --- Conversation: text ---
    Rule { name: "empty-message-content", cause: Cause::EmptyMessageContent, at: Severities::ERROR, on: Messages,
        check: Message(messages::say_something), source: "https://github.com/anthropics/claude-code/issues" },
    Rule { name: "empty-text-block", cause: Cause::EmptyTextBlock, at: Severities::ERROR, on: Messages,
        check: Block(K::Text.bit(), texts::is_not_empty), source: "https://github.com/experientiallabs/experiential/issues" },
    Rule { name: "whitespace-only-text-block", cause: Cause::WhitespaceOnlyTextBlock, at: Severities::ERROR, on: Messages,
        check: Request(texts::is_not_blank), source: "https://github.com/experientiallabs/experiential/issues" },
    Rule { name: "trailing-whitespace-assistant", cause: Cause::TrailingWhitespaceAssistant, at: Severities::ERROR, on: Messages,
        check: Request(texts::ends_cleanly), source: "https://platform.claude.com/docs/en/build-with-claude/prefill-claudes-response" },
    Rule { name: "prefill-not-supported", cause: Cause::PrefillNotSupported, at: Severities::ERROR, on: Sending,
        check: Request(prefill::is_supported), source: "https://platform.claude.com/docs/en/api/errors" },
    Rule { name: "prefill-with-thinking", cause: Cause::PrefillWithThinking, at: Severities::ERROR, on: Sending,
        check: Request(prefill::is_without_thinking), source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking" },
    Rule { name: "prefill-with-output-format", cause: Cause::PrefillWithOutputFormat, at: Severities::ERROR, on: Sending,
        check: Request(prefill::is_without_format), source: "https://platform.claude.com/docs/en/build-with-claude/structured-outputs" },

    // --- Conversation: tools ---
    Rule { name: "orphan-tool-use", cause: Cause::OrphanToolUse, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::calls_are_answered), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "orphan-tool-result", cause: Cause::OrphanToolResult, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::results_have_calls), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "tool-result-duplicate", cause: Cause::ToolResultDuplicate, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::results_are_single), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "tool-result-not-first", cause: Cause::ToolResultNotFirst, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::results_come_first), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "tool-use-id-duplicate", cause: Cause::ToolUseIdDuplicate, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::call_ids_are_unique), source: "https://github.com/anomalyco/opencode/issues" },
    Rule { name: "tool-use-id-invalid", cause: Cause::ToolUseIdInvalid, at: Severities::ERROR, on: Messages,
        check: Block(IDENTIFIED, tool_turns::ids_are_well_formed), source: "https://github.com/anomalyco/opencode/issues" },
    Rule { name: "tool-use-outside-assistant", cause: Cause::ToolUseOutsideAssistant, at: Severities::ERROR, on: Messages,
        check: Block(K::ToolUse.bit(), tool_turns::calls_are_the_assistants), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "tool-result-outside-user", cause: Cause::ToolResultOutsideUser, at: Severities::ERROR, on: Messages,
        check: Block(K::ToolResult.bit(), tool_turns::results_are_the_users), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "tools-missing", cause: Cause::ToolsMissing, at: Severities::NOWHERE.warning_at(Target::Portable).warning_at(Target::Bedrock), on: Messages,
        check: Request(tool_turns::tools_are_defined), source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html" },
    Rule { name: "tool-result-content-unsupported", cause: Cause::ToolResultContentUnsupported, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::results_hold_what_they_may), source: "https://platform.claude.com/docs/en/build-with-claude/search-results" },
    Rule { name: "tool-result-error-not-text", cause: Cause::ToolResultErrorNotText, at: Severities::WARNING, on: Messages,
        check: Request(tool_turns::errors_are_text), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls" },
    Rule { name: "tool-reference-unresolved", cause: Cause::ToolReferenceUnresolved, at: Severities::ERROR, on: Messages,
        check: Request(tool_turns::references_are_defined), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-search-tool" },
    Rule { name: "tool-change-outside-system-turn", cause: Cause::ToolChangeOutsideSystemTurn, at: Severities::ERROR, on: Messages,
        check: Block(kinds(&[K::ToolAddition, K::ToolRemoval]), tool_turns::changes_are_the_systems), source: "https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages" },
    Rule { name: "orphan-server-tool-use", cause: Cause::OrphanServerToolUse, at: Severities::ERROR, on: Messages,
        check: Request(server_turns::calls_have_results), source: "https://platform.claude.com/docs/en/agents-and-tools/tool-use/server-tools" },
    Rule { name: "orphan-server-tool-result", cause: Cause::OrphanServerToolResult, at: Severities::ERROR, on: Messages,
        check: Request(server_turns::results_have_calls), source: "https://github.com/anthropics/claude-code/issues" },

    // --- Conversation: thinking blocks ---
    Rule { name: "thinking-signature-missing", cause: Cause::ThinkingSignatureMissing, at: Severities::ERROR, on: Messages,
        check: Block(K::Thinking.bit(), thinking_turns::are_signed), source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking" },
    Rule { name: "thinking-signature-invalid", cause: Cause::ThinkingSignatureInvalid, at: Severities::ERROR, on: Messages,
        check: Request(thinking_turns::are_signed_for_real), source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking" },
    Rule { name: "redacted-thinking-data-missing", cause: Cause::FieldRequired, at: Severities::ERROR, on: Messages,
        check: Block(K::RedactedThinking.bit(), thinking_turns::are_whole), source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking" },
    Rule { name: "thinking-block-missing-first", cause: Cause::ThinkingBlockMissingFirst, at: Severities::WARNING, on: Sending,
        check: Request(thinking_turns::come_first), source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking" },
    Rule { name: "thinking-disabled-but-block-present", cause: Cause::ThinkingDisabledButBlockPresent, at: Severities::ERROR, on: Sending,
        check: Request(thinking_turns::are_wanted), source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking" },
    Rule { name: "cache-control-on-thinking", cause: Cause::ExtraInputsNotPermitted, at: Severities::ERROR, on: Messages,
        check: Block(kinds(&[K::Thinking, K::RedactedThinking]), thinking_turns::have_no_marker), source: "https://platform.claude.com/docs/en/build-with-claude/prompt-caching" },

    // --- Conversation: cache markers ---
    Rule { name: "cache-control-too-many", cause: Cause::CacheControlTooMany, at: Severities::ERROR, on: Messages,
        check: Request(cache::are_few), source: "https://platform.claude.com/docs/en/build-with-claude/prompt-caching" },
    Rule { name: "cache-control-ttl-order", cause: Cause::CacheControlTtlOrder, at: Severities::ERROR, on: Messages,
        check: Request(cache::go_from_long_to_short), source: "https://platform.claude.com/docs/en/build-with-claude/prompt-caching" },
    Rule { name: "cache-control-ttl-order-automatic", cause: Cause::CacheControlTtlOrder, at: Severities::ERROR, on: Messages,
        check: Request(cache::agree_with_the_automatic_one), source: "https://platform.claude.com/docs/en/build-with-claude/prompt-caching" },
    Rule { name: "cache-control-empty-text", cause: Cause::CacheControlEmptyText, at: Severities::ERROR, on: Messages,
        check: Request(cache::stand_on_text), source: "https://github.com/anthropics/claude-code/issues" },

    // --- Conversation: documents and citations ---
    Rule { name: "document-in-assistant-turn", cause: Cause::DocumentInAssistantTurn, at: Severities::ERROR, on: Messages,
        check: Block(K::Document.bit(), citations::documents_are_the_users), source: "https://platform.claude.com/docs/en/api/migration-2026-10-21" },
    Rule { name: "citations-on-user-text", cause: Cause::CitationsOnUserText, at: Severities::ERROR, on: Messages,
        check: Block(kinds(&[K::Text, K::SearchResult]), citations::are_not_on_user_text), source: "https://platform.claude.com/docs/en/api/migration-2026-10-21" },
    Rule { name: "citations-partly-enabled", cause: Cause::CitationsPartlyEnabled, at: Severities::ERROR, on: Messages,
        check: Request(citations::are_for_all_or_none), source: "https://platform.claude.com/docs/en/build-with-claude/citations" },

    // --- Batches ---
    Rule { name: "batch-requests-missing", cause: Cause::FieldRequired, at: Severities::ERROR, on: Batches,
        check: Body(batch::has_requests), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "batch-empty", cause: Cause::BatchEmpty, at: Severities::ERROR, on: Batches,
        check: Body(batch::is_not_empty), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "batch-too-many-requests", cause: Cause::BatchTooManyRequests, at: Severities::ERROR, on: Batches,
        check: Body(batch::is_not_too_long), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "batch-item-field-missing", cause: Cause::FieldRequired, at: Severities::ERROR, on: Batches,
        check: Body(batch::items_are_whole), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "batch-item-type-wrong", cause: Cause::FieldTypeWrong, at: Severities::ERROR, on: Batches,
        check: Body(batch::items_have_the_right_types), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "batch-custom-id-invalid", cause: Cause::BatchCustomIdInvalid, at: Severities::ERROR, on: Batches,
        check: Body(batch::ids_are_well_formed), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "duplicate-batch-custom-id", cause: Cause::DuplicateBatchCustomId, at: Severities::ERROR, on: Batches,
        check: Body(batch::ids_are_unique), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
    Rule { name: "batch-param-not-allowed", cause: Cause::BatchParamNotAllowed, at: Severities::ERROR, on: Sending,
        check: Request(batch::params_are_allowed), source: "https://platform.claude.com/docs/en/build-with-claude/batch-processing" },
];
