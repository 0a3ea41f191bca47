//! What platforms and routers put around a model's id.

/// An id without its decoration, and what the decoration was.
///
/// The first-party API takes no decoration at all: there `anthropic.` or `@` is a certain mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoration<'i> {
    /// The id without decoration.
    pub(crate) name: &'i str,
    /// Up to the last `/` of `arn:aws:bedrock:…/`.
    pub(crate) bedrock_arn: Option<&'i str>,
    /// `us.`, `eu.`, `apac.`, `jp.`, `au.`, `us-gov.`, `global.`
    pub(crate) bedrock_geo: Option<&'i str>,
    /// `anthropic.`
    pub(crate) bedrock_vendor: Option<&'i str>,
    /// `anthropic/`, `vertex_ai/`, `bedrock/converse/`, `databricks-`: a router's path.
    pub(crate) router_path: Option<&'i str>,
    /// `@20250929`, `@default`, `@latest`
    pub(crate) vertex_version: Option<&'i str>,
    /// `-v1`, `-v1:0`, `-v1:0:200k`
    pub(crate) bedrock_version: Option<&'i str>,
    /// `[1m]`, which only Claude Code takes.
    pub(crate) long_context: Option<&'i str>,
    /// `:beta`, `:thinking` and their like.
    pub(crate) router_variant: Option<&'i str>,
}

const GEOS: &[&str] = &["us.", "eu.", "apac.", "jp.", "au.", "us-gov.", "global."];
const VARIANTS: &[&str] = &[":beta", ":thinking", ":free", ":nitro", ":floor", ":extended", ":online", ":exacto"];
const PROFILES: &[&str] = &["foundation-model/", "inference-profile/", "application-inference-profile/"];

impl Decoration<'_> {
    /// Whether anything was taken off.
    pub(crate) const fn any(&self) -> bool {
        self.bedrock() || self.vertex_version.is_some() || self.router() || self.long_context.is_some()
    }

    /// Whether the id is written as Bedrock wants it.
    pub(crate) const fn bedrock(&self) -> bool {
        self.bedrock_arn.is_some()
            || self.bedrock_geo.is_some()
            || self.bedrock_vendor.is_some()
            || self.bedrock_version.is_some()
    }

    /// Whether the id is written as routers want it.
    pub(crate) const fn router(&self) -> bool {
        self.router_path.is_some() || self.router_variant.is_some()
    }
}

/// Takes the decoration off, in one fixed order.
pub(crate) fn decoration(id: &str) -> Decoration<'_> {
    let mut found = Decoration { name: id, ..Decoration::default() };
    if is_bare(id) {
        return found;
    }
    bedrock_prefixes(&mut found);
    found.router_path = found.cut_start(router_path);
    if found.router_path.is_some() {
        // `bedrock/us.anthropic.…`: the router passes on what Bedrock wants.
        bedrock_prefixes(&mut found);
    }
    found.vertex_version = found.cut_end(vertex_version);
    found.bedrock_version = found.cut_end(bedrock_version);
    found.long_context = found.cut_end(|id| id.ends_with("[1m]").then_some(4));
    found.router_variant = found.cut_end(|id| VARIANTS.iter().find(|variant| id.ends_with(**variant)).map(|end| end.len()));
    found
}

/// Whether an id has none of what decoration is told by, as most have.
fn is_bare(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    id.starts_with("claude-") && id.bytes().all(plain) && !id.contains("-v")
}

fn bedrock_prefixes(found: &mut Decoration<'_>) {
    let begins =
        |words: &'static [&'static str]| move |id: &str| words.iter().find(|word| id.starts_with(**word)).map(|word| word.len());
    let arn = found.cut_start(bedrock_arn);
    let geo = found.cut_start(begins(GEOS));
    let vendor = found.cut_start(begins(&["anthropic."]));
    found.bedrock_arn = found.bedrock_arn.or(arn);
    found.bedrock_geo = found.bedrock_geo.or(geo);
    found.bedrock_vendor = found.bedrock_vendor.or(vendor);
}

impl<'i> Decoration<'i> {
    fn cut_start(&mut self, length: impl Fn(&str) -> Option<usize>) -> Option<&'i str> {
        let (cut, name) = self.name.split_at_checked(length(self.name)?)?;
        self.name = name;
        Some(cut)
    }

    fn cut_end(&mut self, length: impl Fn(&str) -> Option<usize>) -> Option<&'i str> {
        let at = self.name.len().checked_sub(length(self.name)?)?;
        let (name, cut) = self.name.split_at_checked(at)?;
        self.name = name;
        Some(cut)
    }
}

/// `arn:aws[…]:bedrock:<region>:<account>:<kind>/`
fn bedrock_arn(id: &str) -> Option<usize> {
    if !id.starts_with("arn:aws") {
        return None;
    }
    let mut parts = id.splitn(6, ':');
    let bedrock = parts.by_ref().nth(2).is_some_and(|service| service == "bedrock");
    let resource = parts.nth(2).filter(|_| bedrock)?;
    let profile = PROFILES.iter().find(|profile| resource.starts_with(**profile))?;
    Some(id.len() - resource.len() + profile.len())
}

/// As many `name/` as there are; names of lower-case letters, digits, `_`, `.`, `-`. Databricks has no slash.
fn router_path(id: &str) -> Option<usize> {
    const DATABRICKS: &str = "databricks-";
    let mut length = 0;
    for part in id.split_inclusive('/') {
        let name = part.strip_suffix('/').unwrap_or_default();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-');
        if name.is_empty() || !name.bytes().all(plain) {
            break;
        }
        length += part.len();
    }
    let rest = id.get(length..).and_then(|rest| rest.strip_prefix(DATABRICKS));
    if rest.is_some_and(|rest| rest.starts_with("claude-")) {
        length += DATABRICKS.len();
    }
    (length > 0).then_some(length)
}

fn vertex_version(id: &str) -> Option<usize> {
    let (_, version) = id.rsplit_once('@')?;
    let date = version.len() == 8 && version.bytes().all(|byte| byte.is_ascii_digit());
    (date || version == "default" || version == "latest").then_some(version.len() + 1)
}

/// `-v1`, `-v1:0`, `-v1:0:200k` behind a digit.
fn bedrock_version(id: &str) -> Option<usize> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (before, version) = id.rsplit_once("-v")?;
    let mut parts = version.split(':');
    let major = parts.next().is_some_and(digits);
    let (second, third, more) = (parts.next(), parts.next(), parts.next());
    let window = |part: &str| part.strip_suffix('k').is_some_and(digits);
    let rest = match (second, third) {
        (None, _) => true,
        (Some(part), None) => digits(part) || window(part),
        (Some(part), Some(last)) => digits(part) && window(last),
    };
    (major && rest && more.is_none() && before.ends_with(|end: char| end.is_ascii_digit())).then_some(version.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_decoration_is_taken_off_and_told() {
        let none = Decoration::default();
        let sonnet = "claude-sonnet-4-5";
        for (id, expected) in [
            (sonnet, Decoration { name: sonnet, ..none }),
            ("eu.claude-sonnet-4-5", Decoration { name: sonnet, bedrock_geo: Some("eu."), ..none }),
            ("anthropic.claude-sonnet-4-5", Decoration { name: sonnet, bedrock_vendor: Some("anthropic."), ..none }),
            (
                "arn:aws-us-gov:bedrock:us-gov-west-1:1:foundation-model/us-gov.anthropic.claude-sonnet-4-5-v1:0:200k",
                Decoration {
                    name: sonnet,
                    bedrock_arn: Some("arn:aws-us-gov:bedrock:us-gov-west-1:1:foundation-model/"),
                    bedrock_geo: Some("us-gov."),
                    bedrock_vendor: Some("anthropic."),
                    bedrock_version: Some("-v1:0:200k"),
                    ..none
                },
            ),
            (
                "openrouter/anthropic/claude-sonnet-4-5",
                Decoration { name: sonnet, router_path: Some("openrouter/anthropic/"), ..none },
            ),
            (
                "bedrock/us.anthropic.claude-sonnet-4-5-v1:0",
                Decoration {
                    name: sonnet,
                    router_path: Some("bedrock/"),
                    bedrock_geo: Some("us."),
                    bedrock_vendor: Some("anthropic."),
                    bedrock_version: Some("-v1:0"),
                    ..none
                },
            ),
            ("claude-sonnet-4-5@20250929", Decoration { name: sonnet, vertex_version: Some("@20250929"), ..none }),
            ("claude-sonnet-4-5@latest", Decoration { name: sonnet, vertex_version: Some("@latest"), ..none }),
            ("claude-sonnet-4-5-v2", Decoration { name: sonnet, bedrock_version: Some("-v2"), ..none }),
            ("claude-sonnet-4-5[1m]", Decoration { name: sonnet, long_context: Some("[1m]"), ..none }),
            (
                "anthropic/claude-sonnet-4-5:thinking",
                Decoration { name: sonnet, router_path: Some("anthropic/"), router_variant: Some(":thinking"), ..none },
            ),
        ] {
            let found = decoration(id);
            assert_eq!(found, expected, "{id}");
            assert_eq!(found.any(), id != sonnet, "{id}");
        }
    }

    #[test]
    fn what_only_looks_like_decoration_stays() {
        for id in [
            "",
            "claude-sonnet-4-5@2025",
            "claude-instant-v1",
            "claude-v2:1",
            "arn:aws:s3:::bucket/claude",
            "arn:aws:bedrock:us-east-1:1:provisioned-model/x",
            "Team/claude",
            "claude-sonnet-4-5:turbo",
            "claude-sonnet-4-5-v",
            "claude-sonnet-4-5-v1:k",
            "claude-sonnet-4-5-v1:0:0:0k",
            "/claude",
        ] {
            assert_eq!(decoration(id), Decoration { name: id, ..Decoration::default() }, "{id}");
        }
    }
}
