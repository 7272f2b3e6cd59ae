//! Instances.

use aws_sdk_ec2::operation::describe_instances::DescribeInstancesOutput;
use aws_sdk_ec2::types::{Filter, Instance as Described, Reservation};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::origin::{self, Origin, Origins};
use super::user_data::{self, Likenesses};
use super::{PAGE, identity, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{Instance, Metadata};
use crate::inventory::{Read, Told};

/// Terminated instances are listed for an hour. They hold nothing and cannot come back.
const ALIVE: [&str; 4] = ["pending", "running", "stopping", "stopped"];

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let alive = Filter::builder()
        .name("instance-state-name")
        .set_values(Some(ALIVE.map(str::to_owned).to_vec()))
        .build();
    let listing = pages(
        async |token| {
            ask!(
                site,
                "ec2:DescribeInstances",
                ec2.describe_instances()
                    .filters(alive.clone())
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Instance>(&site.account, &site.region, &page.source);
            let reservations = some(&page.value.reservations, "Reservations")?;
            let images = reservations
                .iter()
                .flat_map(Reservation::instances)
                .filter_map(Described::image_id);
            let origins = origin::read(site, images.collect()).await;
            let ids = reservations
                .iter()
                .flat_map(Reservation::instances)
                .filter_map(Described::instance_id);
            let handed = user_data::of_instances(site, ids.collect()).await;
            for reservation in reservations {
                reserved(site, intake, page, (&origins, &handed), reservation)?;
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Instance>(&site.account, &site.region, gap);
    }
}

fn reserved(
    site: &Site,
    intake: &Intake,
    page: &Told<DescribeInstancesOutput>,
    found: (&Origins, &Likenesses),
    reservation: &Reservation,
) -> Result<(), Missing> {
    for described in some(&reservation.instances, "Instances")? {
        match instance(site, page, found, described) {
            Ok((identity, fields)) => intake.add(&site.account, &site.region, identity, fields),
            Err(missing) => {
                intake.incomplete::<Instance>(&site.account, &site.region, page.lacks(missing));
            }
        }
    }
    Ok(())
}

fn instance(
    site: &Site,
    page: &Told<DescribeInstancesOutput>,
    (origins, handed): (&Origins, &Likenesses),
    described: &Described,
) -> Result<(Identity, Instance), Missing> {
    let id = word(described.instance_id(), "InstanceId")?;
    let state = page.read(|_| {
        let state = need(described.state(), "State")?;
        word(state.name(), "State.Name")
    });
    let identity = identity(site, "instance", &id, &described.tags);
    let origin: Read<Option<Origin>> = described
        .image_id()
        .and_then(|id| origins.get(id).cloned())
        .unwrap_or_else(|| Err(page.lacks(missing("ImageId"))));
    let fields = Instance {
        id: page.fact(id),
        stopped_at: page.read(|_| {
            let state = described.state().and_then(|state| state.name());
            stopped_at(
                &word(state, "State.Name")?,
                described.state_transition_reason(),
            )
        }),
        state,
        launched: page.read(|_| instant(need(described.launch_time(), "LaunchTime")?)),
        r#type: page.read(|_| word(described.instance_type(), "InstanceType")),
        image: page.read(|_| word(described.image_id(), "ImageId")),
        image_created: origin.clone().map(|told| told.map(|it| Some(it?.created))),
        image_deprecated: origin.map(|told| told.map(|it| it?.deprecated)),
        user_data_looks_like: described
            .instance_id()
            .and_then(|id| handed.get(id).cloned())
            .unwrap_or_else(|| Err(page.lacks(missing("InstanceId")))),
        vpc: page.read(|_| word(described.vpc_id(), "VpcId")),
        subnet: page.read(|_| word(described.subnet_id(), "SubnetId")),
        zone: page.read(|_| {
            let placement = need(described.placement(), "Placement")?;
            word(placement.availability_zone(), "AvailabilityZone")
        }),
        public_ipv4: page.read(|_| public_ipv4(described)),
        ipv6: page.read(|_| {
            let interfaces = some(&described.network_interfaces, "NetworkInterfaces")?;
            // An interface without IPv6 has an empty list or none.
            // <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterface.html>
            interfaces
                .iter()
                .flat_map(|interface| interface.ipv6_addresses())
                .map(|address| word(address.ipv6_address(), "Ipv6Address"))
                .collect()
        }),
        metadata: page.read(|_| {
            let options = need(described.metadata_options(), "MetadataOptions")?;
            let hops = need(
                options.http_put_response_hop_limit(),
                "HttpPutResponseHopLimit",
            )?;
            Ok(Metadata {
                tokens: word(options.http_tokens(), "HttpTokens")?,
                endpoint: word(options.http_endpoint(), "HttpEndpoint")?,
                hop_limit: i64::from(hops),
            })
        }),
        monitoring: page.read(|_| {
            let monitoring = need(described.monitoring(), "Monitoring")?;
            word(monitoring.state(), "Monitoring.State")
        }),
        profile: page.read(|_| {
            described
                .iam_instance_profile()
                .map(|profile| word(profile.arn(), "IamInstanceProfile.Arn"))
                .transpose()
        }),
        security_groups: page.read(|_| security_groups(described)),
        enclaves: page.read(|_| {
            let options = need(described.enclave_options(), "EnclaveOptions")?;
            need(options.enabled(), "EnclaveOptions.Enabled")
        }),
        outpost: page.fact(described.outpost_arn().map(str::to_owned)),
        volumes: page.read(|_| {
            some(&described.block_device_mappings, "BlockDeviceMappings")?
                .iter()
                .filter_map(|device| device.ebs())
                .map(|volume| word(volume.volume_id(), "VolumeId"))
                .collect()
        }),
        key_pair: page.fact(described.key_name().map(str::to_owned)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// Every public address: each private address of each interface may have one of its own.
fn public_ipv4(described: &Described) -> Result<Vec<String>, Missing> {
    let mut found: Vec<String> = described
        .public_ip_address()
        .map(str::to_owned)
        .into_iter()
        .collect();
    for interface in some(&described.network_interfaces, "NetworkInterfaces")? {
        let of_addresses = interface
            .private_ip_addresses()
            .iter()
            .filter_map(|address| address.association());
        found.extend(
            interface
                .association()
                .into_iter()
                .chain(of_addresses)
                .filter_map(|association| association.public_ip())
                .map(str::to_owned),
        );
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The instance's own list has the groups of its first interface only.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html>
fn security_groups(described: &Described) -> Result<Vec<String>, Missing> {
    let mut found = Vec::new();
    for group in some(&described.security_groups, "SecurityGroups")? {
        found.push(word(group.group_id(), "GroupId")?);
    }
    for interface in some(&described.network_interfaces, "NetworkInterfaces")? {
        for group in some(&interface.groups, "NetworkInterfaces.Groups")? {
            found.push(word(group.group_id(), "GroupId")?);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// EC2 tells when an instance was stopped only in a sentence: `User initiated (2026-01-31 07:15:00 GMT)`. It leaves the
/// sentence empty where the system inside shut itself down.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html>
fn stopped_at(state: &str, reason: Option<&str>) -> Result<Option<Timestamp>, Missing> {
    if state != "stopped" {
        return Ok(None);
    }
    let time = reason
        .and_then(|reason| reason.strip_suffix(')'))
        .and_then(|reason| reason.rsplit_once('('))
        .and_then(|(_, time)| {
            time.strip_suffix(" GMT")
                .or_else(|| time.strip_suffix(" UTC"))
        })
        .and_then(|time| DateTime::strptime("%Y-%m-%d %H:%M:%S", time).ok())
        .and_then(|time| TimeZone::UTC.to_timestamp(time).ok())
        .ok_or_else(|| missing("the time in StateTransitionReason"))?;
    Ok(Some(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_stop_is_read_from_its_sentence() {
        let told = |reason| stopped_at("stopped", Some(reason));
        let time: Timestamp = "2026-01-31T07:15:00Z".parse().unwrap();
        assert_eq!(
            told("User initiated (2026-01-31 07:15:00 GMT)"),
            Ok(Some(time))
        );
        assert_eq!(
            told("User initiated (2026-01-31 07:15:00 UTC)"),
            Ok(Some(time))
        );
        for silent in [
            "",
            "User initiated",
            "User initiated ()",
            "User initiated (2026-01-31 07:15:00)",
            "Server.SpotInstanceShutdown: ended (2026-13-31 07:15:00 GMT)",
        ] {
            assert!(told(silent).is_err(), "{silent}");
        }
        assert!(stopped_at("stopped", None).is_err());
    }

    #[test]
    fn what_is_not_stopped_was_not_stopped() {
        assert_eq!(stopped_at("running", Some("")), Ok(None));
        assert_eq!(
            stopped_at("stopping", Some("User initiated (2026-01-31 07:15:00 GMT)")),
            Ok(None)
        );
    }
}
