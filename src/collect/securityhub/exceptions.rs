//! What Security Hub was told not to mind: controls that somebody switched off.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, pages, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::securityhub::DisabledControl;

/// Reads the controls of one standard that are switched off.
pub(super) async fn controls(site: &Site, intake: &Intake, subscription: &str) {
    // The slashes of the ARN are the path's own.
    let parts: Vec<String> = subscription.split('/').map(part).collect();
    let path = format!("/standards/controls/{}", parts.join("/"));
    let about = format!("standard={subscription}");
    let listing = pages(
        async |token| {
            let question = Question::get(&path)
                .with("MaxResults", Some(100))
                .with("NextToken", token);
            site.tell::<Controls>(&API, "DescribeStandardsControls", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<DisabledControl>(&site.account, &site.region, &page.source);
            for control in &page.value.controls {
                if control.status == "DISABLED" {
                    one_control(site, intake, page, control);
                }
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<DisabledControl>(&site.account, &site.region, gap);
    }
}

fn one_control(site: &Site, intake: &Intake, page: &Told<Controls>, control: &Control) {
    let reason = control.reason.as_ref();
    let fields = DisabledControl {
        control: page.fact(control.id.clone()),
        severity: page.fact(control.severity.clone()),
        reason: page.fact(reason.filter(|said| !said.trim().is_empty()).cloned()),
    };
    let identity = Identity {
        arn: control.arn.clone(),
        name: control.id.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsControl.html>
#[derive(Debug, Deserialize)]
struct Controls {
    #[serde(rename = "Controls")]
    controls: Vec<Control>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Control {
    #[serde(rename = "StandardsControlArn")]
    arn: String,
    #[serde(rename = "ControlId")]
    id: String,
    #[serde(rename = "ControlStatus")]
    status: String,
    #[serde(rename = "SeverityRating")]
    severity: String,
    /// Left out where nobody gave one, and of controls that are on.
    #[serde(rename = "DisabledReason")]
    reason: Option<String>,
}
