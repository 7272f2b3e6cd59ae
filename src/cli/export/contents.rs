//! What goes into the file for the auditor, and the text that says so.

use std::path::Path;

use crate::bundle::handover::{Handover, LIST, SIGNATURE};
use crate::bundle::sign::guide::{self, Vouched};
use crate::bundle::sign::{ENVELOPE, SUMS, TIMESTAMP, envelope::Envelope};
use crate::bundle::verify::{Standing, Step};
use crate::bundle::{Bundle, BundleError, Files, Folder};
use crate::cli::forms::{self, Format, Prepared, misfit};
use crate::cli::output::Failure;
use crate::inventory::run::{Redaction, Run};
use crate::report::Report;
use crate::report::html::templates::Templates;

/// The bundle as it lies.
pub(super) fn on_disk(
    handover: &mut Handover,
    bundle: &Bundle<Folder>,
    folder: &Path,
) -> Result<(), Failure> {
    let run = &bundle.manifest.run.id;
    for name in bundle.files().names()? {
        handover.put_file(format!("{run}/{name}"), folder.join(&name));
    }
    Ok(())
}

/// A bundle that is nowhere on disk.
pub(super) fn in_memory<F: Files>(
    handover: &mut Handover,
    bundle: &Bundle<F>,
) -> Result<(), Failure> {
    let run = &bundle.manifest.run.id;
    let files = bundle.files();
    for name in files.names()? {
        if let Some(bytes) = files.read(&name)? {
            handover.put(format!("{run}/{name}"), bytes);
        }
    }
    Ok(())
}

/// What is made of a bundle, and the text that says what all of it is. `signer` is the id of the key that is going to sign the list.
pub(super) fn beside<F: Files>(
    handover: &mut Handover,
    bundle: &Bundle<F>,
    report: &Report,
    (steps, signer): (&[Step], Option<&str>),
) -> Result<(), Failure> {
    papers(handover, bundle, report)?;
    rules(handover, bundle)?;
    let vouched = vouched(bundle.files())?;
    handover.put(guide::NAME, guide::text(&bundle.manifest, &vouched));
    handover.put("README.txt", readme(&bundle.manifest.run, steps, signer));
    Ok(())
}

/// The report in the forms that people and tools work on.
fn papers<F: Files>(
    handover: &mut Handover,
    bundle: &Bundle<F>,
    report: &Report,
) -> Result<(), Failure> {
    let prepared = Prepared {
        formats: vec![Format::Html, Format::Xlsx, Format::Csv, Format::Oscal],
        templates: Templates::embedded().map_err(misfit)?,
        browser: None,
    };
    let mut place = |name: &str, bytes: &[u8]| {
        handover.put(name, bytes);
        Ok(())
    };
    forms::files(&prepared, report, &bundle.manifest.digests(), &mut place)?;
    Ok(())
}

/// By what was judged, as files that people read; in the bundle they stand compressed.
fn rules<F: Files>(handover: &mut Handover, bundle: &Bundle<F>) -> Result<(), BundleError> {
    for rule in bundle.rules()? {
        handover.put(format!("rules/{}.toml", rule.id), rule.text);
    }
    for declared in bundle.criteria()?.into_iter().flatten() {
        handover.put(format!("criteria/{}", base(&declared.file)), declared.text);
    }
    for input in bundle.inputs()? {
        handover.put(
            format!("inputs/{}-{}", input.key, base(&input.file)),
            input.text,
        );
    }
    for (stated, n) in bundle.governance()?.into_iter().zip(1..) {
        // Numbered, because two folders may hold files of one name.
        let name = format!("statements/{}/{n:03}-{}", stated.kind, base(&stated.file));
        handover.put(name, stated.text);
    }
    if let Some(configuration) = &bundle.manifest.configuration {
        handover.put("configuration.toml", configuration.text.as_str());
    }
    Ok(())
}

/// The last part of a path, of whatever system it was written on.
fn base(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// What vouches for the bundle inside.
fn vouched<F: Files>(files: &F) -> Result<Vouched, BundleError> {
    let keyid = match files.read(ENVELOPE)? {
        None => None,
        Some(text) => {
            let envelope = Envelope::parse(&text).map_err(|what| BundleError::Damaged {
                file: ENVELOPE.to_owned(),
                what,
            })?;
            envelope.signatures.first().map(|(id, _)| id.clone())
        }
    };
    Ok(Vouched {
        keyid,
        stamped: files.read(TIMESTAMP)?.is_some(),
    })
}

/// What a reader must know of names that are none.
fn nameless(redaction: &Redaction) -> String {
    let left = match redaction.left {
        0 => "No name that is known was left.".to_owned(),
        1 => "1 name was left, because AWS or a rule uses its words too.".to_owned(),
        many => format!("{many} names were left, because AWS or a rule uses their words too."),
    };
    format!(
        "WITHOUT NAMES. The {what} in it are pseudonyms: a word for a word, by HMAC-SHA-256\n\
         under a key that the company keeps (its id is {key}), the same wherever the name stood and in every\n\
         export under that key, so that whatever was equal is equal still. The scan was performed again on the answers\n\
         without names, and every verdict came out as it had with them. {left}\n\
         Host names keep their ends; numbers, network addresses, identifiers that AWS made (vpc-…) and prose keep what they\n\
         say.\n\n\
         These are not the bytes that AWS sent: each answer has the digest of what arrived, under the key (\"arrived\"). Whoever\n\
         has the run's own bundle and the key can export it again, to the same bytes as here: that shows that nothing else\n\
         was changed.\n\n",
        what = redaction.words(),
        key = redaction.key,
    )
}

fn readme(
    Run {
        id: run, redaction, ..
    }: &Run,
    steps: &[Step],
    signer: Option<&str>,
) -> String {
    let failed: Vec<&Step> = steps
        .iter()
        .filter(|step| step.standing == Standing::Failed)
        .collect();
    let mut text = String::new();
    if !failed.is_empty() {
        text.push_str("THIS BUNDLE DOES NOT VERIFY. It was exported all the same.\n\n");
        for step in failed {
            text.push_str(&format!("    {}: {}\n", step.name, step.what));
            for fault in &step.faults {
                text.push_str(&format!("        {}: {}\n", fault.file, fault.what));
            }
        }
        text.push('\n');
    }
    text.push_str(&format!("Evidence of the run {run}\n\n"));
    let as_it_is = match redaction {
        Some(redaction) => {
            text.push_str(&nameless(redaction));
            ", without its names"
        }
        None => " as the run left it",
    };
    text.push_str(&format!(
        "\
         What this is: the answers that AWS gave, the rules they were judged by, every verdict with the facts and calls\n\
         it rests on, and papers made of these. What it is not: an attestation report, or anybody's opinion.\n\n\
         {run}/\n    the bundle{as_it_is}. VERIFY.md says how to check it; run its commands in this folder.\n\
         report.html\n    the report, for a browser\n\
         workpapers.xlsx, workpapers/\n    criteria, checks, exceptions, waivers, and every population with every member, as a workbook and as CSV\n\
         oscal.json\n    OSCAL assessment results 1.2.1\n\
         rules/, criteria/\n    the checks and the criteria as they stood when the run was judged\n\
         inputs/, statements/, configuration.toml\n    what the company told of itself, and what its people stated, where they did\n\
         {SUMS}\n    the digest of every file but itself and the two below: sha256sum --check {SUMS}\n\
         {LIST}\n    the digest of {SUMS}\n"
    ));
    match signer {
        Some(id) => text.push_str(&format!(
            "{SIGNATURE}\n    an Ed25519 signature over {LIST}, by the key whose id is\n    {id}.\n    Get the \
             public key by another way than with this file, then:\n    openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in {LIST} \
             -sigfile {SIGNATURE}\n"
        )),
        None => text.push_str("\nThe list is not signed: nobody vouches for what stands beside the bundle.\n"),
    }
    text.push_str(
        "\nWith tieout, one command checks all of this, on the ZIP as it came or on this folder, with no access to AWS. It also performs\n\
         the scan again from the answers, and compares every verdict:\n    tieout verify FILE.zip",
    );
    text.push_str(if signer.is_some() {
        " --key KEY.pem\n"
    } else {
        "\n"
    });
    text
}
