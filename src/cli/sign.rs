//! Who vouches for a bundle: the flags of `tieout scan`, and `tieout sign`.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::{Failure, note};
use super::runtime;
use crate::aws::session::Options;
use crate::aws::signer::{self, KmsKey, SignerError};
use crate::bundle::sign::envelope::Envelope;
use crate::bundle::sign::timestamp::{StampError, ask::ask};
use crate::bundle::sign::{self, ENVELOPE, PrivateKey, PublicKey, TIMESTAMP, Unsigned};
use crate::bundle::{Bundle, Files, Folder};
use crate::config::Config;
use crate::scan::origin::variable;

/// The variable that may hold a private key.
const VARIABLE: &str = "TIEOUT_SIGN_KEY";

/// How a key in AWS KMS is named.
const KMS: &str = "awskms:";

/// What is done with a bundle that is sealed.
#[derive(Debug, Default)]
pub(super) struct Vouching {
    key: Option<(Key, PublicKey)>,
    timestamp: Option<String>,
}

#[derive(Debug)]
enum Key {
    Own(PrivateKey),
    Kms(KmsKey),
}

/// Flags of `tieout scan`.
#[derive(Debug, clap::Args)]
pub(super) struct Flags {
    /// Sign the bundle: a private key in PEM (`tieout keys new`), or awskms:ARN of an Ed25519 key in AWS KMS [default: the
    /// PEM in TIEOUT_SIGN_KEY, else not signed]
    #[arg(long, value_name = "FILE|awskms:ARN")]
    sign_key: Option<String>,
    /// Have an RFC 3161 timestamp authority confirm that the bundle is there now
    #[arg(long, value_name = "URL")]
    timestamp_url: Option<String>,
}

impl Flags {
    /// Reads the key before anything is scanned, so that a mistake costs nothing.
    pub(super) fn ready(
        &self,
        config: &Config,
        profile: Option<&String>,
    ) -> Result<Vouching, Failure> {
        Vouching::ready(
            self.sign_key.as_deref(),
            self.timestamp_url.as_deref(),
            config,
            profile,
        )
    }
}

impl Vouching {
    fn ready(
        key: Option<&str>,
        timestamp: Option<&str>,
        config: &Config,
        profile: Option<&String>,
    ) -> Result<Self, Failure> {
        let of_config = || {
            let named = config.sign_key.as_ref();
            named.map(|named| named.display().to_string())
        };
        let key = match (key.map(str::to_owned), variable(VARIABLE)) {
            (Some(named), _) => Some(named_key(&named, profile)?),
            (None, Some(text)) => Some(own(VARIABLE, &text)?),
            (None, None) => of_config()
                .map(|named| named_key(&named, profile))
                .transpose()?,
        };
        let timestamp = timestamp
            .map(str::to_owned)
            .or_else(|| config.timestamp_url.clone());
        if let Some(url) = &timestamp
            && !url.starts_with("http://")
            && !url.starts_with("https://")
        {
            return Err(Failure::new(
                format_args!("{url} is not the address of a timestamp authority"),
                "write it with http:// or https://",
            ));
        }
        Ok(Self { key, timestamp })
    }

    /// The key alone, for what is no bundle.
    pub(super) fn key_of(key: Option<&str>, config: &Config) -> Result<Self, Failure> {
        let ready = Self::ready(key, None, config, config.profile.as_ref())?;
        Ok(Self {
            timestamp: None,
            ..ready
        })
    }

    /// The id of the key, if there is one.
    pub(super) fn key_id(&self) -> Option<String> {
        self.key.as_ref().map(|(_, public)| public.id())
    }

    /// The key's signature over a few bytes, if there is a key.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Option<Vec<u8>>, Failure> {
        let sign = |(key, public): &(Key, PublicKey)| signature(key, public, message);
        self.key.as_ref().map(sign).transpose()
    }

    /// Signs a sealed bundle and has it timestamped, as far as that is wanted, and says what it is.
    pub(super) fn vouch(&self, folder: &Path) -> Result<(), Failure> {
        match &self.key {
            Some((key, public)) => {
                signed(folder, key, public)
                    .map_err(|failure| kept(folder, "not signed", failure))?;
                note(format_args!("→ signed with key {}", public.id()));
            }
            None => note("→ not signed (`tieout sign` adds a signature)"),
        }
        if let Some(url) = &self.timestamp {
            let stamped = stamped(folder, url);
            stamped.map_err(|failure| kept(folder, "has no timestamp", failure))?;
            note(format_args!("→ timestamp of {url}"));
        }
        Ok(())
    }
}

/// The run is worth more than what was to vouch for it: it stays, and says what it lacks.
fn kept(folder: &Path, lacks: &str, failure: Failure) -> Failure {
    failure.about(format_args!(
        "the bundle {} is whole and {lacks}",
        folder.display()
    ))
}

fn named_key(named: &str, profile: Option<&String>) -> Result<(Key, PublicKey), Failure> {
    let Some(arn) = named.strip_prefix(KMS) else {
        let text = std::fs::read_to_string(named).map_err(|error| {
            Failure::new(
                format_args!("the key {named} cannot be read: {error}"),
                "`tieout keys new` makes one; name its file, or awskms:ARN",
            )
        })?;
        return own(named, &text);
    };
    let options = Options {
        profile: profile.cloned(),
        ..Options::default()
    };
    let key = runtime()?.block_on(KmsKey::find(arn, &options))?;
    let public = PublicKey::from_der(&key.public).map_err(|error| unfit(arn, &error))?;
    Ok((Key::Kms(key), public))
}

fn own(place: &str, text: &str) -> Result<(Key, PublicKey), Failure> {
    let key = PrivateKey::from_pem(text).map_err(|error| unfit(place, &error))?;
    let public = key.public().map_err(|error| unfit(place, &error))?;
    Ok((Key::Own(key), public))
}

/// A key that cannot be used.
pub(super) fn unfit(place: &str, error: &sign::KeyError) -> Failure {
    Failure::new(
        format_args!("the key {place} cannot be used: {error}"),
        error.remedy(),
    )
}

fn signed(folder: &Path, key: &Key, public: &PublicKey) -> Result<(), Failure> {
    let limit = match key {
        Key::Own(_) => None,
        Key::Kms(_) => Some(signer::MOST),
    };
    let unsigned = Unsigned::of(folder, public, limit)?;
    let signature = signature(key, public, &unsigned.message())?;
    Ok(unsigned.write(folder, public, &signature)?)
}

fn signature(key: &Key, public: &PublicKey, message: &[u8]) -> Result<Vec<u8>, Failure> {
    let signature = match key {
        Key::Own(key) => key.sign(message),
        Key::Kms(key) => runtime()?.block_on(key.sign(message))?,
    };
    if public.made(&signature, message) {
        Ok(signature)
    } else {
        Err(Failure::new(
            "the signature does not hold under its own public key",
            "check the key; nothing was written",
        ))
    }
}

fn stamped(folder: &Path, url: &str) -> Result<(), Failure> {
    let bytes = sign::stamped(folder)?;
    let reply = runtime()?.block_on(ask(url, &bytes))?;
    Ok(sign::put(folder, TIMESTAMP, &reply)?)
}

impl From<SignerError> for Failure {
    fn from(error: SignerError) -> Self {
        let remedy = error.remedy();
        Self::new(error, remedy)
    }
}

impl From<StampError> for Failure {
    fn from(error: StampError) -> Self {
        Self::new(
            error,
            "`tieout sign BUNDLE --timestamp-url URL` asks again, here or at another authority",
        )
    }
}

/// Flags of `tieout sign`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that a scan wrote
    bundle: PathBuf,
    /// Private key in PEM, or awskms:ARN of an Ed25519 key in AWS KMS [default: the PEM in TIEOUT_SIGN_KEY, then sign_key in
    /// tieout.toml]
    #[arg(long, value_name = "FILE|awskms:ARN")]
    key: Option<String>,
    /// Have an RFC 3161 timestamp authority confirm that the bundle is there now
    #[arg(long, value_name = "URL")]
    timestamp_url: Option<String>,
    /// Profile of the shared AWS configuration, for a key in AWS KMS
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Configuration file [default: tieout.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Signs a bundle that a scan wrote earlier, or has it timestamped. Adds its own files and touches no other.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.config.as_deref())?;
    let profile = args.profile.as_ref().or(config.profile.as_ref());
    let vouching = Vouching::ready(
        args.key.as_deref(),
        args.timestamp_url.as_deref(),
        &config,
        profile,
    )?;
    if vouching.key.is_none() && vouching.timestamp.is_none() {
        return Err(Failure::new(
            "there is neither a key to sign with nor a timestamp authority to ask",
            "name a key with --key (`tieout keys new` makes one), or an authority with --timestamp-url",
        ));
    }
    let folder = &args.bundle;
    // Nobody vouches for what is damaged already.
    let bundle = Bundle::open(Folder(folder.clone()))?;
    if !bundle.is_sealed() {
        return Err(Failure::new(
            format_args!("{} is of a run that was killed", folder.display()),
            "`tieout replay BUNDLE --out DIR` judges what it holds into a bundle that can be signed",
        ));
    }
    if vouching.key.is_some() {
        unsigned_yet(folder)?;
    }
    if vouching.timestamp.is_some() && folder.join(TIMESTAMP).exists() {
        return Err(Failure::new(
            format_args!("{} has a timestamp already", folder.display()),
            format_args!("remove its {TIMESTAMP} first, if a new one is to take its place"),
        ));
    }
    sums_are_there(&bundle, folder)?;
    if vouching.key.is_some() {
        vouching.vouch(folder)?;
    } else if let Some(url) = &vouching.timestamp {
        stamped(folder, url)?;
        note(format_args!("→ timestamp of {url}"));
    }
    Ok(Exit::Clean)
}

fn unsigned_yet(folder: &Path) -> Result<(), Failure> {
    let Some(text) = Folder(folder.to_owned()).read(ENVELOPE)? else {
        return Ok(());
    };
    let by = match Envelope::parse(&text) {
        Ok(envelope) => {
            let ids = envelope.signatures.into_iter().map(|(id, _)| id);
            format!("with key {}", ids.collect::<Vec<_>>().join(", "))
        }
        Err(what) => format!("by something that cannot be read: {what}"),
    };
    Err(Failure::new(
        format_args!("{} is signed already, {by}", folder.display()),
        format_args!(
            "remove its {ENVELOPE} (and {TIMESTAMP}, which is of it) first, if a new signature is to take its place"
        ),
    ))
}

/// A bundle of a version that did not write the digests yet gets them now.
fn sums_are_there(bundle: &Bundle<Folder>, folder: &Path) -> Result<(), Failure> {
    let files = Folder(folder.to_owned());
    if files.read(sign::SUMS)?.is_some() {
        return Ok(());
    }
    let text = files.read(crate::bundle::MANIFEST)?.unwrap_or_default();
    let sums = sign::sums::of(&bundle.manifest, &text);
    Ok(sign::put(folder, sign::SUMS, sums.as_bytes())?)
}
