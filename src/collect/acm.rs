//! AWS Certificate Manager: certificates, with when they end and who uses them.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::acm::Certificate;

/// <https://docs.aws.amazon.com/acm/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "acm",
    Protocol::Json {
        version: "1.1",
        target: "CertificateManager",
    },
);

/// Left to itself ACM lists certificates with RSA keys up to 2048 bits only.
/// <https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html>
const KEY_TYPES: [&str; 7] = [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
];

/// Reads the certificates of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Certificate, Summaries>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({
                "Includes": { "keyTypes": KEY_TYPES },
                "MaxItems": 1000,
                "NextToken": token,
            }));
            site.tell(&API, "ListCertificates", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.certificates, async |summary| {
                one_certificate(site, intake, page, summary).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_certificate(site: &Site, intake: &Intake, page: &Told<Summaries>, summary: &Summary) {
    let (arn, domain) = (&summary.certificate_arn, &summary.domain_name);
    let question = Question::json(json!({ "CertificateArn": arn }));
    let about = format!("certificate={domain}");
    let told = site
        .tell::<Described>(&API, "DescribeCertificate", question, about)
        .await;
    let fields = Certificate {
        domain: page.fact(domain.clone()),
        names: told.read(|d| Ok(d.certificate.subject_alternative_names.clone())),
        status: told.read(|d| Ok(d.certificate.status.clone())),
        r#type: told.read(|d| Ok(d.certificate.r#type.clone())),
        // ACM writes it with a hyphen here and with an underscore elsewhere.
        key_algorithm: told.read(|d| Ok(d.certificate.key_algorithm.replace('-', "_"))),
        signature_algorithm: told.read(|d| Ok(d.certificate.signature_algorithm.clone())),
        expires: told.read(|d| Ok(d.certificate.not_after.map(|time| time.0))),
        in_use_by: told.read(|d| Ok(d.certificate.in_use_by.clone())),
        renewal: told.read(|d| {
            let renewal = d.certificate.renewal_summary.as_ref();
            Ok(renewal.map(|renewal| renewal.renewal_status.clone()))
        }),
        transparency_logging: told.read(|d| {
            let options = d.certificate.options.as_ref();
            let preference = options.and_then(|options| options.transparency.as_deref());
            Ok(preference.map(|preference| preference == "ENABLED"))
        }),
    };
    let identity = Identity {
        arn: arn.clone(),
        name: domain.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Summaries {
    #[serde(rename = "CertificateSummaryList")]
    certificates: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    certificate_arn: String,
    domain_name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    certificate: Details,
}

/// <https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    subject_alternative_names: Vec<String>,
    status: String,
    r#type: String,
    key_algorithm: String,
    /// Left out until the certificate is issued.
    signature_algorithm: Option<String>,
    /// Left out until the certificate is issued.
    not_after: Option<Moment>,
    in_use_by: Vec<String>,
    /// Left out until a managed renewal begins.
    renewal_summary: Option<Renewal>,
    /// Left out of imported certificates.
    options: Option<Options>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Renewal {
    renewal_status: String,
}

#[derive(Debug, Deserialize)]
struct Options {
    #[serde(rename = "CertificateTransparencyLoggingPreference")]
    transparency: Option<String>,
}
