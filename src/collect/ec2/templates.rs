//! Launch templates: what instances are started from, by people and by Auto Scaling groups.

use aws_sdk_ec2::operation::describe_launch_template_versions::DescribeLaunchTemplateVersionsOutput;
use aws_sdk_ec2::types::LaunchTemplateVersion as Described;

use super::{identity, list, need, some, word};
use crate::ask;
use crate::aws::{Missing, Site, looked_like};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::LaunchTemplate;

/// The most that DescribeLaunchTemplateVersions allows.
const PAGE: i32 = 200;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    list(
        site,
        intake,
        // Without a name it answers for every template of the account.
        // <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html>
        async |token| {
            ask!(
                site,
                "ec2:DescribeLaunchTemplateVersions",
                ec2.describe_launch_template_versions()
                    .versions("$Default")
                    .versions("$Latest")
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.launch_template_versions, "LaunchTemplateVersions"),
        async |page, described| template(site, page, described),
    )
    .await;
}

fn template(
    site: &Site,
    page: &Told<DescribeLaunchTemplateVersionsOutput>,
    described: &Described,
) -> Result<(Identity, LaunchTemplate), Missing> {
    let id = word(described.launch_template_id(), "LaunchTemplateId")?;
    let name = word(described.launch_template_name(), "LaunchTemplateName")?;
    let version = need(described.version_number(), "VersionNumber")?;
    // Versions have no ARN: it is the template's, `#` and the number.
    let identity = Identity {
        arn: format!(
            "{}#{version}",
            identity(site, "launch-template", &id, &None).arn
        ),
        name: format!("{name} version {version}"),
    };
    let data = || need(described.launch_template_data(), "LaunchTemplateData");
    let fields = LaunchTemplate {
        id: page.fact(id),
        name: page.fact(name),
        version: page.fact(version),
        default: page.read(|_| need(described.default_version(), "DefaultVersion")),
        // What a template leaves to the launch is left out of it.
        // <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResponseLaunchTemplateData.html>
        public_ip: page.read(|_| {
            let interfaces = data()?.network_interfaces();
            Ok(interfaces
                .iter()
                .any(|interface| interface.associate_public_ip_address() == Some(true)))
        }),
        imds_tokens: page.read(|_| {
            let options = data()?.metadata_options();
            Ok(options
                .and_then(|options| options.http_tokens())
                .map(|tokens| tokens.as_str().to_owned()))
        }),
        user_data_looks_like: page.read(|_| match data()?.user_data() {
            Some(kept) => looked_like(kept),
            None => Ok(None),
        }),
        imds_endpoint: page.read(|_| {
            let options = data()?.metadata_options();
            Ok(options
                .and_then(|options| options.http_endpoint())
                .map(|endpoint| endpoint.as_str().to_owned()))
        }),
    };
    Ok((identity, fields))
}
