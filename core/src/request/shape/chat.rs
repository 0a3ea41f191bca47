//! Chat completions of an OpenAI-compatible endpoint.
//!
//! Endpoints differ in what they take besides: a key that is not listed only warns.
//! Source: `types/chat/completion_create_params.py` of the Python package openai 3.54.

use super::table::Takes::{Any, Bool, Float, Int, List, Map, Object, Tagged, Text, TextOr, WordOr};
use super::table::{Field, Shape, Takes, Union, What, field, nullable, required};

pub(crate) static REQUEST: Shape = Shape::of(&[
    required("messages", List(&Tagged(&MESSAGE))),
    required("model", Text),
    nullable("max_tokens", Int),
    nullable("max_completion_tokens", Int),
    nullable("temperature", Float),
    nullable("top_p", Float),
    nullable("stream", Bool),
    nullable("stop", TextOr(&List(&Text))),
    nullable("tools", List(&Tagged(&TOOL))),
    nullable("tool_choice", WordOr(&(&["none", "auto", "required"], Map))),
    nullable("parallel_tool_calls", Bool),
    nullable("response_format", Map),
    nullable("n", Int),
    nullable("seed", Int),
    nullable("frequency_penalty", Float),
    nullable("presence_penalty", Float),
    nullable("logit_bias", Map),
    nullable("logprobs", Bool),
    nullable("top_logprobs", Int),
    nullable("metadata", Map),
    nullable("user", Text),
    nullable("stream_options", Map),
    nullable("reasoning_effort", Text),
    nullable("service_tier", Text),
    nullable("store", Bool),
    nullable("functions", List(&Map)),
    nullable("function_call", Any),
    nullable("modalities", List(&Text)),
    nullable("audio", Map),
    nullable("moderation", Map),
    nullable("prediction", Map),
    nullable("prompt_cache_key", Text),
    nullable("prompt_cache_options", Map),
    nullable("prompt_cache_retention", Text),
    nullable("safety_identifier", Text),
    nullable("verbosity", Text),
    nullable("web_search_options", Map),
]);

static MESSAGE: Union = Union {
    what: What::Message,
    untagged: None,
    variants: &[
        ("user", &Shape::and(&[required("content", CONTENT)], NAMED)),
        (
            "assistant",
            &Shape::and(
                &[
                    nullable("content", CONTENT),
                    nullable("tool_calls", List(&Tagged(&CALL))),
                    nullable("refusal", Text),
                    nullable("audio", Map),
                    nullable("function_call", Map),
                ],
                NAMED,
            ),
        ),
        ("system", &Shape::and(&[required("content", CONTENT)], NAMED)),
        ("developer", &Shape::and(&[required("content", CONTENT)], NAMED)),
        ("tool", &Shape::and(&[required("content", CONTENT), required("tool_call_id", Text)], NAMED)),
        ("function", &Shape::and(&[required("content", CONTENT).or_null()], NAMED)),
    ],
};
static NAMED: &[Field] = &[nullable("name", Text)];
const CONTENT: Takes = TextOr(&List(&Tagged(&PART)));

static PART: Union = Union {
    what: What::Other,
    untagged: None,
    variants: &[
        ("text", &Shape::of(&[required("text", Text), field("cache_control", Any), field("prompt_cache_breakpoint", Any)])),
        (
            "image_url",
            &Shape::of(&[
                required("image_url", Object(&Shape::of(&[required("url", Text), field("detail", Text)]))),
                field("cache_control", Any),
                field("prompt_cache_breakpoint", Any),
            ]),
        ),
        ("input_audio", &Shape::of(&[required("input_audio", Map), field("prompt_cache_breakpoint", Any)])),
        ("file", &Shape::of(&[required("file", Map), field("prompt_cache_breakpoint", Any)])),
        ("refusal", &Shape::of(&[required("refusal", Text)])),
    ],
};

static CALL: Union = Union {
    what: What::Other,
    // Some endpoints leave the type out of what they answer.
    untagged: Some(&FUNCTION_CALL),
    variants: &[("function", &FUNCTION_CALL), ("custom", &Shape::of(&[required("id", Text), required("custom", Map)]))],
};
static FUNCTION_CALL: Shape = Shape::of(&[
    required("id", Text),
    required("function", Object(&Shape::of(&[required("name", Text), required("arguments", Text)]))),
    field("index", Int),
]);

static TOOL: Union = Union {
    what: What::Tool,
    untagged: None,
    variants: &[
        ("function", &Shape::of(&[required("function", Object(&FUNCTION)), field("cache_control", Any)])),
        ("custom", &Shape::of(&[required("custom", Map)])),
    ],
};
static FUNCTION: Shape =
    Shape::of(&[required("name", Text), nullable("description", Text), nullable("parameters", Map), nullable("strict", Bool)]);
