//! `tieout.toml`: what a scan does when the command line does not say. Flags win over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use crate::complaint::table::{Reader, in_order};
use crate::complaint::{Complaint, Complaints, File};
use crate::govern::Settings;
use crate::inputs::{KEYS as INPUTS, Named};

/// Name of the file, looked for in the working directory.
pub const NAME: &str = "tieout.toml";

/// The keys it may have.
const KEYS: [&str; 17] = [
    "profile",
    "role_arn",
    "external_id",
    "regions",
    "only",
    "skip",
    "checks",
    "templates",
    "params",
    "inputs",
    "waivers",
    "attestations",
    "responses",
    "sign_key",
    "timestamp_url",
    "previous",
    "period",
];

/// What the file may say.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// A profile of the shared AWS configuration.
    pub profile: Option<String>,
    /// A role to assume.
    pub role_arn: Option<String>,
    /// The external id its trust policy asks for.
    pub external_id: Option<String>,
    /// Regions to scan; every enabled one, if empty.
    pub regions: Vec<String>,
    /// Check ids, services and criteria to judge; globs.
    pub only: Vec<String>,
    /// The same to leave out.
    pub skip: Vec<String>,
    /// Folders of checks of one's own.
    pub checks: Vec<PathBuf>,
    /// A folder of report templates that override the built-in ones.
    pub templates: Option<PathBuf>,
    /// Parameters of checks: `[params."iam.access_key_rotated"]`, then name and value.
    pub params: BTreeMap<String, BTreeMap<String, toml::Value>>,
    /// Files of the user's own: `[inputs]`, then what it lists and where it is.
    pub inputs: Vec<Named>,
    /// Where waivers, attestations and responses are, and for how long a waiver may last.
    pub govern: Settings,
    /// The key that signs bundles: a file, or `awskms:` and the ARN of a key.
    pub sign_key: Option<PathBuf>,
    /// The timestamp authority that bundles are shown to.
    pub timestamp_url: Option<String>,
    /// The bundle of the run before, its manifest, or a folder of runs.
    pub previous: Option<PathBuf>,
    /// How often a run is planned, in days.
    pub every_days: Option<u32>,
    /// The file itself, for complaints about the parameters in it.
    pub file: Option<File>,
}

impl Config {
    /// Reads the named file, or `tieout.toml` if there is one; paths in it start from where it stands.
    ///
    /// # Errors
    /// All that is wrong in it.
    pub fn load(named: Option<&Path>) -> Result<Self, Complaints> {
        let path = named.unwrap_or(Path::new(NAME));
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let base = path.parent().unwrap_or(Path::new(""));
                Self::parse(File::new(path.display().to_string(), text), base)
            }
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self {
                    govern: Settings::beside(Path::new("")),
                    ..Self::default()
                })
            }
            Err(error) => {
                let file = File::new(path.display().to_string(), "");
                let message = format!("cannot be read: {error}");
                let help = "check the path and its permissions, or name another file with --config";
                Err(Complaints(vec![Complaint::new(&file, 0..0, message, help)]))
            }
        }
    }

    /// Takes in what a file says; `base` is where the paths in it start from.
    ///
    /// # Errors
    /// All that is wrong in it.
    pub fn parse(file: File, base: &Path) -> Result<Self, Complaints> {
        let mut reader = Reader::new(&file);
        let Some(table) = reader.parse() else {
            return reader.finish(Self::default());
        };
        reader.known_keys(&table, NAME, &KEYS);
        let mut text = |key| reader.text(&table, key).map(owned);
        let (profile, role_arn, external_id) =
            (text("profile"), text("role_arn"), text("external_id"));
        let (templates, previous) = (text("templates"), text("previous"));
        let [templates, previous] = [templates, previous].map(|path| path.map(|it| base.join(it)));
        let (sign_key, timestamp_url) = (text("sign_key"), text("timestamp_url"));
        // A key in AWS KMS has no place among files.
        let sign_key = sign_key.map(|key| match key.split_once(':') {
            Some(("awskms", _)) => PathBuf::from(key),
            Some(_) | None => base.join(key),
        });
        let mut texts = |key| {
            let texts = reader.texts(&table, key).into_iter();
            texts.map(owned).collect::<Vec<_>>()
        };
        let (regions, only, skip) = (texts("regions"), texts("only"), texts("skip"));
        let checks = texts("checks").iter().map(|it| base.join(it)).collect();
        let params = params(&mut reader, &table);
        let inputs = inputs(&mut reader, &table, base);
        let govern = Settings::read(&mut reader, &table, base);
        let every_days = every(&mut reader, &table);
        reader.finish(()).map(|()| Self {
            profile,
            role_arn,
            external_id,
            regions,
            only,
            skip,
            checks,
            templates,
            params,
            inputs,
            govern,
            sign_key,
            timestamp_url,
            previous,
            every_days,
            file: Some(file.clone()),
        })
    }
}

/// How often a run is planned, under `[period]`.
fn every(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Option<u32> {
    let help = "write [period], and below it how often a run is planned: every = \"1d\"";
    let entries = reader.table(table, "period", help)?;
    reader.known_keys(entries, "[period]", &["every"]);
    let text = reader.text(entries, "every")?;
    let read = days(text.get_ref());
    if read.is_none() {
        let message = format!(
            "`every` is {:?}, not a number of days or weeks",
            text.get_ref()
        );
        reader.complain(text.span(), message, help);
    }
    read
}

/// Days from `1d`, `7d`, `1w`; none where it is no such number, or none at all.
pub fn days(text: &str) -> Option<u32> {
    let (number, each) = text
        .strip_suffix('d')
        .map(|number| (number, 1))
        .or_else(|| text.strip_suffix('w').map(|number| (number, 7)))?;
    let number: u32 = number.parse().ok().filter(|number| *number > 0)?;
    number.checked_mul(each)
}

/// The files that `[inputs]` names, by what each lists.
fn inputs(reader: &mut Reader<'_>, table: &DeTable<'_>, base: &Path) -> Vec<Named> {
    let help =
        "write [inputs], and below it what a file lists and where it is: people = \"people.csv\"";
    let Some(entries) = reader.table(table, "inputs", help) else {
        return Vec::new();
    };
    reader.known_keys(entries, "[inputs]", &INPUTS);
    let mut named = Vec::new();
    for key in INPUTS {
        if let Some(path) = reader.text(entries, key) {
            named.push(Named {
                key: key.to_owned(),
                path: base.join(path.get_ref()),
                span: path.span(),
            });
        }
    }
    named
}

fn owned(text: Spanned<&str>) -> String {
    (*text.get_ref()).to_owned()
}

/// Parameters as they stand; whether a check has them, the checks' loader says.
fn params(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Params {
    let help = "write [params.\"<check>\"], and below it name = value";
    let entries = reader.table(table, "params", help).map(in_order);
    for (check, value) in entries.unwrap_or_default() {
        if value.get_ref().as_table().is_none() {
            reader.wrong(&format!("`{}`", check.get_ref()), value, "a table", help);
        }
    }
    if !reader.complaints.is_empty() {
        return Params::new();
    }
    #[derive(serde::Deserialize)]
    struct Raw {
        #[serde(default)]
        params: Params,
    }
    match toml::from_str::<Raw>(&reader.file.text) {
        Ok(raw) => raw.params,
        Err(error) => {
            let span = error.span().unwrap_or_default();
            reader.complain(span, error.message().to_owned(), help);
            Params::new()
        }
    }
}

/// Check, parameter, value.
type Params = BTreeMap<String, BTreeMap<String, toml::Value>>;

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Config;
    use crate::complaint::File;

    fn parsed(text: &str) -> Result<Config, Vec<String>> {
        let config = Config::parse(File::new("conf/tieout.toml", text), Path::new("conf"));
        config.map_err(|complaints| {
            let lines = complaints
                .0
                .iter()
                .map(|one| format!("{}:{} {} / {}", one.line, one.column, one.message, one.help));
            lines.collect()
        })
    }

    #[test]
    fn paths_start_from_where_the_file_stands() {
        let config = parsed(
            "checks = ['mine', '/theirs']\ntemplates = 'page'\nonly = ['s3']\nsign_key = 'k.pem'",
        )
        .unwrap();
        assert_eq!(config.sign_key, Some(PathBuf::from("conf/k.pem")));
        let kms = parsed("sign_key = 'awskms:arn:aws:kms:eu-west-1:1:key/2'").unwrap();
        let arn = "awskms:arn:aws:kms:eu-west-1:1:key/2";
        assert_eq!(kms.sign_key, Some(PathBuf::from(arn)));
        assert_eq!(config.checks, ["conf/mine", "/theirs"].map(PathBuf::from));
        assert_eq!(config.templates, Some(PathBuf::from("conf/page")));
        assert_eq!(config.only, ["s3"]);
    }

    #[test]
    fn how_often_a_run_is_planned() {
        assert_eq!(
            parsed("[period]\nevery = '2w'\n").unwrap().every_days,
            Some(14)
        );
        let wrong = parsed("[period]\nevery = 'daily'\n").unwrap_err();
        assert_eq!(
            wrong,
            [
                "2:9 `every` is \"daily\", not a number of days or weeks / write [period], and below it how often a run is planned: every = \"1d\""
            ]
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let wrong =
            "regoins = ['eu-west-1']\nprofile = 7\nskip = ['s3', true]\n[params]\n's3.kept' = 30\n";
        assert_eq!(
            parsed(wrong).unwrap_err(),
            [
                "1:1 tieout.toml has no field `regoins` / did you mean `regions`?",
                "2:11 `profile` is a whole number, not text / write it in quotes: profile = \"…\"",
                "3:15 an element of `skip` is a boolean, not text / write a list of texts: skip = [\"…\"]",
                "5:13 `s3.kept` is a whole number, not a table / write [params.\"<check>\"], and below it name = value",
            ]
        );
    }

    #[test]
    fn parameters_are_kept_as_they_stand() {
        let config = parsed("[params.\"iam.access_key_rotated\"]\nmax_days = 60\n").unwrap();
        let set = &config.params["iam.access_key_rotated"]["max_days"];
        assert_eq!(set, &toml::Value::Integer(60));
    }
}
