//! Control Tower: the landing zone, the controls on it, and whether either has drifted.

use serde::Deserialize;
use serde_json::json;

use crate::aws::organizations::membership;
use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, list, pages};
use crate::inventory::Source;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::controltower::{EnabledControl, LandingZone};

/// <https://docs.aws.amazon.com/controltower/latest/APIReference/Welcome.html>
const API: Api = Api::new("controltower", Protocol::RestJson);

/// Reads the landing zone at home in a region. Only the management account has one, so no other is asked.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let none = |source: &Source| {
        intake.listed::<LandingZone>(account, region, source);
        intake.listed::<EnabledControl>(account, region, source);
    };
    match membership(site).await {
        Reply::Told(told) if told.value.organization.management == **account => {
            zones(site, intake).await;
        }
        Reply::Told(told) => none(&told.source),
        Reply::Absent(source) => none(&source),
        Reply::Gap(gap) => {
            intake.incomplete::<LandingZone>(account, region, gap.clone());
            intake.incomplete::<EnabledControl>(account, region, gap);
        }
    }
}

async fn zones(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |token| {
            let question = Question::post("/list-landingzones", json!({ "nextToken": token }));
            site.tell::<Zones>(&API, "ListLandingZones", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<LandingZone>(account, region, &page.source);
            intake.listed::<EnabledControl>(account, region, &page.source);
            each(&page.value.zones, async |zone| {
                futures::join!(one_zone(site, intake, zone), controls(site, intake));
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<LandingZone>(account, region, gap.clone());
        intake.incomplete::<EnabledControl>(account, region, gap);
    }
}

async fn one_zone(site: &Site, intake: &Intake, zone: &Zone) {
    let question = Question::post(
        "/get-landingzone",
        json!({ "landingZoneIdentifier": zone.arn }),
    );
    let about = format!("zone={}", zone.arn);
    let described = site
        .tell::<Answer>(&API, "GetLandingZone", question, about)
        .await;
    let fields = LandingZone {
        version: described.read(|d| Ok(d.zone.version.clone())),
        latest_version: described.read(|d| Ok(d.zone.latest.clone())),
        drift: described.read(|d| Ok(d.zone.drift.as_ref().map(|drift| drift.status.clone()))),
    };
    let identity = Identity {
        arn: zone.arn.clone(),
        name: "landing zone".to_owned(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

async fn controls(site: &Site, intake: &Intake) {
    list::<EnabledControl, Controls>(
        site,
        intake,
        async |token| {
            let question = Question::post("/list-enabled-controls", json!({ "nextToken": token }));
            site.tell(&API, "ListEnabledControls", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for control in &page.value.controls {
                let fields = EnabledControl {
                    control: page.fact(control.control.clone()),
                    target: page.fact(control.target.clone()),
                    status: page.fact(control.status.status.clone()),
                    drift: page.fact(control.drift.as_ref().and_then(|one| one.status.clone())),
                };
                let name = control.control.rsplit('/').next();
                let identity = Identity {
                    arn: control.arn.clone(),
                    name: name.map_or_else(|| control.control.clone(), str::to_owned),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Zones {
    #[serde(rename = "landingZones")]
    zones: Vec<Zone>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Zone {
    arn: String,
}

/// <https://docs.aws.amazon.com/controltower/latest/APIReference/API_LandingZoneDetail.html>
#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "landingZone")]
    zone: Described,
}

#[derive(Debug, Deserialize)]
struct Described {
    version: String,
    #[serde(rename = "latestAvailableVersion")]
    latest: Option<String>,
    #[serde(rename = "driftStatus")]
    drift: Option<ZoneDrift>,
}

#[derive(Debug, Deserialize)]
struct ZoneDrift {
    status: String,
}

#[derive(Debug, Deserialize)]
struct Controls {
    #[serde(rename = "enabledControls")]
    controls: Vec<Control>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/controltower/latest/APIReference/API_EnabledControlSummary.html>
#[derive(Debug, Deserialize)]
struct Control {
    arn: String,
    #[serde(rename = "controlIdentifier")]
    control: String,
    #[serde(rename = "targetIdentifier")]
    target: String,
    #[serde(rename = "statusSummary")]
    status: Status,
    /// Left out of controls that are not looked after.
    #[serde(rename = "driftStatusSummary")]
    drift: Option<ControlDrift>,
}

#[derive(Debug, Deserialize)]
struct Status {
    status: String,
}

#[derive(Debug, Deserialize)]
struct ControlDrift {
    #[serde(rename = "driftStatus")]
    status: Option<String>,
}
