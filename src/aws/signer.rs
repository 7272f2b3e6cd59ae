//! A key in AWS KMS that signs bundles: an asymmetric key of the spec `ECC_NIST_EDWARDS25519`.
//!
//! This is no part of a scan. It is asked only where the user names such a key, with the user's own credentials and not
//! with the role that scans, and past the recorder: the bundle is sealed by then. It needs `kms:GetPublicKey` and `kms:Sign` on
//! that one key. <https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html>

use std::error::Error;

use aws_sdk_kms::Client;
use aws_sdk_kms::config::Region;
use aws_sdk_kms::error::SdkError;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeySpec, MessageType, SigningAlgorithmSpec};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use thiserror::Error;

use super::message::one_line;
use super::session::{Options, SessionError, http_client, own};

/// The most bytes that KMS signs without a digest of its own: Ed25519 takes the message itself.
pub const MOST: usize = 4096;

/// Why KMS does not sign.
#[derive(Debug, Error)]
pub enum SignerError {
    /// The ARN is none of a key.
    #[error("{0} is not the ARN of a KMS key or alias")]
    Arn(String),
    /// There are no credentials.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// KMS refuses, or does not answer.
    #[error("{call}: {why}")]
    Call {
        /// The call.
        call: &'static str,
        /// What AWS said.
        why: String,
    },
    /// Another sort of key.
    #[error("the key is of the spec {0}; ECC_NIST_EDWARDS25519 is needed")]
    Spec(String),
}

impl SignerError {
    /// What to do next.
    pub fn remedy(&self) -> String {
        let fixed = match self {
            Self::Arn(_) => "write awskms:arn:aws:kms:<region>:<account>:key/<id>",
            Self::Session(error) => return error.remedy(),
            Self::Call { .. } => {
                "allow kms:GetPublicKey and kms:Sign on that key to whoever runs this, and check its region and state"
            }
            Self::Spec(_) => {
                "make one: aws kms create-key --key-usage SIGN_VERIFY --key-spec ECC_NIST_EDWARDS25519"
            }
        };
        fixed.to_owned()
    }
}

/// The key, ready to sign.
#[derive(Debug)]
pub struct KmsKey {
    client: Client,
    arn: String,
    /// The public half: SPKI in DER.
    pub public: Vec<u8>,
}

impl KmsKey {
    /// Finds the key and reads its public half, so that a mistake shows before anything is scanned.
    ///
    /// # Errors
    /// When it is not there, is not ours to use, or is of another sort.
    pub async fn find(arn: &str, options: &Options) -> Result<Self, SignerError> {
        let mut parts = arn.split(':').skip(2);
        let region = match (parts.next(), parts.next()) {
            (Some("kms"), Some(region)) if !region.is_empty() => region.to_owned(),
            _ => return Err(SignerError::Arn(arn.to_owned())),
        };
        let sdk = own(options, http_client()).await?;
        let config = aws_sdk_kms::config::Builder::from(&sdk)
            .region(Region::new(region))
            .build();
        let client = Client::from_conf(config);
        let answer = client
            .get_public_key()
            .key_id(arn)
            .send()
            .await
            .map_err(|error| refused("kms:GetPublicKey", &error))?;
        match answer.key_spec() {
            Some(KeySpec::EccNistEdwards25519) => {}
            other => {
                let named = other.map_or("that is not named", KeySpec::as_str);
                return Err(SignerError::Spec(named.to_owned()));
            }
        }
        let public = answer.public_key().map(|blob| blob.as_ref().to_vec());
        Ok(Self {
            client,
            arn: arn.to_owned(),
            public: public.ok_or_else(|| lacks("kms:GetPublicKey", "PublicKey"))?,
        })
    }

    /// Signs a message of at most [`MOST`] bytes.
    ///
    /// # Errors
    /// When KMS does not.
    pub async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let answer = self
            .client
            .sign()
            .key_id(&self.arn)
            .message(Blob::new(message))
            .message_type(MessageType::Raw)
            .signing_algorithm(SigningAlgorithmSpec::Ed25519Sha512)
            .send()
            .await
            .map_err(|error| refused("kms:Sign", &error))?;
        let signature = answer.signature().map(|blob| blob.as_ref().to_vec());
        signature.ok_or_else(|| lacks("kms:Sign", "Signature"))
    }
}

fn refused<E, R>(call: &'static str, error: &SdkError<E, R>) -> SignerError
where
    E: Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug + 'static,
{
    let why = match error.as_service_error() {
        Some(answered) => format!(
            "{}: {}",
            answered.code().unwrap_or("no code"),
            answered.message().unwrap_or("no message")
        ),
        None => one_line(error),
    };
    SignerError::Call { call, why }
}

fn lacks(call: &'static str, what: &str) -> SignerError {
    SignerError::Call {
        call,
        why: format!("the answer lacks {what}"),
    }
}
