//! What the server's own tools put into an answer, and what is sent back of it.
//!
//! Source: the request types of the vendor's Python SDK 2.12 (`types/*_tool_result_block_param.py`).

use super::messages::{CACHED, DOCUMENT, EMPTY, TEXT_ONLY, other};
use super::table::Takes::{Any, Bool, Int, List, Map, Tagged, Text, TextOr, Word};
use super::table::{Field, Shape, Takes, Union, field, nullable, required};

/// Who called a tool: the model, or code that it wrote.
pub(super) static CALLER: Union =
    other(&[("direct", &EMPTY), ("code_execution_20250825", &BY_TOOL), ("code_execution_20260120", &BY_TOOL)]);
static BY_TOOL: Shape = Shape::of(&[required("tool_id", Text)]);

static CALLED: &[Field] = &[nullable("cache_control", Tagged(&super::messages::CACHE_CONTROL)), field("caller", Tagged(&CALLER))];

pub(super) static SERVER_TOOL_USE: Shape = Shape::and(
    // Which tools there are grows; their names are not held to the list.
    &[required("id", Text), required("input", Map), required("name", Text)],
    CALLED,
);
pub(super) static MCP_TOOL_USE: Shape =
    Shape::and(&[required("id", Text), required("input", Map), required("name", Text), required("server_name", Text)], CACHED);
pub(super) static MCP_TOOL_RESULT: Shape = Shape::and(
    &[required("tool_use_id", Text), field("content", TextOr(&List(&Tagged(&TEXT_ONLY)))), field("is_error", Bool)],
    CACHED,
);
pub(super) static TOOL_REFERENCE: Shape = Shape::and(&[required("tool_name", Text)], CACHED);

/// A result block, by what its content may be.
macro_rules! result {
    ($content:expr, $shared:expr) => {
        Shape::and(&[required("tool_use_id", Text), required("content", $content)], $shared)
    };
}

pub(super) static WEB_SEARCH: Shape = result!(Takes::ListOr(&(Tagged(&SEARCH_HIT), Tagged(&SEARCH_ERROR))), CALLED);
pub(super) static WEB_FETCH: Shape = result!(Tagged(&FETCHED), CALLED);
pub(super) static CODE_EXECUTION: Shape = result!(Tagged(&EXECUTED), CACHED);
pub(super) static BASH: Shape = result!(Tagged(&BASH_EXECUTED), CACHED);
pub(super) static TEXT_EDITOR: Shape = result!(Tagged(&EDITED), CACHED);
pub(super) static TOOL_SEARCH: Shape = result!(Tagged(&TOOLS_FOUND), CACHED);
pub(super) static ADVISOR: Shape = result!(Tagged(&ADVISED), CACHED);

static ERROR: Shape = Shape::of(&[required("error_code", Text), nullable("error_message", Text)]);

static SEARCH_HIT: Union = other(&[(
    "web_search_result",
    &Shape::of(&[
        required("encrypted_content", Text),
        required("title", Text),
        required("url", Text),
        nullable("page_age", Text),
    ]),
)]);
static SEARCH_ERROR: Union = other(&[("web_search_tool_result_error", &ERROR)]);
static FETCHED: Union = other(&[
    (
        "web_fetch_result",
        &Shape::of(&[required("content", Tagged(&FETCHED_DOCUMENT)), required("url", Text), nullable("retrieved_at", Text)]),
    ),
    ("web_fetch_tool_result_error", &ERROR),
]);
static FETCHED_DOCUMENT: Union = other(&[("document", &DOCUMENT)]);

static RAN: &[Field] = &[required("content", List(&Tagged(&OUTPUT))), required("return_code", Int), required("stderr", Text)];
static OUTPUT: Union = other(&[
    ("code_execution_output", &Shape::of(&[required("file_id", Text)])),
    ("bash_code_execution_output", &Shape::of(&[required("file_id", Text)])),
]);
static PLAIN: Shape = Shape::and(&[required("stdout", Text)], RAN);
static EXECUTED: Union = other(&[
    ("code_execution_result", &PLAIN),
    ("encrypted_code_execution_result", &Shape::and(&[required("encrypted_stdout", Text)], RAN)),
    ("code_execution_tool_result_error", &ERROR),
]);
static BASH_EXECUTED: Union = other(&[("bash_code_execution_result", &PLAIN), ("bash_code_execution_tool_result_error", &ERROR)]);
static EDITED: Union = other(&[
    (
        "text_editor_code_execution_view_result",
        &Shape::of(&[
            required("content", Text),
            required("file_type", Word(&["text", "image", "pdf"].as_slice())),
            nullable("num_lines", Int),
            nullable("start_line", Int),
            nullable("total_lines", Int),
        ]),
    ),
    ("text_editor_code_execution_create_result", &Shape::of(&[required("is_file_update", Bool)])),
    (
        "text_editor_code_execution_str_replace_result",
        &Shape::of(&[
            nullable("lines", List(&Text)),
            nullable("new_lines", Int),
            nullable("new_start", Int),
            nullable("old_lines", Int),
            nullable("old_start", Int),
        ]),
    ),
    ("text_editor_code_execution_tool_result_error", &ERROR),
]);
static TOOLS_FOUND: Union = other(&[
    ("tool_search_tool_search_result", &Shape::of(&[required("tool_references", List(&Tagged(&REFERENCE)))])),
    ("tool_search_tool_result_error", &ERROR),
]);
static REFERENCE: Union = other(&[("tool_reference", &TOOL_REFERENCE)]);
static ADVISED: Union = other(&[
    ("advisor_result", &Shape::of(&[required("text", Text), nullable("stop_reason", Any)])),
    ("advisor_redacted_result", &Shape::of(&[required("encrypted_content", Text), nullable("stop_reason", Any)])),
    ("advisor_tool_result_error", &ERROR),
]);
