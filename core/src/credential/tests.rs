use alloc::vec::Vec;
use proptest::prelude::*;

use super::*;

const ANTHROPIC: &str = "https://api.anthropic.com";

fn api_key() -> String {
    format!("sk-ant-api03-{}AA", "Ab1_Cd2-Ef3".repeat(9).get(..93).unwrap())
}

/// `cause` for an error, `cause?` for a warning.
fn causes(key: &str, base_url: Option<&str>, header: Option<&str>) -> Vec<String> {
    let found = check_key(key, &KeyContext { base_url, header });
    let mark = |severity| if severity == Severity::Error { "" } else { "?" };
    found.findings.iter().map(|finding| format!("{}{}", finding.cause, mark(finding.severity))).collect()
}

#[test]
fn a_sound_key_has_no_finding() {
    let key = api_key();
    assert_eq!(key.len(), 108);
    for base_url in [None, Some(ANTHROPIC), Some("https://api.anthropic.com/"), Some("https://API.anthropic.com:443")] {
        for header in [None, Some("x-api-key"), Some("X-Api-Key"), Some("Authorization"), Some("authorization: Bearer")] {
            assert_eq!(causes(&key, base_url, header), [""; 0], "{base_url:?} {header:?}");
        }
    }
    let token = format!("sk-ant-oat01-{}", "x1Y".repeat(30));
    assert_eq!(causes(&token, None, Some("Authorization")), [""; 0]);
}

#[test]
fn what_is_pasted_along_is_told() {
    let key = api_key();
    for (pasted, expected) in [
        (format!("{key}\n"), &["key-has-whitespace"][..]),
        (format!(" {key}"), &["key-has-whitespace"]),
        (format!("\u{feff}{key}"), &["key-has-whitespace"]),
        (format!("{key}\\n"), &["key-has-whitespace"]),
        (format!("\"{key}\""), &["key-has-quotes"]),
        (format!("'{key}"), &["key-has-quotes"]),
        (format!("\u{201c}{key}\u{201d}"), &["key-has-quotes"]),
        (format!("\"{key}\","), &["key-has-quotes"]),
        (format!("Bearer {key}"), &["key-has-bearer-prefix"]),
        (format!("bearer\t{key}"), &["key-has-bearer-prefix"]),
        (format!("ANTHROPIC_API_KEY={key}"), &["key-has-variable-name"]),
        (format!("export ANTHROPIC_API_KEY=\"{key}\"\n"), &["key-has-whitespace", "key-has-variable-name", "key-has-quotes"]),
        (format!("x-api-key: {key}"), &["key-has-variable-name"]),
        (format!("\"x-api-key\": \"{key}\""), &["key-has-quotes", "key-has-variable-name"]),
        (format!("Authorization: Bearer {key}"), &["key-has-variable-name", "key-has-bearer-prefix"]),
        (String::new(), &["key-empty"]),
        ("\n".into(), &["key-empty"]),
        ("\"\"".into(), &["key-has-quotes", "key-empty"]),
        ("Bearer".into(), &["key-has-bearer-prefix", "key-empty"]),
        ("ANTHROPIC_API_KEY=".into(), &["key-has-variable-name", "key-empty"]),
    ] {
        assert_eq!(causes(&pasted, None, None), expected, "{pasted:?}");
    }
}

#[test]
fn what_is_wrong_inside_is_told() {
    let key = api_key();
    let with = |inside: &str| format!("{}{inside}{}", &key[..50], &key[50..]);
    for (broken, expected) in [
        (with("\n"), &["key-has-whitespace"][..]),
        (with("\r\n"), &["key-has-whitespace"]),
        (with(" "), &["key-has-whitespace"]),
        (with("\t"), &["key-has-whitespace"]),
        (with("\0"), &["key-not-ascii"]),
        (with("\u{2014}"), &["key-not-ascii"]),
        (with("\u{200b}"), &["key-not-ascii"]),
        (with(","), &["key-not-ascii?"]),
        (key[..107].into(), &["key-truncated?"]),
        ("sk-ant-api03-".into(), &["key-truncated?"]),
        (format!("{key}A"), &["key-too-long?"]),
        (format!("{key}{key}"), &["key-too-long"]),
        (format!("{}...", &key[..20]), &["key-masked"]),
        (format!("{}\u{2026}AA", &key[..20]), &["key-masked"]),
        ("sk-ant-api03-*****".into(), &["key-masked"]),
    ] {
        assert_eq!(causes(&broken, None, None), expected, "{broken:?}");
    }
    let cut = check_key(&key[..54], &KeyContext::default());
    assert_eq!(cut.findings[0].message, "the key has 54 characters; keys that begin with `sk-ant-api03-` have 108");
}

#[test]
fn what_stands_in_a_keys_place_is_told() {
    for (cause, texts) in [
        (
            "key-unexpanded-variable",
            &[
                "$ANTHROPIC_API_KEY",
                "${ANTHROPIC_API_KEY}",
                "%ANTHROPIC_API_KEY%",
                "{{ anthropic_api_key }}",
                "{ANTHROPIC_API_KEY}",
                "$env:ANTHROPIC_API_KEY",
                "ANTHROPIC_API_KEY",
                "process.env.ANTHROPIC_API_KEY",
                "os.environ['ANTHROPIC_API_KEY",
                "op://vault/item/key",
                "${{ secrets.KEY }}",
                "$(cat key.txt)",
                "env:ANTHROPIC_API_KEY",
                "os.environ/ANTHROPIC_API_KEY",
            ][..],
        ),
        (
            "key-placeholder",
            &[
                "your-api-key",
                "YOUR_API_KEY",
                "your_anthropic_key_here",
                "sk-ant-xxx",
                "sk-ant-api03-xxxxxxxxxxxx",
                "sk-ant-your-key-here",
                "<key>",
                "<YOUR KEY>",
                "changeme",
                "REDACTED",
                "[REDACTED]",
                "my-api-key",
                "xxx",
                "sk-xxxxxxxx",
                "dummy",
                "test",
                "sk-ant-test",
                "sk-ant-api03-your-key",
                "insert-key-here",
                "0000000000",
                "api-key",
                "placeholder",
            ],
        ),
        ("key-masked", &["****", "\u{2022}\u{2022}\u{2022}", "sk-ant-...", "sk-ant-api03-...ab12"]),
        ("key-is-null-text", &["None", "null", "undefined", "[object Object]"]),
        ("key-is-identifier", &["req_011CSHoEeqs5C35K2UUqR7Fy", "wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ"]),
        (
            "key-is-not-a-key",
            &[
                "https://api.anthropic.com",
                "/run/secrets/anthropic",
                "~/.anthropic/key",
                "{\"type\": \"service_account\"}",
                "-----BEGIN PRIVATE KEY-----",
                "claude-opus-5",
            ],
        ),
    ] {
        for text in texts {
            assert_eq!(causes(text, Some(ANTHROPIC), None), [cause], "{text}");
        }
    }
}

#[test]
fn tokens_and_keys_for_other_uses_are_told() {
    let tail = "x1Y".repeat(30);
    for (prefix, header, expected) in [
        ("sk-ant-admin01-", "x-api-key", "key-is-admin-key"),
        ("sk-ant-api01-", "x-api-key", "key-is-compliance-key"),
        ("sk-ant-ort01-", "Authorization", "key-is-refresh-token"),
        ("sk-ant-sid01-", "Authorization", "key-is-session-token"),
        ("sk-ant-oat01-", "x-api-key", "key-is-oauth-token"),
    ] {
        let found = causes(&format!("{prefix}{tail}"), Some(ANTHROPIC), Some(header));
        assert_eq!(found.first().map(String::as_str), Some(expected), "{prefix}");
    }
    assert_eq!(causes(&format!("sk-ant-oat01-{tail}"), None, None), ["key-is-oauth-token?"]);
    assert_eq!(causes(&api_key(), Some(ANTHROPIC), Some("api-key")), ["key-in-wrong-header"]);
    assert_eq!(causes(&api_key(), None, Some("api-key")), ["key-in-wrong-header?"]);
}

#[test]
fn keys_of_others_are_told_by_their_beginnings() {
    let tail = "x1Y".repeat(20);
    for key in [
        format!("sk-{tail}"),
        format!("sk-proj-{tail}"),
        format!("sk-or-v1-{tail}"),
        "AKIAIOSFODNN7EXAMPLF".into(),
        format!("ya29.{tail}"),
        format!("AIza{tail}"),
        format!("gsk_{tail}"),
        format!("hf_{tail}"),
        format!("xai-{tail}"),
        format!("ghp_{tail}"),
        "0123456789abcdef0123456789abcdef".into(),
        format!("{}JQQJ99{}", "Ab1".repeat(17), "Cd2".repeat(9)),
    ] {
        for base_url in [None, Some(ANTHROPIC)] {
            let found = causes(&key, base_url, None);
            assert_eq!(found.first().map(String::as_str), Some("key-of-other-vendor?"), "{key} {found:?}");
        }
        // A gateway's keys look as it likes.
        assert!(!causes(&key, Some("http://localhost:4000"), None).contains(&"key-of-other-vendor?".into()), "{key}");
    }
    assert_eq!(causes("my horse battery", None, None), ["key-has-whitespace", "invalid-api-key?"]);
    assert_eq!(causes("q9w8e7r6t5", Some("https://gateway.example.com"), None), [""; 0]);
}

#[test]
fn keys_and_hosts_must_belong_together() {
    let anthropic = api_key();
    for (key, base_url, expected) in [
        (&*anthropic, "https://api.openai.com", &["key-for-other-base-url"][..]),
        (&anthropic, "https://openrouter.ai/api", &["key-for-other-base-url"]),
        (&anthropic, "https://bedrock-runtime.us-east-1.amazonaws.com", &["key-for-other-base-url"]),
        (&anthropic, "https://us-east5-aiplatform.googleapis.com", &["key-for-other-base-url"]),
        (&anthropic, "https://team.services.ai.azure.com/anthropic", &["key-for-other-base-url"]),
        (&anthropic, "https://gateway.example.com", &["key-for-other-base-url?"]),
        (&anthropic, "https://api.anthropic.com.evil.example", &["key-for-other-base-url?"]),
        (&anthropic, "https://not-api.openai.com", &["key-for-other-base-url?"]),
        (&anthropic, "https://gateway.ai.cloudflare.com/v1/acct/gw/anthropic", &[]),
        (&anthropic, "https://anthropic.helicone.ai", &[]),
        (&anthropic, "https://aws-external-anthropic.us-east-1.api.aws", &[]),
        (&anthropic, "http://localhost:8080", &[]),
        (&anthropic, "http://litellm:4000", &[]),
        (&anthropic, "http://10.0.0.7:4000", &[]),
        (&anthropic, "http://[::1]:4000", &[]),
        ("sk_cdx_a1b2c3d4e5f6", "https://api.anthropic.com", &["key-for-other-base-url"]),
        ("sk_cdx_a1b2c3d4e5f6", "https://gateway.example.com", &[]),
        ("sk-or-v1-a1b2c3d4e5f6", "https://api.openai.com", &["key-of-other-vendor?", "key-truncated?"]),
        ("sk-a1b2c3d4e5f6", "https://api.openai.com", &[]),
        ("sk-a1b2c3d4e5f6", "https://api.deepseek.com/anthropic", &[]),
    ] {
        assert_eq!(causes(key, Some(base_url), None), expected, "{base_url}");
    }
    assert_eq!(causes("sk_cdx_a1b2c3d4e5f6", None, None), ["key-for-other-base-url?"]);
}

#[test]
fn faults_of_the_base_url_are_told() {
    for (base_url, expected) in [
        ("https://api.anthropic.com/v1", "base-url-ends-in-v1?"),
        ("https://api.anthropic.com/v1/", "base-url-ends-in-v1?"),
        ("https://api.anthropic.com/v1/messages", "base-url-has-endpoint-path"),
        ("https://api.anthropic.com/v1/messages?beta=true", "base-url-has-endpoint-path"),
        ("http://api.anthropic.com", "base-url-not-https"),
        ("api.anthropic.com", "base-url-invalid"),
        ("", "base-url-invalid"),
        ("  ", "base-url-invalid"),
        ("https://", "base-url-invalid"),
        ("https://api.anthropic.com\n", "base-url-invalid"),
        ("\"https://api.anthropic.com\"", "base-url-invalid"),
        ("ftp://api.anthropic.com", "base-url-invalid"),
        ("$ANTHROPIC_BASE_URL", "base-url-invalid"),
        ("https://claude.ai", "base-url-invalid"),
        ("https://console.anthropic.com/settings/keys", "base-url-invalid"),
    ] {
        assert_eq!(causes(&api_key(), Some(base_url), None), [expected], "{base_url}");
    }
    assert_eq!(causes(&api_key(), Some(&api_key()), None), ["base-url-invalid"]);
    assert_eq!(
        causes(&api_key(), Some("http://proxy.example.com/v1"), None),
        ["base-url-not-https?", "base-url-ends-in-v1?", "key-for-other-base-url?"]
    );
}

#[test]
fn a_context_shows_nothing_it_holds() {
    let key = api_key();
    let context = KeyContext { base_url: Some(&key), header: Some(&key) };
    assert_eq!(format!("{context:?}"), "KeyContext { base_url: set, header: set }");
}

/// A key's public beginning, and a tail as random as a key's.
fn secret() -> impl Strategy<Value = (&'static str, String)> {
    let prefixes: Vec<&'static str> = Form::prefixes().chain([""]).collect();
    (proptest::sample::select(prefixes), "[A-Za-z0-9_-]{12,110}")
}

/// Ways in which people paste keys.
const PASTED: &[&str] = &[
    "{}",
    " {}\n",
    "\"{}\"",
    "Bearer {}",
    "ANTHROPIC_API_KEY={}",
    "x-api-key: {}",
    "{}{}",
    "{}...",
    "${{}}",
    "https://{}@api.anthropic.com",
    "https://{}.example.com/v1",
    "https://gateway.example.com/{}/v1",
    "{} {}",
    "<{}>",
    "{\"key\": \"{}\"}",
    "/run/{}",
    "{}\u{2014}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_part_of_a_key_gets_out(
        (prefix, tail) in secret(),
        (key, url, header) in (0..PASTED.len(), 0..PASTED.len() + 1, 0..PASTED.len() + 1),
    ) {
        let secret = format!("{prefix}{tail}");
        let pasted = |at: usize| PASTED.get(at).map(|way| way.replace("{}", &secret));
        let (key, url, header) = (pasted(key).unwrap(), pasted(url), pasted(header));
        let context = KeyContext { base_url: url.as_deref().or(Some(ANTHROPIC)), header: header.as_deref() };
        let found = check_key(&key, &context);
        let said = format!("{found:?} {context:?} {} {}", shown(&key), shown(&secret));
        for window in tail.as_bytes().windows(6) {
            let window = core::str::from_utf8(window).unwrap();
            prop_assert!(!said.contains(window), "{} of {} in {}", window, secret, said);
        }
    }

    #[test]
    fn no_text_is_too_strange(key in ".{0,120}", url in proptest::option::of(".{0,60}"), header in proptest::option::of(".{0,20}"), scheme in "(https?://)?") {
        let url = url.map(|url| [&*scheme, &url].concat());
        let context = KeyContext { base_url: url.as_deref(), header: header.as_deref() };
        let found = check_key(&key, &context);
        for (at, finding) in found.findings.iter().enumerate() {
            prop_assert!(!finding.message.is_empty());
            prop_assert!(found.findings.iter().take(at).all(|before| before.cause != finding.cause), "twice: {}", finding.cause);
        }
    }
}
