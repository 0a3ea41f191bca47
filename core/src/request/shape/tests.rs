#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, as it should")]

use alloc::vec::Vec;

use super::known::{nearest, shapes_of};
use super::table::{Shape, Takes};
use super::walk::Api;

/// The longest way down from a shape; panics where there is none, as in a circle.
fn depth(shape: &'static Shape, above: usize) -> usize {
    assert!(above < 32, "the tables run in a circle");
    let mut inner = Vec::new();
    shape.fields().for_each(|(_, field)| shapes_of(field.takes, &mut inner));
    1 + inner.into_iter().map(|shape| depth(shape, above + 1)).max().unwrap_or(0)
}

fn each(shape: &'static Shape, visit: &mut impl FnMut(&'static Shape)) {
    visit(shape);
    let mut inner = Vec::new();
    shape.fields().for_each(|(_, field)| shapes_of(field.takes, &mut inner));
    for shape in inner {
        each(shape, visit);
    }
}

const ALL: [Api; 3] = [Api::Messages, Api::Converse, Api::Chat];

#[test]
fn no_table_leads_back_to_itself_and_the_way_down_is_short() {
    for api in ALL {
        assert!(depth(api.shape(), 0) < 12);
    }
}

#[test]
fn each_key_and_tag_stands_once() {
    for api in ALL {
        each(api.shape(), &mut |shape| {
            let keys: Vec<_> = shape.fields().map(|(_, field)| field.key).collect();
            assert!(keys.len() <= 64, "a set of 64 bits counts them");
            for (number, key) in keys.iter().enumerate() {
                assert!(!keys.iter().take(number).any(|other| other == key), "{key} twice in {keys:?}");
            }
            for (_, field) in shape.fields() {
                let Takes::Tagged(union) = field.takes else { continue };
                let tags: Vec<_> = union.variants.iter().map(|(name, _)| *name).collect();
                for (number, tag) in tags.iter().enumerate() {
                    assert!(!tags.iter().take(number).any(|other| other == tag), "{tag} twice in {tags:?}");
                }
                assert!(union.variants.iter().all(|(_, shape)| shape.fields().all(|(_, field)| field.key != union.tag())));
            }
        });
    }
}

#[test]
fn a_misspelt_name_is_found_and_another_is_not() {
    let known = || ["max_tokens", "messages", "system", "stop_sequences", "top_k", "tools", "id"].into_iter();
    for (name, meant) in [
        ("max_token", Some("max_tokens")),
        ("maxTokens", Some("max_tokens")),
        ("max-tokens", Some("max_tokens")),
        ("MAX_TOKENS", Some("max_tokens")),
        ("mesages", Some("messages")),
        ("messasge", Some("messages")),
        ("sytsem", Some("system")),
        ("stop_sequence", Some("stop_sequences")),
        ("topK", Some("top_k")),
        ("ID", Some("id")),
        ("it", None),
        ("top_x", None),
        ("speed", None),
        ("mode", None),
        ("max_retries", None),
        ("", None),
    ] {
        assert_eq!(nearest(name, &mut known()).map(|near| near.name), meant, "{name}");
    }
    assert_eq!(nearest(&"x".repeat(1 << 20), &mut known()), None);
}

#[test]
fn a_version_that_is_not_known_may_be_a_new_one() {
    let known = || ["web_search_20260318", "bash_20250124"].into_iter();
    assert!(nearest("web_serach_20260318", &mut known()).unwrap().certain);
    assert!(nearest("webSearch20260318", &mut known()).unwrap().certain);
    assert!(!nearest("web_search_20260319", &mut known()).unwrap().certain);
    assert_eq!(nearest("web_search_20271231", &mut known()), None);
}
