use std::path::Path;

use super::*;
use crate::inventory::kinds::schema;
use crate::inventory::{Fact, Reason};

fn kept(key: &str, text: &str) -> Kept {
    Kept {
        key: key.to_owned(),
        file: File::new(format!("{key}.csv"), text),
    }
}

fn wrong(key: &str, text: &str) -> Vec<String> {
    let complaints = Inputs::parse(vec![kept(key, text)])
        .map(|_| ())
        .unwrap_err();
    let lines = complaints.0.iter();
    lines
        .map(|one| format!("{}:{} {}", one.line, one.column, one.message))
        .collect()
}

#[test]
fn what_comes_with_tieout_is_sound() {
    let inputs = Inputs::parse(Vec::new()).unwrap();
    let data = inputs.lifecycles.unwrap();
    let key = |key: &str| data.rows().iter().any(|row| row.key == key);
    for known in ["lambda python3.9", "rds postgres 13", "docdb 5.0"] {
        assert!(key(known), "{known}");
    }
    assert!(
        data.rows()
            .iter()
            .all(|row| row.source.starts_with("https://docs.aws.amazon.com/"))
    );
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let text = "\u{feff}email,name,status,ende\nada@x,Ada,active,\n";
    assert_eq!(wrong("people", text), ["1:2 there is no column `ende`"]);
    let text = "# who\nemail,Name,status,end\nada@x,Ada,here,soon\nada@x,Ada,active,\nben@x,,left,2026-01-31\n\neve@x,Eve\n";
    assert_eq!(
        wrong("people", text),
        [
            "3:1 `status` is `here`",
            "3:1 `end` is `soon`, not a day",
            "4:1 `ada@x` is there twice",
            "5:1 this row has nothing under `name`",
            "7:1 this row has 2 cells where the header has 4",
        ]
    );
    assert_eq!(wrong("people", ""), ["1:1 there is no header"]);
    assert_eq!(
        wrong(
            "vendors",
            "account,name,purpose,approved_by\n1234,Contoso,metrics,ada@x\n"
        ),
        ["2:1 `account` is `1234`, not an account's number"]
    );
    assert_eq!(
        wrong(
            "retention",
            "class,min_days,max_days\nlogs,,\nweb,90,30\nold,-1,x\n"
        ),
        [
            "2:1 this row sets no limit",
            "3:1 `min_days` is more than `max_days`",
            "4:1 `min_days` is `-1`, not a number of days",
            "4:1 `max_days` is `x`, not a number of days",
        ]
    );
    assert_eq!(
        wrong("public_endpoints", "resource,owner,reason\nwww,web,shop\n"),
        ["2:1 `resource` is `www`, not an ARN"]
    );
    let text = "as_of = 2026-01-31\n[lambda]\nsource = 'https://docs.aws.amazon.com/x'\n'python3.9' = { until = 'soon' }\n'python3.10' = { ends = 2026-01-31 }\n[eks]\n'1.31' = {}\n";
    assert_eq!(
        wrong("lifecycles", text),
        [
            "4:25 `until` is text, not a day",
            "5:18 a release has no field `ends`",
            "6:1 `eks` names no source",
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_complained_of_where_it_is_named() {
    let config = File::new("tieout.toml", "[inputs]\npeople = 'none.csv'\n");
    let named = Named {
        key: "people".to_owned(),
        path: Path::new("/nowhere/none.csv").to_owned(),
        span: 18..28,
    };
    let complaints = Inputs::load(Some(&config), &[named])
        .map(|_| ())
        .unwrap_err();
    let [one] = complaints.0.as_slice() else {
        panic!("{complaints}");
    };
    assert_eq!((one.line, one.column), (2, 10));
    assert!(one.message.starts_with("/nowhere/none.csv cannot be read"));
}

#[test]
fn a_file_tells_its_rows_and_one_that_was_not_given_is_a_gap() {
    let people = kept(
        "people",
        "email,name,status,end,logins\nada@x,Ada,left,2026-01-31,ada; ci deploy\n",
    );
    let inputs = Inputs::parse(vec![people]).unwrap();
    let intake = Intake::new("aws");
    let planned = |call: &str| call != "tieout:ReadRetention";
    let places = inputs.tell(&intake, "111122223333", Timestamp::UNIX_EPOCH, planned);
    let kinds: Vec<_> = places.iter().map(|place| place.kind.to_string()).collect();
    assert_eq!(
        kinds,
        [
            "inputs.person",
            "inputs.vendor",
            "inputs.public_endpoint",
            "inputs.release"
        ]
    );
    let inventory = intake.finish(&schema(), places);
    let (_, people) = inventory.of_kind("inputs.person").next().unwrap();
    assert!(people.gaps.is_empty() && people.sources.len() == 1);
    let source = &people.sources[0];
    assert_eq!(source.parameters, "file=people.csv bytes=70");
    assert_eq!(source.sha256.len(), 64);
    let [ada] = people.resources.as_slice() else {
        panic!("{people:?}");
    };
    assert_eq!(&*ada.arn, "arn:aws:tieout::111122223333:person/ada@x");
    let logins = ["ada@x", "ada", "ci", "deploy"].map(Fact::text);
    assert_eq!(ada.fields[5].fact, Fact::List(logins.into()));
    let (_, vendors) = inventory.of_kind("inputs.vendor").next().unwrap();
    assert_eq!(vendors.gaps[0].reason, Reason::NotGiven);
    assert_eq!(vendors.gaps[0].operation, "ReadVendors");
}
