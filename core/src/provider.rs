//! Who answered.

macro_rules! providers {
    ($($(#[$doc:meta])* $variant:ident = $wire:literal;)*) => {
        /// Where the request went, as far as the evidence tells.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Provider {
            $($(#[$doc])* $variant,)*
        }

        impl Provider {
            /// Every provider.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire, such as `"bedrock"`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)* }
            }

            /// The provider of that name; `None` for another name.
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($wire => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

providers! {
    /// Nothing in the evidence tells.
    #[default]
    Unknown = "unknown";
    /// Anthropic's own API.
    Anthropic = "anthropic";
    /// Amazon Bedrock.
    Bedrock = "bedrock";
    /// Google Cloud (Vertex).
    Vertex = "vertex";
    /// Microsoft Foundry.
    Foundry = "foundry";
    /// OpenAI, or an endpoint that speaks its shapes.
    OpenaiCompatible = "openai-compatible";
    /// A gateway or relay of somebody's: LiteLLM, OpenRouter, and their like.
    Gateway = "gateway";
    /// An edge or proxy that answered in place of the service: Cloudflare, nginx, Envoy.
    Edge = "edge";
    /// Nobody: the network failed before an answer.
    Network = "network";
}
