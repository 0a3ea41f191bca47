use super::*;
use alloc::format;
use alloc::string::String;

fn name_of(id: &str) -> Option<&'static str> {
    Model::known(id).map(Model::name)
}

#[test]
fn each_id_leads_to_its_own_row_and_to_no_earlier_one() {
    for (at, model) in MODELS.iter().enumerate() {
        for id in model.ids.iter() {
            let first = MODELS.iter().position(|row| row.matches(id));
            assert_eq!(first, Some(at), "{id}");
        }
        assert_eq!(MODELS.iter().filter(|row| row.has_id(model.name())).count(), 1, "{}", model.name());
    }
}

#[test]
fn each_row_is_found_under_every_platforms_name() {
    for model in MODELS {
        let id = model.name();
        for decorated in [
            format!("us.anthropic.{id}-v1:0"),
            format!("arn:aws:bedrock:us-east-1:1:inference-profile/global.anthropic.{id}-v1:0"),
            format!("bedrock/eu.anthropic.{id}-v1:0"),
            format!("{id}@20250101"),
            format!("anthropic/{id}:beta"),
            format!("{id}[1m]"),
        ] {
            assert_eq!(name_of(&decorated), Some(id), "{decorated}");
        }
    }
}

#[test]
fn ids_lead_where_their_vendor_says() {
    for (id, expected) in [
        ("claude-opus-4-20250514", Some("claude-opus-4-0")),
        ("us.anthropic.claude-opus-4-1-20250805-v1:0", Some("claude-opus-4-1")),
        ("anthropic/claude-sonnet-4.5", Some("claude-sonnet-4-5")),
        ("claude-sonnet-4-5@20250929", Some("claude-sonnet-4-5")),
        ("claude-opus-4-6-v1", Some("claude-opus-4-6")),
        ("anthropic.claude-opus-4-6-v1", Some("claude-opus-4-6")),
        ("claude-fable-5-2", Some("claude-fable-5-2")),
        ("claude-fable-5", Some("claude-fable-5")),
        ("claude-opus-5-5", Some("claude-opus-5-5")),
        ("claude-opus-5", Some("claude-opus-5")),
        ("claude-opus-5-fast", Some("claude-opus-5")),
        ("global.anthropic.claude-opus-5", Some("claude-opus-5")),
        ("claude-sonnet-5-20260630", Some("claude-sonnet-5")),
        ("claude-sonnet-4", Some("claude-sonnet-4-0")),
        ("claude-sonnet-4-20250514", Some("claude-sonnet-4-0")),
        ("claude-4-opus-20250514", Some("claude-opus-4-0")),
        ("claude-sonnet-4-6[1m]", Some("claude-sonnet-4-6")),
        ("claude-3.7-sonnet", Some("claude-3-7-sonnet-20250219")),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", Some("claude-3-5-sonnet-20241022")),
        ("claude-2", Some("claude-2.0")),
        ("anthropic.claude-v2:1", Some("claude-2.1")),
        ("claude-instant-1.2", Some("claude-1.0")),
        ("anthropic.claude-instant-v1", Some("claude-1.0")),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            Some("claude-sonnet-4-5"),
        ),
        // Minor versions without a row, other vendors, and names that only contain a model's.
        ("claude-opus-5-6", None),
        ("claude-opus-4-9", None),
        ("claude-opus-5-55", None),
        ("claude-sonnet-4-65", None),
        ("gpt-5", None),
        ("my-claude-opus-5", None),
        ("Claude-Opus-5", None),
        ("claude", None),
        ("", None),
    ] {
        assert_eq!(name_of(id), expected, "{id}");
    }
}

#[test]
fn callers_rows_come_first() {
    let mut bigger = Model::known("claude-opus-5").unwrap().clone();
    bigger.max_output_tokens = Some(256_000);
    let rows = [bigger, Model::new("team-writer"), Model::new("us.anthropic.claude-haiku-4-5")];
    let found = |id: &str| find(id, &rows);
    // In place of the table's row, however its id is written.
    for id in ["claude-opus-5", "claude-opus-5-20260724", "global.anthropic.claude-opus-5"] {
        assert_eq!(found(id).and_then(|model| model.max_output_tokens), Some(256_000), "{id}");
    }
    assert_eq!(found("team-writer").map(Model::name), Some("team-writer"));
    assert_eq!(found("bedrock/team-writer").map(Model::name), Some("team-writer"));
    assert_eq!(found("team-writer-2"), None);
    // An id as it is written goes before the same id without decoration.
    assert_eq!(found("us.anthropic.claude-haiku-4-5").and_then(|model| model.context_window), None);
    assert_eq!(found("eu.anthropic.claude-haiku-4-5").and_then(|model| model.context_window), Some(200_000));
    // The later of two rows for one id.
    let rows = [Model::new("x"), Model { context_window: Some(1), ..Model::new("x") }];
    assert_eq!(find("x", &rows).and_then(|model| model.context_window), Some(1));
    assert_eq!(find("y", &rows), None);
}

/// What holds of every row, as the pages behind the columns say it.
#[test]
fn rows_agree_with_what_their_sources_say_of_all() {
    for model in MODELS {
        let name = model.name();
        let (window, output) = (model.context_window.unwrap(), model.max_output_tokens.unwrap());
        assert!(output < window, "{name}");
        assert!(model.batch_max_output_tokens.is_none_or(|batch| batch == output || batch == 300_000), "{name}");
        assert!(model.nonstreaming_max_tokens.is_none_or(|plain| plain <= output), "{name}");
        // Vision and PDF support: 100 on windows of 200k (and less), 600 on the others.
        let media = if window > 200_000 { 600 } else { 100 };
        assert_eq!((model.image_limit, model.pdf_page_limit), (Some(media), Some(media)), "{name}");
        assert!(
            model.min_cacheable_tokens.is_none_or(|least| (512..=4096).contains(&least) && least.is_power_of_two()),
            "{name}"
        );
        // Who thinks unasked takes `adaptive`.
        let unasked = model.thinking.omitted == Some(ThinkingDefault::Adaptive);
        assert!(!unasked || model.thinking.adaptive == Support::Yes, "{name}");
        // A default is one of the levels; no levels, no default.
        let efforts = model.efforts.unwrap();
        assert_eq!(model.effort_default.is_some(), efforts != Efforts::NONE, "{name}");
        assert!(model.effort_default.is_none_or(|level| efforts.has(level)), "{name}");
        let dated = matches!(model.retirement, Some(Retirement::On(_)));
        assert_eq!(dated, model.status != Status::Active, "{name}");
        assert!(!model.sources.is_empty(), "{name}");
        for source in model.sources.iter() {
            assert!(source.starts_with("https://"), "{name}: {source}");
        }
    }
}

/// The families' figures as the overview, deprecation and batch pages list them.
#[test]
fn the_figures_of_the_pages_stand_in_the_rows() {
    let facts = |id: &str| {
        let model = Model::known(id).unwrap();
        (model.context_window.unwrap() / 1000, model.max_output_tokens.unwrap(), model.batch_max_output_tokens)
    };
    for id in ["claude-opus-5", "claude-sonnet-5", "claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6", "claude-sonnet-4-6"] {
        assert_eq!(facts(id), (1000, 128_000, Some(300_000)), "{id}");
    }
    for id in ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-sonnet-4-0", "claude-3-7-sonnet-20250219"] {
        assert_eq!(facts(id), (200, 64_000, Some(64_000)), "{id}");
    }
    for id in ["claude-opus-4-1", "claude-opus-4-0"] {
        assert_eq!(facts(id), (200, 32_000, Some(32_000)), "{id}");
    }
    let ends: String = MODELS
        .iter()
        .filter_map(|model| match model.retirement {
            Some(Retirement::On(date)) if model.status == Status::Deprecated => Some(format!("{} {date};", model.name())),
            _ => None,
        })
        .collect();
    assert_eq!(ends, "claude-sonnet-4-5 2026-11-30;");
}
