//! GuardDuty: the detector of each region, and the findings nobody has dealt with.

mod coverage;
mod destinations;
mod malware;
mod suppressions;
mod trusted;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, missing, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::guardduty::{
    Coverage, Destination, Detector, Finding, MalwareScan, Suppression, TrustedList,
};
use crate::inventory::{Gap, Told};

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/Welcome.html>
const API: Api = Api::new("guardduty", Protocol::RestJson);

/// Most ids that one call of `GetFindings` takes.
const BATCH: usize = 50;

/// From this severity on a finding is read: medium. <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html>
const MEDIUM: u8 = 4;

/// Reads the detector of one region with what it found, and the plans that need none.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(detectors(site, intake), malware::plans(site, intake));
}

async fn detectors(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::get("/detector").with("nextToken", token);
            site.tell::<Detectors>(&API, "ListDetectors", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            let (account, region) = (&site.account, &site.region);
            intake.listed::<Detector>(account, region, &page.source);
            intake.listed::<Finding>(account, region, &page.source);
            intake.listed::<MalwareScan>(account, region, &page.source);
            intake.listed::<Suppression>(account, region, &page.source);
            intake.listed::<Destination>(account, region, &page.source);
            intake.listed::<Coverage>(account, region, &page.source);
            intake.listed::<TrustedList>(account, region, &page.source);
            each(&page.value.ids, async |id| {
                futures::join!(
                    one_detector(site, intake, page, id),
                    findings(site, intake, id),
                    malware::scans(site, intake, id),
                    suppressions::collect(site, intake, id),
                    coverage::collect(site, intake, id),
                    trusted::collect(site, intake, id),
                );
            })
            .await;
            Ok(())
        },
    )
    .await;
    // What was found hangs on what looks for it: a listing that failed hides all.
    if let Err(gap) = listing {
        let (account, region) = (&site.account, &site.region);
        intake.incomplete::<Detector>(account, region, gap.clone());
        intake.incomplete::<MalwareScan>(account, region, gap.clone());
        intake.incomplete::<Suppression>(account, region, gap.clone());
        intake.incomplete::<Destination>(account, region, gap.clone());
        intake.incomplete::<Coverage>(account, region, gap.clone());
        intake.incomplete::<TrustedList>(account, region, gap.clone());
        intake.incomplete::<Finding>(account, region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct Detectors {
    #[serde(rename = "detectorIds")]
    ids: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

async fn one_detector(site: &Site, intake: &Intake, page: &Told<Detectors>, id: &str) {
    let path = format!("/detector/{}", part(id));
    let about = format!("detector={id}");
    let (described, exports) = futures::join!(
        site.tell::<Described>(&API, "GetDetector", Question::get(&path), &about),
        destinations::collect(site, intake, id),
    );
    let fields = Detector {
        id: page.fact(id.to_owned()),
        region: page.fact(site.region.to_string()),
        enabled: described.read(|d| Ok(d.status == ENABLED)),
        features: described.read(|d| {
            let on = d
                .features
                .iter()
                .filter(|feature| feature.status == ENABLED);
            Ok(on.map(|feature| feature.name.clone()).collect())
        }),
        agents_installed: described.read(|d| {
            let of = d
                .features
                .iter()
                .filter(|feature| feature.name == RUNTIME_MONITORING);
            let more = of.flat_map(|feature| &feature.more);
            let on = more.filter(|one| one.status == ENABLED);
            Ok(on.map(|one| one.name.clone()).collect())
        }),
        exports,
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:guardduty:{region}:{account}:detector/{id}"),
        name: id.to_owned(),
    };
    intake.add(account, region, identity, fields);
}

const ENABLED: &str = "ENABLED";
const RUNTIME_MONITORING: &str = "RUNTIME_MONITORING";

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html>
#[derive(Debug, Deserialize)]
struct Described {
    status: String,
    features: Vec<Feature>,
}

#[derive(Debug, Deserialize)]
struct Feature {
    name: String,
    status: String,
    /// Left out of those that have none.
    #[serde(
        rename = "additionalConfiguration",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    more: Vec<Additional>,
}

#[derive(Debug, Deserialize)]
struct Additional {
    name: String,
    status: String,
}

async fn findings(site: &Site, intake: &Intake, detector: &str) {
    let path = format!("/detector/{}/findings", part(detector));
    let about = format!("detector={detector}");
    let listing = pages(
        async |token| {
            let input = json!({
                "findingCriteria": { "criterion": {
                    "service.archived": { "eq": ["false"] },
                    "severity": { "gte": MEDIUM },
                } },
                "maxResults": BATCH,
                "nextToken": token,
            });
            let question = Question::post(&path, input);
            site.tell::<FindingIds>(&API, "ListFindings", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for ids in page.value.ids.chunks(BATCH) {
                if let Err(gap) = described(site, intake, &path, ids, &about).await {
                    intake.incomplete::<Finding>(&site.account, &site.region, gap);
                }
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Finding>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct FindingIds {
    #[serde(rename = "findingIds")]
    ids: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

async fn described(
    site: &Site,
    intake: &Intake,
    path: &str,
    ids: &[String],
    about: &str,
) -> Result<(), Arc<Gap>> {
    let question = Question::post(format!("{path}/get"), json!({ "findingIds": ids }));
    let told = site
        .tell::<Findings>(&API, "GetFindings", question, about)
        .await
        .told()?;
    intake.listed::<Finding>(&site.account, &site.region, &told.source);
    for finding in &told.value.findings {
        let fields = Finding {
            r#type: told.fact(finding.kind.clone()),
            severity: told.fact(finding.severity),
            created: told.fact(finding.created.0),
            updated: told.fact(finding.updated.0),
        };
        let identity = Identity {
            arn: finding.arn.clone(),
            name: finding.kind.clone(),
        };
        intake.add(&site.account, &site.region, identity, fields);
    }
    match untold(ids, &told.value.findings) {
        0 => Ok(()),
        untold => Err(told.lacks(missing(&format!(
            "{untold} of the {} findings that were asked for",
            ids.len()
        )))),
    }
}

/// How many of the findings that were asked for are not among those that came.
fn untold(asked: &[String], told: &[Found]) -> usize {
    let came = |id: &&String| told.iter().any(|finding| finding.id == **id);
    asked.len() - asked.iter().filter(came).count()
}

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html>
#[derive(Debug, Deserialize)]
struct Findings {
    findings: Vec<Found>,
}

#[derive(Debug, Deserialize)]
struct Found {
    id: String,
    arn: String,
    #[serde(rename = "type")]
    kind: String,
    severity: f64,
    #[serde(rename = "createdAt")]
    created: Moment,
    #[serde(rename = "updatedAt")]
    updated: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_that_is_asked_for_and_does_not_come_is_missed() {
        let came = json!({ "findings": [{
            "id": "a",
            "arn": "arn:aws:guardduty:eu-west-1:111122223333:detector/d/finding/a",
            "type": "Recon:EC2/Portscan",
            "severity": 5.0,
            "createdAt": "2026-01-01T00:00:00Z",
            "updatedAt": "2026-01-01T00:00:00Z",
        }] });
        let came: Findings = serde_json::from_value(came).unwrap();
        let asked = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(untold(&asked(&["a"]), &came.findings), 0);
        assert_eq!(untold(&asked(&["a", "b"]), &came.findings), 1);
        assert_eq!(untold(&asked(&["b", "c"]), &came.findings), 2);
    }
}
