//! A small bundle, signed, and the command to run on it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;
use tieout::bundle::{Bundle, CRITERIA, Files, Folder, INPUTS, Manifest, RULES, VERDICTS, Writer};
use tieout::inventory::attempt::Keep;

const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/acme/bundle");

/// The services whose answers are kept, beside those of the calls that every scan begins with.
const KEPT: [&str; 2] = ["s3:", "s3control:"];

const DOOR: [&str; 3] = [
    "sts:GetCallerIdentity",
    "iam:ListAccountAliases",
    "ec2:DescribeRegions",
];

/// The signed bundle of Acme's S3, with `key.pem`, `key.pub.pem`, `other.pem` and `other.pub.pem` beside it. Made once.
pub(crate) fn made() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let place = fresh("verify-made");
        for key in ["key", "other"] {
            tieout(["keys", "new", "--out", key], &place).with(0);
        }
        replayed(&place, "bundle", |_| {});
        tieout(["sign", "bundle", "--key", "key.pem"], &place).with(0);
        place
    })
}

/// A folder of that name that holds nothing.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if place.exists() {
        fs::remove_dir_all(&place).expect("what the last run of the test left can be removed");
    }
    fs::create_dir_all(&place).expect("the target folder can be written");
    place
}

/// Acme's S3 as a bundle of that name, by a replay: what a scan with `--only s3` would have left.
pub(crate) fn replayed(place: &Path, name: &str, edit: impl FnOnce(&mut Manifest)) {
    let acme = Bundle::open(Folder(RECORDED.into())).expect("the recording is whole");
    let kept =
        |call: &str| KEPT.iter().any(|service| call.starts_with(service)) || DOOR.contains(&call);
    let mut manifest = acme.manifest.clone();
    manifest.files.clear();
    manifest.plan.retain(|call| kept(call));
    manifest.run.scope.only = vec!["s3".to_owned()];
    edit(&mut manifest);
    let cut = place.join(format!("{name}-cut"));
    let writer = Writer::new(&cut);
    writer.begin(&manifest).unwrap();
    for attempt in acme.attempts().unwrap() {
        if kept(&format!("{}:{}", attempt.service, attempt.operation)) {
            writer.keep(&attempt);
        }
    }
    writer.end_calls().unwrap();
    for file in [CRITERIA, INPUTS, RULES] {
        let bytes = Folder(RECORDED.into()).read(file).unwrap();
        writer
            .file(file, &bytes.expect("the recording has it"))
            .unwrap();
    }
    writer.lines(VERDICTS, Vec::<String>::new()).unwrap();
    writer.seal(manifest).unwrap();
    // The cut holds no verdicts, so the replay says that its own are others. What it writes is whole.
    let cut = format!("{name}-cut");
    tieout(["replay", &cut, "--out", name, "--format", "json"], place).with(2);
    assert!(place.join(name).join("report.json").is_file());
}

/// A copy of the signed bundle, as `bundle`, with the keys beside it.
pub(crate) fn copy() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    copy_folder(&made().join("bundle"), &place.path().join("bundle"));
    for key in ["key.pem", "key.pub.pem", "other.pem", "other.pub.pem"] {
        fs::copy(made().join(key), place.path().join(key)).unwrap();
    }
    place
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Every file of a bundle, by its name within it, in order.
pub(crate) fn names(bundle: &Path) -> Vec<String> {
    Folder(bundle.to_owned()).names().unwrap()
}

/// Runs the command in a folder, without AWS credentials.
pub(crate) fn tieout<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    place: &Path,
) -> Ended {
    Ended::of(command(arguments, place))
}

/// The command, before it is run.
pub(crate) fn command<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    place: &Path,
) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    for (name, _) in std::env::vars_os() {
        let upper = name.to_string_lossy().to_uppercase();
        if upper.starts_with("AWS_") || upper.starts_with("TIEOUT_") || upper.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .current_dir(place)
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// How a command ended.
pub(crate) struct Ended {
    code: Option<i32>,
    /// All it said, on both outputs.
    pub(crate) said: String,
    /// What it said on standard output.
    pub(crate) out: String,
}

impl Ended {
    pub(crate) fn of(mut command: Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("it runs");
        let out = String::from_utf8(stdout).expect("it prints text");
        let err = String::from_utf8(stderr).expect("it prints text");
        Self {
            code: status.code(),
            said: format!("{err}{out}"),
            out,
        }
    }

    /// It ended with that exit code.
    #[track_caller]
    pub(crate) fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.said);
        assert!(!self.said.contains("panicked"), "{}", self.said);
        self
    }

    /// And said each of these.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for words in words {
            assert!(self.said.contains(words), "no {words:?} in:\n{}", self.said);
        }
        self
    }
}
