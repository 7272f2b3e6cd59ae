//! What is read of the account: to the last page, and no more and no less than the checks need.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tieout::bundle::{Bundle, Folder};
use tieout::inventory::kinds;

use super::acme::{Denied, denied, paged};
use super::{OWN, Scan, list, scan, scans, text};

#[test]
fn a_denied_call_is_a_gap_that_leaves_verdicts_unknown() {
    let report = &scan().report;
    for Denied {
        call,
        region,
        reason,
    } in denied()
    {
        let asked = |gap: &&Value| named(gap) == call && gap["region"] == region;
        let gap = list(report, "gaps")
            .iter()
            .find(asked)
            .unwrap_or_else(|| panic!("no gap for {call}"));
        assert_eq!(gap["reason"], reason, "{gap}");
        let undecided = gap["undecided"].as_u64().expect("a count");
        let unknown = list(report, "verdicts").iter().filter(|verdict| {
            verdict["outcome"] == "unknown"
                && list(verdict, "evidence")
                    .iter()
                    .any(|read| asked(&&read["gap"]))
        });
        assert_eq!(unknown.count() as u64, undecided, "{gap}");
        assert!(undecided > 0, "{gap}");
    }
}

#[test]
fn every_gap_is_a_call_that_the_account_denies() {
    assert_eq!(gaps(scan()), denied());
}

#[test]
fn a_scan_by_few_checks_reads_what_they_need_and_misses_nothing_else() {
    let [_, few] = scans();
    let s3 = denied()
        .into_iter()
        .filter(|one| one.call.starts_with("s3:"));
    assert_eq!(gaps(few), s3.collect::<Vec<_>>());
    let populations: BTreeSet<_> = list(&few.report, "populations")
        .iter()
        .map(|population| text(population, "kind"))
        .collect();
    let bundle = Bundle::open(Folder(few.bundle.clone())).expect("the bundle is whole");
    let planned = |call: &&str| bundle.manifest.plan.iter().any(|other| other == call);
    let schema = kinds::schema();
    let wanted = schema
        .kinds()
        .filter(|kind| kind.singleton || kind.listed_by.iter().all(&planned));
    let wanted: BTreeSet<_> = wanted.map(|kind| kind.name).collect();
    assert_eq!(populations, wanted);
    assert!(!wanted.contains("ec2.vpc") && wanted.contains("ec2.route_table"));
    let own = list(&few.report, "verdicts")
        .iter()
        .filter(|verdict| verdict["check"] == "own.routes_lead_somewhere");
    let outcomes: Vec<_> = own.map(|verdict| &verdict["outcome"]).collect();
    // A main and a public table for each of three networks, and a main one for each region's own.
    assert_eq!(outcomes.len(), 8, "{outcomes:?}");
    assert!(outcomes.iter().all(|outcome| **outcome == "pass"));
}

#[test]
fn every_call_that_a_collector_knows_is_made() {
    let planned: BTreeSet<String> = scans()
        .iter()
        .flat_map(|scan| {
            Bundle::open(Folder(scan.bundle.clone())).map(|bundle| bundle.manifest.plan)
        })
        .flatten()
        .collect();
    let schema = kinds::schema();
    let known = schema.kinds().flat_map(|kind| {
        let told = kind.fields.iter().flat_map(|field| field.from);
        kind.listed_by.iter().chain(told)
    });
    let unread: BTreeSet<_> = known.filter(|call| !planned.contains(**call)).collect();
    assert!(
        unread.is_empty(),
        "read by no check, nor by one of {OWN}: {unread:?}"
    );
}

/// The calls that did not tell, in the order of [`denied`].
fn gaps(scan: &Scan) -> Vec<Denied> {
    let mut gaps: Vec<_> = list(&scan.report, "gaps")
        .iter()
        .map(|gap| Denied {
            call: named(gap),
            region: text(gap, "region").to_owned(),
            reason: text(gap, "reason").to_owned(),
        })
        .collect();
    gaps.sort_by(|a, b| (&a.call, &a.region).cmp(&(&b.call, &b.region)));
    gaps
}

fn named(gap: &Value) -> String {
    let text = |name: &str| gap[name].as_str().unwrap_or_default();
    format!("{}:{}", text("service"), text("operation"))
}

#[test]
fn listings_are_read_to_their_last_page() {
    let mut asked: BTreeMap<(String, String), usize> = BTreeMap::new();
    for scan in scans() {
        let bundle = Bundle::open(Folder(scan.bundle.clone())).expect("the bundle is whole");
        for attempt in bundle.attempts().expect("the bundle is whole") {
            let call = format!("{}:{}", attempt.service, attempt.operation);
            *asked.entry((call, attempt.region)).or_default() += 1;
        }
    }
    for call in paged() {
        let pages = asked.get(&(call.clone(), "us-east-1".to_owned()));
        assert!(pages.is_some_and(|pages| *pages > 1), "{call}: {pages:?}");
    }
    for (kind, names) in [
        (
            "iam.user",
            "ada.park backup-agent ben.ortiz chloe.nguyen ci-deploy contractor-qa dmitri.volkov erin.walsh \
             farid.haddad metrics-export",
        ),
        (
            "kms.key",
            // The last are AWS's, one in each region: it makes them for the first disk that is to be encrypted and
            // names no key.
            "acme/data acme/escrow acme/eu-archive acme/eu-data acme/logs acme/old-website acme/partner-exchange \
             acme/payments acme/payroll acme/pre-migration acme/signing acme/vault acme/vault-next aws/ebs aws/ebs",
        ),
        (
            "rds.instance",
            "analytics billing-a billing-b eu-orders eu-search events-a orders payments wordpress",
        ),
        (
            "s3.bucket",
            "acme-access-logs acme-backups acme-customer-exports acme-eu-access-logs acme-eu-customer-data \
             acme-eu-invoices-replica acme-eu-old-uploads acme-invoices acme-ml-scratch acme-partner-drop \
             acme-payroll acme-terraform-state acme-trail-logs acme-website",
        ),
    ] {
        assert_eq!(members(kind).join(" "), names, "{kind}");
    }
}

/// The names of a kind's resources, each as often as there is one.
fn members(kind: &str) -> Vec<&'static str> {
    let judged = list(&scan().report, "verdicts")
        .iter()
        .filter(|verdict| verdict["kind"] == kind && verdict["resource"].is_string());
    let members: BTreeMap<_, _> = judged
        .map(|verdict| (text(verdict, "resource"), text(verdict, "name")))
        .collect();
    let mut names: Vec<_> = members.into_values().collect();
    names.sort_unstable();
    names
}
