//! Inspector: what it scans, what it covers, and what it found.

mod suppressions;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Missing, Moment, Protocol, Question, Reply, Site, Turn, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::inspector2::{Coverage, Finding, Scanning};

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/Welcome.html>
const API: Api = Api::new("inspector2", Protocol::RestJson);

/// Reads what Inspector does in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        scanning(site, intake),
        coverage(site, intake),
        findings(site, intake),
        suppressions::collect(site, intake),
    );
}

async fn scanning(site: &Site, intake: &Intake) {
    let question = Question::post(
        "/status/batch/get",
        json!({ "accountIds": [*site.account] }),
    );
    let statuses: Reply<Statuses> = site.tell(&API, "BatchGetAccountStatus", question, "").await;
    let on = |of: fn(&States) -> Option<&State>| {
        statuses.read(|all| {
            let state = of(own(all, &site.account)?);
            // Left out where the region cannot scan them.
            Ok(Some(state.is_some_and(|state| state.status == "ENABLED")))
        })
    };
    let fields = Scanning {
        inspector_instances: on(|states| Some(&states.ec2)),
        inspector_images: on(|states| Some(&states.ecr)),
        inspector_functions: on(|states| states.lambda.as_ref()),
    };
    intake.facet(&site.account, &site.region, fields);
}

fn own<'a>(all: &'a Statuses, account: &str) -> Result<&'a States, Missing> {
    let found = all.accounts.iter().find(|one| one.account == account);
    found
        .map(|one| &one.states)
        .ok_or_else(|| missing("the status of this account"))
}

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html>
#[derive(Debug, Deserialize)]
struct Statuses {
    accounts: Vec<AccountState>,
}

#[derive(Debug, Deserialize)]
struct AccountState {
    #[serde(rename = "accountId")]
    account: String,
    #[serde(rename = "resourceState")]
    states: States,
}

#[derive(Debug, Deserialize)]
struct States {
    ec2: State,
    ecr: State,
    lambda: Option<State>,
}

#[derive(Debug, Deserialize)]
struct State {
    status: String,
}

async fn coverage(site: &Site, intake: &Intake) {
    let own = json!({ "accountId": [{ "comparison": "EQUALS", "value": *site.account }] });
    list::<Coverage, Covered>(
        site,
        intake,
        async |token| {
            let input = json!({ "filterCriteria": own, "maxResults": 200, "nextToken": token });
            let question = Question::post("/coverage/list", input);
            site.tell(&API, "ListCoverage", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in &page.value.resources {
                let status = one.status.as_ref().ok_or_else(|| missing("scanStatus"))?;
                let fields = Coverage {
                    resource_id: page.fact(one.id.clone()),
                    // A function comes with its version, which is always the last.
                    resource: page.fact(one.id.trim_end_matches(":$LATEST").to_owned()),
                    resource_type: page.fact(one.kind.clone()),
                    active: page.fact(status.code == "ACTIVE"),
                    reason: page.fact(status.reason.clone()),
                    running: page.fact(one.running()),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                // Coverage has no ARN, and one resource may be scanned in two ways.
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:inspector2:{region}:{account}:coverage/{}/{}",
                        one.scan, one.id
                    ),
                    name: one.id.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/API_CoveredResource.html>
#[derive(Debug, Deserialize)]
struct Covered {
    #[serde(rename = "coveredResources")]
    resources: Vec<OneCovered>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct OneCovered {
    #[serde(rename = "resourceId")]
    id: String,
    #[serde(rename = "resourceType")]
    kind: String,
    #[serde(rename = "scanType")]
    scan: String,
    #[serde(rename = "scanStatus")]
    status: Option<ScanStatus>,
    /// Left out where there is nothing more to say.
    #[serde(rename = "resourceMetadata")]
    metadata: Option<Metadata>,
}

impl OneCovered {
    fn running(&self) -> Option<i64> {
        self.metadata.as_ref()?.image.as_ref()?.in_use
    }
}

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/API_ResourceScanMetadata.html>
#[derive(Debug, Deserialize)]
struct Metadata {
    #[serde(rename = "ecrImage")]
    image: Option<ImageMetadata>,
}

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/API_EcrContainerImageMetadata.html>
#[derive(Debug, Deserialize)]
struct ImageMetadata {
    #[serde(rename = "inUseCount")]
    in_use: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct ScanStatus {
    #[serde(rename = "statusCode")]
    code: String,
    reason: String,
}

async fn findings(site: &Site, intake: &Intake) {
    let is = |value: &str| json!({ "comparison": "EQUALS", "value": value });
    let open = json!({
        "awsAccountId": [is(&site.account)],
        "findingStatus": [is("ACTIVE")],
        "severity": [is("CRITICAL"), is("HIGH"), is("MEDIUM")],
    });
    list::<Finding, Findings>(
        site,
        intake,
        async |token| {
            let input = json!({ "filterCriteria": open, "maxResults": 100, "nextToken": token });
            let question = Question::post("/findings/list", input);
            site.tell(&API, "ListFindings", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for finding in &page.value.findings {
                let title = finding.title.as_ref().unwrap_or(&finding.description);
                let ids = finding.resources.iter().map(|one| one.id.clone());
                let fields = Finding {
                    title: page.fact(title.clone()),
                    severity: page.fact(finding.severity.clone()),
                    first_observed: page.fact(finding.first.0),
                    fix_available: page.fact(finding.fix.clone()),
                    resources: page.fact(ids.collect()),
                };
                let identity = Identity {
                    arn: finding.arn.clone(),
                    name: title.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html>
#[derive(Debug, Deserialize)]
struct Findings {
    findings: Vec<Found>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "findingArn")]
    arn: String,
    /// Left out of some; the description then says it.
    title: Option<String>,
    description: String,
    severity: String,
    #[serde(rename = "firstObservedAt")]
    first: Moment,
    /// Left out where it is not about a package.
    #[serde(rename = "fixAvailable")]
    fix: Option<String>,
    resources: Vec<OneResource>,
}

#[derive(Debug, Deserialize)]
struct OneResource {
    id: String,
}
