//! What a value is and what is taken, in words.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Takes;
use crate::request::tape::{Kind, View};

/// What a value is, to a person.
pub(super) fn found(value: View<'_, '_>) -> String {
    match value.kind() {
        Kind::Null => "null".to_string(),
        Kind::Bool => "a boolean".to_string(),
        Kind::Number => "a number".to_string(),
        Kind::String => "a string".to_string(),
        Kind::Array => format!("a list of {}", value.len()),
        Kind::Object => "an object".to_string(),
        Kind::Foreign => "a value that has no JSON form".to_string(),
    }
}

/// What is taken, to a person.
pub(super) fn said(takes: Takes) -> String {
    match takes {
        Takes::Any => "a value".to_string(),
        Takes::Text => "a string".to_string(),
        Takes::Bool => "true or false".to_string(),
        Takes::Int => "a whole number".to_string(),
        Takes::Float => "a number".to_string(),
        Takes::Map | Takes::MapOf(_) | Takes::Object(_) | Takes::Tagged(_) => "an object".to_string(),
        Takes::Blob => "base64 text".to_string(),
        Takes::Word(words) => listed(words),
        Takes::List(_) => "a list".to_string(),
        Takes::TextOr(inner) => format!("a string or {}", said(*inner)),
        Takes::BoolOr(inner) => format!("true, false or {}", said(*inner)),
        Takes::ListOr((_, inner)) => format!("a list or {}", said(*inner)),
        Takes::WordOr((words, inner)) => format!("{} or {}", listed(words), said(*inner)),
    }
}

pub(super) fn listed_from(names: impl Iterator<Item = &'static str>) -> String {
    listed(&names.collect::<Vec<_>>())
}

/// `a`, `b` or `c`; a long list is cut.
pub(super) fn listed(names: &[&str]) -> String {
    const MOST: usize = 10;
    let count = names.len();
    let mut text = String::new();
    for (number, name) in names.iter().take(MOST).enumerate() {
        if number > 0 {
            text.push_str(if number + 1 == count { " or " } else { ", " });
        }
        text.push('`');
        text.push_str(name);
        text.push('`');
    }
    if count > MOST {
        text.push_str(" or another of ");
        text.push_str(&count.to_string());
    }
    text
}
