//! What goes into the file for the auditor, and the text that says so.

use std::path::Path;

use crate::bundle::handover::{Handover, LIST, SIGNATURE};
use crate::bundle::sign::guide::{self, Vouched};
use crate::bundle::sign::{ENVELOPE, SUMS, TIMESTAMP, envelope::Envelope};
use crate::bundle::verify::{Standing, Step};
use crate::bundle::{Bundle, BundleError, Files, Folder};
use crate::cli::forms::{self, Format, Prepared};
use crate::cli::output::Failure;
use crate::report::Report;
use crate::report::html::templates::Templates;

/// All of it. `signer` is the id of the key that is going to sign the list.
pub(super) fn of(
    folder: &Path,
    bundle: &Bundle<Folder>,
    report: &Report,
    steps: &[Step],
    signer: Option<&str>,
) -> Result<Handover, Failure> {
    let run = &bundle.manifest.run.id;
    let files = Folder(folder.to_owned());
    let mut handover = Handover::default();
    for name in files.names()? {
        handover.put_file(format!("{run}/{name}"), folder.join(&name));
    }
    papers(&mut handover, bundle, report)?;
    rules(&mut handover, bundle)?;
    let vouched = vouched(&files)?;
    handover.put(guide::NAME, guide::text(&bundle.manifest, &vouched));
    handover.put("README.txt", readme(run, steps, signer));
    Ok(handover)
}

/// The report in the forms that people and tools work on.
fn papers(
    handover: &mut Handover,
    bundle: &Bundle<Folder>,
    report: &Report,
) -> Result<(), Failure> {
    let prepared = Prepared {
        formats: vec![Format::Html, Format::Xlsx, Format::Csv, Format::Oscal],
        templates: Templates::embedded().map_err(crate::cli::write::misfit)?,
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
fn rules(handover: &mut Handover, bundle: &Bundle<Folder>) -> Result<(), BundleError> {
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
fn vouched(files: &Folder) -> Result<Vouched, BundleError> {
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

fn readme(run: &str, steps: &[Step], signer: Option<&str>) -> String {
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
    text.push_str(&format!(
        "Evidence of the run {run}\n\n\
         What this is: the answers that AWS gave, the rules they were judged by, every verdict with the facts and calls\n\
         it rests on, and papers made of these. What it is not: an attestation report, or anybody's opinion.\n\n\
         {run}/\n    the bundle as the run left it. VERIFY.md says how to check it; run its commands in this folder.\n\
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
