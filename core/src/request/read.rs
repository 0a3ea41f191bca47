//! One lenient reading of a request, made once and used by every rule.
//!
//! It takes what it understands and never complains: a rule that needs more looks at the [`View`]s it keeps.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use super::attached::{self, Attached};
use super::model::{self, Model};
use super::options::{Options, Target};
use super::tape::{Kind, View};
use super::tool::Tool;

mod block;
mod converse;
#[cfg(test)]
mod tests;

pub(crate) use block::{Block, BlockKind, Place};

macro_rules! fields {
    ($($variant:ident = $name:literal;)*) => {
        /// A top-level field that some rule looks at.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Field { $($variant,)* }

        impl Field {
            const COUNT: usize = [$(Self::$variant),*].len();

            fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

fields! {
    AnthropicBeta = "anthropic_beta";
    AnthropicVersion = "anthropic_version";
    CacheControl = "cache_control";
    Container = "container";
    ContextManagement = "context_management";
    FallbackCreditToken = "fallback_credit_token";
    Fallbacks = "fallbacks";
    InferenceGeo = "inference_geo";
    MaxTokens = "max_tokens";
    McpServers = "mcp_servers";
    Messages = "messages";
    Metadata = "metadata";
    Model = "model";
    OutputConfig = "output_config";
    OutputFormat = "output_format";
    Speed = "speed";
    StopSequences = "stop_sequences";
    Stream = "stream";
    System = "system";
    Temperature = "temperature";
    Thinking = "thinking";
    ToolChoice = "tool_choice";
    Tools = "tools";
    TopK = "top_k";
    TopP = "top_p";
}

/// The version a request is sent under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// `2023-06-01`, and the clouds' own names of it.
    V2023,
    /// `2026-10-21`.
    V2026,
    /// It says one this crate does not know.
    Other,
    /// Not said: rules that hold under one version alone only warn.
    Unsaid,
}

impl Version {
    fn named(name: &str) -> Self {
        match name {
            "2023-06-01" | "bedrock-2023-05-31" | "vertex-2023-10-16" => Self::V2023,
            "2026-10-21" => Self::V2026,
            _ => Self::Other,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    User,
    Assistant,
    System,
    /// Another text, no text, or none at all.
    Other,
}

impl Role {
    fn of(view: View<'_, '_>) -> Self {
        match view.str().as_deref() {
            Some("user") => Self::User,
            Some("assistant") => Self::Assistant,
            Some("system") => Self::System,
            _ => Self::Other,
        }
    }
}

/// One entry of `messages`.
#[derive(Clone, Debug)]
pub(crate) struct Message<'t, 'a> {
    pub(crate) view: View<'t, 'a>,
    pub(crate) role: Role,
    pub(crate) content: Option<View<'t, 'a>>,
    /// Its blocks in [`Request::blocks`], those inside a tool result included and right behind it. Empty where the
    /// content is a text.
    pub(crate) blocks: Range<usize>,
    /// The kinds of its own blocks, as bits.
    pub(crate) kinds: u32,
}

/// A `cache_control` that is an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marker<'t, 'a> {
    pub(crate) view: View<'t, 'a>,
    /// The block it stands on, by its number in [`Request::blocks`]; `None` where it stands on a tool.
    pub(crate) block: Option<usize>,
}

/// Room is made for so many messages at once; a list of more grows.
const MANY: usize = 256;

/// So many messages and tools are read. The API takes no more messages, and so many tools are a prompt that no model reads.
pub(crate) const LISTED: usize = 100_000;

/// So many blocks are read: each is a token at least, and no model reads more.
const BLOCKS: usize = 1 << 20;

/// A request as the rules see it. For a batch, one item's `params`.
#[derive(Debug)]
pub(crate) struct Request<'t, 'a> {
    /// The object all of it stands in.
    pub(crate) root: View<'t, 'a>,
    pub(crate) options: &'t Options<'t>,
    /// Whether it is one item of a batch.
    pub(crate) in_batch: bool,
    pub(crate) version: Version,
    /// The model's name, decorated as it came.
    pub(crate) model_name: Option<Cow<'t, str>>,
    /// The row of its model. None where the table has no such row: a new model, a deployment's name or a misspelling, and
    /// never a reason to refuse.
    pub(crate) model: Option<&'t Model>,
    pub(crate) messages: Vec<Message<'t, 'a>>,
    /// Those of `system` first, then those of the messages, in order.
    pub(crate) blocks: Vec<Block<'t, 'a>>,
    /// The kinds that occur among them, as bits.
    pub(crate) kinds: u32,
    /// The images and documents among them, each looked at once.
    pub(crate) attached: Vec<Attached<'t, 'a>>,
    pub(crate) tools: Vec<Tool<'t, 'a>>,
    /// Cache markers in the order in which the server goes through them: tools, `system`, messages. The top-level one is
    /// not among them.
    pub(crate) markers: Vec<Marker<'t, 'a>>,
    /// The node of the last `compaction` of the messages: the server drops what stands before it. Elsewhere none is taken.
    pub(crate) compaction: Option<u32>,
    /// A list of tools, messages or blocks that was not read to its end.
    pub(crate) cut: Option<View<'t, 'a>>,
    fields: [Option<View<'t, 'a>>; Field::COUNT],
}

impl<'t, 'a> Request<'t, 'a> {
    pub(crate) fn read(root: View<'t, 'a>, options: &'t Options<'t>, in_batch: bool) -> Self {
        let mut fields = [None; Field::COUNT];
        for (key, value) in root.members() {
            if let Some(slot) = Field::named(&key.str()).and_then(|field| fields.get_mut(field as usize)) {
                *slot = Some(value);
            }
        }
        let mut request = Self {
            root,
            options,
            in_batch,
            version: Version::Unsaid,
            model_name: None,
            model: None,
            messages: Vec::new(),
            blocks: Vec::new(),
            kinds: 0,
            attached: Vec::new(),
            tools: Vec::new(),
            markers: Vec::new(),
            compaction: None,
            cut: None,
            fields,
        };
        request.version = request.read_version();
        request.model_name = request.field(Field::Model).and_then(View::str);
        if let Some(name) = &request.model_name {
            request.model = model::find(name, options.models);
        }
        // Converse's own name of it, where it is not in the address.
        let id = || root.get("modelId").and_then(View::str);
        if options.target == Target::BedrockConverse
            && let Some(id) = id()
        {
            request.model = model::find(&id, options.models);
        }
        if options.target == Target::BedrockConverse {
            request.read_converse_parameters();
        }
        let tools = request.field(Field::Tools);
        request.tools = tools.into_iter().flat_map(View::items).take(LISTED).map(Tool::read).collect();
        let messages = request.field(Field::Messages);
        let is_long = |list: &View<'_, '_>| list.kind() == Kind::Array && list.len() > LISTED;
        request.cut = [tools, messages].into_iter().flatten().find(is_long);
        let marked = request.tools.iter().filter_map(|tool| tool.marker);
        request.markers = marked.map(|view| Marker { view, block: None }).collect();
        let expected = messages.map_or(0, View::len).min(MANY);
        request.messages.reserve(expected);
        request.blocks.reserve(2 * expected);
        if let Some(system) = request.field(Field::System) {
            request.read_blocks(system, Place::System);
        }
        if let Some(messages) = messages {
            messages.items().take(LISTED).for_each(|view| request.read_message(view));
        }
        request.attached = attached::read(&request);
        request
    }

    /// A top-level field as it was sent; null counts as sent.
    pub(crate) fn field(&self, field: Field) -> Option<View<'t, 'a>> {
        self.fields.get(field as usize).copied().flatten()
    }

    /// A top-level field that says something: sent, and not null.
    pub(crate) fn given(&self, field: Field) -> Option<View<'t, 'a>> {
        self.field(field).filter(|view| view.kind() != Kind::Null)
    }

    /// The blocks of a message, without those inside tool results.
    pub(crate) fn own_blocks(&self, message: &Message<'t, 'a>) -> impl DoubleEndedIterator<Item = &Block<'t, 'a>> + Clone {
        let blocks = self.blocks.get(message.blocks.clone()).unwrap_or_default();
        blocks.iter().filter(|block| matches!(block.place, Place::Message(_)))
    }

    /// Whether that beta flag is sent, whole or up to its date.
    pub(crate) fn has_beta(&self, flag: &str) -> bool {
        let in_body = || self.field(Field::AnthropicBeta).into_iter().flat_map(View::items).any(|beta| beta.is(flag));
        let in_header = || {
            let header = self.options.header("anthropic-beta").unwrap_or_default();
            header.split(',').any(|beta| beta.trim() == flag)
        };
        self.options.betas.contains(&flag) || in_header() || in_body()
    }

    /// Whether a beta flag is sent that begins with one of these: flags end in a date, and dates move.
    pub(crate) fn has_beta_like(&self, prefixes: &[&str]) -> bool {
        let begins = |flag: &str| prefixes.iter().any(|prefix| flag.trim().starts_with(prefix));
        let in_body = || {
            let betas = self.field(Field::AnthropicBeta).into_iter().flat_map(View::items);
            betas.filter_map(View::str).any(|flag| begins(&flag))
        };
        let in_header = || self.options.header("anthropic-beta").unwrap_or_default().split(',').any(begins);
        self.options.betas.iter().any(|flag| begins(flag)) || in_header() || in_body()
    }

    fn read_version(&self) -> Version {
        let said = self.options.api_version.or_else(|| self.options.header("anthropic-version")).map(Version::named);
        let in_body = || self.field(Field::AnthropicVersion).and_then(View::str).map(|name| Version::named(&name));
        said.or_else(in_body).unwrap_or(Version::Unsaid)
    }

    fn read_message(&mut self, view: View<'t, 'a>) {
        let (mut role, mut content) = (Role::Other, None);
        for (key, value) in view.members() {
            match &*key.str() {
                "role" => role = Role::of(value),
                "content" => content = Some(value),
                _ => {}
            }
        }
        let first = self.blocks.len();
        let kinds = content.map_or(0, |content| self.read_blocks(content, Place::Message(self.messages.len())));
        self.messages.push(Message { view, role, content, blocks: first..self.blocks.len(), kinds });
    }

    /// Gives back the kinds of these blocks, without what is inside tool results.
    fn read_blocks(&mut self, content: View<'t, 'a>, place: Place) -> u32 {
        let mut kinds = 0;
        for view in content.items() {
            if self.blocks.len() >= BLOCKS {
                self.cut = self.cut.or(Some(content));
                break;
            }
            let (mut kind, mut call, mut answered, mut marker, mut inner) = (BlockKind::Unknown, None, None, None, None);
            let (mut text, mut citations) = (None, None);
            for (key, value) in view.members() {
                match &*key.str() {
                    "type" => kind = value.str().map_or(BlockKind::Unknown, |name| BlockKind::named(&name)),
                    "text" => text = Some(value),
                    "id" => call = Some(value),
                    "tool_use_id" => answered = Some(value),
                    "cache_control" => marker = Some(value),
                    "content" => inner = Some(value),
                    "citations" => citations = Some(value),
                    _ => {}
                }
            }
            let own = self.blocks.len();
            let id = if kind.is_call() { call } else { answered };
            self.blocks.push(Block { view, kind, place, id, text, citations });
            kinds |= kind.bit();
            if kind == BlockKind::Compaction && matches!(place, Place::Message(_)) {
                self.compaction = Some(view.index());
            }
            if let Some(view) = marker.filter(|view| view.kind() == Kind::Object) {
                self.markers.push(Marker { view, block: Some(own) });
            }
            // One level: what stands inside a tool result holds no tool results.
            if kind == BlockKind::ToolResult
                && matches!(place, Place::Message(_))
                && let Some(inner) = inner
            {
                self.read_blocks(inner, Place::Inside(own));
            }
        }
        self.kinds |= kinds;
        kinds
    }
}
