//! Lists of addresses that a detector trusts: of what comes from them it tells nothing.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, each, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::guardduty::TrustedList;

/// Reads the lists of one detector.
pub(super) async fn collect(site: &Site, intake: &Intake, detector: &str) {
    let path = format!("/detector/{}/ipset", part(detector));
    let about = format!("detector={detector}");
    let listing = pages(
        async |token| {
            let question = Question::get(&path).with("nextToken", token);
            site.tell::<Ids>(&API, "ListIPSets", question, &about).await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<TrustedList>(&site.account, &site.region, &page.source);
            each(&page.value.ids, async |id| {
                one_list(site, intake, detector, &path, id).await;
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<TrustedList>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct Ids {
    #[serde(rename = "ipSetIds")]
    ids: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// Which lists are in force is only said one by one; one that could not be read may be one of them.
async fn one_list(site: &Site, intake: &Intake, detector: &str, path: &str, id: &str) {
    let question = Question::get(format!("{path}/{}", part(id)));
    let about = format!("list={id}");
    let told = site
        .tell::<IpSet>(&API, "GetIPSet", question, about)
        .await
        .told();
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let told = match told {
        Ok(told) => told,
        Err(gap) => return intake.incomplete::<TrustedList>(account, region, gap),
    };
    intake.listed::<TrustedList>(account, region, &told.source);
    // Those on their way in or out may count already, or still; the others count for nothing.
    // <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetIPSet.html>
    if matches!(
        told.value.status.as_str(),
        "INACTIVE" | "ERROR" | "DELETED" | "DELETE_PENDING"
    ) {
        return;
    }
    let fields = TrustedList {
        name: told.fact(told.value.name.clone()),
        status: told.fact(told.value.status.clone()),
        location: told.fact(told.value.location.clone()),
    };
    let identity = Identity {
        arn: format!("arn:{partition}:guardduty:{region}:{account}:detector/{detector}/ipset/{id}"),
        name: told.value.name.clone(),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetIPSet.html>
#[derive(Debug, Deserialize)]
struct IpSet {
    name: String,
    status: String,
    /// Address of the file that holds it.
    location: String,
}
