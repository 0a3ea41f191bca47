//! Content blocks: what they are, and where they stand.

use crate::request::tape::View;

macro_rules! blocks {
    ($($variant:ident = $name:literal;)*) => {
        /// What a content block is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum BlockKind {
            $($variant,)*
            /// A type that is not known, or none.
            Unknown,
        }

        impl BlockKind {
            pub(super) fn named(name: &str) -> Self {
                match name { $($name => Self::$variant,)* _ => Self::Unknown }
            }
        }
    };
}

blocks! {
    Text = "text";
    Image = "image";
    Document = "document";
    SearchResult = "search_result";
    Thinking = "thinking";
    RedactedThinking = "redacted_thinking";
    ToolUse = "tool_use";
    ToolResult = "tool_result";
    ServerToolUse = "server_tool_use";
    WebSearchToolResult = "web_search_tool_result";
    WebFetchToolResult = "web_fetch_tool_result";
    CodeExecutionToolResult = "code_execution_tool_result";
    BashCodeExecutionToolResult = "bash_code_execution_tool_result";
    TextEditorCodeExecutionToolResult = "text_editor_code_execution_tool_result";
    ToolSearchToolResult = "tool_search_tool_result";
    AdvisorToolResult = "advisor_tool_result";
    McpToolUse = "mcp_tool_use";
    McpToolResult = "mcp_tool_result";
    McpToolListing = "mcp_tool_listing";
    ContainerUpload = "container_upload";
    Compaction = "compaction";
    ToolReference = "tool_reference";
    ToolAddition = "tool_addition";
    ToolRemoval = "tool_removal";
    Fallback = "fallback";
}

impl BlockKind {
    /// Its bit in a set of kinds.
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// A call of a tool, whoever runs it.
    pub(crate) const fn is_call(self) -> bool {
        matches!(self, Self::ToolUse | Self::ServerToolUse | Self::McpToolUse)
    }

    /// The answer to a `server_tool_use` or `mcp_tool_use`, which stands in the same message.
    pub(crate) const fn is_server_result(self) -> bool {
        matches!(
            self,
            Self::WebSearchToolResult
                | Self::WebFetchToolResult
                | Self::CodeExecutionToolResult
                | Self::BashCodeExecutionToolResult
                | Self::TextEditorCodeExecutionToolResult
                | Self::ToolSearchToolResult
                | Self::AdvisorToolResult
                | Self::McpToolResult
        )
    }
}

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the top-level `system`.
    System,
    /// In the message of that number.
    Message(usize),
    /// In the tool result that is the block of that number in [`Request::blocks`](super::Request::blocks).
    Inside(usize),
}

/// One content block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'t, 'a> {
    pub(crate) view: View<'t, 'a>,
    pub(crate) kind: BlockKind,
    pub(crate) place: Place,
    /// What pairs calls with their results: a call's `id`, a result's `tool_use_id`.
    pub(crate) id: Option<View<'t, 'a>>,
    /// Its `text`, whatever its kind.
    pub(crate) text: Option<View<'t, 'a>>,
    /// Its `citations`.
    pub(crate) citations: Option<View<'t, 'a>>,
}
