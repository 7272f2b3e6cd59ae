//! Step Functions: state machines with their logs.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::stepfunctions::StateMachine;

/// <https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html>
const API: Api = Api::new(
    "stepfunctions",
    Protocol::Json {
        version: "1.0",
        target: "AWSStepFunctions",
    },
)
.at("states", "states");

/// Reads the state machines of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<StateMachine, Machines>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "ListStateMachines", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.machines, async |machine| {
                one_machine(site, intake, page, machine).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

/// What a machine does is not asked for: it may be encrypted, and nobody here reads it.
async fn one_machine(site: &Site, intake: &Intake, page: &Told<Machines>, machine: &Listed) {
    let input = json!({ "stateMachineArn": machine.arn, "includedData": "METADATA_ONLY" });
    let about = format!("machine={}", machine.name);
    let described = site
        .tell::<Described>(&API, "DescribeStateMachine", Question::json(input), about)
        .await;
    let fields = StateMachine {
        name: page.fact(machine.name.clone()),
        r#type: page.fact(machine.kind.clone()),
        created: page.fact(machine.created.0),
        role: described.read(|d| Ok(d.role.clone())),
        log_level: described.read(|d| Ok(d.logs.level.clone())),
        logs_data: described.read(|d| Ok(d.logs.data)),
        traced: described.read(|d| Ok(d.traces.enabled)),
        kms_key: described.read(|d| Ok(d.encryption.as_ref().and_then(|e| e.key.clone()))),
    };
    let identity = Identity {
        arn: machine.arn.clone(),
        name: machine.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Machines {
    #[serde(rename = "stateMachines")]
    machines: Vec<Listed>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "stateMachineArn")]
    arn: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "creationDate")]
    created: Moment,
}

/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "roleArn")]
    role: String,
    #[serde(rename = "loggingConfiguration")]
    logs: Logs,
    #[serde(rename = "tracingConfiguration")]
    traces: Traces,
    /// Left out where a key that Step Functions owns encrypts.
    #[serde(rename = "encryptionConfiguration")]
    encryption: Option<Encryption>,
}

#[derive(Debug, Deserialize)]
struct Logs {
    level: String,
    #[serde(rename = "includeExecutionData")]
    data: bool,
}

#[derive(Debug, Deserialize)]
struct Traces {
    enabled: bool,
}

#[derive(Debug, Deserialize)]
struct Encryption {
    #[serde(rename = "kmsKeyId")]
    key: Option<String>,
}
