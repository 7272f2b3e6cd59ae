//! The tools of somebody who wants a bundle to say something else.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tieout::bundle::manifest::merkle;
use tieout::bundle::{Manifest, digest, sign};

/// The lines of a compressed file.
pub(crate) fn lines(file: &Path) -> Vec<String> {
    let packed = fs::read(file).unwrap();
    let plain = zstd::decode_all(&*packed).expect("it is packed");
    let plain = String::from_utf8(plain).expect("it is text");
    plain.lines().map(str::to_owned).collect()
}

/// Puts other lines in their place.
pub(crate) fn put_lines(file: &Path, lines: &[String]) {
    let plain: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(file, zstd::encode_all(plain.as_bytes(), 6).unwrap()).unwrap();
}

/// Rewrites a file's lines.
pub(crate) fn edit(file: &Path, edit: impl FnOnce(&mut Vec<String>)) {
    let mut edited = lines(file);
    edit(&mut edited);
    put_lines(file, &edited);
}

/// Makes the manifest and `SHA256SUMS` agree with whatever lies there now.
pub(crate) fn fix_digests(bundle: &Path) {
    let path = bundle.join("manifest.json");
    let mut manifest: Manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    for (name, file) in &mut manifest.files {
        if let Ok(bytes) = fs::read(bundle.join(name)) {
            *file = digest(&bytes);
        }
    }
    manifest.merkle_root = merkle::root(&manifest.files);
    let mut text = serde_json::to_vec_pretty(&manifest).unwrap();
    text.push(b'\n');
    fs::write(&path, &text).unwrap();
    fs::write(bundle.join(sign::SUMS), sign::sums::of(&manifest, &text)).unwrap();
}

/// Takes the signature away.
pub(crate) fn unsign(bundle: &Path) {
    fs::remove_file(bundle.join(sign::ENVELOPE)).unwrap();
}

/// Changes one value in a file of JSON, and nothing else of its form: every value of a report stands on its row.
pub(crate) fn replace_once(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{old} is not in {}", file.display());
    fs::write(file, text.replacen(old, new, 1)).unwrap();
}

/// Exchanges a member of two recorded attempts.
pub(crate) fn swap(lines: &mut [String], one: usize, other: usize, pointer: &str) {
    let mut values: Vec<Value> = [one, other]
        .map(|n| serde_json::from_str(&lines[n]).unwrap())
        .into();
    let [first, second] = [0, 1].map(|n| values[n].pointer(pointer).unwrap().clone());
    assert_ne!(first, second, "there is nothing to exchange");
    *values[0].pointer_mut(pointer).unwrap() = second;
    *values[1].pointer_mut(pointer).unwrap() = first;
    lines[one] = values[0].to_string();
    lines[other] = values[1].to_string();
}

/// Numbers that look random and are the same in every run of the test.
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    /// One below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // Knuth's MMIX generator; its high bits are good.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
