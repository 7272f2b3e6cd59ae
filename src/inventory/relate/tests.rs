use super::*;
use crate::inventory::intake::{Identity, Intake, example_source};
use crate::inventory::kinds::{schema, sns};
use crate::inventory::{Read, Told, schema::Fields};

const TOPIC: &str = "arn:aws:sns:eu-west-1:111122223333:oncall";

fn topics(complete: bool) -> Inventory {
    let intake = Intake::new("aws");
    let source = example_source("111122223333", "eu-west-1");
    fn gap<T>() -> Read<T> {
        Err(crate::inventory::intake::not_asked(
            &crate::inventory::Place {
                kind: sns::Topic::KIND.into(),
                account: "111122223333".into(),
                region: "eu-west-1".into(),
            },
            &["sns:ListTopics"],
        ))
    }
    intake.add(
        "111122223333",
        "eu-west-1",
        Identity {
            arn: TOPIC.to_owned(),
            name: "oncall".to_owned(),
        },
        sns::Topic {
            name: Ok(Told {
                value: "oncall".to_owned(),
                source,
            }),
            policy: gap(),
            kms_key: gap(),
            key_arn: gap(),
            confirmed: gap(),
        },
    );
    if let (false, Err(gap)) = (complete, gap::<()>()) {
        intake.incomplete::<sns::Topic>("111122223333", "eu-west-1", gap);
    }
    intake.finish(&schema(), [])
}

/// An alarm's topics, as resolved from the ARNs it names.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a link of another form ends the test"
)]
fn followed(inventory: &Inventory, names: &[&str]) -> (usize, bool) {
    let link = LINKS
        .iter()
        .find(|link| (link.from, link.name) == ("cloudwatch.alarm", "topics"))
        .unwrap();
    let alarm = Resource {
        arn: "alarm".into(),
        name: "alarm".into(),
        account: "111122223333".into(),
        region: "eu-west-1".into(),
        fields: Box::from([Sourced {
            fact: Fact::List(names.iter().map(Fact::text).collect()),
            source: None,
        }]),
    };
    let index = Index::build(inventory, link, Some(Key::Arn));
    match index.follow(link, &alarm, Some(Key::Field(0))).fact {
        Fact::Many(found, gap) => (found.len(), gap.is_some()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn to_each_is_complete_exactly_when_all_that_is_named_was_found() {
    let elsewhere = "arn:aws:sns:eu-west-1:999988887777:central";
    let complete = topics(true);
    assert_eq!(followed(&complete, &[]), (0, false));
    assert_eq!(followed(&complete, &[TOPIC]), (1, false));
    assert_eq!(followed(&complete, &[elsewhere]), (0, true));
    assert_eq!(followed(&complete, &[TOPIC, elsewhere]), (1, true));

    let incomplete = topics(false);
    assert_eq!(followed(&incomplete, &[TOPIC]), (1, false));
    assert_eq!(followed(&incomplete, &[elsewhere]), (0, true));
}

#[test]
fn every_call_that_did_not_tell_hides_members_and_counts_once() {
    let mut index = Index::default();
    let reach: Reach = ("111122223333".into(), None);
    for region in ["eu-west-1", "us-east-1", "eu-west-1"] {
        let place = crate::inventory::Place {
            kind: sns::Topic::KIND.into(),
            account: reach.0.clone(),
            region: region.into(),
        };
        let gap = crate::inventory::intake::not_asked(&place, &["sns:ListTopics"]);
        index.hides(&reach, &gap);
    }
    let regions = index.hidden[&reach].gaps().map(|gap| gap.region.as_str());
    assert_eq!(regions.collect::<Vec<_>>(), ["eu-west-1", "us-east-1"]);
}
