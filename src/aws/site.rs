//! One account in one region, with its clients.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use aws_types::SdkConfig;
use aws_types::region::Region;
use jiff::Timestamp;

use super::plan::Plan;
use super::progress::Progress;
use super::tell::Signer;
use crate::inventory::run::{Ledger, Tally};

/// What all sites of one account share.
#[derive(Debug)]
pub struct Shared {
    /// Credentials, HTTP client, retries. No region.
    pub sdk: SdkConfig,
    /// What may be called.
    pub plan: Plan,
    /// The run's `now`: the recorded time in a replay.
    pub now: Timestamp,
    /// Whether answers come from a bundle, so that waiting for AWS is pointless.
    pub replayed: bool,
    ledger: Mutex<Ledger>,
    /// How far it has come.
    pub progress: Arc<Progress>,
    /// Number of the last call.
    pub(super) calls: AtomicU64,
    clients: Mutex<HashMap<String, aws_sdk_s3::Client>>,
    pub(super) signer: Signer,
    /// Every region that this scan reads, in order.
    regions: OnceLock<BTreeSet<Arc<str>>>,
}

impl Shared {
    /// What the sites of one account share, before the first call.
    pub fn new(
        sdk: SdkConfig,
        plan: Plan,
        now: Timestamp,
        replayed: bool,
        progress: Arc<Progress>,
    ) -> Self {
        Self {
            signer: Signer::new(&sdk),
            sdk,
            plan,
            now,
            replayed,
            ledger: Mutex::default(),
            progress,
            calls: AtomicU64::new(0),
            clients: Mutex::default(),
            regions: OnceLock::new(),
        }
    }

    /// How the calls came out so far.
    pub fn ledger(&self) -> Ledger {
        self.ledger
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Counts the outcome of a call in the coverage ledger.
    pub(super) fn count(
        &self,
        account: &str,
        region: &str,
        service: &str,
        count: impl FnOnce(&mut Tally),
    ) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        count(
            ledger
                .entry((account.to_owned(), region.to_owned(), service.to_owned()))
                .or_default(),
        );
        self.progress.calls.fetch_add(1, Relaxed);
    }
}

/// One account in one region. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Site {
    /// Twelve digits.
    pub account: Arc<str>,
    /// Region, as populations name it: a real one, or `global` for what exists once per account.
    pub region: Arc<str>,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: Arc<str>,
    /// The region requests are signed for. Differs from `region` for global services.
    pub(super) endpoint: Arc<str>,
    pub(super) shared: Arc<Shared>,
}

/// The SDK's crates of services, and the version that each tells of itself: what was linked, whatever a lock file says.
pub fn sdk() -> impl Iterator<Item = (&'static str, &'static str)> {
    macro_rules! versions {
        ($($sdk:ident)*) => { [$((stringify!($sdk), $sdk::meta::PKG_VERSION)),*] };
    }
    versions![
        aws_sdk_backup aws_sdk_cloudtrail aws_sdk_cloudwatch aws_sdk_cloudwatchlogs aws_sdk_ec2 aws_sdk_iam aws_sdk_kms
        aws_sdk_rds aws_sdk_s3 aws_sdk_s3control aws_sdk_sns aws_sdk_sts
    ]
    .into_iter()
}

macro_rules! clients {
    ($($(#[doc = $doc:literal])* $name:ident: $sdk:ident;)*) => {$(
        $(#[doc = $doc])*
        pub fn $name(&self) -> $sdk::Client {
            $sdk::Client::from_conf($sdk::config::Builder::from(&self.config()).build())
        }
    )*};
}

impl Site {
    /// A site for one account and region; `region` is how populations name it, `endpoint` where requests go.
    pub fn new(
        account: &str,
        partition: &str,
        region: &str,
        endpoint: &str,
        shared: Arc<Shared>,
    ) -> Self {
        Self {
            account: account.into(),
            region: region.into(),
            partition: partition.into(),
            endpoint: endpoint.into(),
            shared,
        }
    }

    /// The same account in another region.
    pub fn at(&self, region: &str) -> Self {
        Self {
            region: region.into(),
            endpoint: region.into(),
            ..self.clone()
        }
    }

    /// Tells the sites of an account which regions the scan reads. Said once, before the first call.
    pub fn read_regions(&self, sites: &[Site]) {
        let regions = || sites.iter().map(|site| site.region.clone()).collect();
        self.shared.regions.get_or_init(regions);
    }

    /// The regions that the scan reads, in order.
    pub fn regions(&self) -> Vec<Arc<str>> {
        let regions = self.shared.regions.get();
        regions.into_iter().flatten().cloned().collect()
    }

    /// Whether this is the site to read a thing that several regions show and that is at home in one: that region's
    /// own, or the first of the scan where the scan leaves that region out.
    pub fn reads_for(&self, home: &str) -> bool {
        let stands_in = |regions: &BTreeSet<Arc<str>>| {
            regions.first() == Some(&self.region) && !regions.contains(home)
        };
        *self.region == *home || self.shared.regions.get().is_some_and(stands_in)
    }

    /// Whether the scan reads a region.
    pub fn reads(&self, region: &str) -> bool {
        let regions = self.shared.regions.get();
        regions.is_some_and(|regions| regions.contains(region))
    }

    /// The run's `now`: when it started. Rules and calls with a time window use it, so that a replay asks the same.
    pub fn now(&self) -> Timestamp {
        self.shared.now
    }

    /// Waits for AWS to get ready; not at all in a replay, where nothing gets readier.
    pub async fn pause(&self, wait: Duration) {
        if !self.shared.replayed {
            tokio::time::sleep(wait).await;
        }
    }

    /// Whether the plan has any call of a service.
    pub fn plans(&self, service: &str) -> bool {
        self.shared.plan.has_service(service)
    }

    /// Whether the plan has any of these calls.
    pub fn plans_any(&self, calls: &[&str]) -> bool {
        calls.iter().any(|call| self.shared.plan.has(call))
    }

    /// Whether the plan has all of these calls.
    pub fn plans_all(&self, calls: &[&str]) -> bool {
        calls.iter().all(|call| self.shared.plan.has(call))
    }

    /// How far the scan has come.
    pub fn progress(&self) -> &Progress {
        &self.shared.progress
    }

    /// Whether answers come from a bundle.
    pub fn is_replayed(&self) -> bool {
        self.shared.replayed
    }

    pub(super) fn config(&self) -> SdkConfig {
        self.shared
            .sdk
            .to_builder()
            .region(Region::new(self.endpoint.to_string()))
            .build()
    }

    clients! {
        /// AWS Backup.
        backup: aws_sdk_backup;
        /// CloudTrail.
        cloudtrail: aws_sdk_cloudtrail;
        /// CloudWatch.
        cloudwatch: aws_sdk_cloudwatch;
        /// CloudWatch Logs.
        logs: aws_sdk_cloudwatchlogs;
        /// EC2 with VPC and EBS.
        ec2: aws_sdk_ec2;
        /// IAM.
        iam: aws_sdk_iam;
        /// KMS.
        kms: aws_sdk_kms;
        /// RDS, with Aurora.
        rds: aws_sdk_rds;
        /// S3 Control.
        s3control: aws_sdk_s3control;
        /// SNS.
        sns: aws_sdk_sns;
        /// STS.
        sts: aws_sdk_sts;
    }

    /// S3, one client per region for all its buckets. An endpoint of the user's own rarely has a host name per
    /// bucket, so there the bucket goes into the path.
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let mut clients = self
            .shared
            .clients
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        clients
            .entry(self.endpoint.to_string())
            .or_insert_with(|| {
                let own_endpoint = self.shared.sdk.endpoint_url().is_some();
                let config = aws_sdk_s3::config::Builder::from(&self.config())
                    .force_path_style(own_endpoint);
                aws_sdk_s3::Client::from_conf(config.build())
            })
            .clone()
    }
}
