//! The table of models, as of 2026-11-24. The first row that an id matches is its row.
//!
//! Which page each column comes from stands at the fields of [`Model`]; which pages a row was read on stand behind `from`.
//! Where the live API is at hand, `GET /v1/models/{id}` tells its limits too, and is right.

use alloc::borrow::Cow;

use super::Pattern::{Generation, Prefix, Version, Whole};
use super::{Confidence, Date, Effort, Efforts, Model, Retirement, Sampling, Status, Support, Thinking, ThinkingDefault};

const OVERVIEW: &str = "https://platform.claude.com/docs/en/about-claude/models/overview";
const LINEUP: &str = "https://platform.claude.com/docs/en/models/haiku-5-5/overview";
const DEPRECATIONS: &str = "https://platform.claude.com/docs/en/about-claude/model-deprecations";
const BATCHES: &str = "https://platform.claude.com/docs/en/build-with-claude/batch-processing#extended-output-beta";
const SDK: &str = "https://github.com/anthropics/anthropic-sdk-python/blob/main/src/anthropic/types/model.py";
const SDK_TS: &str = "https://github.com/anthropics/anthropic-sdk-typescript/blob/main/CHANGELOG.md";

const NONE: Efforts = Efforts::NONE;
const ALL: Efforts = Efforts::ALL;
const UP_TO_HIGH: Efforts = Efforts::of(&[Effort::Low, Effort::Medium, Effort::High]);
const NO_XHIGH: Efforts = Efforts::of(&[Effort::Low, Effort::Medium, Effort::High, Effort::Max]);

#[expect(clippy::unnecessary_wraps, reason = "a column of the table, beside rows that have none")]
const fn on(year: u16, month: u8, day: u8) -> Option<Retirement> {
    Some(Retirement::On(Date::new(year, month, day)))
}

#[expect(clippy::unnecessary_wraps, reason = "as above")]
const fn not_before(year: u16, month: u8, day: u8) -> Option<Retirement> {
    Some(Retirement::NotBefore(Date::new(year, month, day)))
}

macro_rules! models {
    ($([$($id:literal),+] is [$($pattern:expr),+],
        tokens: window $window:expr, output $output:expr, batch $batch:expr, plain $plain:expr, cache $cache:expr,
        media: images $images:literal, pages $pages:literal,
        thinking: $omitted:ident, adaptive $adaptive:ident, enabled $enabled:ident, disabled $disabled:ident,
            between_tools $between:ident,
        effort: $efforts:ident, default $effort:expr, sampling: $sampling:ident,
        takes: prefill $prefill:ident, forced_tool $forced:ident, system_role $system:ident,
        $status:ident, retires: $retirement:expr, $confidence:ident, from [$($source:ident),+];)*) => {
        pub(crate) static MODELS: &[Model] = &[$(Model {
            ids: Cow::Borrowed(&[$(Cow::Borrowed($id)),+]),
            patterns: &[$($pattern),+],
            context_window: $window,
            max_output_tokens: $output,
            batch_max_output_tokens: $batch,
            nonstreaming_max_tokens: $plain,
            min_cacheable_tokens: $cache,
            image_limit: Some($images),
            pdf_page_limit: Some($pages),
            thinking: Thinking {
                omitted: Some(ThinkingDefault::$omitted),
                adaptive: Support::$adaptive,
                enabled: Support::$enabled,
                disabled: Support::$disabled,
                between_tools: Support::$between,
            },
            efforts: Some($efforts),
            effort_default: $effort,
            sampling: Some(Sampling::$sampling),
            prefill: Support::$prefill,
            forced_tool_choice: Support::$forced,
            system_role_messages: Support::$system,
            status: Status::$status,
            retirement: $retirement,
            confidence: Confidence::$confidence,
            sources: Cow::Borrowed(&[$(Cow::Borrowed($source)),+]),
        }),*];
    };
}

models! {
    // Only the id and the window were announced; the rest is taken over from 5.1.
    ["claude-fable-5-2"] is [Version("claude-fable-5~2")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role Yes,
        Active, retires: None, Medium, from [SDK, SDK_TS];
    // Always thinks: `enabled` and `disabled` are refused alike.
    ["claude-fable-5-1"] is [Version("claude-fable-5~1")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role Yes,
        Active, retires: None, High, from [LINEUP, SDK];
    ["claude-fable-5"] is [Generation("claude-fable-5")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role Yes,
        Active, retires: not_before(2027, 6, 9), High, from [OVERVIEW, LINEUP, DEPRECATIONS];
    // Only the id was announced; the rest is taken over from 5.1.
    ["claude-mythos-5-2"] is [Version("claude-mythos-5~2")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role Yes,
        Active, retires: None, Low, from [SDK, SDK_TS];
    ["claude-mythos-5-1"] is [Version("claude-mythos-5~1")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role Yes,
        Active, retires: None, High, from [LINEUP, SDK];
    ["claude-mythos-5"] is [Generation("claude-mythos-5")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role Yes,
        Active, retires: None, High, from [OVERVIEW, LINEUP, DEPRECATIONS];
    // The SDKs warn of `enabled`.
    ["claude-mythos-preview"] is [Prefix("claude-mythos-preview")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(2_048),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled Deprecated, disabled No, between_tools No,
        effort: NO_XHIGH, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role No,
        Retired, retires: on(2026, 6, 30), Medium, from [SDK, OVERVIEW];
    // Always thinks: `disabled` and `between_tools` are refused alike.
    ["claude-opus-5-5"] is [Version("claude-opus-5~5")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools No,
        effort: ALL, default Some(Effort::Medium), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role Yes,
        Active, retires: None, High, from [LINEUP];
    ["claude-opus-5"] is [Generation("claude-opus-5")],
        tokens: window Some(1_000_000), output Some(128_000), batch Some(300_000), plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled UpToHighEffort, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role Yes,
        Active, retires: not_before(2027, 7, 24), High, from [OVERVIEW, DEPRECATIONS, BATCHES];
    // `disabled` is refused with a hint at `between_tools`.
    ["claude-sonnet-5-5"] is [Version("claude-sonnet-5~5")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled No, between_tools UpToHighEffort,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool No, system_role Unknown,
        Active, retires: None, High, from [LINEUP];
    // A turn of role `system` passes, and is ignored: unsupported by its pages.
    ["claude-sonnet-5"] is [Generation("claude-sonnet-5")],
        tokens: window Some(1_000_000), output Some(128_000), batch Some(300_000), plain None, cache Some(1_024),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled Yes, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role No,
        Active, retires: not_before(2027, 6, 30), High, from [OVERVIEW, DEPRECATIONS, BATCHES];
    // Forced tool choice is not on the documented list of what it refuses.
    ["claude-haiku-5-5"] is [Version("claude-haiku-5~5")],
        tokens: window Some(1_000_000), output Some(128_000), batch None, plain None, cache Some(512),
        media: images 600, pages 600,
        thinking: Adaptive, adaptive Yes, enabled No, disabled UpToHighEffort, between_tools No,
        effort: ALL, default Some(Effort::Medium), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role Unknown,
        Active, retires: None, High, from [LINEUP];
    ["claude-opus-4-8"] is [Version("claude-opus-4~8")],
        tokens: window Some(1_000_000), output Some(128_000), batch Some(300_000), plain None, cache Some(1_024),
        media: images 600, pages 600,
        thinking: Off, adaptive Yes, enabled No, disabled Yes, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role Yes,
        Active, retires: not_before(2027, 5, 28), High, from [OVERVIEW, DEPRECATIONS, BATCHES];
    ["claude-opus-4-7"] is [Version("claude-opus-4~7")],
        tokens: window Some(1_000_000), output Some(128_000), batch Some(300_000), plain None, cache Some(2_048),
        media: images 600, pages 600,
        thinking: Off, adaptive Yes, enabled No, disabled Yes, between_tools No,
        effort: ALL, default Some(Effort::High), sampling: DefaultsOnly,
        takes: prefill No, forced_tool Yes, system_role No,
        Active, retires: not_before(2027, 4, 16), High, from [OVERVIEW, DEPRECATIONS, BATCHES];
    ["claude-opus-4-6"] is [Version("claude-opus-4~6")],
        tokens: window Some(1_000_000), output Some(128_000), batch Some(300_000), plain None, cache Some(4_096),
        media: images 600, pages 600,
        thinking: Off, adaptive Yes, enabled Deprecated, disabled Yes, between_tools No,
        effort: NO_XHIGH, default Some(Effort::High), sampling: TemperatureOrTopP,
        takes: prefill No, forced_tool Yes, system_role No,
        Active, retires: not_before(2027, 2, 5), High, from [OVERVIEW, DEPRECATIONS, BATCHES];
    ["claude-sonnet-4-6"] is [Version("claude-sonnet-4~6")],
        tokens: window Some(1_000_000), output Some(128_000), batch Some(300_000), plain None, cache Some(1_024),
        media: images 600, pages 600,
        thinking: Off, adaptive Yes, enabled Deprecated, disabled Yes, between_tools No,
        effort: NO_XHIGH, default Some(Effort::High), sampling: TemperatureOrTopP,
        takes: prefill No, forced_tool Yes, system_role No,
        Active, retires: not_before(2027, 2, 17), High, from [OVERVIEW, DEPRECATIONS, BATCHES];
    ["claude-opus-4-5", "claude-opus-4-5-20251101"] is [Version("claude-opus-4~5")],
        tokens: window Some(200_000), output Some(64_000), batch Some(64_000), plain None, cache Some(4_096),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: UP_TO_HIGH, default Some(Effort::High), sampling: TemperatureOrTopP,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Active, retires: not_before(2026, 11, 24), High, from [OVERVIEW, DEPRECATIONS];
    // The beta for a window of 1M is over.
    ["claude-sonnet-4-5", "claude-sonnet-4-5-20250929"] is [Version("claude-sonnet-4~5")],
        tokens: window Some(200_000), output Some(64_000), batch Some(64_000), plain None, cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: TemperatureOrTopP,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Deprecated, retires: on(2026, 11, 30), High, from [OVERVIEW, SDK];
    ["claude-haiku-4-5", "claude-haiku-4-5-20251001"] is [Version("claude-haiku-4~5")],
        tokens: window Some(200_000), output Some(64_000), batch Some(64_000), plain None, cache Some(4_096),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: TemperatureOrTopP,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Active, retires: not_before(2026, 10, 15), High, from [OVERVIEW, DEPRECATIONS];
    // The SDKs ask for streaming above 8,192 tokens only on Bedrock and Vertex.
    ["claude-opus-4-1", "claude-opus-4-1-20250805"] is [Version("claude-opus-4~1")],
        tokens: window Some(200_000), output Some(32_000), batch Some(32_000), plain Some(8_192), cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: TemperatureOrTopP,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 8, 5), High, from [DEPRECATIONS, SDK];
    ["claude-opus-4-0", "claude-opus-4-20250514", "claude-4-opus-20250514"] is [Generation("claude-opus-4"), Prefix("claude-opus-4-0"), Prefix("claude-4-opus")],
        tokens: window Some(200_000), output Some(32_000), batch Some(32_000), plain Some(8_192), cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 6, 15), High, from [DEPRECATIONS, SDK];
    ["claude-sonnet-4-0", "claude-sonnet-4-20250514", "claude-4-sonnet-20250514"] is [Generation("claude-sonnet-4"), Prefix("claude-sonnet-4-0"), Prefix("claude-4-sonnet")],
        tokens: window Some(200_000), output Some(64_000), batch Some(64_000), plain None, cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 6, 15), High, from [DEPRECATIONS, SDK];
    // Had 128k of output under the beta output-128k-2025-02-19.
    ["claude-3-7-sonnet-20250219", "claude-3-7-sonnet-latest"] is [Prefix("claude-3~7-sonnet")],
        tokens: window Some(200_000), output Some(64_000), batch Some(64_000), plain None, cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled Yes, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 2, 19), High, from [DEPRECATIONS, SDK];
    ["claude-3-5-sonnet-20241022", "claude-3-5-sonnet-20240620", "claude-3-5-sonnet-latest"] is [Prefix("claude-3~5-sonnet")],
        tokens: window Some(200_000), output Some(8_192), batch Some(8_192), plain None, cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2025, 10, 28), High, from [DEPRECATIONS, SDK];
    // Still served on Bedrock and Vertex.
    ["claude-3-5-haiku-20241022", "claude-3-5-haiku-latest"] is [Prefix("claude-3~5-haiku")],
        tokens: window Some(200_000), output Some(8_192), batch Some(8_192), plain None, cache Some(2_048),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 2, 19), High, from [DEPRECATIONS, SDK];
    ["claude-3-opus-20240229", "claude-3-opus-latest"] is [Prefix("claude-3-opus")],
        tokens: window Some(200_000), output Some(4_096), batch Some(4_096), plain None, cache Some(1_024),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 1, 5), High, from [DEPRECATIONS, SDK];
    ["claude-3-sonnet-20240229"] is [Prefix("claude-3-sonnet")],
        tokens: window Some(200_000), output Some(4_096), batch Some(4_096), plain None, cache None,
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2025, 7, 21), High, from [DEPRECATIONS, SDK];
    ["claude-3-haiku-20240307"] is [Prefix("claude-3-haiku")],
        tokens: window Some(200_000), output Some(4_096), batch Some(4_096), plain None, cache Some(2_048),
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2026, 4, 20), High, from [DEPRECATIONS, SDK];
    ["claude-2.1"] is [Prefix("claude-2.1"), Prefix("claude-2:1"), Prefix("claude-v2.1"), Prefix("claude-v2:1")],
        tokens: window Some(200_000), output Some(4_096), batch Some(4_096), plain None, cache None,
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2025, 7, 21), High, from [DEPRECATIONS, SDK];
    ["claude-2.0"] is [Whole("claude-2"), Whole("claude-2.0"), Whole("claude-2:0"), Whole("claude-v2"), Whole("claude-v2.0"), Whole("claude-v2:0")],
        tokens: window Some(100_000), output Some(4_096), batch Some(4_096), plain None, cache None,
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2025, 7, 21), High, from [DEPRECATIONS, SDK];
    // The figures are from memory: only the end of these models is documented.
    ["claude-1.0", "claude-1.1", "claude-1.2", "claude-1.3", "claude-instant-1.0", "claude-instant-1.1", "claude-instant-1.2"] is [Prefix("claude-1"), Prefix("claude-v1"), Prefix("claude-instant-1"), Prefix("claude-instant-v1")],
        tokens: window Some(100_000), output Some(4_096), batch Some(4_096), plain None, cache None,
        media: images 100, pages 100,
        thinking: Off, adaptive No, enabled No, disabled Yes, between_tools No,
        effort: NONE, default None, sampling: Both,
        takes: prefill Yes, forced_tool Yes, system_role No,
        Retired, retires: on(2024, 11, 6), Medium, from [DEPRECATIONS, SDK];
}
