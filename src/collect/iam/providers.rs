//! Identity providers, and the certificates kept in IAM.

use aws_sdk_iam::Client;
use aws_sdk_iam::types::{
    OpenIdConnectProviderListEntry, SamlProviderListEntry, ServerCertificateMetadata,
};

use crate::ask;
use crate::aws::{Missing, Reply, Site, Turn, instant, missing, pages, said};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::iam::provider::{OidcProvider, SamlProvider, ServerCertificate};
use crate::inventory::schema::Fields;

pub(super) async fn collect(site: &Site, iam: &Client, intake: &Intake) {
    futures::join!(
        async {
            let listing = ask!(site, "iam:ListSAMLProviders", iam.list_saml_providers());
            whole(site, intake, listing, |page| {
                let listed = page
                    .value
                    .saml_provider_list
                    .as_ref()
                    .ok_or(missing("SAMLProviderList"))?;
                listed.iter().map(|provider| saml(page, provider)).collect()
            });
        },
        async {
            let listing = ask!(
                site,
                "iam:ListOpenIDConnectProviders",
                iam.list_open_id_connect_providers()
            );
            whole(site, intake, listing, |page| {
                let listed = page.value.open_id_connect_provider_list.as_ref();
                let listed = listed.ok_or(missing("OpenIDConnectProviderList"))?;
                listed.iter().map(|provider| oidc(page, provider)).collect()
            });
        },
        certificates(site, iam, intake),
    );
}

/// A listing that comes in one piece.
fn whole<T, K: Fields>(
    site: &Site,
    intake: &Intake,
    listing: Reply<T>,
    members: impl Fn(&Told<T>) -> Result<Vec<(Identity, K)>, Missing>,
) {
    let listed = listing.told().and_then(|page| {
        intake.listed::<K>(&site.account, &site.region, &page.source);
        members(&page).map_err(|missing| page.lacks(missing))
    });
    match listed {
        Ok(members) => {
            for (identity, fields) in members {
                intake.add(&site.account, &site.region, identity, fields);
            }
        }
        Err(gap) => intake.incomplete::<K>(&site.account, &site.region, gap),
    }
}

fn saml<T>(
    page: &Told<T>,
    provider: &SamlProviderListEntry,
) -> Result<(Identity, SamlProvider), Missing> {
    let identity = named_by_arn(provider.arn(), "saml-provider/")?;
    let created = provider
        .create_date()
        .ok_or(missing("CreateDate"))
        .and_then(instant);
    let fields = SamlProvider {
        name: page.fact(identity.name.clone()),
        created: page.read(|_| created),
        valid_until: page.read(|_| provider.valid_until().map(instant).transpose()),
    };
    Ok((identity, fields))
}

fn oidc<T>(
    page: &Told<T>,
    provider: &OpenIdConnectProviderListEntry,
) -> Result<(Identity, OidcProvider), Missing> {
    let identity = named_by_arn(provider.arn(), "oidc-provider/")?;
    let issuer = page.fact(identity.name.clone());
    Ok((identity, OidcProvider { issuer }))
}

/// These lists tell the ARN alone; the name is the part behind the kind.
fn named_by_arn(arn: Option<&str>, kind: &str) -> Result<Identity, Missing> {
    let arn = arn.ok_or(missing("Arn"))?;
    let (_, name) = arn
        .split_once(kind)
        .ok_or_else(|| Missing(format!("the answer holds the ARN {arn}")))?;
    Ok(Identity {
        arn: arn.to_owned(),
        name: name.to_owned(),
    })
}

async fn certificates(site: &Site, iam: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            ask!(
                site,
                "iam:ListServerCertificates",
                iam.list_server_certificates().set_marker(token)
            )
        },
        |page| Turn::marked(page.is_truncated(), page.marker()),
        async |page| {
            intake.listed::<ServerCertificate>(&site.account, &site.region, &page.source);
            for certificate in page.value.server_certificate_metadata_list() {
                let identity = Identity {
                    arn: said(certificate.arn(), "Arn")?,
                    name: said(
                        certificate.server_certificate_name(),
                        "ServerCertificateName",
                    )?,
                };
                intake.add(
                    &site.account,
                    &site.region,
                    identity,
                    server_certificate(page, certificate),
                );
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<ServerCertificate>(&site.account, &site.region, gap);
    }
}

fn server_certificate<T>(
    page: &Told<T>,
    certificate: &ServerCertificateMetadata,
) -> ServerCertificate {
    let uploaded = certificate
        .upload_date()
        .ok_or(missing("UploadDate"))
        .and_then(instant);
    let expires = certificate
        .expiration()
        .ok_or(missing("Expiration"))
        .and_then(instant);
    ServerCertificate {
        name: page.read(|_| {
            let name = certificate.server_certificate_name();
            said(name, "ServerCertificateName")
        }),
        id: page.read(|_| said(certificate.server_certificate_id(), "ServerCertificateId")),
        uploaded: page.read(|_| uploaded),
        expires: page.read(|_| expires),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_named_by_the_last_part_of_its_arn() {
        let arn =
            "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB12";
        let identity = named_by_arn(Some(arn), "oidc-provider/").unwrap();
        assert_eq!(identity.name, "oidc.eks.eu-west-1.amazonaws.com/id/AB12");
        assert_eq!(identity.arn, arn);
        assert!(named_by_arn(Some("arn:aws:iam::111122223333:role/a"), "oidc-provider/").is_err());
        assert_eq!(
            named_by_arn(None, "oidc-provider/").unwrap_err(),
            missing("Arn")
        );
    }
}
