//! Files that parse, joined: sections to criteria, criteria to attestations, framework to framework.
//!
//! A link of the crosswalk is declared at one end and entered at both, so the two directions cannot
//! drift apart.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file::{RawCriterion, RawFramework, name, sha256};
use super::{Attestation, Criterion, Crosswalk, EvidenceKind, Framework, Frameworks, Section};
use crate::complaint::{Complaint, File, nearest};

type Files<'a> = [(&'a File, RawFramework)];

/// Joins the files. Where something does not fit, it complains and leaves it out.
pub(super) fn link(
    files: &Files<'_>,
    attestations: BTreeMap<String, Arc<Attestation>>,
    complaints: &mut Vec<Complaint>,
) -> Frameworks {
    let homes = homes(files, complaints);
    let mut criteria = criteria(files, &homes, &attestations, complaints);
    enter_crosswalk(files, &mut criteria, complaints);

    let criteria: BTreeMap<String, Arc<Criterion>> = criteria
        .into_iter()
        .map(|(id, criterion)| (id, Arc::new(criterion)))
        .collect();
    let frameworks = files
        .iter()
        .map(|(file, raw)| framework(file, raw, &criteria))
        .collect();
    Frameworks {
        frameworks,
        criteria,
        attestations,
        files: Vec::new(),
    }
}

fn full_id(framework: &RawFramework, code: &str) -> String {
    format!("{}:{code}", framework.id.get_ref())
}

fn framework(
    file: &File,
    raw: &RawFramework,
    criteria: &BTreeMap<String, Arc<Criterion>>,
) -> Framework {
    let section = |codes: &[toml::Spanned<String>]| {
        codes
            .iter()
            .filter_map(|code| criteria.get(&full_id(raw, code.get_ref())).cloned())
            .collect()
    };
    Framework {
        id: raw.id.get_ref().clone(),
        title: raw.title.clone(),
        sections: raw
            .sections
            .iter()
            .map(|list| Section {
                title: list.title.get_ref().clone(),
                criteria: section(&list.criteria),
            })
            .collect(),
        sha256: sha256(file),
    }
}

/// The section that lists each criterion first, by the criterion's id.
fn homes(files: &Files<'_>, complaints: &mut Vec<Complaint>) -> BTreeMap<String, String> {
    let mut homes = BTreeMap::new();
    for (file, raw) in files {
        complain_about_name(file, raw, complaints);
        complain_about_sections(file, raw, complaints);
        for section in &raw.sections {
            for code in &section.criteria {
                homes
                    .entry(full_id(raw, code.get_ref()))
                    .or_insert_with(|| section.title.get_ref().clone());
            }
        }
    }
    homes
}

fn complain_about_name(file: &File, raw: &RawFramework, complaints: &mut Vec<Complaint>) {
    let id = raw.id.get_ref();
    if name(file) != format!("{id}.toml") {
        let message = format!("the framework `{id}` is not in a file of that name");
        complaints.push(Complaint::new(
            file,
            raw.id.span(),
            message,
            format!("name the file {id}.toml"),
        ));
    }
}

fn complain_about_sections(file: &File, raw: &RawFramework, complaints: &mut Vec<Complaint>) {
    let described = || {
        raw.criterion
            .iter()
            .map(|criterion| criterion.code.get_ref().as_str())
    };
    let mut headings = Vec::new();
    for section in &raw.sections {
        let heading = section.title.get_ref();
        if headings.contains(&heading) {
            let message = format!("the section `{heading}` is there twice");
            complaints.push(Complaint::new(
                file,
                section.title.span(),
                message,
                "join the two",
            ));
        }
        headings.push(heading);
        let mut listed = Vec::new();
        for code in &section.criteria {
            let written = code.get_ref().as_str();
            if listed.contains(&written) {
                let message = format!("the section lists `{written}` twice");
                complaints.push(Complaint::new(
                    file,
                    code.span(),
                    message,
                    "list it once in a section",
                ));
            } else if !described().any(|known| known == written) {
                let message = format!("no criterion of this file has the code `{written}`");
                complaints.push(Complaint::new(
                    file,
                    code.span(),
                    message,
                    did_you_mean(written, described()),
                ));
            }
            listed.push(written);
        }
    }
}

fn criteria(
    files: &Files<'_>,
    homes: &BTreeMap<String, String>,
    attestations: &BTreeMap<String, Arc<Attestation>>,
    complaints: &mut Vec<Complaint>,
) -> BTreeMap<String, Criterion> {
    let mut criteria = BTreeMap::new();
    for (file, framework) in files {
        for raw in &framework.criterion {
            let id = full_id(framework, raw.code.get_ref());
            let Some(section) = homes.get(&id) else {
                let message = format!(
                    "no section lists `{}`, so no report would show it",
                    raw.code.get_ref()
                );
                complaints.push(Complaint::new(
                    file,
                    raw.code.span(),
                    message,
                    "list it in one of `sections`",
                ));
                continue;
            };
            let criterion = Criterion {
                id: id.clone(),
                framework: framework.id.get_ref().clone(),
                code: raw.code.get_ref().clone(),
                section: section.clone(),
                title: raw.title.clone(),
                statement: raw.statement.clone(),
                evidence: raw.evidence,
                attestations: named_attestations(file, raw, attestations, complaints),
                inherited: raw.inherited.clone(),
                limits: raw.limits.clone(),
                crosswalk: Crosswalk::default(),
            };
            if criteria.insert(id.clone(), criterion).is_some() {
                let message = format!("the criterion `{id}` is described twice");
                complaints.push(Complaint::new(
                    file,
                    raw.code.span(),
                    message,
                    "keep one of the two",
                ));
            }
        }
    }
    criteria
}

fn named_attestations(
    file: &File,
    raw: &RawCriterion,
    known: &BTreeMap<String, Arc<Attestation>>,
    complaints: &mut Vec<Complaint>,
) -> Vec<Arc<Attestation>> {
    // Nothing else would decide it: it would come out attested, by nobody.
    let rests_on_people = matches!(
        raw.evidence,
        EvidenceKind::Attested | EvidenceKind::Inherited
    );
    if rests_on_people && raw.attestations.is_empty() {
        let message = format!(
            "`{}` rests on attestations and names none",
            raw.code.get_ref()
        );
        let help = "name at least one of attestations.toml in `attestations`";
        complaints.push(Complaint::new(file, raw.code.span(), message, help));
    }
    let mut named = Vec::new();
    for id in &raw.attestations {
        match known.get(id.get_ref()) {
            Some(attestation) => named.push(Arc::clone(attestation)),
            None => {
                let message = format!("there is no attestation `{}`", id.get_ref());
                let help = did_you_mean(id.get_ref(), known.keys().map(String::as_str));
                complaints.push(Complaint::new(file, id.span(), message, help));
            }
        }
    }
    named
}

fn enter_crosswalk(
    files: &Files<'_>,
    criteria: &mut BTreeMap<String, Criterion>,
    complaints: &mut Vec<Complaint>,
) {
    for (file, framework) in files {
        for raw in &framework.criterion {
            let Some(crosswalk) = &raw.crosswalk else {
                continue;
            };
            let from = full_id(framework, raw.code.get_ref());
            let mut enter = |to: &str, strength: fn(&mut Crosswalk) -> &mut Vec<String>| {
                if let Err((message, help)) = enter_link(&from, to, strength, criteria) {
                    complaints.push(Complaint::new(file, crosswalk.span(), message, help));
                }
            };
            let Crosswalk { primary, related } = crosswalk.get_ref();
            primary
                .iter()
                .for_each(|to| enter(to, |walk| &mut walk.primary));
            related
                .iter()
                .for_each(|to| enter(to, |walk| &mut walk.related));
        }
    }
}

/// Enters one link at both its ends, or says what is wrong with it and what to do.
fn enter_link(
    from: &str,
    to: &str,
    strength: fn(&mut Crosswalk) -> &mut Vec<String>,
    criteria: &mut BTreeMap<String, Criterion>,
) -> Result<(), (String, String)> {
    if !criteria.contains_key(to) {
        let message = format!("the crosswalk of `{from}` leads to `{to}`, which no framework has");
        return Err((
            message,
            did_you_mean(to, criteria.keys().map(String::as_str)),
        ));
    }
    for (one, other) in [(from, to), (to, from)] {
        let Some(criterion) = criteria.get_mut(one) else {
            continue;
        };
        let Crosswalk { primary, related } = &criterion.crosswalk;
        if primary.iter().chain(related).any(|linked| linked == other) {
            let message = format!("`{from}` and `{to}` are linked already");
            return Err((message, "declare a link once, at one end".to_owned()));
        }
        strength(&mut criterion.crosswalk).push(other.to_owned());
    }
    Ok(())
}

fn did_you_mean<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(written, known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "check the spelling".into(),
    }
}
