//! CloudFront: distributions, with where they fetch from and how they are looked at.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::aws::hosts;
use crate::aws::{Api, Protocol, Question, Site, Tag, Turn, each, list, part, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudfront::{Behavior, Distribution, Origin};

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/Welcome.html>
const API: Api = Api::new("cloudfront", Protocol::RestXml).alone(&[
    ("aws", "cloudfront.amazonaws.com", "us-east-1"),
    (
        "aws-cn",
        "cloudfront.cn-northwest-1.amazonaws.com.cn",
        "cn-northwest-1",
    ),
]);

const ROOT: &str = "/2020-05-31";

/// Reads the account's distributions.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Distribution, Distributions>(
        site,
        intake,
        async |token| {
            let question = Question::get(format!("{ROOT}/distribution")).with("Marker", token);
            site.tell(&API, "ListDistributions", question, "").await
        },
        |page| Turn::marked(page.is_truncated, page.next_marker.as_deref()),
        async |page| {
            each(&page.value.items, async |summary| {
                one_distribution(site, intake, page, summary).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_distribution(
    site: &Site,
    intake: &Intake,
    page: &Told<Distributions>,
    summary: &Summary,
) {
    let (id, arn) = (&summary.id, &summary.arn);
    let about = format!("distribution={id}");
    let config = Question::get(format!("{ROOT}/distribution/{}/config", part(id)));
    let tagging = Question::get(format!("{ROOT}/tagging")).with("Resource", Some(arn));
    let (config, tagged) = futures::join!(
        site.tell::<Config>(&API, "GetDistributionConfig", config, &about),
        site.tell::<Items<Tag>>(&API, "ListTagsForResource", tagging, &about),
    );
    let origins: Vec<Origin> = summary
        .origins
        .items
        .iter()
        .map(FetchedFrom::told)
        .collect();
    let certificate = &summary.viewer_certificate;
    let fields = Distribution {
        id: page.fact(id.clone()),
        domain_name: page.fact(hosts::plain(&summary.domain_name)),
        aliases: page.fact(summary.aliases.items.clone()),
        enabled: page.fact(summary.enabled),
        origin_buckets: page.fact(origins.iter().filter_map(|o| o.bucket.clone()).collect()),
        origins: page.fact(origins),
        failovers: page.fact(
            summary
                .origin_groups
                .as_ref()
                .map_or(0, |groups| groups.quantity),
        ),
        behaviors: page.fact(summary.behaviors()),
        default_certificate: page.fact(certificate.default),
        minimum_protocol: page.fact(certificate.minimum_protocol.clone()),
        https_by: page.fact(
            certificate
                .served_by
                .clone()
                .filter(|_| !certificate.default),
        ),
        web_acl_arn: page.fact(said(&summary.web_acl_id)),
        default_root_object: config.read(|c| Ok(said(&c.default_root_object))),
        standard_logs: config.read(|c| Ok(c.logging.as_ref().is_some_and(|l| l.enabled))),
        tags: tagged.read(|t| Ok::<BTreeMap<_, _>, _>(tags(&t.items))),
    };
    let identity = Identity {
        arn: arn.clone(),
        name: id.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// CloudFront writes empty text for what is not set.
fn said(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionList.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Distributions {
    is_truncated: bool,
    next_marker: Option<String>,
    /// Left out where there are none.
    #[serde(default)]
    items: Vec<Summary>,
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    id: String,
    #[serde(rename = "ARN")]
    arn: String,
    domain_name: String,
    aliases: Items<String>,
    enabled: bool,
    origins: Items<FetchedFrom>,
    /// Left out where there are none.
    origin_groups: Option<Quantity>,
    default_cache_behavior: DefaultBehavior,
    cache_behaviors: Items<PathBehavior>,
    viewer_certificate: ViewerCertificate,
    #[serde(rename = "WebACLId")]
    web_acl_id: Option<String>,
}

impl Summary {
    fn behaviors(&self) -> Vec<Behavior> {
        let first = &self.default_cache_behavior;
        let default = Behavior {
            path: "*".to_owned(),
            origin: first.target_origin_id.clone(),
            viewer_protocol: first.viewer_protocol_policy.clone(),
            field_level_encryption: said(&first.field_level_encryption_id),
            realtime_log: said(&first.realtime_log_config_arn),
        };
        let others = self.cache_behaviors.items.iter().map(|behavior| Behavior {
            path: behavior.path_pattern.clone(),
            origin: behavior.target_origin_id.clone(),
            viewer_protocol: behavior.viewer_protocol_policy.clone(),
            field_level_encryption: said(&behavior.field_level_encryption_id),
            realtime_log: said(&behavior.realtime_log_config_arn),
        });
        [default].into_iter().chain(others).collect()
    }
}

/// CloudFront's lists.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct Items<T> {
    /// Left out where there are none.
    #[serde(rename = "Items", default = "Vec::new")]
    items: Vec<T>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Quantity {
    quantity: i64,
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FetchedFrom {
    id: String,
    domain_name: String,
    /// Where the origin is a bucket and not its website.
    s3_origin_config: Option<S3Origin>,
    /// Where the origin is any other host.
    custom_origin_config: Option<CustomOrigin>,
    origin_access_control_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct S3Origin {
    /// Empty where there is none.
    origin_access_identity: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CustomOrigin {
    origin_protocol_policy: String,
    origin_ssl_protocols: Items<String>,
}

impl FetchedFrom {
    fn told(&self) -> Origin {
        let domain = hosts::plain(&self.domain_name);
        let bucket = match hosts::bucket(&domain) {
            Some((bucket, false)) => Some(bucket.to_owned()),
            Some((_, true)) | None => None,
        };
        let identity = self.s3_origin_config.as_ref();
        let identity = identity.and_then(|s3| said(&s3.origin_access_identity));
        let custom = self.custom_origin_config.as_ref();
        Origin {
            id: self.id.clone(),
            bucket,
            signed: identity.is_some() || said(&self.origin_access_control_id).is_some(),
            protocol: custom.map(|custom| custom.origin_protocol_policy.clone()),
            tls_protocols: custom.map_or_else(Vec::new, |c| c.origin_ssl_protocols.items.clone()),
            domain,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DefaultBehavior {
    target_origin_id: String,
    viewer_protocol_policy: String,
    field_level_encryption_id: Option<String>,
    realtime_log_config_arn: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PathBehavior {
    path_pattern: String,
    target_origin_id: String,
    viewer_protocol_policy: String,
    field_level_encryption_id: Option<String>,
    realtime_log_config_arn: Option<String>,
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html>
#[derive(Debug, Deserialize)]
struct ViewerCertificate {
    #[serde(rename = "CloudFrontDefaultCertificate", default)]
    default: bool,
    #[serde(rename = "MinimumProtocolVersion")]
    minimum_protocol: String,
    #[serde(rename = "SSLSupportMethod")]
    served_by: Option<String>,
}

/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    /// Always there: an answer without it is none.
    #[serde(rename = "CallerReference")]
    _reference: String,
    default_root_object: Option<String>,
    /// Left out where standard logs were never set up.
    logging: Option<Logging>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Logging {
    enabled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(domain: &str, identity: Option<&str>, control: Option<&str>) -> Origin {
        let text = |text: Option<&str>| text.map(str::to_owned);
        FetchedFrom {
            id: "o".to_owned(),
            domain_name: domain.to_owned(),
            s3_origin_config: Some(S3Origin {
                origin_access_identity: text(identity),
            }),
            custom_origin_config: None,
            origin_access_control_id: text(control),
        }
        .told()
    }

    #[test]
    fn a_bucket_is_one_that_cloudfront_can_sign_for_and_its_website_is_a_host_like_any() {
        assert_eq!(
            origin("acme.s3.us-east-1.amazonaws.com", None, None).bucket,
            Some("acme".to_owned())
        );
        assert_eq!(
            origin("acme.s3-website-us-east-1.amazonaws.com", None, None).bucket,
            None
        );
    }

    #[test]
    fn either_kind_of_access_signs_and_empty_text_is_neither() {
        let signed = |identity, control| origin("a.s3.amazonaws.com", identity, control).signed;
        assert!(signed(
            Some("origin-access-identity/cloudfront/E1"),
            Some("")
        ));
        assert!(signed(Some(""), Some("E2")));
        assert!(!signed(Some(""), Some("")));
        assert!(!signed(None, None));
    }
}
