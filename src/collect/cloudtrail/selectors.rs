//! What a trail's event selectors, of the older kind or the newer, let through.
//! <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html>

use aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput;
use aws_sdk_cloudtrail::types::{AdvancedEventSelector, AdvancedFieldSelector, EventSelector};

use crate::aws::{Missing, missing};
use crate::inventory::kinds::cloudtrail::{DataEvents, ManagementEvents, ObjectEvents};

const OBJECTS: &str = "AWS::S3::Object";

/// One selector in a form that both kinds have.
struct Selected {
    read: bool,
    write: bool,
    /// Sources left out of management events; `None`: it selects no management events, or not all of them.
    management: Option<Vec<String>>,
    /// What the ARNs of objects start with; empty: it selects no objects, or not all under any prefix.
    objects: Vec<String>,
    /// Types of resources of which it selects every event, or every one that reads or writes.
    types: Vec<String>,
}

/// The management events of all selectors together.
pub(super) fn management(answer: &GetEventSelectorsOutput) -> Result<ManagementEvents, Missing> {
    Ok(together(selected(answer)?))
}

/// The management events that the selectors of an event data store take in; where it has none, it takes in all.
pub(super) fn management_of(
    selectors: &[AdvancedEventSelector],
) -> Result<ManagementEvents, Missing> {
    let selected: Result<Vec<_>, Missing> = selectors.iter().map(of_newer).collect();
    Ok(together(selected?))
}

fn together(selected: Vec<Selected>) -> ManagementEvents {
    let mut all = ManagementEvents {
        read: false,
        write: false,
        excluded_sources: Vec::new(),
    };
    for selected in selected {
        if let Some(excluded) = selected.management {
            all.read |= selected.read;
            all.write |= selected.write;
            all.excluded_sources.extend(excluded);
        }
    }
    all.excluded_sources.sort();
    all.excluded_sources.dedup();
    all
}

/// The object-level events of S3, a prefix at a time.
pub(super) fn object_events(
    answer: &GetEventSelectorsOutput,
) -> Result<Vec<ObjectEvents>, Missing> {
    let events = selected(answer)?.into_iter().flat_map(|selected| {
        let (read, write) = (selected.read, selected.write);
        selected
            .objects
            .into_iter()
            .map(move |objects| ObjectEvents {
                objects,
                read,
                write,
            })
    });
    Ok(events.collect())
}

/// The data events of resources whose type is recorded whole.
pub(super) fn data_events(answer: &GetEventSelectorsOutput) -> Result<Vec<DataEvents>, Missing> {
    let events = selected(answer)?.into_iter().flat_map(|selected| {
        let (read, write) = (selected.read, selected.write);
        let types = selected.types.into_iter();
        types.map(move |r#type| DataEvents {
            r#type,
            read,
            write,
        })
    });
    Ok(events.collect())
}

/// A trail has selectors of one kind; the other list is empty or left out.
fn selected(answer: &GetEventSelectorsOutput) -> Result<Vec<Selected>, Missing> {
    let (older, newer) = (answer.event_selectors(), answer.advanced_event_selectors());
    if older.is_empty() && newer.is_empty() {
        return Err(missing("EventSelectors and AdvancedEventSelectors"));
    }
    let older = older.iter().map(of_older);
    older.chain(newer.iter().map(of_newer)).collect()
}

fn of_older(selector: &EventSelector) -> Result<Selected, Missing> {
    let kind = selector.read_write_type().ok_or(missing("ReadWriteType"))?;
    let (read, write) = match kind.as_str() {
        "All" => (true, true),
        "ReadOnly" => (true, false),
        "WriteOnly" => (false, true),
        other => {
            return Err(Missing(format!(
                "the answer holds the ReadWriteType {other}"
            )));
        }
    };
    let management = selector
        .include_management_events()
        .ok_or(missing("IncludeManagementEvents"))?
        .then(|| selector.exclude_management_event_sources().to_vec());
    let objects = selector
        .data_resources()
        .iter()
        .filter(|resource| resource.r#type() == Some(OBJECTS))
        .flat_map(|resource| resource.values())
        .map(|prefix| prefixed(prefix))
        .collect();
    let types = selector.data_resources().iter();
    let types = types
        .filter(|resource| resource.values().iter().any(|arn| is_whole(arn)))
        .filter_map(|resource| resource.r#type().map(str::to_owned));
    Ok(Selected {
        read,
        write,
        management,
        objects,
        types: types.collect(),
    })
}

fn of_newer(selector: &AdvancedEventSelector) -> Result<Selected, Missing> {
    let fields = selector.field_selectors();
    let mut selected = Selected {
        read: true,
        write: true,
        management: None,
        objects: Vec::new(),
        types: Vec::new(),
    };
    let is = |name: &str, value: &str| {
        fields
            .iter()
            .any(|field| field.field() == name && field.equals() == [value])
    };
    let mut excluded = Vec::new();
    let mut prefixes = vec!["*".to_owned()];
    // A selector narrowed in any other way lets through less than all, and says nothing for rules.
    for field in fields {
        match field.field() {
            "eventCategory" | "resources.type" => {}
            "readOnly" if field.equals() == ["true"] => selected.write = false,
            "readOnly" if field.equals() == ["false"] => selected.read = false,
            "eventSource" if only(field, field.not_equals()) => {
                excluded.extend(field.not_equals().iter().cloned());
            }
            "resources.ARN" if only(field, field.starts_with()) => {
                prefixes = field
                    .starts_with()
                    .iter()
                    .map(|arn| prefixed(arn))
                    .collect();
            }
            _ => return Ok(selected),
        }
    }
    let whole = prefixes == ["*"] && excluded.is_empty();
    if is("eventCategory", "Management") && prefixes == ["*"] {
        selected.management = Some(excluded);
    } else if is("eventCategory", "Data") && is("resources.type", OBJECTS) && excluded.is_empty() {
        selected.objects = prefixes;
    }
    if is("eventCategory", "Data") && whole {
        let types = fields
            .iter()
            .filter(|field| field.field() == "resources.type");
        selected.types = types
            .filter(|field| only(field, field.equals()))
            .flat_map(|field| field.equals().iter().cloned())
            .collect();
    }
    Ok(selected)
}

/// Whether these are all the conditions that a field must meet.
fn only(field: &AdvancedFieldSelector, conditions: &[String]) -> bool {
    let all = [
        field.equals(),
        field.starts_with(),
        field.ends_with(),
        field.not_equals(),
        field.not_starts_with(),
        field.not_ends_with(),
    ];
    !conditions.is_empty() && all.iter().map(|some| some.len()).sum::<usize>() == conditions.len()
}

/// Whether an ARN of an older selector stands for every resource of its type: `arn:aws:lambda`.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html>
fn is_whole(arn: &str) -> bool {
    arn.starts_with("arn:") && arn.split(':').count() == 3
}

/// A prefix of ARNs, with `*` for one that every object has: `arn:aws:s3`, `arn:aws:s3:::`.
fn prefixed(arn: &str) -> String {
    let mut parts = arn.splitn(3, ':');
    let all = parts.next() == Some("arn")
        && parts.next().is_some()
        && parts
            .next()
            .is_some_and(|rest| "s3:::".starts_with(rest) && rest.starts_with("s3"));
    if all { "*" } else { arn }.to_owned()
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudtrail::types::{DataResource, ReadWriteType};

    use super::*;

    type Output = GetEventSelectorsOutput;

    fn older(kind: ReadWriteType, management: bool, objects: &[&str]) -> EventSelector {
        let values = Some(objects.iter().map(|&arn| arn.to_owned()).collect());
        let resource = DataResource::builder().r#type(OBJECTS).set_values(values);
        EventSelector::builder()
            .read_write_type(kind)
            .include_management_events(management)
            .data_resources(resource.build())
            .build()
    }

    /// A newer selector of fields that equal one value, unless the value says otherwise.
    fn newer(fields: &[(&str, &str)]) -> Output {
        let selectors = fields.iter().map(|(name, value)| {
            let field = AdvancedFieldSelector::builder().field(*name);
            let field = match value.split_once(' ') {
                Some(("not", value)) => field.not_equals(value),
                Some(("starts", value)) => field.starts_with(value),
                _ => field.equals(*value),
            };
            field.build().unwrap()
        });
        let selector =
            AdvancedEventSelector::builder().set_field_selectors(Some(selectors.collect()));
        Output::builder()
            .advanced_event_selectors(selector.build().unwrap())
            .build()
    }

    fn recorded(answer: &Output) -> (bool, bool, Vec<String>) {
        let all = management(answer).unwrap();
        (all.read, all.write, all.excluded_sources)
    }

    fn objects(answer: &Output) -> Vec<(String, bool, bool)> {
        let events = object_events(answer).unwrap();
        events
            .into_iter()
            .map(|e| (e.objects, e.read, e.write))
            .collect()
    }

    #[test]
    fn older_selectors_add_up() {
        let answer = Output::builder()
            .event_selectors(older(ReadWriteType::ReadOnly, true, &[]))
            .event_selectors(older(ReadWriteType::WriteOnly, false, &["arn:aws:s3"]))
            .build();
        assert_eq!(recorded(&answer), (true, false, vec![]));
        assert_eq!(objects(&answer), [("*".to_owned(), false, true)]);

        let excluding = EventSelector::builder()
            .read_write_type(ReadWriteType::All)
            .include_management_events(true)
            .exclude_management_event_sources("kms.amazonaws.com")
            .build();
        let answer = Output::builder().event_selectors(excluding).build();
        assert_eq!(
            recorded(&answer),
            (true, true, vec!["kms.amazonaws.com".to_owned()])
        );
        assert_eq!(objects(&answer), []);
    }

    #[test]
    fn newer_selectors_of_management_events() {
        let all = newer(&[("eventCategory", "Management")]);
        assert_eq!(recorded(&all), (true, true, vec![]));
        let writes = newer(&[
            ("eventCategory", "Management"),
            ("readOnly", "false"),
            ("eventSource", "not kms.amazonaws.com"),
        ]);
        assert_eq!(
            recorded(&writes),
            (false, true, vec!["kms.amazonaws.com".to_owned()])
        );
        let reads = newer(&[("eventCategory", "Management"), ("readOnly", "true")]);
        assert_eq!(recorded(&reads), (true, false, vec![]));
    }

    #[test]
    fn newer_selectors_of_objects() {
        let data = [("eventCategory", "Data"), ("resources.type", OBJECTS)];
        let with = |more: &[(&'static str, &'static str)]| newer(&[&data[..], more].concat());
        assert_eq!(objects(&with(&[])), [("*".to_owned(), true, true)]);
        assert_eq!(
            objects(&with(&[
                ("readOnly", "false"),
                ("resources.ARN", "starts arn:aws:s3:::hr/")
            ])),
            [("arn:aws:s3:::hr/".to_owned(), false, true)]
        );
        assert_eq!(recorded(&with(&[])), (false, false, vec![]));
        let others = newer(&[
            ("eventCategory", "Data"),
            ("resources.type", "AWS::Lambda::Function"),
        ]);
        assert_eq!(objects(&others), []);
    }

    #[test]
    fn a_selector_narrowed_in_another_way_counts_for_nothing() {
        for narrowing in [
            ("eventName", "CreateVpc"),
            ("eventSource", "ec2.amazonaws.com"),
            ("userIdentity.arn", "not arn:aws:iam::111122223333:role/ci"),
        ] {
            let answer = newer(&[("eventCategory", "Management"), narrowing]);
            assert_eq!(recorded(&answer), (false, false, vec![]), "{narrowing:?}");
            let answer = newer(&[
                ("eventCategory", "Data"),
                ("resources.type", OBJECTS),
                narrowing,
            ]);
            assert_eq!(objects(&answer), [], "{narrowing:?}");
        }
    }

    #[test]
    fn every_spelling_of_all_objects() {
        for arn in ["arn:aws:s3", "arn:aws:s3:::", "arn:aws-us-gov:s3:::"] {
            assert_eq!(prefixed(arn), "*");
        }
        for arn in ["arn:aws:s3:::hr", "arn:aws:s3:::hr/", "arn:aws:s3express"] {
            assert_eq!(prefixed(arn), arn);
        }
    }

    #[test]
    fn an_answer_without_selectors_is_malformed() {
        assert!(management(&Output::builder().build()).is_err());
    }

    #[test]
    fn a_type_is_recorded_whole_or_not_at_all() {
        let named = |kind: &str, arn: &str| {
            let resource = DataResource::builder().r#type(kind).values(arn).build();
            let selector = EventSelector::builder()
                .read_write_type(ReadWriteType::All)
                .include_management_events(true)
                .data_resources(resource);
            let output = Output::builder().event_selectors(selector.build()).build();
            let found = data_events(&output).unwrap();
            found.into_iter().map(|one| one.r#type).collect::<Vec<_>>()
        };
        let functions = "AWS::Lambda::Function";
        assert_eq!(named(functions, "arn:aws:lambda"), [functions]);
        assert_eq!(
            named(
                functions,
                "arn:aws:lambda:us-east-1:111122223333:function:a"
            ),
            [""; 0]
        );
        let data = ("eventCategory", "Data");
        let kind = ("resources.type", functions);
        let all = data_events(&newer(&[data, kind])).unwrap();
        assert_eq!(all.len(), 1);
        assert!(all[0].read && all[0].write);
        let writes = data_events(&newer(&[data, kind, ("readOnly", "false")])).unwrap();
        assert!(!writes[0].read && writes[0].write);
        let named = (
            "resources.ARN",
            "starts arn:aws:lambda:us-east-1:1:function:a",
        );
        assert_eq!(data_events(&newer(&[data, kind, named])).unwrap(), []);
        let narrowed = ("eventName", "Invoke");
        assert_eq!(data_events(&newer(&[data, kind, narrowed])).unwrap(), []);
    }
}
