//! Whether a credential belongs where it goes: its kind, its host, its header.

use super::base_url::Place;
use super::form::{Form, GATEWAY, Role, Vendor};
use super::{Findings, Severity};
use crate::ascii;
use crate::cause::Cause;

/// Tells what does not fit between a key, its host and its header.
pub(super) fn check(form: Option<&'static Form>, place: Place, header: Option<&str>, found: &mut Findings) {
    let Some(form) = form else {
        if matches!(place, Place::Of(Vendor::Anthropic) | Place::Unset) {
            found.warning(Cause::InvalidApiKey, "the key has none of the forms of Anthropic's keys, which begin with `sk-ant-`");
        }
        return;
    };
    if form.vendor == Vendor::Anthropic {
        role(form, found);
        anthropic(form, place, found);
        self::header(form, place, header, found);
    } else {
        foreign(form, place, found);
    }
}

/// What only looks like an API key.
fn role(form: &Form, found: &mut Findings) {
    let prefix = form.prefix;
    let (cause, what) = match form.role {
        Role::AdminKey => (Cause::KeyIsAdminKey, "an admin key, which the Messages API refuses"),
        Role::ComplianceKey => (Cause::KeyIsComplianceKey, "a key for the compliance API"),
        Role::RefreshToken => (Cause::KeyIsRefreshToken, "a refresh token, which must never be sent to the API"),
        Role::SessionToken => (Cause::KeyIsSessionToken, "the token of a web session, not of the API"),
        Role::ApiKey | Role::OauthToken => return,
    };
    found.error(cause, alloc::format!("the key begins with `{prefix}`: it is {what}"));
}

/// An Anthropic key on another host.
fn anthropic(form: &Form, place: Place, found: &mut Findings) {
    let prefix = form.prefix;
    match place {
        Place::Of(Vendor::Anthropic) | Place::Unset | Place::NotJudged => {}
        Place::Of(other) => {
            let host = other.name();
            let message = alloc::format!("a key that begins with `{prefix}` is Anthropic's, and the base URL is of {host}");
            found.error(Cause::KeyForOtherBaseUrl, message);
        }
        Place::Unknown => {
            let message = alloc::format!(
                "a key that begins with `{prefix}` is Anthropic's, and the base URL is not: right only for a gateway that passes keys on"
            );
            found.warning(Cause::KeyForOtherBaseUrl, message);
        }
    }
}

/// Another vendor's key. A warning: whose keys look how may change.
fn foreign(form: &Form, place: Place, found: &mut Findings) {
    let vendor = form.vendor;
    let at_home = match place {
        Place::NotJudged | Place::Unknown => true,
        Place::Of(host) => host == vendor || (vendor == Vendor::OpenAiLike && host == Vendor::OpenAi),
        Place::Unset => false,
    };
    if at_home {
        return;
    }
    let where_to = match place {
        Place::Of(host) => host.name(),
        _ => "Anthropic, since none is set",
    };
    if vendor == Vendor::Other(GATEWAY) {
        let severity = if place == Place::Unset { Severity::Warning } else { Severity::Error };
        let message =
            alloc::format!("a key that begins with `{}` is for its own gateway, and the base URL is of {where_to}", form.prefix);
        found.add(severity, Cause::KeyForOtherBaseUrl, message);
        return;
    }
    let (name, prefix) = (vendor.name(), form.prefix);
    let message = if prefix.is_empty() {
        alloc::format!("the key has the form of keys of {name}, and the base URL is of {where_to}")
    } else {
        alloc::format!("the key begins with `{prefix}`, as keys of {name} do, and the base URL is of {where_to}")
    };
    found.warning(Cause::KeyOfOtherVendor, message);
}

/// The header a key travels in.
fn header(form: &Form, place: Place, header: Option<&str>, found: &mut Findings) {
    let severity = match place {
        Place::Of(Vendor::Anthropic) => Severity::Error,
        Place::Unset => Severity::Warning,
        // Gateways read keys from where they like.
        _ => return,
    };
    let name = header.and_then(|header| header.split(':').next()).map(str::trim).filter(|name| !name.is_empty());
    let is = |expected: &str| name.is_some_and(|name| ascii::same(name, expected));
    let prefix = form.prefix;
    if form.role == Role::OauthToken && !is("authorization") {
        let message =
            alloc::format!("the key begins with `{prefix}`: it is an OAuth token, which only `Authorization: Bearer` takes");
        let certain = is("x-api-key");
        found.add(if certain { Severity::Error } else { Severity::Warning }, Cause::KeyIsOauthToken, message);
    } else if name.is_some() && !is("x-api-key") && !is("authorization") {
        let message = "the key travels in a header that is neither `x-api-key` nor `Authorization`";
        found.add(severity, Cause::KeyInWrongHeader, message.into());
    }
}
