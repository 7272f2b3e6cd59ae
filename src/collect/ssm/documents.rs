//! The account's own documents, and with whom they are shared.

use serde::Deserialize;
use serde_json::json;

use super::{API, PAGE, arn};
use crate::aws::{Moment, Question, Site, Turn, each, gather, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm::{Document, DocumentSharing};
use crate::inventory::{Read, Told};

/// Whether a document of the region can be shared with everyone.
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html>
const SHARING: &str = "/ssm/documents/console/public-sharing-permission";

pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(setting(site, intake), documents(site, intake));
}

async fn setting(site: &Site, intake: &Intake) {
    let question = Question::json(json!({ "SettingId": SHARING }));
    let told = site
        .tell::<Setting>(&API, "GetServiceSetting", question, SHARING)
        .await;
    let fields = DocumentSharing {
        ssm_documents_public_sharing: told.read(|s| Ok(s.setting.value == "Enable")),
    };
    intake.facet(&site.account, &site.region, fields);
}

async fn documents(site: &Site, intake: &Intake) {
    list::<Document, Documents>(
        site,
        intake,
        async |token| {
            let input = json!({
                "Filters": [{ "Key": "Owner", "Values": ["Self"] }],
                "MaxResults": PAGE,
                "NextToken": token,
            });
            site.tell(&API, "ListDocuments", Question::json(input), "owner=self")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.documents, async |document| {
                one_document(site, intake, page, document).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_document(site: &Site, intake: &Intake, page: &Told<Documents>, document: &Listed) {
    let fields = Document {
        name: page.fact(document.name.clone()),
        r#type: page.fact(document.kind.clone()),
        created: page.fact(document.created.0),
        shared_with: shared_with(site, &document.name).await,
    };
    let identity = Identity {
        arn: arn(site, &format!("document/{}", document.name)),
        name: document.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

async fn shared_with(site: &Site, name: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let input = json!({ "Name": name, "PermissionType": "Share", "NextToken": token });
            let about = format!("document={name}");
            site.tell::<Sharing>(
                &API,
                "DescribeDocumentPermission",
                Question::json(input),
                about,
            )
            .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.accounts.clone()),
    )
    .await
}

#[derive(Debug, Deserialize)]
struct Setting {
    #[serde(rename = "ServiceSetting")]
    setting: Value,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ServiceSetting.html>
#[derive(Debug, Deserialize)]
struct Value {
    #[serde(rename = "SettingValue")]
    value: String,
}

#[derive(Debug, Deserialize)]
struct Documents {
    #[serde(rename = "DocumentIdentifiers")]
    documents: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DocumentIdentifier.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "DocumentType")]
    kind: String,
    #[serde(rename = "CreatedDate")]
    created: Moment,
}

#[derive(Debug, Deserialize)]
struct Sharing {
    #[serde(rename = "AccountIds")]
    accounts: Vec<String>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}
