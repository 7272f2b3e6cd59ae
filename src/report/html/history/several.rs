//! The page on several accounts: which are covered, and a section each.

use super::period::{KICKER, NOTICE, gap, runs, sections, shown, warnings};
use super::{Section, View, named};
use crate::history::period::{Period, Periods};
use crate::report::period::tables;
use crate::report::text::{counted, shown as safe};

pub(super) fn view(periods: &Periods) -> View {
    let window = format!("{} to {}", periods.from, periods.to);
    let count = counted(periods.accounts.len() as u64, "account", "accounts");
    let uncovered: Vec<&str> = periods
        .accounts
        .iter()
        .filter(|one| one.days_without_run > 0)
        .map(|one| one.account.as_str())
        .collect();
    let warnings = if uncovered.is_empty() {
        Vec::new()
    } else {
        vec![format!(
            "There are days without evidence of {}: {}.",
            counted(uncovered.len() as u64, "account", "accounts"),
            uncovered.join(", ")
        )]
    };
    let mut all = vec![covered(periods)];
    for period in &periods.periods {
        all.extend(account(period));
    }
    View {
        title: format!("{window}, {count}"),
        kicker: KICKER,
        heading: window,
        warnings,
        facts: vec![
            named("Accounts", count),
            named("Days", format!("{} (UTC)", periods.days)),
        ],
        notice: NOTICE,
        sections: all,
        foot: format!("{}, written by tieout {}", periods.schema, periods.tool),
    }
}

fn covered(periods: &Periods) -> Section {
    Section {
        id: "accounts".to_owned(),
        heading: "Accounts that are covered".to_owned(),
        lead: vec![
            "Each account is covered by its own runs, and none says anything of another's. An account that is not here has no run \
             in this history, or was not asked for."
                .to_owned(),
        ],
        tables: vec![shown(tables::accounts(periods), "")],
        ..Section::default()
    }
}

/// The sections of one account, each with a name of its own on the page.
fn account(period: &Period) -> Vec<Section> {
    let own = format!("account-{}", period.account);
    let mut lead = warnings(period);
    lead.push(format!("Runs: {}.", runs(period)));
    lead.push(format!("Longest time without a run: {}.", gap(period)));
    let head = Section {
        id: own.clone(),
        heading: safe(format!("{} {}", period.account, period.alias).trim()).into_owned(),
        lead,
        ..Section::default()
    };
    let under = sections(period).into_iter().map(|section| Section {
        id: format!("{own}-{}", section.id),
        under: true,
        ..section
    });
    std::iter::once(head).chain(under).collect()
}
