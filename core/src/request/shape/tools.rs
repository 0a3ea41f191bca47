//! Entries of `tools`.
//!
//! Source: the request types of the vendor's Python SDK 2.12 (`types/tool_union_param.py` and its beta twin).

use super::messages::{CACHE_CONTROL, CITATIONS, other};
use super::table::Takes::{Any, Bool, Int, List, Map, MapOf, Object, Tagged, Text, Word};
use super::table::{Field, Shape, Union, What, field, nullable, required};

/// The common ones first. A tool without a type is the caller's own.
pub(super) static TOOL: Union = Union {
    what: What::Tool,
    untagged: Some(&CUSTOM),
    variants: &[
        ("custom", &CUSTOM),
        ("web_search_20250305", &SEARCH),
        ("web_search_20260209", &SEARCH),
        ("web_search_20260318", &SEARCH),
        ("web_fetch_20250910", &FETCH),
        ("web_fetch_20260209", &FETCH),
        ("web_fetch_20260309", &FETCH),
        ("web_fetch_20260318", &FETCH),
        ("bash_20250124", &BASH),
        ("bash_20241022", &BASH),
        ("text_editor_20250728", &Shape::and(&[named(&EDIT_TOOL), EXAMPLES, nullable("max_characters", Int)], COMMON)),
        ("text_editor_20250429", &Shape::and(&[named(&EDIT_TOOL), EXAMPLES], COMMON)),
        ("text_editor_20250124", &EDITOR),
        ("text_editor_20241022", &EDITOR),
        ("code_execution_20250522", &CODE),
        ("code_execution_20250825", &CODE),
        ("code_execution_20260120", &CODE),
        ("code_execution_20260521", &CODE),
        ("memory_20250818", &Shape::and(&[named(&["memory"].as_slice()), EXAMPLES], COMMON)),
        ("computer_20241022", &COMPUTER),
        ("computer_20250124", &COMPUTER),
        ("computer_20251124", &COMPUTER),
        ("tool_search_tool_bm25_20251119", &BM25),
        ("tool_search_tool_bm25", &BM25),
        ("tool_search_tool_regex_20251119", &REGEX),
        ("tool_search_tool_regex", &REGEX),
        (
            "advisor_20260301",
            &Shape::and(
                &[
                    named(&["advisor"].as_slice()),
                    required("model", Text),
                    nullable("caching", Tagged(&CACHE_CONTROL)),
                    nullable("max_tokens", Int),
                    nullable("max_uses", Int),
                ],
                COMMON,
            ),
        ),
        ("computer_toolset_20260801", &TOOLSET),
        ("browser_toolset_20260801", &TOOLSET),
        (
            "mcp_toolset",
            &Shape::of(&[
                required("mcp_server_name", Text),
                nullable("cache_control", Tagged(&CACHE_CONTROL)),
                nullable("configs", MapOf(&Object(&SWITCHES))),
                nullable("default_config", Object(&SWITCHES)),
                nullable("tools", List(&Map)),
            ]),
        ),
    ],
};

static COMMON: &[Field] = &[
    nullable("cache_control", Tagged(&CACHE_CONTROL)),
    field("defer_loading", Bool),
    field("strict", Bool),
    // Which callers there are grows with the code execution tools.
    field("allowed_callers", List(&Text)),
];
const EXAMPLES: Field = field("input_examples", List(&Map));

const fn named(names: &'static &'static [&'static str]) -> Field {
    required("name", Word(names))
}

static EDIT_TOOL: &[&str] = &["str_replace_based_edit_tool"];

static CUSTOM: Shape = Shape::and(
    &[
        required("name", Text),
        required("input_schema", Map),
        field("description", Text),
        nullable("eager_input_streaming", Bool),
        EXAMPLES,
    ],
    COMMON,
);
static BASH: Shape = Shape::and(&[named(&["bash"].as_slice()), EXAMPLES], COMMON);
static EDITOR: Shape = Shape::and(&[named(&["str_replace_editor"].as_slice()), EXAMPLES], COMMON);
static CODE: Shape = Shape::and(&[named(&["code_execution"].as_slice())], COMMON);
static BM25: Shape = Shape::and(&[named(&["tool_search_tool_bm25"].as_slice())], COMMON);
static REGEX: Shape = Shape::and(&[named(&["tool_search_tool_regex"].as_slice())], COMMON);
static COMPUTER: Shape = Shape::and(
    &[
        named(&["computer"].as_slice()),
        required("display_height_px", Int),
        required("display_width_px", Int),
        nullable("display_number", Int),
        field("enable_zoom", Bool),
        EXAMPLES,
    ],
    COMMON,
);
static SEARCH: Shape = Shape::and(
    &[
        named(&["web_search"].as_slice()),
        nullable("allowed_domains", List(&Text)),
        nullable("blocked_domains", List(&Text)),
        nullable("max_uses", Int),
        field("response_inclusion", Word(&INCLUSIONS)),
        nullable("user_location", Tagged(&LOCATION)),
    ],
    COMMON,
);
static FETCH: Shape = Shape::and(
    &[
        named(&["web_fetch"].as_slice()),
        nullable("allowed_domains", List(&Text)),
        nullable("blocked_domains", List(&Text)),
        nullable("citations", Object(&CITATIONS)),
        nullable("max_content_tokens", Int),
        nullable("max_uses", Int),
        field("response_inclusion", Word(&INCLUSIONS)),
        nullable("url_sources", Any),
        field("use_cache", Bool),
    ],
    COMMON,
);
static INCLUSIONS: &[&str] = &["full", "excluded"];
static LOCATION: Union = other(&[(
    "approximate",
    &Shape::of(&[nullable("city", Text), nullable("country", Text), nullable("region", Text), nullable("timezone", Text)]),
)]);
static TOOLSET: Shape =
    Shape::of(&[nullable("cache_control", Tagged(&CACHE_CONTROL)), nullable("configs", MapOf(&Object(&SWITCHES)))]);
static SWITCHES: Shape = Shape::of(&[nullable("defer_loading", Bool), nullable("enabled", Bool)]);
