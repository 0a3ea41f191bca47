//! What is meant by names and values that belong to another API.

use alloc::borrow::Cow;

use super::table::{Takes, Union, What};
use super::walk::Api;
use crate::request::tape::{Kind, View};

/// Keys of other APIs and of clients' own settings, with what to do; no Messages API ever had them at the top.
const AT_ROOT: &[(&str, &str)] = &[
    ("anthropic_beta", "send the flags in the `anthropic-beta` header"),
    ("anthropic_version", "send it as the `anthropic-version` header"),
    ("api_base", CLIENT),
    ("api_key", "send the key in the `x-api-key` header, never in the body"),
    ("audio", NO_COUNTERPART),
    ("best_of", NO_COUNTERPART),
    ("betas", "send the flags in the `anthropic-beta` header"),
    ("budget_tokens", "put it into `thinking`"),
    ("cache_control_injection_points", CLIENT),
    ("chat_id", CLIENT),
    ("contents", "use `messages`"),
    ("conversation_id", CLIENT),
    ("custom_llm_provider", CLIENT),
    ("do_sample", NO_COUNTERPART),
    ("drop_params", CLIENT),
    ("echo", NO_COUNTERPART),
    ("effort", "put it into `output_config`"),
    ("enable_thinking", "use `thinking`"),
    ("extra_body", CLIENT),
    ("extra_headers", CLIENT),
    ("extra_query", CLIENT),
    ("fallback_models", CLIENT),
    ("frequency_penalty", NO_COUNTERPART),
    ("function_call", "use `tool_choice`"),
    ("functions", "use `tools`"),
    ("generation_config", NO_COUNTERPART),
    ("guardrails", CLIENT),
    ("include_reasoning", "use `thinking`"),
    ("input", "use `messages`"),
    ("instructions", "use `system`"),
    ("json_mode", "use `output_config.format`"),
    ("keep_alive", CLIENT),
    ("length_penalty", NO_COUNTERPART),
    ("litellm_params", CLIENT),
    ("logit_bias", NO_COUNTERPART),
    ("logprobs", NO_COUNTERPART),
    ("max_completion_tokens", "use `max_tokens`"),
    ("max_input_tokens", NO_COUNTERPART),
    ("max_length", "use `max_tokens`"),
    ("max_new_tokens", "use `max_tokens`"),
    ("max_output_tokens", "use `max_tokens`"),
    ("max_retries", CLIENT),
    ("max_thinking_tokens", "put it into `thinking` as `budget_tokens`"),
    ("max_tokens_to_sample", "use `max_tokens`"),
    ("min_p", NO_COUNTERPART),
    ("modalities", NO_COUNTERPART),
    ("n", "send the request several times"),
    ("num_ctx", NO_COUNTERPART),
    ("num_predict", "use `max_tokens`"),
    ("num_retries", CLIENT),
    ("parallel_tool_calls", "use `tool_choice.disable_parallel_tool_use`"),
    ("prediction", NO_COUNTERPART),
    ("presence_penalty", NO_COUNTERPART),
    ("previous_response_id", NO_COUNTERPART),
    ("prompt", "use `messages`"),
    ("prompt_cache_key", "use `cache_control`"),
    ("prompt_cache_retention", "use `cache_control`"),
    ("reasoning", "use `thinking` and `output_config.effort`"),
    ("reasoning_effort", "use `output_config.effort`"),
    ("repetition_penalty", NO_COUNTERPART),
    ("request_id", CLIENT),
    ("response_format", "use `output_config.format`"),
    ("safety_identifier", "use `metadata.user_id`"),
    ("safety_settings", NO_COUNTERPART),
    ("seed", NO_COUNTERPART),
    ("stop", "use `stop_sequences`"),
    ("stream_options", NO_COUNTERPART),
    ("streaming", "use `stream`"),
    ("suffix", NO_COUNTERPART),
    ("system_instruction", "use `system`"),
    ("system_message", "use `system`"),
    ("system_prompt", "use `system`"),
    ("temp", "use `temperature`"),
    ("text", "use `messages`"),
    ("thinking_budget", "put it into `thinking` as `budget_tokens`"),
    ("timeout", CLIENT),
    ("top_a", NO_COUNTERPART),
    ("top_logprobs", NO_COUNTERPART),
    ("user", "use `metadata.user_id`"),
    ("user_id", "put it into `metadata`"),
    ("user_profile_id", "send it as the `anthropic-user-profile-id` header"),
    ("verbosity", "use `output_config.effort`"),
    ("web_search_options", "use a `web_search` tool"),
    ("workspace_id", "send it as the `anthropic-workspace-id` header"),
];

/// Keys that answers, other APIs and frameworks put on messages, blocks and tools.
const NESTED: &[(&str, &str)] = &[
    ("additional_kwargs", FRAMEWORK),
    ("annotations", FRAMEWORK),
    ("args", "use `input`"),
    ("arguments", "use `input`"),
    ("attachments", FRAMEWORK),
    ("created_at", FRAMEWORK),
    ("delta", FRAMEWORK),
    ("experimental_attachments", FRAMEWORK),
    ("extras", FRAMEWORK),
    ("function", "put `name`, `description` and `input_schema` beside each other, without `function`"),
    ("function_call", "use a `tool_use` block"),
    ("id", FRAMEWORK),
    ("image_url", "use an `image` block with a `source`"),
    ("include_thoughts", "use `display`"),
    ("index", FRAMEWORK),
    ("lc_kwargs", FRAMEWORK),
    ("message_id", FRAMEWORK),
    ("mimeType", "use `media_type`"),
    ("mime_type", "use `media_type`"),
    ("name", FRAMEWORK),
    ("parameters", "use `input_schema`"),
    ("parent_tool_use_id", FRAMEWORK),
    ("parsed", FRAMEWORK),
    ("partial_json", FRAMEWORK),
    ("parts", "use `content`"),
    ("provider_metadata", FRAMEWORK),
    ("provider_options", FRAMEWORK),
    ("reasoning_content", "use a `thinking` block with its signature, or leave it out"),
    ("reasoning_details", FRAMEWORK),
    ("refusal", FRAMEWORK),
    ("required", "put it into `input_schema`"),
    ("response_metadata", FRAMEWORK),
    ("stop_reason", ANSWER),
    ("stop_sequence", ANSWER),
    ("text_signature", FRAMEWORK),
    ("thinking_blocks", "put them into `content`, in front"),
    ("thought_signature", FRAMEWORK),
    ("timestamp", FRAMEWORK),
    ("tool_call_id", "use a `tool_result` block with `tool_use_id`, in a user message"),
    ("tool_call_ids", FRAMEWORK),
    ("tool_calls", "use `tool_use` blocks in `content`"),
    ("usage", ANSWER),
    ("usage_metadata", FRAMEWORK),
    ("uuid", FRAMEWORK),
];

/// Keys of the Messages API, sent to Converse.
const TO_CONVERSE: &[(&str, &str)] = &[
    ("max_tokens", "use `inferenceConfig.maxTokens`"),
    ("maxTokens", "put it into `inferenceConfig`"),
    ("model", "use `modelId`"),
    ("stop_sequences", "use `inferenceConfig.stopSequences`"),
    ("stopSequences", "put it into `inferenceConfig`"),
    ("stream", "call ConverseStream instead"),
    ("temperature", "put it into `inferenceConfig`"),
    ("thinking", "put it into `additionalModelRequestFields`"),
    ("tools", "use `toolConfig.tools`"),
    ("tool_choice", "use `toolConfig.toolChoice`"),
    ("toolChoice", "put it into `toolConfig`"),
    ("top_k", "put it into `additionalModelRequestFields`"),
    ("top_p", "use `inferenceConfig.topP`"),
    ("topP", "put it into `inferenceConfig`"),
    ("anthropic_version", "leave it out: Converse takes none"),
];
const IN_CONVERSE: &[(&str, &str)] = &[
    ("cache_control", "put a `cachePoint` block behind it"),
    ("input_schema", "use `inputSchema` with `json`"),
    ("type", "leave it out: the key of the block says what it is"),
    ("tool_use_id", "use `toolUseId`"),
    ("is_error", "use `status`"),
];

/// Keys of the Messages API, sent to chat completions.
const TO_CHAT: &[(&str, &str)] = &[
    ("stop_sequences", "use `stop`"),
    ("system", "send a message of the role system"),
    ("thinking", "use `reasoning_effort`, where the endpoint takes it"),
];

const CLIENT: &str = "it is a setting of the client: do not send it in the body";
const FRAMEWORK: &str = "remove it before sending";
const ANSWER: &str = "it belongs to answers: send only `role` and `content`";
const NO_COUNTERPART: &str = "leave it out: the Messages API has no such parameter";

/// What to do about a key that is another API's; `None` for one that is not listed.
pub(super) fn key(name: &str, root: bool, api: Api) -> Option<&'static str> {
    let list = match (api, root) {
        (Api::Messages, true) => AT_ROOT,
        (Api::Messages, false) => NESTED,
        (Api::Converse, true) => TO_CONVERSE,
        (Api::Converse, false) => IN_CONVERSE,
        (Api::Chat, _) => TO_CHAT,
    };
    list.iter().find(|(own, _)| *own == name).map(|(_, hint)| *hint)
}

/// What to do about a field that a cloud takes from the address.
pub(super) fn in_url(key: &str) -> &'static str {
    match key {
        "stream" => "leave it out: call the streaming operation instead",
        _ => "leave it out: the model is named in the address",
    }
}

/// What to do about a tag that is another API's.
pub(super) fn tag(what: What, name: &str) -> Option<&'static str> {
    let hint = match (what, name) {
        (What::Block | What::SystemBlock | What::ResultBlock, name) => match name {
            "image_url" | "input_image" | "image_base64" => "use an `image` block with a `source`",
            "input_text" | "output_text" | "text_delta" | "refusal" | "json" | "resource_link" | "input_json_delta"
            | "guard_content" | "string" => "use a `text` block",
            "file" | "input_file" | "media" | "pdf" | "resource" => "use a `document` block with a `source`",
            "function" | "function_call" | "tool_call" | "tool_calls" => "use a `tool_use` block in an assistant message",
            "function_call_output" | "tool" | "tool_call_output" | "tool_response" => {
                "use a `tool_result` block in a user message"
            }
            "reasoning" | "reasoning_content" | "thinking_delta" => "use a `thinking` block with its signature, or leave it out",
            "input_audio" | "audio" | "video" | "input_video" | "video_url" => {
                "leave it out: only text, images and documents are taken"
            }
            _ => return None,
        },
        (What::Tool, "function") => {
            "put `name`, `description` and `input_schema` beside each other, without `type` and `function`"
        }
        (What::Message, "developer") => "use the top-level `system`",
        (What::Message, "tool" | "function") => "use a `tool_result` block in a user message",
        (What::Message, "human") => "use the role user",
        (What::Message, "model" | "ai" | "bot") => "use the role assistant",
        (What::Thinking, "auto" | "on" | "true") => "use `adaptive`, or `enabled` with `budget_tokens`",
        (What::Thinking, "off" | "none") => "use `disabled`",
        (What::Other, "required") => "use `any`",
        (What::Other, "function") => "use `tool` with `name`",
        (What::Other, "image_url") => "use `url`",
        (What::Other, "json_object") => "use `json_schema` with a `schema`",
        _ => return None,
    };
    Some(hint)
}

/// What to do about an object that lacks its tag.
pub(super) fn untagged(value: View<'_, '_>, union: &'static Union) -> Option<Cow<'static, str>> {
    // `{"text": …}` is a block of Converse, or a part of Gemini.
    let meant = value.members().next().map(|(key, _)| key)?;
    let name = union.variants.iter().map(|(name, _)| *name).find(|name| meant.is(name))?;
    Some(Cow::Owned(alloc::format!("add `\"{}\": \"{name}\"`", union.tag())))
}

/// What to do about a value of the wrong type.
pub(super) fn wrong_type(takes: Takes, value: View<'_, '_>) -> Option<Cow<'static, str>> {
    let hint = match (takes, value.kind()) {
        (Takes::Bool, Kind::String) => "send true or false without quotes",
        (Takes::Int | Takes::Float, Kind::String) => "send the number without quotes",
        (Takes::Map | Takes::Object(_), Kind::String) => "send the object itself, not JSON in a string",
        (Takes::Map, Kind::Array) if value.len() == 0 => "send {} where there is nothing to say",
        (Takes::List(_), Kind::String | Kind::Object) | (Takes::TextOr(_), Kind::Object) => "put it into a list",
        (Takes::Tagged(_), Kind::String) => "send an object with a `type`",
        _ => return None,
    };
    Some(Cow::Borrowed(hint))
}
