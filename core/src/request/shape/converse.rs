//! Bedrock's Converse: a shape of its own, where the key of an object says what it is.
//!
//! Source: the service model `bedrock-runtime` of botocore 1.44.5, `ConverseRequest`. In the HTTP call the model stands in
//! the address; SDKs take it as `modelId` beside the rest.

use super::table::Takes::{Any, Blob, Bool, Float, Int, List, Map, MapOf, Object, Tagged, Text, Word};
use super::table::{Shape, Union, What, field, required};

pub(crate) static REQUEST: Shape = Shape::of(&[
    field("modelId", Text),
    // A stored prompt has its own.
    field("messages", List(&Tagged(&MESSAGE))),
    field("system", List(&Object(&SYSTEM))),
    field("inferenceConfig", Object(&INFERENCE)),
    field("toolConfig", Object(&TOOLS)),
    field("guardrailConfig", Map),
    field("additionalModelRequestFields", Any),
    field("promptVariables", MapOf(&Object(&ONE_TEXT))),
    field("additionalModelResponseFieldPaths", List(&Text)),
    field("requestMetadata", MapOf(&Text)),
    field("performanceConfig", Object(&Shape::of(&[field("latency", Word(&["standard", "optimized"].as_slice()))]))),
    field("serviceTier", Object(&Shape::of(&[required("type", Word(&["priority", "default", "flex", "reserved"].as_slice()))]))),
    field("outputConfig", Object(&Shape::of(&[field("textFormat", Map), field("effort", Text)]))),
]);

static MESSAGE: Union =
    Union { what: What::Message, untagged: None, variants: &[("user", &TURN), ("assistant", &TURN), ("system", &TURN)] };
static TURN: Shape = Shape::of(&[required("content", List(&Object(&BLOCK)))]);

static BLOCK: Shape = Shape::one_of(&[
    field("text", Text),
    field("toolUse", Object(&TOOL_USE)),
    field("toolResult", Object(&TOOL_RESULT)),
    field("image", Object(&MEDIA)),
    field("document", Object(&DOCUMENT)),
    field("cachePoint", Object(&CACHE_POINT)),
    field("reasoningContent", Object(&REASONING)),
    field("video", Object(&MEDIA)),
    field("audio", Object(&MEDIA)),
    field("guardContent", Map),
    field("citationsContent", Map),
    field("searchResult", Object(&SEARCH_RESULT)),
    field("toolAddition", Map),
    field("toolRemoval", Map),
]);
static ONE_TEXT: Shape = Shape::one_of(&[field("text", Text)]);
static SYSTEM: Shape =
    Shape::one_of(&[field("text", Text), field("cachePoint", Object(&CACHE_POINT)), field("guardContent", Map)]);
static CACHE_POINT: Shape =
    Shape::of(&[required("type", Word(&["default"].as_slice())), field("ttl", Word(&["5m", "1h"].as_slice()))]);

static TOOL_USE: Shape =
    Shape::of(&[required("toolUseId", Text), required("name", Text), required("input", Map), field("type", Text)]);
static TOOL_RESULT: Shape = Shape::of(&[
    required("toolUseId", Text),
    required("content", List(&Object(&RESULT_BLOCK))),
    field("status", Word(&["success", "error"].as_slice())),
    field("type", Text),
]);
static RESULT_BLOCK: Shape = Shape::one_of(&[
    field("text", Text),
    // Its model says any value; of Claude models others than objects were refused:
    // https://github.com/aws/aws-sdk-js-v3/issues/7330
    field("json", Map),
    field("image", Object(&MEDIA)),
    field("document", Object(&DOCUMENT)),
    field("video", Object(&MEDIA)),
    field("searchResult", Object(&SEARCH_RESULT)),
]);
static SOURCE: Shape = Shape::one_of(&[field("bytes", Blob), field("s3Location", Object(&S3))]);
static S3: Shape = Shape::of(&[required("uri", Text), field("bucketOwner", Text)]);
// Which formats there are, is a rule's.
static MEDIA: Shape = Shape::of(&[required("format", Text), required("source", Object(&SOURCE)), field("error", Map)]);
static DOCUMENT: Shape = Shape::of(&[
    required("name", Text),
    required(
        "source",
        Object(&Shape::one_of(&[
            field("bytes", Blob),
            field("s3Location", Object(&S3)),
            field("text", Text),
            field("content", List(&Object(&ONE_TEXT))),
        ])),
    ),
    field("format", Text),
    field("context", Text),
    field("citations", Object(&CITATIONS)),
]);
static CITATIONS: Shape = Shape::of(&[required("enabled", Bool)]);
static SEARCH_RESULT: Shape = Shape::of(&[
    required("source", Text),
    required("title", Text),
    required("content", List(&Object(&Shape::of(&[required("text", Text)])))),
    field("citations", Object(&CITATIONS)),
]);
static REASONING: Shape = Shape::one_of(&[
    field("reasoningText", Object(&Shape::of(&[required("text", Text), field("signature", Text)]))),
    field("redactedContent", Blob),
]);

static INFERENCE: Shape =
    Shape::of(&[field("maxTokens", Int), field("temperature", Float), field("topP", Float), field("stopSequences", List(&Text))]);

static TOOLS: Shape = Shape::of(&[required("tools", List(&Object(&TOOL))), field("toolChoice", Object(&CHOICE))]);
static TOOL: Shape = Shape::one_of(&[
    field("toolSpec", Object(&SPECIFICATION)),
    field("systemTool", Object(&NAMED)),
    field("cachePoint", Object(&CACHE_POINT)),
]);
static SPECIFICATION: Shape = Shape::of(&[
    required("name", Text),
    required("inputSchema", Object(&Shape::one_of(&[field("json", Map)]))),
    field("description", Text),
    field("strict", Bool),
]);
static NAMED: Shape = Shape::of(&[required("name", Text)]);
// `none` is another API's: https://github.com/boto/boto3/issues/4687
static CHOICE: Shape = Shape::one_of(&[field("auto", Map), field("any", Map), field("tool", Object(&NAMED))]).closed();
