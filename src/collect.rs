//! Runs the services' collectors under the limits. It cannot fail: it comes back with an inventory, and with a gap
//! wherever AWS did not tell.

mod accessanalyzer;
mod account;
mod acm;
mod apigateway;
mod apigatewayv2;
mod application_autoscaling;
mod appsync;
mod arc_region_switch;
mod artifact;
mod athena;
mod auditmanager;
mod autoscaling;
mod backup;
mod bedrock;
mod cloudformation;
mod cloudfront;
mod cloudtrail;
mod cloudwatch;
mod codebuild;
mod codecommit;
mod codedeploy;
mod codepipeline;
mod codestar_notifications;
mod cognito_identity;
mod cognito_idp;
mod compute_optimizer;
mod config;
mod controltower;
mod datasync;
mod dax;
mod directconnect;
mod dms;
mod drs;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod eks;
mod elasticache;
mod elasticbeanstalk;
mod elb;
mod elbv2;
mod emr;
mod events;
mod firehose;
mod fis;
mod fsx;
mod glue;
mod guardduty;
mod health;
mod iam;
mod identitystore;
mod inspector2;
mod kafka;
mod kafkaconnect;
mod kinesis;
mod kms;
mod lambda;
mod logs;
mod macie2;
mod marketplace_agreement;
mod memorydb;
mod mq;
mod network_firewall;
mod offered;
mod opensearch;
mod organizations;
mod outposts;
mod ram;
mod rds;
mod redshift;
mod redshift_serverless;
mod resiliencehub;
mod resource_explorer_2;
mod resourcegroupstaggingapi;
mod route53;
mod route53domains;
mod route53resolver;
mod s3;
mod s3control;
mod sagemaker;
mod secretsmanager;
mod security_ir;
mod securityhub;
mod service_quotas;
mod sesv2;
mod shield;
mod snowball;
mod sns;
mod sqs;
mod ssm;
mod ssm_incidents;
mod sso_admin;
mod stepfunctions;
mod storagegateway;
mod synthetics;
mod transfer;
mod wafv2;
mod workspaces;

use std::collections::BTreeSet;
use std::sync::atomic::Ordering::Relaxed;

use futures::StreamExt;
use futures::future::LocalBoxFuture;

use crate::aws::Site;
use crate::inventory::Place;
use crate::inventory::intake::Intake;
use crate::inventory::schema::Schema;

/// Where a service is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Once per account.
    Global,
    /// In every region.
    Regional,
}

/// A service's collector.
#[derive(Clone, Copy)]
pub struct Service {
    /// Its name in calls: `s3`.
    pub name: &'static str,
    /// Where it is read.
    pub reach: Reach,
    // Local, because the compiler cannot yet prove `Send` of async closures that borrow their argument; and all collectors
    // of an account run in one task anyhow, since they wait for AWS and not for a processor.
    run: for<'a> fn(&'a Site, &'a Intake) -> LocalBoxFuture<'a, ()>,
}

macro_rules! services {
    ($($name:literal $reach:ident $module:ident),* $(,)?) => {
        &[$( Service { name: $name, reach: Reach::$reach, run: |site, intake| Box::pin($module::collect(site, intake)) } ),*]
    };
}

/// Every service there is a collector for.
pub const SERVICES: &[Service] = services![
    "accessanalyzer" Regional accessanalyzer,
    "account" Global account,
    "acm" Regional acm,
    "apigateway" Regional apigateway,
    "apigatewayv2" Regional apigatewayv2,
    "application-autoscaling" Regional application_autoscaling,
    "appsync" Regional appsync,
    "arc-region-switch" Regional arc_region_switch,
    "artifact" Global artifact,
    "athena" Regional athena,
    "auditmanager" Regional auditmanager,
    "autoscaling" Regional autoscaling,
    "backup" Regional backup,
    "bedrock" Regional bedrock,
    "cloudformation" Regional cloudformation,
    "cloudfront" Global cloudfront,
    "cloudtrail" Regional cloudtrail,
    "cloudwatch" Regional cloudwatch,
    "codebuild" Regional codebuild,
    "codecommit" Regional codecommit,
    "codedeploy" Regional codedeploy,
    "codepipeline" Regional codepipeline,
    "codestar-notifications" Regional codestar_notifications,
    "cognito-identity" Regional cognito_identity,
    "cognito-idp" Regional cognito_idp,
    "compute-optimizer" Regional compute_optimizer,
    "config" Regional config,
    "controltower" Regional controltower,
    "datasync" Regional datasync,
    "dax" Regional dax,
    "directconnect" Regional directconnect,
    "dms" Regional dms,
    "drs" Regional drs,
    "dynamodb" Regional dynamodb,
    "ec2" Regional ec2,
    "ecr" Regional ecr,
    "ecs" Regional ecs,
    "efs" Regional efs,
    "eks" Regional eks,
    "elasticache" Regional elasticache,
    "elasticbeanstalk" Regional elasticbeanstalk,
    "elb" Regional elb,
    "elbv2" Regional elbv2,
    "emr" Regional emr,
    "events" Regional events,
    "firehose" Regional firehose,
    "fis" Regional fis,
    "fsx" Regional fsx,
    "glue" Regional glue,
    "guardduty" Regional guardduty,
    "health" Global health,
    "iam" Global iam,
    "identitystore" Regional identitystore,
    "inspector2" Regional inspector2,
    "kafka" Regional kafka,
    "kafkaconnect" Regional kafkaconnect,
    "kinesis" Regional kinesis,
    "kms" Regional kms,
    "lambda" Regional lambda,
    "logs" Regional logs,
    "macie2" Regional macie2,
    "marketplace-agreement" Global marketplace_agreement,
    "memorydb" Regional memorydb,
    "mq" Regional mq,
    "network-firewall" Regional network_firewall,
    "opensearch" Regional opensearch,
    "organizations" Global organizations,
    "outposts" Regional outposts,
    "ram" Regional ram,
    "rds" Regional rds,
    "redshift" Regional redshift,
    "redshift-serverless" Regional redshift_serverless,
    "resiliencehub" Regional resiliencehub,
    "resource-explorer-2" Global resource_explorer_2,
    "resourcegroupstaggingapi" Regional resourcegroupstaggingapi,
    "route53" Global route53,
    "route53domains" Global route53domains,
    "route53resolver" Regional route53resolver,
    "s3" Global s3,
    "s3control" Global s3control,
    "sagemaker" Regional sagemaker,
    "secretsmanager" Regional secretsmanager,
    "security-ir" Regional security_ir,
    "securityhub" Regional securityhub,
    "service-quotas" Regional service_quotas,
    "sesv2" Regional sesv2,
    "shield" Global shield,
    "snowball" Regional snowball,
    "sns" Regional sns,
    "sqs" Regional sqs,
    "ssm" Regional ssm,
    "ssm-incidents" Regional ssm_incidents,
    "sso-admin" Regional sso_admin,
    "stepfunctions" Regional stepfunctions,
    "storagegateway" Regional storagegateway,
    "synthetics" Regional synthetics,
    "transfer" Regional transfer,
    "wafv2" Regional wafv2,
    "workspaces" Regional workspaces,
];

/// The places that [`collect`] reads: for every kind the plan lists, the account or each region.
pub fn places(schema: &Schema, global: &Site, regions: &[Site]) -> Vec<Place> {
    let place = |kind: &str, site: &Site| Place {
        kind: kind.into(),
        account: site.account.clone(),
        region: site.region.clone(),
    };
    let mut places = vec![place("account", global)];
    places.extend(regions.iter().map(|site| place("region", site)));
    for kind in schema
        .kinds()
        .filter(|kind| !kind.singleton && global.plans_all(kind.listed_by))
    {
        let service = kind.name.split('.').next();
        match SERVICES
            .iter()
            .find(|known| Some(known.name) == service)
            .map(|service| service.reach)
        {
            Some(Reach::Global) => places.push(place(kind.name, global)),
            Some(Reach::Regional) => {
                places.extend(regions.iter().map(|site| place(kind.name, site)))
            }
            None => {}
        }
    }
    places
}

/// Reads everything the plan asks for, of one account: `global` once, and each of `regions`.
pub async fn collect(global: &Site, regions: &[Site], intake: &Intake) {
    global.read_regions(regions);
    let mut work = Vec::new();
    for service in SERVICES.iter().filter(|service| global.plans(service.name)) {
        match service.reach {
            Reach::Global => work.push((service, global)),
            Reach::Regional => work.extend(regions.iter().map(|site| (service, site))),
        }
    }
    let progress = global.progress();
    progress.total.fetch_add(work.len() as u64, Relaxed);
    progress.scope.get_or_init(|| {
        let services: BTreeSet<&str> = work.iter().map(|(service, _)| service.name).collect();
        counted(services.len(), "service") + " in " + &counted(regions.len(), "region")
    });
    // All at once: what bounds them is the limit on calls in flight, not on collectors.
    let mut running: futures::stream::FuturesUnordered<_> = work
        .into_iter()
        .map(|(service, site)| {
            let name = match service.reach {
                Reach::Global => service.name.to_owned(),
                Reach::Regional => format!("{} {}", service.name, site.region),
            };
            progress.begins(&name);
            async move {
                (service.run)(site, intake).await;
                if service.reach == Reach::Regional {
                    offered::settle(global, site, service.name, intake).await;
                }
                name
            }
        })
        .collect();
    while let Some(name) = running.next().await {
        progress.ends(&name);
    }
}

fn counted(number: usize, thing: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{many}")
}
