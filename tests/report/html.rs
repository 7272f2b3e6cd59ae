//! The page as text: self-contained, tied together, and deaf to what the account says. `tests/browser.rs` opens it.

use std::collections::BTreeSet;

use base64::Engine as _;
use regex::Regex;
use sha2::{Digest, Sha256};
use tieout::report::Report;
use tieout::report::html::templates::Templates;
use tieout::report::html::write;

use crate::sample;

pub(crate) fn page(report: &Report) -> String {
    let mut out = Vec::new();
    write(report, &Templates::embedded().unwrap(), &mut out)
        .unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).unwrap()
}

pub(crate) fn found<'p>(pattern: &str, page: &'p str) -> Vec<&'p str> {
    Regex::new(pattern)
        .unwrap()
        .captures_iter(page)
        .map(|found| found.get(1).unwrap().as_str())
        .collect()
}

/// What is between the only two tags of that name.
fn inside<'p>(tag: &str, page: &'p str) -> &'p str {
    let (_, after) = page.split_once(&format!("<{tag}>")).unwrap();
    let (inside, rest) = after.split_once(&format!("</{tag}>")).unwrap();
    assert!(!rest.contains(&format!("<{tag}")), "a second <{tag}>");
    inside
}

#[test]
fn the_policy_lets_through_our_style_and_script_and_nothing_else() {
    lets_through_its_own(&page(&sample::small()));
}

/// That the policy of the page names the digests of its one style sheet and its one script.
pub(crate) fn lets_through_its_own(page: &str) {
    let policy = found("Content-Security-Policy\" content=\"([^\"]*)\"", page)[0]
        .replace("&#x27;", "'")
        .replace("&#x3D;", "=");
    let digest = |text: &str| {
        base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
    };
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            digest(inside("style", page)),
            digest(inside("script", page)),
        )
    );
}

#[test]
fn nothing_is_loaded_and_no_attribute_runs_or_styles() {
    let page = page(&sample::company::report(2));
    let without = page
        .replace(inside("script", &page), "")
        .replace(inside("style", &page), "");
    for pattern in [
        r"<(link|img|iframe|object|embed|base|audio|video|source|use)\b",
        r"<[^>]*\s(src|srcset|action|data|background|ping|style|on[a-z]+)=",
    ] {
        assert_eq!(found(pattern, &without), [""; 0], "{pattern}");
    }
    for link in found("href=\"([^\"]*)\"", &without) {
        assert!(
            link.starts_with('#') || link.starts_with("https://"),
            "{link}"
        );
    }
    for load in ["url(", "@import", "@font-face"] {
        assert!(!inside("style", &page).contains(load), "{load}");
    }
    for reach in ["fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval("] {
        assert!(!inside("script", &page).contains(reach), "{reach}");
    }
}

#[test]
fn hostile_names_are_text_isolated_and_whole() {
    let page = page(&sample::small());
    let name = "&lt;script&gt;document.title&#x3D;&#x27;owned&#x27;&lt;/script&gt;&quot;&#x27;&#x60;&amp;\\n\\u{1b}[31m\\u{202e}evil";
    assert!(page.contains(&format!(
        "<bdi class=\"name clip\">{name}{}&lt;img",
        "x".repeat(10_000)
    )));
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
    assert!(page.contains("Replaced in December &lt;b&gt;"));
}

#[test]
fn places_are_unique_and_links_lead_somewhere() {
    for report in [sample::small(), sample::company::report(2)] {
        let page = page(&report);
        let ids = found(r#"\sid="([^"]*)""#, &page);
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for link in found("href=\"#([^\"]*)\"", &page) {
            let filter = link.contains('=') || link.contains("&#x3D;");
            assert!(filter || unique.contains(link), "#{link}");
        }
        for label in found("aria-labelledby=\"([^\"]*)\"", &page) {
            assert!(unique.contains(label), "{label}");
        }
    }
}

#[test]
fn every_criterion_check_and_verdict_has_its_place() {
    let report = sample::company::report(2);
    let page = page(&report);
    for criterion in &report.criteria {
        let again = if criterion.repeated { "-again" } else { "" };
        assert!(
            page.contains(&format!(
                "id=\"criterion-{}{again}\"",
                criterion.id.replace(':', "-")
            )),
            "{}",
            criterion.id
        );
        assert!(page.contains(&format!("<span class=\"code\">{}</span>", criterion.code)));
    }
    for check in &report.checks {
        assert!(
            page.contains(&format!("id=\"check-{}\"", check.id)),
            "{}",
            check.id
        );
    }
    for verdict in &report.verdicts {
        assert!(
            page.contains(&format!("id=\"verdict-{}\"", verdict.id)),
            "{}",
            verdict.id
        );
    }
}

#[test]
fn every_call_behind_a_verdict_or_a_list_is_in_the_register_once() {
    let report = sample::company::report(2);
    let page = page(&report);
    let read = report.verdicts.iter().flat_map(|verdict| &verdict.evidence);
    let listed = report.populations.iter().flat_map(|found| &found.calls);
    let calls: BTreeSet<_> = read
        .filter_map(|evidence| evidence.call.as_ref())
        .chain(listed)
        .collect();
    assert_eq!(found("<tr id=\"call-([0-9]+)\"", &page).len(), calls.len());
    for call in calls {
        assert!(page.contains(&call.sha256));
        assert!(call.request_id.as_ref().is_none_or(|id| page.contains(id)));
    }
}

#[test]
fn a_denied_call_names_its_remedy_and_the_policy_to_paste() {
    let page = page(&sample::small());
    assert!(page.contains("Grant s3:GetPublicAccessBlock to the scanning role."));
    let policy =
        found(r#"(?s)<pre id="grant" tabindex="0">(.*?)</pre>"#, &page)[0].replace("&quot;", "\"");
    let policy: serde_json::Value = serde_json::from_str(&policy).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    assert_eq!(
        policy["Statement"][0]["Action"],
        serde_json::json!(["ec2:DescribeInstances", "s3:GetPublicAccessBlock"])
    );
}

/// Those are an auditor's words. The notice that says so is the one place that may come near them.
#[test]
fn it_expresses_no_opinion() {
    let page = page(&sample::small()).to_lowercase();
    for word in ["compliant", "compliance", "certified", "effective", "score"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("expresses no opinion"));
}
