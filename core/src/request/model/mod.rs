//! What is known of each model: limits, what its requests may hold, when it goes.
//!
//! [`table`] has one row a model, [`pattern`] says which ids belong to it, [`decoration`] takes off what platforms and
//! routers put around an id. An id without a row is unknown: nothing is refused for its sake.

use alloc::borrow::Cow;

pub(crate) mod date;
pub(crate) mod decoration;
pub(crate) mod efforts;
mod pattern;
mod read;
mod table;

pub use date::Date;
pub use efforts::{Effort, Efforts};
pub use read::ModelError;

pub(crate) use decoration::{Decoration, decoration};
use pattern::Pattern;
pub(crate) use table::MODELS;

use crate::names::wire_names;

/// One model: a row of the built-in table, or one that a caller adds or puts in a row's place.
///
/// `None` and [`Support::Unknown`] say that a fact is not known; no rule refuses a request over it.
///
/// ```
/// use holdoff::request::Model;
///
/// // A deployment whose name says nothing: the facts of the model behind it, and a limit of its own.
/// let mut deployment = Model::known("claude-opus-5").expect("a row of the table").named("team-writer");
/// deployment.max_output_tokens = Some(32_000);
/// assert_eq!(deployment.ids[0], "team-writer");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Model {
    /// Its ids, without what platforms put around them; the first is the one it is spoken of by.
    pub ids: Cow<'static, [Cow<'static, str>]>,
    /// Which other ids belong to a row of the table; a caller's row has only its `ids`.
    patterns: &'static [Pattern],
    /// Tokens of prompt and answer together.
    /// Source: <https://platform.claude.com/docs/en/about-claude/models/overview>
    pub context_window: Option<u32>,
    /// The highest `max_tokens` of a call.
    /// Source: <https://platform.claude.com/docs/en/about-claude/models/overview>
    pub max_output_tokens: Option<u32>,
    /// The highest `max_tokens` of a batch's item; what is above `max_output_tokens` needs the beta
    /// `output-300k-2026-03-24`.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/batch-processing#extended-output-beta>
    pub batch_max_output_tokens: Option<u32>,
    /// Above it the vendor's SDKs want streaming; a rule of theirs, not of the API.
    /// Source: <https://github.com/anthropics/anthropic-sdk-python/blob/main/src/anthropic/_constants.py>
    pub nonstreaming_max_tokens: Option<u32>,
    /// Which values of `thinking.type` it takes.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking>
    pub thinking: Thinking,
    /// The levels `output_config.effort` may have; [`Efforts::NONE`] refuses the field itself.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/effort>
    pub efforts: Option<Efforts>,
    /// The level of a request that names none.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/effort>
    pub effort_default: Option<Effort>,
    /// What `temperature`, `top_p` and `top_k` may be under `anthropic-version: 2023-06-01`. Under `2026-10-21` no model
    /// takes any of them.
    /// Source: <https://platform.claude.com/docs/en/api/migration-2026-10-21>
    pub sampling: Option<Sampling>,
    /// Whether the last turn may be the assistant's.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/prefill-claudes-response>
    pub prefill: Support,
    /// Whether `tool_choice` may be `any` or `tool`.
    /// Source: <https://platform.claude.com/docs/en/models/fable-5/overview>
    pub forced_tool_choice: Support,
    /// Whether `messages` may hold turns of the role `system`.
    /// Source: <https://platform.claude.com/docs/en/about-claude/models/overview>
    pub system_role_messages: Support,
    /// A prefix with fewer tokens is not cached, without an error.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/prompt-caching>
    pub min_cacheable_tokens: Option<u32>,
    /// Images and documents in one request: 100 where the window is 200,000 tokens, else 600.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/vision>
    pub image_limit: Option<u32>,
    /// Pages of all PDFs in one request: 100 where the window is 200,000 tokens, else 600.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/pdf-support>
    pub pdf_page_limit: Option<u32>,
    /// Whether the first-party API serves it. Cloud platforms keep some models longer.
    /// Source: <https://platform.claude.com/docs/en/about-claude/model-deprecations>
    pub status: Status,
    /// When the first-party API stops serving it.
    /// Source: <https://platform.claude.com/docs/en/about-claude/model-deprecations>
    pub retirement: Option<Retirement>,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Where the row was read, as links.
    pub sources: Cow<'static, [Cow<'static, str>]>,
}

impl Model {
    /// A model of which nothing but its id is known.
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self {
            ids: Cow::Owned(alloc::vec![id.into()]),
            patterns: &[],
            context_window: None,
            max_output_tokens: None,
            batch_max_output_tokens: None,
            nonstreaming_max_tokens: None,
            thinking: Thinking::default(),
            efforts: None,
            effort_default: None,
            sampling: None,
            prefill: Support::Unknown,
            forced_tool_choice: Support::Unknown,
            system_role_messages: Support::Unknown,
            min_cacheable_tokens: None,
            image_limit: None,
            pdf_page_limit: None,
            status: Status::Active,
            retirement: None,
            // Whoever writes a row of their own means it.
            confidence: Confidence::High,
            sources: Cow::Borrowed(&[]),
        }
    }

    /// The row of the built-in table to which an id belongs, decorated or not.
    pub fn known(id: &str) -> Option<&'static Self> {
        by_table(id, decoration(id).name)
    }

    /// The same facts under another id.
    #[must_use]
    pub fn named(&self, id: impl Into<Cow<'static, str>>) -> Self {
        Self { ids: Cow::Owned(alloc::vec![id.into()]), patterns: &[], ..self.clone() }
    }

    /// The id it is spoken of by; empty for a row without ids.
    pub fn name(&self) -> &str {
        self.ids.first().map_or("", AsRef::as_ref)
    }

    /// Every row of the built-in table, newest generation first.
    pub const fn all() -> &'static [Self] {
        MODELS
    }

    /// Whether rules may refuse a request over this row, or only warn.
    pub const fn certain(&self) -> bool {
        matches!(self.confidence, Confidence::High)
    }

    fn has_id(&self, id: &str) -> bool {
        self.ids.iter().any(|own| own == id)
    }
}
wire_names! {
    /// Whether a model takes something.
    Support {
        /// Not known.
        Unknown = "unknown";
        /// Accepted.
        Yes = "yes";
        /// Refused with a 400.
        No = "no";
        /// Accepted, and to go.
        Deprecated = "deprecated";
        /// Accepted unless `output_config.effort` is `xhigh` or `max`.
        UpToHighEffort = "effort<=high";
    }
}

wire_names! {
    /// What a model does when a request has no `thinking`.
    ThinkingDefault {
        /// It does not think.
        Off = "off";
        /// It thinks as much as it finds fit.
        Adaptive = "adaptive";
    }
}

wire_names! {
    /// What `temperature`, `top_p` and `top_k` may be.
    Sampling {
        /// Anything in range, together or alone.
        Both = "both_allowed";
        /// `temperature` or `top_p`, not both.
        TemperatureOrTopP = "temperature_xor_top_p";
        /// Only their defaults.
        DefaultsOnly = "reject_non_default";
    }
}

wire_names! {
    /// Whether a model is served.
    Status {
        /// It is served.
        Active = "active";
        /// It is served, until a date that is set.
        Deprecated = "deprecated";
        /// It is no longer served.
        Retired = "retired";
    }
}

wire_names! {
    /// How sure a row is.
    Confidence {
        /// Two sources agree, or the vendor's own pages or code say so.
        High = "high";
        /// In part inferred from a neighbouring model: only warn.
        Medium = "medium";
        /// Hardly more than that the id exists: only warn.
        Low = "low";
    }
}

/// When a model goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retirement {
    /// Not before that day; the day itself is not set.
    NotBefore(Date),
    /// On that day.
    On(Date),
}

/// Which values of `thinking.type` a model takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Thinking {
    /// What a request without `thinking` gets.
    pub omitted: Option<ThinkingDefault>,
    /// `adaptive`
    pub adaptive: Support,
    /// `enabled`, with `budget_tokens`
    pub enabled: Support,
    /// `disabled`
    pub disabled: Support,
    /// `between_tools`
    pub between_tools: Support,
}

impl Default for Thinking {
    fn default() -> Self {
        let unknown = Support::Unknown;
        Self { omitted: None, adaptive: unknown, enabled: unknown, disabled: unknown, between_tools: unknown }
    }
}

/// The row of an id: the caller's rows first, then the table's.
///
/// A caller's row is meant for the id as it is written, for the id without decoration, and in place of the table's row
/// that has one of its ids.
pub(crate) fn find<'m>(id: &str, overrides: &'m [Model]) -> Option<&'m Model> {
    let Decoration { name, .. } = decoration(id);
    let own = |id: &str| overrides.iter().rev().find(|model| model.has_id(id));
    let row = || by_table(id, name);
    own(id).or_else(|| own(name)).or_else(|| {
        let row = row()?;
        Some(row.ids.iter().find_map(|id| own(id)).unwrap_or(row))
    })
}

fn by_table(id: &str, name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.has_id(id)).or_else(|| MODELS.iter().find(|model| model.matches(name)))
}

impl Model {
    fn matches(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(name))
    }
}

#[cfg(test)]
mod tests;
