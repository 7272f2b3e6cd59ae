//! The images that run, and what the registry's scan of them found.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Reply, Site, each, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ecs::Image;
use crate::inventory::{Source, Told};

/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/Welcome.html>
const REGISTRY: Api = Api::new(
    "ecr",
    Protocol::Json {
        version: "1.1",
        target: "AmazonEC2ContainerRegistry_V20150921",
    },
)
.at("api.ecr", "ecr")
.fips("ecr-fips");

/// An image that a running task uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Used {
    pub(super) repository: String,
    pub(super) digest: String,
}

impl Used {
    /// Region and repository of an image of this account's registry; none where it comes from elsewhere.
    /// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html>
    pub(super) fn repository<'a>(image: &'a str, account: &str) -> Option<(&'a str, &'a str)> {
        let (host, rest) = image.split_once('/')?;
        let rest_of_host = host.strip_prefix(account)?;
        let region = rest_of_host
            .strip_prefix(".dkr.ecr.")
            .or_else(|| rest_of_host.strip_prefix(".dkr-ecr."))?
            .split('.')
            .next()?;
        let repository = rest.split_once('@').map_or(rest, |(before, _)| before);
        let repository = repository
            .split_once(':')
            .map_or(repository, |(before, _)| before);
        Some((region, repository))
    }
}

/// The images that run, and the call that told of each.
pub(super) type Images = BTreeMap<Used, Source>;

pub(super) async fn collect(site: &Site, intake: &Intake, images: &Images) {
    let mut repositories: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for image in images.keys() {
        let digests = repositories.entry(&image.repository).or_default();
        digests.push(&image.digest);
    }
    each(&repositories, async |(repository, digests)| {
        // As many as one call takes.
        each(digests.chunks(100), async |digests| {
            some(site, intake, images, (repository, digests)).await
        })
        .await;
    })
    .await;
}

async fn some(
    site: &Site,
    intake: &Intake,
    images: &Images,
    (repository, digests): (&str, &[&str]),
) {
    let ids: Vec<_> = digests
        .iter()
        .map(|digest| json!({ "imageDigest": digest }))
        .collect();
    let question = Question::json(json!({ "repositoryName": repository, "imageIds": ids }));
    let about = format!("repository={repository}");
    let described: Reply<Described> = site
        .tell(&REGISTRY, "DescribeImages", question, about)
        .await;
    each(digests, async |digest| {
        let image = Used {
            repository: repository.to_owned(),
            digest: (*digest).to_owned(),
        };
        if let Some(source) = images.get(&image) {
            one(site, intake, (&image, source), &described).await;
        }
    })
    .await;
}

async fn one(
    site: &Site,
    intake: &Intake,
    (image, source): (&Used, &Source),
    described: &Reply<Described>,
) {
    let Used { repository, digest } = image;
    // The counts are of all findings, however many of them the page shows.
    let question = Question::json(json!({
        "repositoryName": repository,
        "imageId": { "imageDigest": digest },
        "maxResults": 1,
    }));
    let about = format!("image={repository}@{digest}");
    let scan: Reply<Scan> = site
        .tell(&REGISTRY, "DescribeImageScanFindings", question, about)
        .await;
    let used = |name: &str| {
        Ok(Told {
            value: name.to_owned(),
            source: source.clone(),
        })
    };
    let fields = Image {
        repository: used(repository),
        digest: used(digest),
        pushed: described.read(|all| {
            let found = all.details.iter().find(|one| one.image_digest == *digest);
            let found = found.ok_or_else(|| missing("an image that was asked for"))?;
            Ok(found.image_pushed_at.0)
        }),
        scan: scan.read_or(|| None, |s| Ok(Some(s.status.status.clone()))),
        scanned: scan.read_or(
            || None,
            |s| Ok(s.findings.as_ref().and_then(|f| f.completed).map(|at| at.0)),
        ),
        critical: scan.read_or(|| None, |s| Ok(s.count("CRITICAL"))),
        high: scan.read_or(|| None, |s| Ok(s.count("HIGH"))),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:ecr:{region}:{account}:repository/{repository}/{digest}"),
        name: format!("{repository}@{digest}"),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "imageDetails")]
    details: Vec<Detail>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    image_digest: String,
    image_pushed_at: Moment,
}

/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html>
#[derive(Debug, Deserialize)]
struct Scan {
    #[serde(rename = "imageScanStatus")]
    status: Status,
    /// Left out until a scan has come to its end.
    #[serde(rename = "imageScanFindings")]
    findings: Option<Findings>,
}

#[derive(Debug, Deserialize)]
struct Status {
    status: String,
}

#[derive(Debug, Deserialize)]
struct Findings {
    #[serde(rename = "imageScanCompletedAt")]
    completed: Option<Moment>,
    /// By severity, without those that nothing was found of.
    #[serde(rename = "findingSeverityCounts", default)]
    counts: BTreeMap<String, i64>,
}

impl Scan {
    /// How many weaknesses of a severity there are, if the scan has said anything.
    fn count(&self, severity: &str) -> Option<i64> {
        let told = matches!(self.status.status.as_str(), "COMPLETE" | "ACTIVE");
        let findings = self.findings.as_ref().filter(|_| told)?;
        Some(findings.counts.get(severity).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_of_this_accounts_registry_or_from_elsewhere() {
        let of = |image: &str| {
            let found = Used::repository(image, "123456789012");
            found.map(|(region, repository)| (region.to_owned(), repository.to_owned()))
        };
        let at = |rest: &str| format!("123456789012.dkr.ecr.eu-west-1.amazonaws.com/{rest}");
        for (rest, repository) in [
            ("team/web:1.2", "team/web"),
            ("web@sha256:ab", "web"),
            ("web:1@sha256:ab", "web"),
        ] {
            assert_eq!(
                of(&at(rest)),
                Some(("eu-west-1".to_owned(), repository.to_owned()))
            );
        }
        let dual = "123456789012.dkr-ecr.eu-west-1.on.aws/web";
        assert_eq!(of(dual), Some(("eu-west-1".to_owned(), "web".to_owned())));
        for elsewhere in [
            "nginx",
            "library/nginx:1",
            "public.ecr.aws/nginx/nginx:1",
            "444455556666.dkr.ecr.eu-west-1.amazonaws.com/web",
        ] {
            assert_eq!(of(elsewhere), None, "{elsewhere}");
        }
    }
}
