//! What a bundle shows to whoever receives it, and what becomes of one that somebody touched.
//!
//! The bundle is real and small: Acme's recorded account as far as S3 goes, replayed and signed. Each test takes a copy, does to it what
//! an attacker or an accident would, and looks at what `tieout verify` says. Whatever was done must be caught, and the file
//! must be named.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends where its setting fails"
)]

#[path = "verify/authority.rs"]
mod authority;
#[path = "verify/chain.rs"]
mod chain;
#[path = "verify/evidence.rs"]
mod evidence;
#[path = "verify/forger.rs"]
mod forger;
#[path = "verify/handed.rs"]
mod handed;
#[path = "verify/kms.rs"]
mod kms;
#[path = "verify/outsider.rs"]
mod outsider;
#[path = "verify/sound.rs"]
mod sound;
#[path = "verify/stamped.rs"]
mod stamped;
#[path = "verify/tampered.rs"]
mod tampered;
