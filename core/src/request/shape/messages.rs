//! The Messages API: the request and what its messages hold.
//!
//! Source: the request types of the vendor's Python SDK 2.12 (`types/message_create_params.py` and its beta twin), and the
//! live answers to nulls and wrong types that public conformance suites have recorded. Keys under which a shape's tag
//! stands (`type`, `role`) are not listed: the union knows them.

use super::results;
use super::table::Takes::{Any, Bool, BoolOr, Float, Int, List, Map, Object, Tagged, Text, TextOr, Word, WordOr};
use super::table::{Beta, Field, Shape, Takes, Union, What, field, nullable, required};
use super::tools;

/// The whole request, to messages and to token counts.
pub(crate) static REQUEST: Shape = Shape::of(&[
    required("messages", List(&Tagged(&MESSAGE))),
    required("model", Text).in_url(),
    // Its absence is a rule of its own.
    field("max_tokens", Int).never_null().sending(),
    field("system", TextOr(&List(&Tagged(&SYSTEM_BLOCK)))).never_null(),
    field("tools", List(&Tagged(&tools::TOOL))).never_null(),
    field("tool_choice", Tagged(&TOOL_CHOICE)).never_null(),
    field("temperature", Float).never_null().sending(),
    field("top_p", Float).never_null().sending(),
    field("top_k", Int).never_null().sending(),
    field("stream", Bool).never_null().sending().in_url(),
    nullable("stop_sequences", List(&Text)).sending(),
    nullable("metadata", Object(&METADATA)).sending(),
    field("thinking", Tagged(&THINKING)).never_null(),
    field("output_config", Object(&OUTPUT_CONFIG)).never_null(),
    field("service_tier", Word(&SERVICE_TIERS)).never_null().sending(),
    nullable("cache_control", CACHE),
    nullable("container", TextOr(&Object(&CONTAINER))).sending(),
    nullable("inference_geo", Text).sending(),
    nullable("speed", Word(&SPEEDS)),
    nullable("diagnostics", Object(&DIAGNOSTICS)).sending(),
    nullable("context_management", Object(&CONTEXT_MANAGEMENT)).beta(Beta::ContextManagement),
    nullable("mcp_servers", List(&Object(&MCP_SERVER))).beta(Beta::Mcp),
    nullable("compaction", Object(&COMPACTION)).beta(Beta::Compaction),
    nullable("fallbacks", WordOr(&(&["default"], List(&Object(&FALLBACK))))).beta(Beta::Fallbacks).sending(),
    nullable("fallback_credit_token", TextOr(&Object(&CREDIT_TOKEN))).beta(Beta::FallbackCredit).sending(),
    nullable("thread", Tagged(&THREAD)).beta(Beta::Threads).sending(),
    nullable("billing_policy", Tagged(&BILLING_POLICY)).beta(Beta::Billing),
    nullable("output_format", Tagged(&FORMAT)).beta(Beta::OutputFormat),
]);

static SERVICE_TIERS: &[&str] = &["auto", "standard_only"];
static SPEEDS: &[&str] = &["standard", "fast"];
static EFFORTS: &[&str] = &["low", "medium", "high", "xhigh", "max"];

// https://github.com/BerriAI/litellm/pull/24661
static METADATA: Shape = Shape::of(&[nullable("user_id", Text)]).closed();
static DIAGNOSTICS: Shape = Shape::of(&[nullable("previous_message_id", Text)]);
static CONTAINER: Shape = Shape::of(&[nullable("id", Text), nullable("skills", List(&Object(&SKILL)))]);
static SKILL: Shape = Shape::of(&[required("skill_id", Text), required("type", Word(&SKILL_TYPES)), field("version", Text)]);
static SKILL_TYPES: &[&str] = &["anthropic", "custom"];
static COMPACTION: Shape = Shape::of(&[required("type", Word(&["summarize"].as_slice())), nullable("instructions", Text)]);
static CREDIT_TOKEN: Shape = Shape::of(&[required("token", Text), field("mode", Word(&["strict", "best_effort"].as_slice()))]);
static FALLBACK: Shape = Shape::of(&[
    required("model", Text),
    nullable("max_tokens", Int),
    nullable("output_config", Object(&OUTPUT_CONFIG)),
    nullable("speed", Word(&SPEEDS)),
    nullable("thinking", Tagged(&THINKING)),
]);
static MCP_SERVER: Shape = Shape::of(&[
    required("name", Text),
    required("type", Word(&["url"].as_slice())),
    required("url", Text),
    nullable("authorization_token", Text),
    nullable("tool_configuration", Object(&MCP_TOOLS)),
]);
static MCP_TOOLS: Shape = Shape::of(&[nullable("allowed_tools", List(&Text)), nullable("enabled", Bool)]);

static THREAD: Union = other(&[("create", &EMPTY), ("continue", &Shape::of(&[required("previous_message_id", Text)]))]);
static BILLING_POLICY: Union = other(&[("billing_policy", &Shape::of(&[field("bill_to", Any)]))]);

static OUTPUT_CONFIG: Shape = Shape::of(&[
    nullable("effort", Word(&EFFORTS)),
    nullable("format", Tagged(&FORMAT)),
    nullable("task_budget", Tagged(&TASK_BUDGET)).beta(Beta::TaskBudget),
]);
static FORMAT: Union = other(&[("json_schema", &Shape::of(&[required("schema", Map)]))]);
static TASK_BUDGET: Union = other(&[("tokens", &Shape::of(&[required("total", Int), nullable("remaining", Int)]))]);

static THINKING: Union = Union {
    what: What::Thinking,
    untagged: None,
    variants: &[
        ("enabled", &Shape::and(&[required("budget_tokens", Int)], THINKING_SHARED)),
        ("adaptive", &Shape::and(&[], THINKING_SHARED)),
        // `display` without thinking is a rule of its own.
        ("disabled", &Shape::of(&[field("display", Any)])),
        ("between_tools", &EMPTY),
    ],
};
static THINKING_SHARED: &[Field] = &[
    nullable("display", Word(&["summarized", "omitted", "updates"].as_slice())),
    nullable(
        "block_binding",
        Object(&Shape::of(&[nullable("prefix_mismatch_behavior", Word(&["error", "drop_block"].as_slice()))])),
    )
    .beta(Beta::ThinkingBinding),
];

static TOOL_CHOICE: Union = other(&[
    ("auto", &Shape::of(PARALLEL)),
    ("any", &Shape::of(PARALLEL)),
    ("tool", &Shape::and(&[required("name", Text)], PARALLEL)),
    ("none", &EMPTY),
]);
static PARALLEL: &[Field] = &[field("disable_parallel_tool_use", Bool)];

static CONTEXT_MANAGEMENT: Shape = Shape::of(&[field("edits", List(&Tagged(&EDIT)))]);
static EDIT: Union = other(&[
    (
        "clear_tool_uses_20250919",
        &Shape::of(&[
            nullable("clear_at_least", Tagged(&AMOUNT)),
            nullable("clear_tool_inputs", BoolOr(&List(&Text))),
            nullable("exclude_tools", List(&Text)),
            field("keep", Tagged(&AMOUNT)),
            field("trigger", Tagged(&AMOUNT)),
        ]),
    ),
    ("clear_thinking_20251015", &Shape::of(&[field("keep", WordOr(&(&["all"], Tagged(&AMOUNT))))])),
    (
        "compact_20260112",
        &Shape::of(&[
            nullable("instructions", Text),
            field("pause_after_compaction", Bool),
            nullable("trigger", Tagged(&AMOUNT)),
        ]),
    ),
]);
static AMOUNT: Union = other(&[("input_tokens", &VALUE), ("tool_uses", &VALUE), ("thinking_turns", &VALUE), ("all", &EMPTY)]);
static VALUE: Shape = Shape::of(&[required("value", Int)]);

/// No key but the tag.
pub(super) static EMPTY: Shape = Shape::of(&[]);

/// A union whose unknown tags have no cause of their own.
pub(super) const fn other(variants: &'static [(&'static str, &'static Shape)]) -> Union {
    Union { what: What::Other, untagged: None, variants }
}

/// `cache_control`, where it is allowed.
pub(super) static CACHED: &[Field] = &[nullable("cache_control", CACHE)];
const CACHE: Takes = Tagged(&CACHE_CONTROL);
pub(super) static CACHE_CONTROL: Union = Union {
    what: What::CacheControl,
    untagged: None,
    variants: &[(
        "ephemeral",
        &Shape::of(&[nullable("ttl", Word(&["5m", "1h"].as_slice())), field("scope", Any).beta(Beta::CacheScope)]),
    )],
};

static MESSAGE: Union = Union {
    what: What::Message,
    untagged: None,
    variants: &[
        ("user", &Shape::of(&[required("content", CONTENT)])),
        ("assistant", &Shape::of(&[required("content", CONTENT)])),
        (
            "system",
            &Shape::of(&[
                field("content", CONTENT).never_null(),
                nullable("output_config", Object(&Shape::of(&[nullable("effort", Word(&EFFORTS))]))).beta(Beta::TurnOutput),
                nullable("clear_at", Word(&["next_user_message", "never"].as_slice())).beta(Beta::ClearAt),
            ]),
        ),
    ],
};
const CONTENT: Takes = TextOr(&List(&Tagged(&BLOCK)));

/// The blocks of messages, for those that look whether a type is known at another place.
pub(super) const REQUEST_BLOCKS: &[(&str, &Shape)] = BLOCK.variants;

/// Blocks of messages, the common ones first.
static BLOCK: Union = Union {
    what: What::Block,
    untagged: None,
    variants: &[
        ("text", &TEXT),
        ("tool_use", &TOOL_USE),
        ("tool_result", &TOOL_RESULT),
        ("image", &IMAGE),
        ("document", &DOCUMENT),
        // What a thinking block lacks, and a cache marker on it, are rules of their own.
        ("thinking", &Shape::of(&[nullable("signature", Text), required("thinking", Text), field("cache_control", Any)])),
        ("redacted_thinking", &Shape::of(&[nullable("data", Text), field("cache_control", Any)])),
        ("search_result", &SEARCH_RESULT),
        ("server_tool_use", &results::SERVER_TOOL_USE),
        ("web_search_tool_result", &results::WEB_SEARCH),
        ("web_fetch_tool_result", &results::WEB_FETCH),
        ("code_execution_tool_result", &results::CODE_EXECUTION),
        ("bash_code_execution_tool_result", &results::BASH),
        ("text_editor_code_execution_tool_result", &results::TEXT_EDITOR),
        ("tool_search_tool_result", &results::TOOL_SEARCH),
        ("advisor_tool_result", &results::ADVISOR),
        ("mcp_tool_use", &results::MCP_TOOL_USE),
        ("mcp_tool_result", &results::MCP_TOOL_RESULT),
        ("mcp_tool_listing", &Shape::of(&[required("mcp_server_name", Text), required("tools", Any)])),
        ("container_upload", &Shape::and(&[required("file_id", Text)], CACHED)),
        ("compaction", &COMPACTION_BLOCK),
        ("tool_addition", &TOOL_CHANGE),
        ("tool_removal", &TOOL_CHANGE),
        ("tool_reference", &results::TOOL_REFERENCE),
        ("fallback", &Shape::of(&[required("from", Any), required("to", Any), nullable("trigger", Any)])),
    ],
};

static SYSTEM_BLOCK: Union = Union { what: What::SystemBlock, untagged: None, variants: &[("text", &TEXT)] };

/// Where nothing but text may stand, outside of `system`.
pub(super) static TEXT_ONLY: Union = Union { what: What::Block, untagged: None, variants: &[("text", &TEXT)] };

static RESULT_BLOCK: Union = Union {
    what: What::ResultBlock,
    untagged: None,
    variants: &[
        ("text", &TEXT),
        ("image", &IMAGE),
        ("search_result", &SEARCH_RESULT),
        ("document", &DOCUMENT),
        ("tool_reference", &results::TOOL_REFERENCE),
        ("browser_state", &Shape::and(&[required("tabs", List(&Object(&TAB))), nullable("state_changes", List(&Map))], CACHED)),
    ],
};
static TAB: Shape = Shape::of(&[required("tab_id", Text), required("title", Text), required("url", Text), field("active", Bool)]);

pub(super) static TEXT: Shape = Shape::and(&[required("text", Text), nullable("citations", List(&Tagged(&CITATION)))], CACHED);
static TOOL_USE: Shape = Shape::and(
    &[
        required("id", Text),
        required("input", Map),
        required("name", Text),
        field("caller", Tagged(&results::CALLER)),
        nullable("toolset_name", Text),
    ],
    CACHED,
);
static TOOL_RESULT: Shape = Shape::and(
    &[
        required("tool_use_id", Text),
        field("content", TextOr(&List(&Tagged(&RESULT_BLOCK)))),
        field("is_error", Bool),
        nullable("toolset_name", Text),
    ],
    CACHED,
);
static IMAGE: Shape = Shape::and(
    &[
        required("source", Tagged(&IMAGE_SOURCE)),
        nullable("transformations", Object(&Shape::of(&[field("oversized_image", Word(&["downsize", "error"].as_slice()))]))),
    ],
    CACHED,
);
pub(super) static DOCUMENT: Shape = Shape::and(
    &[
        required("source", Tagged(&DOCUMENT_SOURCE)),
        nullable("citations", Object(&CITATIONS)),
        nullable("context", Text),
        nullable("title", Text),
    ],
    CACHED,
);
static SEARCH_RESULT: Shape = Shape::and(
    &[
        required("content", List(&Tagged(&TEXT_ONLY))),
        required("source", Text),
        required("title", Text),
        field("citations", Object(&CITATIONS)),
    ],
    CACHED,
);
pub(super) static CITATIONS: Shape = Shape::of(&[field("enabled", Bool)]);
static COMPACTION_BLOCK: Shape = Shape::and(
    &[
        nullable("content", Text),
        nullable("encrypted_content", Text),
        nullable("signature", Text),
        nullable("tool_changes", List(&Map)),
    ],
    CACHED,
);
static TOOL_CHANGE: Shape = Shape::and(&[required("tool", Map).beta(Beta::ToolChanges)], CACHED);

// Which media types a source may have is told where its bytes are looked at.
static IMAGE_SOURCE: Union = other(&[("base64", &ENCODED), ("url", &URL), ("file", &FILE)]);
static DOCUMENT_SOURCE: Union = other(&[
    ("base64", &ENCODED),
    ("text", &ENCODED),
    ("url", &URL),
    ("file", &FILE),
    ("content", &Shape::of(&[required("content", TextOr(&List(&Tagged(&SOURCE_BLOCK))))])),
]);
static SOURCE_BLOCK: Union = Union { what: What::Block, untagged: None, variants: &[("text", &TEXT), ("image", &IMAGE)] };
static ENCODED: Shape = Shape::of(&[required("data", Takes::Blob), required("media_type", Text)]);
static URL: Shape = Shape::of(&[required("url", Text)]);
static FILE: Shape = Shape::of(&[required("file_id", Text)]);

static CITATION: Union = other(&[
    ("char_location", &Shape::and(&[required("start_char_index", Int), required("end_char_index", Int)], IN_DOCUMENT)),
    ("page_location", &Shape::and(&[required("start_page_number", Int), required("end_page_number", Int)], IN_DOCUMENT)),
    ("content_block_location", &Shape::and(&[required("start_block_index", Int), required("end_block_index", Int)], IN_DOCUMENT)),
    (
        "web_search_result_location",
        &Shape::of(&[
            required("cited_text", Text),
            required("encrypted_index", Text),
            required("title", Text).or_null(),
            required("url", Text),
        ]),
    ),
    (
        "search_result_location",
        &Shape::of(&[
            required("cited_text", Text),
            required("end_block_index", Int),
            required("search_result_index", Int),
            required("source", Text),
            required("start_block_index", Int),
            required("title", Text).or_null(),
        ]),
    ),
]);
static IN_DOCUMENT: &[Field] = &[
    required("cited_text", Text),
    required("document_index", Int),
    required("document_title", Text).or_null(),
    // An answer has it; whether a request may is not said.
    nullable("file_id", Text),
];
