//! Route 53: hosted zones, the records that lead to machines, and health checks.

mod health;
mod records;

use serde::Deserialize;
use tokio::sync::OnceCell;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, gather, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::route53::{HostedZone, Record};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html>
const API: Api = Api::new("route53", Protocol::RestXml).alone(&[
    ("aws", "route53.amazonaws.com", "us-east-1"),
    ("aws-cn", "route53.amazonaws.com.cn", "cn-northwest-1"),
    (
        "aws-us-gov",
        "route53.us-gov.amazonaws.com",
        "us-gov-west-1",
    ),
]);

const ROOT: &str = "/2013-04-01";

/// Reads the account's zones and health checks.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(zones(site, intake), health::collect(site, intake));
}

async fn zones(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let with_records = site.plans_any(&["route53:ListResourceRecordSets"]);
    let logs = OnceCell::new();
    let listing = pages(
        async |token| {
            let question = Question::get(format!("{ROOT}/hostedzone")).with("marker", token);
            site.tell::<Zones>(&API, "ListHostedZones", question, "")
                .await
        },
        |page| Turn::marked(page.is_truncated, page.next_marker.as_deref()),
        async |page| {
            intake.listed::<HostedZone>(account, region, &page.source);
            if with_records {
                intake.listed::<Record>(account, region, &page.source);
            }
            each(&page.value.hosted_zones, async |zone| {
                one_zone(site, intake, page, zone, &logs).await;
                // Names of private zones lead nobody astray but their own VPCs.
                if with_records && !zone.is_private() {
                    records::collect(site, intake, zone).await;
                }
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<HostedZone>(account, region, gap.clone());
        if with_records {
            intake.incomplete::<Record>(account, region, gap);
        }
    }
}

async fn one_zone(
    site: &Site,
    intake: &Intake,
    page: &Told<Zones>,
    zone: &Zone,
    logs: &OnceCell<Read<Vec<QueryLog>>>,
) {
    let (id, name) = (zone.id(), zone.name());
    let (logs, signed) = futures::join!(
        logs.get_or_init(async || query_logs(site).await),
        signed(site, page, zone)
    );
    let fields = HostedZone {
        id: page.fact(id.to_owned()),
        name: page.fact(name.clone()),
        private: page.fact(zone.is_private()),
        query_logs: logs.as_ref().map_err(Clone::clone).and_then(|logs| {
            logs.read(|logs| {
                let own = logs.iter().filter(|log| log.hosted_zone_id == id);
                Ok(own
                    .map(|log| log.log_group.trim_end_matches(":*").to_owned())
                    .collect())
            })
        }),
        signed,
    };
    let identity = Identity {
        arn: format!("arn:{}:route53:::hostedzone/{id}", site.partition),
        name,
    };
    intake.add(&site.account, &site.region, identity, fields);
}

async fn query_logs(site: &Site) -> Read<Vec<QueryLog>> {
    gather(
        async |token| {
            let question =
                Question::get(format!("{ROOT}/queryloggingconfig")).with("nexttoken", token);
            site.tell::<QueryLogs>(&API, "ListQueryLoggingConfigs", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| Ok(page.query_logging_configs.clone()),
    )
    .await
}

/// Route 53 refuses the question for a private zone, which cannot be signed.
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetDNSSEC.html>
async fn signed(site: &Site, page: &Told<Zones>, zone: &Zone) -> Read<Option<bool>> {
    if zone.is_private() {
        return page.fact(None);
    }
    let path = format!("{ROOT}/hostedzone/{}/dnssec", part(zone.id()));
    let about = format!("zone={}", zone.name());
    let told: Reply<Dnssec> = site
        .tell(&API, "GetDNSSEC", Question::get(path), about)
        .await;
    told.read(|d| Ok(Some(d.status.serve_signature == "SIGNING")))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zones {
    hosted_zones: Vec<Zone>,
    is_truncated: bool,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zone {
    id: String,
    name: String,
    /// Left out where the zone is public and has no comment.
    config: Option<Config>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    #[serde(default)]
    private_zone: bool,
}

impl Zone {
    /// Route 53 writes ids with the path they are found under.
    fn id(&self) -> &str {
        let id = self.id.strip_prefix("/hostedzone/");
        id.map_or(self.id.as_str(), |id| id)
    }

    fn name(&self) -> String {
        records::readable(&self.name)
    }

    fn is_private(&self) -> bool {
        self.config
            .as_ref()
            .is_some_and(|config| config.private_zone)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct QueryLogs {
    query_logging_configs: Vec<QueryLog>,
    next_token: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct QueryLog {
    hosted_zone_id: String,
    #[serde(rename = "CloudWatchLogsLogGroupArn")]
    log_group: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Dnssec {
    status: DnssecStatus,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DnssecStatus {
    serve_signature: String,
}
