//! Ed25519 keys, in the files that `openssl` writes and reads: PKCS#8 for the private key, SPKI for the public one.

use std::ops::Deref;

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes,
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use thiserror::Error;

use crate::bundle::digest;

/// Why a key cannot be used.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// No private key.
    #[error("it is not an Ed25519 private key in PEM (PKCS#8, not encrypted)")]
    NotPrivate,
    /// A public key where a private one belongs.
    #[error("it is a public key; a private key signs")]
    Public,
    /// No public key.
    #[error("it is not an Ed25519 public key in PEM (SPKI)")]
    NotPublic,
    /// A private key where a public one belongs.
    #[error("it is a private key; whoever verifies needs the public one alone")]
    Private,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(String),
    /// The library refuses to write the key.
    #[error("the key cannot be encoded: {0}")]
    Encoding(String),
}

impl KeyError {
    /// What to do next.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotPrivate | Self::Public => {
                "`tieout keys new` makes a pair; its private half signs"
            }
            Self::NotPublic | Self::Private => {
                "ask the signer for the public key, a file that begins with BEGIN PUBLIC KEY"
            }
            Self::NoRandomness(_) | Self::Encoding(_) => {
                "make the key with another tool: openssl genpkey -algorithm ed25519"
            }
        }
    }
}

/// The half that verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    der: Vec<u8>,
}

impl PublicKey {
    /// From PEM.
    ///
    /// # Errors
    /// When it is anything but an Ed25519 public key.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        match VerifyingKey::from_public_key_pem(text.trim()) {
            Ok(key) => Self::of(key),
            Err(_) if text.contains("PRIVATE KEY") => Err(KeyError::Private),
            Err(_) => Err(KeyError::NotPublic),
        }
    }

    /// From a `SubjectPublicKeyInfo` in DER, as AWS KMS gives it.
    ///
    /// # Errors
    /// When it is anything but an Ed25519 public key.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_public_key_der(der).map_err(|_| KeyError::NotPublic)?;
        Self::of(key)
    }

    fn of(key: VerifyingKey) -> Result<Self, KeyError> {
        let encoded = key.to_public_key_der();
        let der = encoded.map_err(|error| KeyError::Encoding(error.to_string()))?;
        Ok(Self {
            key,
            der: der.as_bytes().to_vec(),
        })
    }

    /// Its id: SHA-256 of the SPKI in DER, hexadecimal. `openssl pkey -pubin -outform DER | sha256sum` prints the same.
    pub fn id(&self) -> String {
        digest(&self.der).sha256
    }

    /// In PEM.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn pem(&self) -> Result<String, KeyError> {
        let encoded = self.key.to_public_key_pem(LineEnding::LF);
        encoded.map_err(|error| KeyError::Encoding(error.to_string()))
    }

    /// The SPKI, in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether it made a signature over a message. Strict: a signature that only some verifiers take is none.
    pub fn made(&self, signature: &[u8], message: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

/// The half that signs. It forgets itself when it is dropped, and is never shown.
#[derive(Debug)]
pub struct PrivateKey(SigningKey);

impl PrivateKey {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn generate() -> Result<Self, KeyError> {
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// From PEM.
    ///
    /// # Errors
    /// When it is anything but an Ed25519 private key that is not encrypted.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        match SigningKey::from_pkcs8_pem(text.trim()) {
            Ok(key) => Ok(Self(key)),
            Err(_) if text.contains("BEGIN PUBLIC KEY") => Err(KeyError::Public),
            Err(_) => Err(KeyError::NotPrivate),
        }
    }

    /// In PEM, without the public half: older versions of OpenSSL do not read a file that has both.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn pem(&self) -> Result<impl Deref<Target = String> + use<>, KeyError> {
        let bytes = KeypairBytes {
            secret_key: self.0.to_bytes(),
            public_key: None,
        };
        bytes
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|error| KeyError::Encoding(error.to_string()))
    }

    /// The half that verifies.
    ///
    /// # Errors
    /// When the library refuses to encode it.
    pub fn public(&self) -> Result<PublicKey, KeyError> {
        PublicKey::of(self.0.verifying_key())
    }

    /// Signs: 64 bytes.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).to_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first test vector of RFC 8032, 7.1, as `openssl` writes it.
    const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
        -----END PRIVATE KEY-----\n";

    #[test]
    fn a_key_reads_writes_and_signs_as_the_rfc_says() {
        let key = PrivateKey::from_pem(PRIVATE).unwrap();
        assert_eq!(*key.pem().unwrap(), PRIVATE);
        let signature = key.sign(b"");
        assert_eq!(signature[..4], [0xe5, 0x56, 0x43, 0x00]);
        let public = key.public().unwrap();
        assert!(public.made(&signature, b""));
        assert!(!public.made(&signature, b" "));
        assert!(!public.made(b"short", b""));
        assert_eq!(
            PublicKey::from_pem(&public.pem().unwrap()),
            Ok(public.clone())
        );
        assert_eq!(public.id().len(), 64);
    }

    #[test]
    fn the_wrong_half_is_told_as_that() {
        let public = PrivateKey::generate().unwrap().public().unwrap();
        let pem = public.pem().unwrap();
        assert_eq!(PrivateKey::from_pem(&pem).unwrap_err(), KeyError::Public);
        assert_eq!(PublicKey::from_pem(PRIVATE).unwrap_err(), KeyError::Private);
        assert_eq!(
            PublicKey::from_pem("hello").unwrap_err(),
            KeyError::NotPublic
        );
    }
}
