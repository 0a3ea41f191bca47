//! What Bedrock's Converse asks of a conversation.
//!
//! Source: <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html>, and answers quoted in public
//! bug reports.

use alloc::borrow::Cow;
use alloc::format;

use super::Sink;
use super::texts::{ends_in_space, is_blank};
use crate::request::model::Support;
use crate::request::names::name_fault;
use crate::request::read::{Message, Request, Role};
use crate::request::seen::Seen;
use crate::request::shape::{Unknown, unknown_at_the_top};
use crate::request::tape::{Kind, Number, View};

/// The blocks of a message under one key, those of other kinds left out.
pub(super) fn under<'t, 'a>(message: &Message<'t, 'a>, key: &'static str) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    message.content.into_iter().flat_map(View::items).filter_map(move |block| block.get(key))
}

/// The list of tools.
pub(crate) fn tools<'t, 'a>(request: &Request<'t, 'a>) -> Option<View<'t, 'a>> {
    request.root.get("toolConfig")?.get("tools")
}

fn id<'t>(block: View<'t, '_>) -> Option<Cow<'t, str>> {
    block.get("toolUseId")?.str()
}

/// There are messages, unless a stored prompt has them.
pub(crate) fn has_messages(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let prompt = request.root.get("modelId").and_then(View::str).is_some_and(|id| id.contains(":prompt/"));
    if !prompt && request.root.get("messages").is_none() {
        sink.missing(request.root, "messages", "is missing: a list of at least one message");
    }
}

pub(crate) fn messages_are_given(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(messages) = request.root.get("messages").filter(|messages| messages.kind() == Kind::Array && messages.len() == 0)
    {
        sink.at(messages, "is empty: at least one message is needed");
    }
}

/// Roles alternate.
pub(crate) fn roles_alternate(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let mut last = None;
    for message in request.messages.iter().filter(|message| matches!(message.role, Role::User | Role::Assistant)) {
        if last == Some(message.role) {
            sink.at(message.view, "has the role of the message before: roles must alternate here");
        }
        last = Some(message.role);
    }
}

/// The user begins.
pub(crate) fn user_begins(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(first) = request.messages.first().filter(|first| first.role == Role::Assistant) {
        sink.at(first.view, "is from the assistant: the user must begin");
    }
}

/// A message has content.
pub(crate) fn content_is_given(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(content) = message.content.filter(|content| content.kind() == Kind::Array && content.len() == 0) {
        sink.at(content, "is empty: at least one block is needed");
    }
}

/// Texts are not empty.
pub(crate) fn texts_are_given(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for text in system(request).chain(request.messages.iter().flat_map(|message| under(message, "text"))) {
        if text.raw() == Some("") {
            sink.at(text, "is empty");
        }
    }
    // Models differ in whether a tool may have nothing to say.
    let results = request.messages.iter().flat_map(|message| under(message, "toolResult"));
    let blocks = results.filter_map(|result| result.get("content")).flat_map(View::items);
    for text in blocks.filter_map(|block| block.get("text")).filter(|text| text.raw() == Some("")) {
        sink.maybe_at(text, "is empty, which not every model takes of a tool");
    }
}

fn system<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    request.root.get("system").into_iter().flat_map(View::items).filter_map(|block| block.get("text"))
}

/// A message is not white space alone. Beside other blocks a blank text was seen to be taken.
pub(crate) fn texts_are_not_blank(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let says = "is nothing but white space";
    for text in system(request).filter(|text| is_blank(*text)) {
        sink.maybe_at(text, says);
    }
    for message in &request.messages {
        let blocks = || message.content.into_iter().flat_map(View::items);
        let alone = blocks().all(|block| block.get("text").is_some_and(is_blank) || block.get("cachePoint").is_some());
        for text in under(message, "text").filter(|text| is_blank(*text)) {
            sink.judge(alone, text, says);
        }
    }
}

/// A list of tools has one at least.
pub(crate) fn tools_are_listed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(tools) = tools(request).filter(|tools| tools.kind() == Kind::Array && tools.len() == 0) {
        sink.at(tools, "is empty: leave `toolConfig` out where there are no tools");
    }
}

/// What Claude has thought comes back with the signature that it had. Other models have none.
pub(crate) fn thinking_is_signed(request: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    if request.model.is_none() {
        return;
    }
    for text in under(message, "reasoningContent").filter_map(|block| block.get("reasoningText")) {
        if text.get("signature").is_none() {
            sink.missing(text, "signature", "is missing: a thinking block comes back with the one it had");
        }
    }
}

/// A failed tool says why.
pub(crate) fn failures_say_why(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    for result in under(message, "toolResult") {
        let failed = result.get("status").is_some_and(|status| status.is("error"));
        if let Some(content) = result.get("content").filter(|content| failed && content.len() == 0) {
            sink.at(content, "is empty, though `status` is `error`");
        }
    }
}

/// Tools that are called or answered are defined.
pub(crate) fn tools_are_defined(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.root.get("toolConfig").is_some() {
        return;
    }
    let used =
        |message: &Message<'_, '_>| under(message, "toolUse").next().or_else(|| under(message, "toolResult").next()).is_some();
    if request.messages.iter().any(used) {
        sink.missing(request.root, "toolConfig", "is missing, though messages hold `toolUse` or `toolResult` blocks");
    }
}

/// Whether the service itself runs the tool that is called.
fn is_servers(call: View<'_, '_>) -> bool {
    call.get("type").is_some_and(|kind| kind.is("server_tool_use"))
}

/// Every tool call is answered in the next message.
pub(crate) fn calls_are_answered(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    // The last one may be what the call is about.
    let Some(next) = request.messages.get(number + 1).filter(|_| message.role == Role::Assistant) else { return };
    let answers: Seen<'_> = under(next, "toolResult").filter_map(id).collect();
    for call in under(message, "toolUse").filter(|call| !is_servers(*call)) {
        if id(call).is_some_and(|id| !answers.has(&id)) {
            sink.at(call, format!("has no `toolResult` in messages.{}", number + 1));
        }
    }
}

/// The ids of the calls that a message's answers may belong to.
fn calls_for<'t>(request: &Request<'t, '_>, number: usize, message: &Message<'t, '_>) -> Seen<'t> {
    // The answer to a tool that the service runs stands beside its call.
    let before = match message.role {
        Role::Assistant => Some(message),
        _ => number.checked_sub(1).and_then(|number| request.messages.get(number)),
    };
    before.into_iter().flat_map(|before| under(before, "toolUse")).filter_map(id).collect()
}

/// Every answer belongs to a call of the message before.
pub(crate) fn answers_have_calls(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let mut answers = under(message, "toolResult").peekable();
    if answers.peek().is_none() {
        return;
    }
    let calls = calls_for(request, number, message);
    for answer in answers {
        if id(answer).is_some_and(|id| !calls.has(&id)) {
            sink.at(answer, "answers no `toolUse` of the message before");
        }
    }
}

/// A call has one answer.
pub(crate) fn answers_are_single(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen = Seen::default();
    let answers = under(message, "toolResult");
    let mut twice = answers.filter(|answer| id(*answer).is_some_and(|id| !seen.add(id))).peekable();
    if twice.peek().is_none() {
        return;
    }
    let calls = calls_for(request, number, message);
    for answer in twice.filter(|answer| id(*answer).is_some_and(|id| calls.has(&id))) {
        sink.at(answer, "is a second `toolResult` for one call");
    }
}

/// Where a model goes on from the assistant's text, that text ends in no white space.
pub(crate) fn prefill_ends_cleanly(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let last = request.messages.last().filter(|message| message.role == Role::Assistant);
    let Some(block) = last.and_then(|last| last.content).and_then(|content| content.items().last()) else { return };
    let Some(text) = block.get("text").filter(|text| ends_in_space(*text) && !is_blank(*text)) else { return };
    if let Some(model) = request.model.filter(|model| model.prefill != Support::No) {
        let certain = model.prefill == Support::Yes && model.certain();
        sink.judge(certain, text, "ends in white space, which the last text of the assistant may not");
    }
}

/// Newer models do not go on from the assistant's text.
pub(crate) fn prefill_is_supported(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(model) = request.model.filter(|model| model.prefill == Support::No) else { return };
    let Some(last) = request.messages.last().filter(|message| message.role == Role::Assistant) else { return };
    let blocks = || last.content.into_iter().flat_map(View::items);
    // A call that wants its result is another rule's.
    if blocks().next().is_some() && blocks().all(|block| block.get("text").is_some()) {
        let says = format!("is the last message and from the assistant, which {} does not go on from", model.name());
        sink.judge(model.certain(), last.view, says);
    }
}

/// Calls of one message have ids of their own.
pub(crate) fn ids_are_unique(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen = Seen::default();
    for call in under(message, "toolUse") {
        if id(call).is_some_and(|id| !seen.add(id)) {
            sink.at(call, "is a second call with this `toolUseId` in one message");
        }
    }
}

/// Ids have the form that the service model gives.
pub(crate) fn ids_are_well_formed(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    for block in under(message, "toolUse").chain(under(message, "toolResult")) {
        let Some((view, id)) = block.get("toolUseId").and_then(|view| Some((view, view.str()?))) else { continue };
        if name_fault(&id, 64, b"_.:-").is_some() {
            sink.at(view, "is not an id of 1 to 64 letters, digits, `_`, `.`, `:` and `-`");
        }
    }
}

pub(super) fn tool_names<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + Clone + use<'t, 'a> {
    let named = |tool: View<'t, 'a>| tool.get("toolSpec").or_else(|| tool.get("systemTool"))?.get("name");
    tools(request).into_iter().flat_map(View::items).filter_map(named)
}

/// Names of tools have the form that the service model gives, where they are defined and where they were called.
pub(crate) fn names_are_well_formed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let called = request.messages.iter().flat_map(|message| under(message, "toolUse")).filter_map(|call| call.get("name"));
    for name in tool_names(request).chain(called) {
        if name.str().is_some_and(|text| name_fault(&text, 64, b"_-").is_some()) {
            sink.at(name, "is not a name of 1 to 64 letters, digits, `_` and `-`");
        }
    }
}

/// What is said of a tool is something, where it is there.
pub(crate) fn descriptions_are_given(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for tool in tools(request).into_iter().flat_map(View::items) {
        if let Some(description) =
            tool.get("toolSpec").and_then(|tool| tool.get("description")).filter(|text| text.raw() == Some(""))
        {
            sink.at(description, "is empty: leave it out, or say what the tool does");
        }
    }
}

/// Tools have names of their own.
pub(crate) fn names_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen = Seen::default();
    for name in tool_names(request) {
        if name.str().is_some_and(|text| !seen.add(text)) {
            sink.at(name, "is the name of another tool too");
        }
    }
}

/// The fields that go on to the model are its own: those of the Messages API, and the service's name for `thinking`.
pub(crate) fn fields_are_the_models(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let fields = request.root.get("additionalModelRequestFields").filter(|_| request.model.is_some());
    for (key, value) in fields.into_iter().flat_map(View::members) {
        let name = key.str();
        if matches!(&*name, "anthropic_beta" | "anthropic_version" | "reasoning_config") {
            continue;
        }
        let Some(Unknown { certain, hint }) = unknown_at_the_top(&name) else { continue };
        let found = sink.judge(certain, value, "is no field of the Messages API, which Claude is given");
        if let Some(hint) = hint {
            found.fix(hint);
        }
    }
}

fn inference<'t, 'a>(request: &Request<'t, 'a>, key: &str) -> Option<(View<'t, 'a>, f64)> {
    let view = request.root.get("inferenceConfig")?.get(key)?;
    #[expect(clippy::cast_precision_loss, reason = "compared with 0 and 1")]
    let value = match view.number()? {
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
        Number::Big => f64::MAX,
    };
    Some((view, value))
}

pub(crate) fn max_tokens_is_positive(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, _)) = inference(request, "maxTokens").filter(|(_, value)| *value < 1.0) {
        sink.at(view, "is below 1");
    }
}

pub(crate) fn max_tokens_is_within_the_models(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = request.root.get("inferenceConfig").and_then(|config| config.get("maxTokens")) else { return };
    let (Some(Number::Int(wanted)), Some(model)) = (view.number(), request.model) else { return };
    let Some(most) = model.max_output_tokens.map(i64::from).filter(|most| wanted > *most) else { return };
    let says = format!("is {wanted}, {} puts out {most} tokens at most", model.name());
    // A flag among the model's own fields may allow more.
    let flagged = request.root.get("additionalModelRequestFields").is_some_and(|fields| fields.get("anthropic_beta").is_some());
    if model.certain() && !flagged { sink.at(view, says) } else { sink.maybe_at(view, says) }
        .fix(format!("set `maxTokens` to at most {most}"));
}

pub(crate) fn temperature_is_in_range(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, _)) = inference(request, "temperature").filter(|(_, value)| !(0.0..=1.0).contains(value)) {
        sink.at(view, "is not between 0 and 1");
    }
}

pub(crate) fn top_p_is_in_range(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, _)) = inference(request, "topP").filter(|(_, value)| !(0.0..=1.0).contains(value)) {
        sink.at(view, "is not between 0 and 1");
    }
}
