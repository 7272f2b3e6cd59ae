//! EFS: file systems with their policy and backups, and the access points through which they are entered.

use serde::Deserialize;

use crate::aws::documents::statements;
use crate::aws::{
    Api, Moment, Protocol, Question, Site, Tag, Turn, each, gather, missing, pages, part, tags,
};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::efs::{AccessPoint, FileSystem};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/efs/latest/ug/api-reference.html>
const API: Api = Api::new("efs", Protocol::RestJson).at("elasticfilesystem", "elasticfilesystem");

const FILE_SYSTEMS: &str = "/2015-02-01/file-systems";

/// Reads the file systems of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::get(FILE_SYSTEMS).with("Marker", token);
            site.tell::<FileSystems>(&API, "DescribeFileSystems", question, "")
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<FileSystem>(&site.account, &site.region, &page.source);
            intake.listed::<AccessPoint>(&site.account, &site.region, &page.source);
            each(&page.value.file_systems, async |described| {
                futures::join!(
                    one_file_system(site, intake, page, described),
                    access_points(site, intake, &described.file_system_id),
                );
            })
            .await;
            Ok(())
        },
    )
    .await;
    // Access points are asked for by file system: a listing that failed hides both.
    if let Err(gap) = listing {
        intake.incomplete::<FileSystem>(&site.account, &site.region, gap.clone());
        intake.incomplete::<AccessPoint>(&site.account, &site.region, gap);
    }
}

async fn one_file_system(
    site: &Site,
    intake: &Intake,
    page: &Told<FileSystems>,
    described: &Described,
) {
    let id = &described.file_system_id;
    let path = format!("{FILE_SYSTEMS}/{}", part(id));
    let about = format!("file_system={id}");
    let (policy, backups, subnets) = futures::join!(
        site.tell::<Policy>(
            &API,
            "DescribeFileSystemPolicy",
            Question::get(format!("{path}/policy")),
            &about
        ),
        site.tell::<Backups>(
            &API,
            "DescribeBackupPolicy",
            Question::get(format!("{path}/backup-policy")),
            &about
        ),
        subnets(site, id, &about),
    );
    let fields = FileSystem {
        id: page.fact(id.clone()),
        created: page.fact(described.creation_time.0),
        encrypted: page.read(|_| described.encrypted.ok_or(missing("Encrypted"))),
        kms_key: page.fact(described.kms_key_id.clone()),
        one_zone: page.fact(described.availability_zone_name.is_some()),
        policy: policy.read_or(Vec::new, |p| statements(&p.policy)),
        automatic_backups: backups.read_or(
            || false,
            |b| Ok(["ENABLED", "ENABLING"].contains(&b.backup_policy.status.as_str())),
        ),
        subnets,
        tags: page.fact(tags(&described.tags)),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}"),
        name: described.name.clone().unwrap_or_else(|| id.clone()),
    };
    intake.add(account, region, identity, fields);
}

/// The subnets it has mount targets in.
async fn subnets(site: &Site, file_system: &str, about: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let question = Question::get("/2015-02-01/mount-targets")
                .with("FileSystemId", Some(file_system))
                .with("Marker", token);
            site.tell::<MountTargets>(&API, "DescribeMountTargets", question, about)
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| {
            let targets = page.mount_targets.iter();
            Ok(targets.map(|target| target.subnet_id.clone()).collect())
        },
    )
    .await
}

async fn access_points(site: &Site, intake: &Intake, file_system: &str) {
    let about = format!("file_system={file_system}");
    let listing = pages(
        async |token| {
            let question = Question::get("/2015-02-01/access-points")
                .with("FileSystemId", Some(file_system))
                .with("NextToken", token);
            site.tell::<AccessPoints>(&API, "DescribeAccessPoints", question, &about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<AccessPoint>(&site.account, &site.region, &page.source);
            for point in &page.value.access_points {
                let fields = AccessPoint {
                    id: page.fact(point.access_point_id.clone()),
                    file_system: page.fact(point.file_system_id.clone()),
                    root: page.fact(point.root_directory.path.clone()),
                    sets_user: page.fact(point.posix_user.is_some()),
                };
                let identity = Identity {
                    arn: point.access_point_arn.clone(),
                    name: point.access_point_id.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<AccessPoint>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileSystems {
    file_systems: Vec<Described>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    file_system_id: String,
    creation_time: Moment,
    /// Left out where it has no tag of that name.
    name: Option<String>,
    encrypted: Option<bool>,
    /// Left out where it is not encrypted.
    kms_key_id: Option<String>,
    /// Left out where it is kept in several zones.
    availability_zone_name: Option<String>,
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
struct Policy {
    #[serde(rename = "Policy")]
    policy: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Backups {
    backup_policy: BackupPolicy,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct BackupPolicy {
    status: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MountTargets {
    mount_targets: Vec<MountTarget>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MountTarget {
    subnet_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AccessPoints {
    access_points: Vec<Point>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/efs/latest/ug/API_AccessPointDescription.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Point {
    access_point_id: String,
    access_point_arn: String,
    file_system_id: String,
    root_directory: Root,
    /// Left out where clients keep their own user.
    posix_user: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Root {
    path: String,
}
