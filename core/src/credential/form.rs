//! Forms of keys, by their public beginnings.
//!
//! Sources: <https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml> (beginnings and lengths of the vendors'
//! keys), <https://platform.claude.com/docs/en/manage-claude/authentication> (Anthropic's own).

/// Whose keys they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vendor {
    Anthropic,
    OpenAi,
    /// `sk-` alone: OpenAI once, and many who took its form over.
    OpenAiLike,
    OpenRouter,
    Aws,
    Google,
    Azure,
    Groq,
    Xai,
    HuggingFace,
    GitHub,
    /// Any other, of which no more need be known than that it is another.
    Other(&'static str),
}

impl Vendor {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Anthropic => "Anthropic",
            Self::OpenAi => "OpenAI",
            Self::OpenAiLike => "OpenAI or a service with keys of the same form",
            Self::OpenRouter => "OpenRouter",
            Self::Aws => "AWS",
            Self::Google => "Google",
            Self::Azure => "Azure",
            Self::Groq => "Groq",
            Self::Xai => "xAI",
            Self::HuggingFace => "Hugging Face",
            Self::GitHub => "GitHub",
            Self::Other(name) => name,
        }
    }
}

/// What a credential is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    ApiKey,
    AdminKey,
    ComplianceKey,
    OauthToken,
    RefreshToken,
    SessionToken,
}

/// One form.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) prefix: &'static str,
    pub(super) vendor: Vendor,
    pub(super) role: Role,
    /// In characters, where all keys of the form have one length.
    pub(super) length: Option<usize>,
}

const fn form(prefix: &'static str, vendor: Vendor, role: Role, length: Option<usize>) -> Form {
    Form { prefix, vendor, role, length }
}

/// The first whose beginning a key has is its form.
#[rustfmt::skip]
static FORMS: &[Form] = &[
    form("sk-ant-api03-", Vendor::Anthropic, Role::ApiKey, Some(108)),
    form("sk-ant-admin01-", Vendor::Anthropic, Role::AdminKey, Some(110)),
    form("sk-ant-api01-", Vendor::Anthropic, Role::ComplianceKey, None),
    form("sk-ant-oat01-", Vendor::Anthropic, Role::OauthToken, None),
    form("sk-ant-ort01-", Vendor::Anthropic, Role::RefreshToken, None),
    form("sk-ant-sid01-", Vendor::Anthropic, Role::SessionToken, None),
    form("sk-ant-si-", Vendor::Anthropic, Role::SessionToken, None),
    form("sk-ant-", Vendor::Anthropic, Role::ApiKey, None),
    form("sk_cdx_", Vendor::Other(GATEWAY), Role::ApiKey, None),
    form("sk-or-v1-", Vendor::OpenRouter, Role::ApiKey, Some(73)),
    form("sk-proj-", Vendor::OpenAi, Role::ApiKey, None),
    form("sk-svcacct-", Vendor::OpenAi, Role::ApiKey, None),
    form("sk-admin-", Vendor::OpenAi, Role::AdminKey, None),
    form("sk-lf-", Vendor::Other("Langfuse"), Role::ApiKey, None),
    form("sk-", Vendor::OpenAiLike, Role::ApiKey, None),
    form("AKIA", Vendor::Aws, Role::ApiKey, Some(20)),
    form("ASIA", Vendor::Aws, Role::ApiKey, Some(20)),
    form("ABSK", Vendor::Aws, Role::ApiKey, None),
    form("bedrock-api-key-", Vendor::Aws, Role::ApiKey, None),
    form("ya29.", Vendor::Google, Role::OauthToken, None),
    form("AIza", Vendor::Google, Role::ApiKey, Some(39)),
    form("gsk_", Vendor::Groq, Role::ApiKey, None),
    form("xai-", Vendor::Xai, Role::ApiKey, None),
    form("hf_", Vendor::HuggingFace, Role::ApiKey, None),
    form("ghp_", Vendor::GitHub, Role::ApiKey, Some(40)),
    form("gho_", Vendor::GitHub, Role::OauthToken, Some(40)),
    form("ghs_", Vendor::GitHub, Role::ApiKey, None),
    form("github_pat_", Vendor::GitHub, Role::ApiKey, None),
    form("glpat-", Vendor::Other("GitLab"), Role::ApiKey, None),
    form("pplx-", Vendor::Other("Perplexity"), Role::ApiKey, None),
    form("r8_", Vendor::Other("Replicate"), Role::ApiKey, None),
    form("nvapi-", Vendor::Other("NVIDIA"), Role::ApiKey, None),
    form("csk-", Vendor::Other("Cerebras"), Role::ApiKey, None),
    form("vck_", Vendor::Other("Vercel"), Role::ApiKey, None),
    form("xoxb-", Vendor::Other("Slack"), Role::ApiKey, None),
];

/// The gateway whose keys begin with `sk_cdx_`.
pub(super) const GATEWAY: &str = "the gateway of `sk_cdx_` keys";

/// Keys without a beginning of their own: 32 digits of base 16, or 84 characters with a mark in them.
static AZURE: Form = form("", Vendor::Azure, Role::ApiKey, None);

impl Form {
    /// The form of a key; `None` for one of no known form.
    pub(super) fn of(key: &str) -> Option<&'static Self> {
        let hex = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        let marked = key.len() == 84 && key.bytes().all(|byte| byte.is_ascii_alphanumeric()) && key.contains("JQQJ99");
        FORMS.iter().find(|form| key.starts_with(form.prefix)).or_else(|| (hex || marked).then_some(&AZURE))
    }

    /// Every public beginning.
    #[cfg(test)]
    pub(super) fn prefixes() -> impl Iterator<Item = &'static str> {
        FORMS.iter().map(|form| form.prefix)
    }
}
