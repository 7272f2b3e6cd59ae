//! The page in a browser: what the account says does not act, the filter and the links work, and a reader without
//! JavaScript loses nothing.
//!
//! Needs Chromium: a report that nobody has opened in a browser is not tested, so its absence fails.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

mod sample;

#[path = "browser/reach.rs"]
mod reach;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;
use tieout::report::Report;
use tieout::report::html::templates::Templates;
use tieout::report::html::write;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

static BROWSER: LazyLock<&str> = LazyLock::new(|| {
    let answers = |browser: &&str| Command::new(browser).arg("--version").output().is_ok();
    BROWSERS.into_iter().find(answers).unwrap_or_else(|| {
        panic!("no Chromium on the PATH\nhelp: apt-get install chromium (or fonts-dejavu chromium in a container)")
    })
});

struct Page {
    dir: TempDir,
    file: PathBuf,
}

impl Page {
    fn of(report: &Report) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("report.html");
        let mut out = Vec::new();
        write(report, &Templates::embedded().unwrap(), &mut out)
            .unwrap_or_else(|error| panic!("{error}"));
        fs::write(&file, out).unwrap();
        Self { dir, file }
    }

    /// Opens the page at a fragment. A word from the page's console or policy fails.
    fn open(&self, fragment: &str, options: &[&str]) -> Output {
        let output = browse(&self.file, fragment, options);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("CONSOLE"), "the page complains: {said}");
        output
    }

    /// The document after its script has run.
    fn document(&self, fragment: &str) -> String {
        String::from_utf8(self.open(fragment, &["--dump-dom"]).stdout).unwrap()
    }

    /// The document of a reader whose browser refuses every script, ours included.
    fn without_script(&self) -> String {
        let sound = fs::read_to_string(&self.file).unwrap();
        let digest = Regex::new("script-src [^;]*;").unwrap();
        let refused = digest.replace(&sound, "script-src &#x27;none&#x27;;");
        assert_ne!(refused, sound);
        let file = self.dir.path().join("refused.html");
        fs::write(&file, refused.as_bytes()).unwrap();
        let output = browse(&file, "", &["--dump-dom"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.matches("Content Security Policy").count(), 1, "{said}");
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Page {
    /// What a script of the test's own finds out about the page, in a window of that width. The page's policy
    /// would refuse it, and is taken out.
    fn probe(&self, width: usize, fragment: &str, script: &str) -> Value {
        let sound = fs::read_to_string(&self.file).unwrap();
        let policy = Regex::new("<meta http-equiv=\"Content-Security-Policy\"[^>]*>").unwrap();
        let open = policy.replace(&sound, "");
        assert_ne!(open, sound);
        let probe = format!(
            "<pre id=\"probe\" hidden></pre><script>addEventListener(\"load\", () => {{
               const found = (() => {{ {script} }})();
               document.getElementById(\"probe\").textContent = JSON.stringify(found);
             }});</script></body>"
        );
        let file = self.dir.path().join("probed.html");
        fs::write(&file, open.replace("</body>", &probe)).unwrap();
        let window = format!("--window-size={width},900");
        let output = browse(&file, fragment, &[&window, "--dump-dom"]);
        let document = String::from_utf8(output.stdout).unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let (_, found) = document
            .rsplit_once("<pre id=\"probe\" hidden=\"\">")
            .unwrap();
        let found = found.split_once("</pre>").unwrap().0;
        let found = found
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        serde_json::from_str(&found).unwrap_or_else(|error| panic!("{error}: {found} {said}"))
    }
}

/// A browser that reaches no host, with a profile of its own.
fn browse(file: &Path, fragment: &str, options: &[&str]) -> Output {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(*BROWSER)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}{fragment}", file.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    output
}

/// The opening tag of the element with that id.
fn tag<'d>(id: &str, document: &'d str) -> &'d str {
    let pattern = format!(r#"<[a-z0-9]+[^>]*\sid="{}"[^>]*>"#, regex::escape(id));
    Regex::new(&pattern)
        .unwrap()
        .find(document)
        .unwrap_or_else(|| panic!("no #{id}"))
        .as_str()
}

fn is_hidden(id: &str, document: &str) -> bool {
    tag(id, document).contains(" hidden=\"\"")
}

fn is_open(id: &str, document: &str) -> bool {
    tag(id, document).contains(" open=\"\"")
}

fn matches(document: &str) -> &str {
    let (_, after) = document.split_once("id=\"matches\"").unwrap();
    after.split_once('>').unwrap().1.split_once('<').unwrap().0
}

fn verdict_of<'r>(report: &'r Report, name: &str) -> &'r str {
    let verdict = report
        .verdicts
        .iter()
        .find(|verdict| &*verdict.name == name)
        .unwrap();
    &verdict.id
}

#[test]
fn a_hostile_name_is_text_and_runs_nothing() {
    let page = Page::of(&sample::small());
    for document in [page.document(""), page.without_script()] {
        assert!(document.contains("<title>SOC 2 evidence for 111122223333</title>"));
        assert_eq!(document.matches("<script").count(), 1);
        assert!(!document.contains("<img"));
        assert!(document.contains("&lt;script&gt;document.title='owned'&lt;/script&gt;"));
    }
}

#[test]
fn the_policy_stops_a_script_that_slips_through() {
    let page = Page::of(&sample::small());
    let sound = fs::read_to_string(&page.file).unwrap();
    let slipped = sound.replace("<main", "<script>document.title = 'owned'</script><main");
    assert_ne!(slipped, sound);
    fs::write(&page.file, slipped).unwrap();
    let output = browse(&page.file, "", &["--dump-dom"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("<title>SOC 2 evidence"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Content Security Policy"));
}

#[test]
fn the_filter_narrows_by_text_and_by_outcome() {
    let report = sample::small();
    let page = Page::of(&report);
    let all = page.document("");
    assert_eq!(matches(&all), "5 verdicts");
    assert!(!is_hidden("filter", &all) && is_hidden("none-match", &all));

    let found = page.document("#q=ACME-logs");
    assert_eq!(matches(&found), "1 of 5 verdicts");
    assert!(!is_hidden("check-s3.blocks_public_access", &found));
    assert!(!is_hidden(
        &format!("verdict-{}", verdict_of(&report, "acme-logs")),
        &found
    ));
    assert!(is_hidden(
        &format!("verdict-{}", verdict_of(&report, "acme-hr")),
        &found
    ));
    assert!(is_hidden("check-iam.root_has_no_access_key", &found));

    let failing = page.document("#outcome=fail&severity=critical");
    assert_eq!(matches(&failing), "1 of 5 verdicts");
    assert!(is_open("check-iam.root_has_no_access_key", &failing));

    let none = page.document("#q=no-such-thing");
    assert_eq!(matches(&none), "0 of 5 verdicts");
    assert!(!is_hidden("none-match", &none));
}

#[test]
fn a_link_opens_what_it_points_at() {
    let report = sample::small();
    let page = Page::of(&report);
    let closed = page.document("");
    assert!(!is_open("criterion-tsc2017-CC6.1", &closed));
    assert!(!is_open("check-s3.blocks_public_access", &closed));
    assert!(is_open(
        "criterion-tsc2017-CC6.1",
        &page.document("#criterion-tsc2017-CC6.1")
    ));
    let verdict = page.document(&format!("#verdict-{}", verdict_of(&report, "acme-logs")));
    assert!(is_open("check-s3.blocks_public_access", &verdict));
    let register = page.document("#call-1");
    assert!(register.contains("<details class=\"register\" open=\"\">"));
}

#[test]
fn without_a_script_everything_is_there_to_read() {
    let report = sample::small();
    let document = Page::of(&report).without_script();
    assert!(is_hidden("filter", &document) && is_hidden("theme", &document));
    for criterion in &report.criteria {
        assert!(!is_hidden(
            &format!("criterion-{}", criterion.id.replace(':', "-")),
            &document
        ));
    }
    for verdict in &report.verdicts {
        assert!(!is_hidden(&format!("verdict-{}", verdict.id), &document));
    }
    for place in [
        "summary", "criteria", "checks", "unknown", "coverage", "calls", "scope",
    ] {
        assert!(
            document.contains(&format!("<section id=\"{place}\"")),
            "{place}"
        );
    }
}

#[test]
fn the_reader_chooses_the_theme() {
    let page = Page::of(&sample::small());
    let dark = page.document("#theme=dark");
    assert!(dark.contains("<html lang=\"en\" data-theme=\"dark\">"));
    assert!(dark.contains(">Light theme</button>"));
    assert!(page.document("").contains(">Dark theme</button>"));
}

#[test]
fn it_prints() {
    let page = Page::of(&sample::company::report(1));
    let paper = page.dir.path().join("report.pdf");
    page.open("", &[&format!("--print-to-pdf={}", paper.display())]);
    assert!(is_pdf_of_at_least(20, &paper));
}

/// Folded away, the criteria alone would fill two pages.
fn is_pdf_of_at_least(pages: usize, file: &Path) -> bool {
    let bytes = fs::read(file).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    text.starts_with("%PDF") && text.matches("/Type /Page\n").count() >= pages
}
