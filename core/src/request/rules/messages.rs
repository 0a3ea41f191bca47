//! The order of messages, their roles, and whether they say anything.

use alloc::format;

use super::Sink;
use crate::request::model::Support;
use crate::request::options::Target;
use crate::request::read::{BlockKind, Field, LISTED, Message, Request, Role};
use crate::request::report::Severity;
use crate::request::tape::{Kind, View};

pub(crate) fn are_not_too_many(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(messages) =
        request.field(Field::Messages).filter(|messages| messages.kind() == Kind::Array && messages.len() > LISTED)
    {
        sink.at(messages, format!("has {} messages, at most {LISTED} are taken", messages.len()));
    }
}

/// Where turns are merged, one warning stands for all such places; where they are refused, each is told.
pub(crate) fn alternate(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let merged = sink.severity() == Severity::Warning;
    for pair in request.messages.windows(2) {
        let [before, message] = pair else { continue };
        let name = match message.role {
            role if role != before.role => continue,
            Role::User => "user",
            Role::Assistant => "assistant",
            Role::System | Role::Other => continue,
        };
        let found = sink.at(
            role_of(message),
            format!("is \"{name}\" like the message before, where older gateways and Converse want user and assistant by turns"),
        );
        if merged {
            return found.fix("nothing, where the API itself answers: it takes neighbouring messages of one role as one turn. Merge them for other places");
        }
        if request.options.target == Target::Portable {
            found.fix("merge neighbouring messages of one role (`repair` does it), or check with target=\"anthropic\", which takes them as one turn");
        }
    }
}

pub(crate) fn start_with_the_user(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(first) = request.messages.iter().find(|message| message.role != Role::System) else { return };
    let portable = request.options.target == Target::Portable;
    // A summary stands first, in place of what it sums up.
    if first.role != Role::Assistant || !portable && request.own_blocks(first).any(|block| block.kind == BlockKind::Compaction) {
        return;
    }
    let found = sink.at(role_of(first), "is \"assistant\" in the first message, where \"user\" was expected");
    if portable {
        found.fix("start with a user message, or check with target=\"anthropic\", which takes this one");
    }
}

/// Which models take a system turn is known only of the first-party API; other platforms follow later, if at all.
pub(crate) fn have_no_system_role(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let target = request.options.target;
    for message in system_messages(request) {
        let role = role_of(message);
        if target == Target::Portable {
            sink.at(role, "is \"system\", where older models and gateways take only user and assistant").fix(
                "move the text to the top-level `system` (`repair` does it), or check with target=\"anthropic\" and a model that takes system turns",
            );
            continue;
        }
        match request.model {
            Some(model) if ignores_system_turns(model.name()) => {}
            Some(model) if model.system_role_messages == Support::No => {
                let says = format!("is \"system\", which {} does not take: user or assistant was expected", model.name());
                if model.certain() {
                    sink.at(role, says)
                } else {
                    sink.maybe_at(role, says)
                };
            }
            Some(model) if model.system_role_messages == Support::Yes && target == Target::Anthropic => {}
            Some(_) => _ = sink.maybe_at(role, "is \"system\", which not every model and platform takes"),
            // In the bodies of Bedrock and Vertex no model is named.
            None if target != Target::Anthropic => {
                sink.maybe_at(role, "is \"system\", which not every model and platform takes");
            }
            None => {}
        }
    }
}

/// Measured: this model answers 200 and does not follow the text.
fn ignores_system_turns(model: &str) -> bool {
    model == "claude-sonnet-5"
}

pub(crate) fn system_turns_are_followed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    // `portable` refuses them already.
    let Some(model) = request.model.filter(|_| request.options.target != Target::Portable) else { return };
    if ignores_system_turns(model.name()) {
        for message in system_messages(request) {
            sink.at(role_of(message), format!("is \"system\": {} takes it without an error and ignores the text", model.name()));
        }
    }
}

/// Straight after a user turn, or after an assistant turn that ends in the result of a server's tool; last, or before an
/// assistant turn.
pub(crate) fn system_turns_are_in_place(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(model) = request.model.filter(|model| model.system_role_messages == Support::Yes) else { return };
    if request.options.target == Target::Portable {
        return;
    }
    // System messages beside each other were seen to be taken: what counts is what stands around all of them.
    let (mut before, mut rest) = (None, request.messages.iter().peekable());
    while let Some(message) = rest.next() {
        if message.role != Role::System {
            before = Some(message);
            continue;
        }
        if only_configures(message) {
            continue;
        }
        let mut beside = false;
        while rest.next_if(|next| next.role == Role::System).is_some() {
            beside = true;
        }
        let after = rest.peek();
        let fault = match (before.map(|before| before.role), after.map(|after| after.role)) {
            (None, _) => "stands first: use the top-level `system` there",
            (Some(Role::Assistant), _) if !before.is_some_and(|before| ends_in_server_result(request, before)) => {
                "follows an assistant message that does not end in the result of a server's tool"
            }
            (_, Some(Role::User)) => "stands before a user message, where it is last or before an assistant message",
            // The first-party API was seen to take two.
            _ if beside && request.options.target != Target::Anthropic => "stands beside another system message",
            _ => continue,
        };
        let certain = model.certain() && request.options.target == Target::Anthropic;
        if certain {
            sink.at(message.view, fault)
        } else {
            sink.maybe_at(message.view, fault)
        };
    }
}

fn ends_in_server_result<'t, 'a>(request: &Request<'t, 'a>, message: &Message<'t, 'a>) -> bool {
    // The documentation says "result" in one place and "use" in another.
    request.own_blocks(message).next_back().is_some_and(|block| {
        block.kind.is_server_result() || matches!(block.kind, BlockKind::ServerToolUse | BlockKind::McpToolUse)
    })
}

/// A system turn that says nothing and sets what holds from there on stands anywhere.
/// Source: <https://platform.claude.com/docs/en/build-with-claude/effort-per-message>
fn only_configures(message: &Message<'_, '_>) -> bool {
    let says_nothing = message.content.is_some_and(|content| content.kind() == Kind::Array && content.len() == 0);
    message.role == Role::System && says_nothing && message.view.get("output_config").is_some()
}

/// An empty message of the assistant was refused unless last; the newer wording speaks of user messages alone, and newer
/// models were seen to take it.
pub(crate) fn say_something(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let Some(content) = message.content else { return };
    let empty = match content.kind() {
        Kind::String => content.raw() == Some(""),
        Kind::Array => content.len() == 0,
        _ => false,
    };
    let last = number + 1 == request.messages.len();
    match message.role {
        _ if !empty || only_configures(message) => {}
        Role::User => _ = sink.at(content, "is empty: a user message needs text or another block"),
        Role::Assistant if last => {}
        Role::Assistant if request.model.is_some_and(|model| model.certain() && model.prefill == Support::Yes) => {
            sink.at(content, "is empty: only a last message of the assistant may be");
        }
        Role::Assistant | Role::System | Role::Other => {
            sink.maybe_at(content, "is empty, which only some models take before the last message");
        }
    }
}

fn system_messages<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> impl Iterator<Item = &'r Message<'t, 'a>> {
    request.messages.iter().filter(|message| message.role == Role::System)
}

fn role_of<'t, 'a>(message: &Message<'t, 'a>) -> View<'t, 'a> {
    message.view.get("role").unwrap_or(message.view)
}
