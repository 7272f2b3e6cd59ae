//! Bundles as runs would have left them, made of what their verdicts say.
//!
//! Nothing here uses what it tests: names and forms are written out, so that a bundle of today is read as one of last
//! year would be.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) const ACCOUNT: &str = "111122223333";

/// A run to be made.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// When it started: `2026-01-01T02:00:00Z`.
    pub(crate) started: String,
    pub(crate) account: &'static str,
    pub(crate) tool: &'static str,
    pub(crate) role: &'static str,
    pub(crate) regions: Vec<&'static str>,
    pub(crate) partial: bool,
    pub(crate) rules: Vec<Rule>,
    pub(crate) rows: Vec<Row>,
    /// Name and text of each response that it keeps.
    pub(crate) responses: Vec<(&'static str, &'static str)>,
    /// Criterion and result.
    pub(crate) results: Vec<(&'static str, &'static str)>,
}

/// A rule of it.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) severity: &'static str,
    /// What its text says beside.
    pub(crate) more: String,
    /// Parameters set for it.
    pub(crate) params: BTreeMap<String, Value>,
}

/// A verdict of it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) check: String,
    pub(crate) kind: String,
    /// Name of the resource; none for a population that could not be listed.
    pub(crate) name: Option<String>,
    pub(crate) region: &'static str,
    pub(crate) outcome: &'static str,
    /// The value of the one fact the rule reads.
    pub(crate) fact: String,
    /// The call that told it, `service:Operation`.
    pub(crate) call: &'static str,
    pub(crate) waiver: Option<&'static str>,
}

impl Run {
    /// A run on that day, at two in the morning, that judges nothing yet.
    pub(crate) fn on(day: &str) -> Self {
        Self {
            started: format!("{day}T02:00:00Z"),
            account: ACCOUNT,
            tool: "0.1.0",
            role: "auditor",
            regions: vec!["eu-west-1", "us-east-1"],
            partial: false,
            rules: Vec::new(),
            rows: Vec::new(),
            responses: Vec::new(),
            results: Vec::new(),
        }
    }

    /// Its id.
    pub(crate) fn id(&self) -> String {
        format!("run-{}", self.started.replace(':', "-"))
    }

    /// Writes its bundle into a folder below `top`, named after it.
    pub(crate) fn write(&self, top: &Path) -> PathBuf {
        let folder = top.join(self.id());
        fs::create_dir_all(&folder).unwrap();
        let mut verdicts = String::new();
        for row in &self.rows {
            row.write(self, &mut verdicts);
        }
        let rules: String = self
            .rules
            .iter()
            .map(|rule| format!("{}\n", rule.line()))
            .collect();
        let results: String = self
            .results
            .iter()
            .map(|(criterion, result)| {
                format!("{}\n", json!({ "criterion": criterion, "result": result }))
            })
            .collect();
        let stated: String = self
            .responses
            .iter()
            .map(|(name, text)| {
                let file = format!("responses/{name}.toml");
                format!(
                    "{}\n",
                    json!({ "kind": "responses", "file": file, "text": text })
                )
            })
            .collect();
        let mut files = BTreeMap::new();
        let named = [
            ("verdicts.ndjson.zst", &verdicts),
            ("rules.ndjson.zst", &rules),
            ("results.ndjson.zst", &results),
            ("governance.ndjson.zst", &stated),
        ];
        for (name, text) in named {
            let packed = zstd::encode_all(text.as_bytes(), 1).unwrap();
            fs::write(folder.join(name), &packed).unwrap();
            files.insert(
                name,
                json!({ "bytes": packed.len(), "sha256": sha256(&packed) }),
            );
        }
        let digests: BTreeMap<&str, String> = self
            .rules
            .iter()
            .map(|rule| (rule.id.as_str(), sha256(rule.text().as_bytes())))
            .collect();
        let parameters: BTreeMap<&str, &BTreeMap<String, Value>> = self
            .rules
            .iter()
            .filter(|rule| !rule.params.is_empty())
            .map(|rule| (rule.id.as_str(), &rule.params))
            .collect();
        let caller = format!(
            "arn:aws:sts::{}:assumed-role/{}/{}",
            self.account,
            self.role,
            self.id()
        );
        let manifest = json!({
            "schema": "tieout-bundle/1",
            "run": {
                "id": self.id(), "tool": self.tool, "started": self.started,
                "finished": self.started.replace("T02:00:", "T02:07:"),
                "callers": [{ "account": self.account, "arn": caller, "alias": "acme", "partition": "aws" }],
                "scope": {
                    "regions_asked": [], "regions": self.regions, "regions_disabled": [], "only": [], "skip": []
                },
                "partial": self.partial,
            },
            "plan": [],
            "rules": digests,
            "parameters": parameters,
            "files": files,
        });
        fs::write(folder.join("manifest.json"), format!("{manifest:#}\n")).unwrap();
        folder
    }
}

impl Rule {
    pub(crate) fn new(id: &str, kind: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: kind.to_owned(),
            severity: "high",
            more: String::new(),
            params: BTreeMap::new(),
        }
    }

    fn text(&self) -> String {
        format!(
            "title = \"{} holds\"\nseverity = \"{}\"\nresource = \"{}\"\ncriteria = [\"tsc2017:CC6.1\"]\nrequire = 'x.ok'\n{}\n",
            self.id, self.severity, self.kind, self.more
        )
    }

    fn line(&self) -> Value {
        json!({ "id": self.id, "file": format!("checks/{}.toml", self.id), "text": self.text() })
    }
}

impl Row {
    /// A verdict on a resource in `eu-west-1`, from one fact that a listing told.
    pub(crate) fn new(check: &str, kind: &str, name: &str, outcome: &'static str) -> Self {
        Self {
            check: check.to_owned(),
            kind: kind.to_owned(),
            name: Some(name.to_owned()),
            region: "eu-west-1",
            outcome,
            fact: outcome.to_owned(),
            call: "s3:ListBuckets",
            waiver: None,
        }
    }

    /// Members of a population in `eu-west-1` that could not be listed.
    pub(crate) fn unlisted(check: &str, kind: &str) -> Self {
        Self {
            name: None,
            outcome: "unknown",
            ..Self::new(check, kind, "", "unknown")
        }
    }

    /// Its resource's ARN.
    pub(crate) fn arn(&self, account: &str) -> Option<String> {
        let name = self.name.as_ref()?;
        Some(format!(
            "arn:aws:{}:{}:{account}:{name}",
            self.kind, self.region
        ))
    }

    /// Its id: the same in every run.
    pub(crate) fn id(&self, account: &str) -> String {
        let about = self
            .arn(account)
            .unwrap_or_else(|| format!("{} ", self.call));
        let mut digest = Sha256::new();
        for part in [
            self.check.as_str(),
            &self.kind,
            account,
            self.region,
            &about,
        ] {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        digest
            .finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn write(&self, run: &Run, out: &mut String) {
        let (account, region) = (run.account, self.region);
        let (service, operation) = self.call.split_once(':').unwrap();
        let resource = self
            .arn(account)
            .map_or("null".to_owned(), |arn| format!("\"{arn}\""));
        let gap = format!(
            r#""gap":{{"service":"{service}","operation":"{operation}","account":"{account}","region":"{region}","reason":"denied","code":"AccessDenied","message":"no","action":"{service}:{operation}","request_id":"{started}"}},"call":null"#,
            started = run.started,
        );
        let told = format!(
            r#""value":"{fact}","call":{{"service":"{service}","operation":"{operation}","account":"{account}","region":"{region}","request_id":"{started}","at":"{started}","sha256":"5b284967f85750ba28ca636f70fe6382ecdcf1fe9a92e363c2c47cb0e1e2e1da"}}"#,
            fact = self.fact,
            started = run.started,
        );
        let waiver = self.waiver.map_or(String::new(), |id| {
            format!(
                r#","waiver":{{"id":"{id}","owner":"Ada Park","approver":"Ben Ortiz","reason":"moving","expires":"2026-12-31"}}"#
            )
        });
        writeln!(
            out,
            r#"{{"id":"{id}","check":"{check}","outcome":"{outcome}","severity":"high","kind":"{kind}","resource":{resource},"name":"{name}","account":"{account}","region":"{region}","evidence":[{{"path":"{kind}.ok",{read}}}]{waiver}}}"#,
            id = self.id(account),
            check = self.check,
            outcome = self.outcome,
            kind = self.kind,
            name = self.name.as_deref().unwrap_or(""),
            read = if self.outcome == "unknown" { &gap } else { &told },
        )
        .unwrap();
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What the binary said, and how it ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the binary, away from the machine's own AWS configuration.
pub(crate) fn tieout<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    for (name, _) in std::env::vars_os() {
        let upper = name.to_string_lossy().to_uppercase();
        if upper.starts_with("AWS_") || upper.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    let output = command
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .expect("the binary runs");
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
