//! Service Quotas: how much of what AWS allows is used, who watches that, and what was asked for.

mod peak;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Reply, Site, Turn, each, list, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::service_quotas::{Management, Quota, Request};

/// <https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/Welcome.html>
const API: Api = Api::new(
    "service-quotas",
    Protocol::Json {
        version: "1.1",
        target: "ServiceQuotasV20190624",
    },
)
.at("servicequotas", "servicequotas");

/// The services whose limits stop a system that grows, and that say how much is used. Two hundred have quotas; to list
/// those of each in each region would be most of a scan.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Service-Quota-Integration.html>
const SERVICES: &[&str] = &[
    "autoscaling",
    "dynamodb",
    "ebs",
    "ec2",
    "ecs",
    "eks",
    "elasticloadbalancing",
    "fargate",
    "kinesis",
    "lambda",
    "rds",
    "vpc",
];

/// Reads the quotas of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        each(SERVICES, async |service| quotas(site, intake, service)
            .await),
        management(site, intake),
        requests(site, intake),
    );
}

async fn quotas(site: &Site, intake: &Intake, service: &str) {
    let about = format!("service={service}");
    let listing = pages(
        async |token| {
            let input = json!({ "ServiceCode": service, "MaxResults": 100, "NextToken": token });
            let question = Question::json(input);
            let told: Reply<Quotas> = site.tell(&API, "ListServiceQuotas", question, &about).await;
            match told {
                // The service is not to be had in this region, and so has no quotas.
                Reply::Absent(source) => Reply::Told(Told {
                    value: Quotas::default(),
                    source,
                }),
                Reply::Told(_) | Reply::Gap(_) => told,
            }
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Quota>(&site.account, &site.region, &page.source);
            let measured: Vec<&Listed> = page.value.quotas.iter().filter(|q| q.counts()).collect();
            let peaks = peak::of(site, &measured, &about).await;
            for (quota, peak) in measured.iter().zip(peaks) {
                let value = page.read(|_| quota.value.ok_or_else(|| missing("Value")));
                let fields = Quota {
                    service: page.fact(quota.service_code.clone()),
                    name: page.fact(quota.quota_name.clone()),
                    code: page.fact(quota.quota_code.clone()),
                    value,
                    adjustable: page.fact(quota.adjustable),
                    peak,
                };
                let identity = Identity {
                    arn: quota.quota_arn.clone(),
                    name: quota.quota_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Quota>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Quotas {
    quotas: Vec<Listed>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ServiceQuota.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    quota_arn: String,
    quota_code: String,
    quota_name: String,
    service_code: String,
    adjustable: bool,
    /// Left out where the service could not be asked.
    value: Option<f64>,
    /// Of a limit on what may be done in a time; left out of the others.
    period: Option<serde::de::IgnoredAny>,
    /// Left out where nobody measures the use.
    usage_metric: Option<Metric>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Metric {
    metric_namespace: String,
    metric_name: String,
    /// Left out where there are none.
    #[serde(default)]
    metric_dimensions: BTreeMap<String, String>,
    metric_statistic_recommendation: String,
}

impl Listed {
    /// Whether it limits how many there may be at once, and that is measured. Rates are another thing: AWS holds calls
    /// back, and nothing is full.
    fn counts(&self) -> bool {
        let metric = self.usage_metric.as_ref();
        self.period.is_none()
            && metric.is_some_and(|metric| metric.metric_statistic_recommendation == "Maximum")
    }
}

async fn management(site: &Site, intake: &Intake) {
    let question = Question::json(json!({}));
    let told: Reply<Managed> = site
        .tell(&API, "GetAutoManagementConfiguration", question, "")
        .await;
    let fields = Management {
        quotas_managed: told.read_or(
            || Some(false),
            |managed| Ok(Some(managed.opt_in_status == "ENABLED")),
        ),
    };
    intake.facet(&site.account, &site.region, fields);
}

/// <https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetAutoManagementConfiguration.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Managed {
    opt_in_status: String,
}

async fn requests(site: &Site, intake: &Intake) {
    list::<Request, Requests>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": 100, "NextToken": token }));
            site.tell(&API, "ListRequestedServiceQuotaChangeHistory", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for request in &page.value.requested_quotas {
                let fields = Request {
                    service: page.fact(request.service_code.clone()),
                    quota: page.fact(request.quota_name.clone()),
                    wanted: page.fact(request.desired_value),
                    status: page.fact(request.status.clone()),
                    created: page.fact(request.created.0),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    // A request has none of its own; this follows the form of the quotas'.
                    arn: format!(
                        "arn:{partition}:servicequotas:{region}:{account}:request/{}",
                        request.id
                    ),
                    name: request.quota_name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Requests {
    requested_quotas: Vec<Asked>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_RequestedServiceQuotaChange.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    id: String,
    service_code: String,
    quota_name: String,
    desired_value: f64,
    status: String,
    created: Moment,
}
