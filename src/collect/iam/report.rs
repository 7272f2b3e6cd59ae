//! The credential report: a table that IAM makes on request, with a row per user and one for root.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_credential_report::GetCredentialReportOutput;
use aws_sdk_iam::types::ReportStateType;
use csv::StringRecord;
use jiff::Timestamp;

use crate::ask;
use crate::aws::{Missing, Site, instant, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::iam::principal::AccessKey;
use crate::inventory::{Gap, Read, Reason};

/// A user's name and keys, with their places.
type UserKeys<'a> = (&'a str, Vec<(usize, Slot)>);

/// Asked thirty times, four seconds apart: IAM has taken longer than a minute for thousands of users.
const ASKED: usize = 30;
const APART: Duration = Duration::from_secs(4);

/// How the report calls the root user.
const ROOT: &str = "<root_account>";

/// The report as it came: the rows by the ARN of their user.
#[derive(Debug)]
pub(super) struct Report {
    /// When IAM made it.
    pub(super) generated: Timestamp,
    columns: Vec<String>,
    rows: BTreeMap<String, StringRecord>,
}

/// One user's row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    columns: &'a [String],
    cells: &'a StringRecord,
}

/// An access key as the report shows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) active: bool,
    pub(super) created: Option<Timestamp>,
    pub(super) last_used: Option<Timestamp>,
}

/// Has the report made, waits for it, and reads it.
pub(super) async fn read(site: &Site, iam: &Client) -> Read<Report> {
    for _ in 0..ASKED {
        if is_made(site, iam).await? {
            return ask!(site, "iam:GetCredentialReport", iam.get_credential_report())
                .read(Report::of);
        }
        site.pause(APART).await;
    }
    Err(still_making(site))
}

async fn is_made(site: &Site, iam: &Client) -> Result<bool, Arc<Gap>> {
    let answer = ask!(
        site,
        "iam:GenerateCredentialReport",
        iam.generate_credential_report()
    );
    let state = answer.read(|answer| answer.state.clone().ok_or(missing("State")))?;
    Ok(state.value == ReportStateType::Complete)
}

fn still_making(site: &Site) -> Arc<Gap> {
    Arc::new(Gap {
        service: "iam".to_owned(),
        operation: "GenerateCredentialReport".to_owned(),
        account: site.account.to_string(),
        region: site.region.to_string(),
        parameters: String::new(),
        reason: Reason::Broken,
        code: None,
        message: "IAM was still making the report after two minutes".to_owned(),
        action: String::new(),
        request_id: None,
    })
}

/// Adds the access keys of all users but root, and says where the report cannot tell of all.
pub(super) fn access_keys(site: &Site, intake: &Intake, report: &Read<Report>) {
    let (place, region) = (&site.account, &site.region);
    let told = match report {
        Ok(told) => told,
        Err(gap) => return intake.incomplete::<AccessKey>(place, region, gap.clone()),
    };
    intake.listed::<AccessKey>(place, region, &told.source);
    for (arn, row) in told
        .value
        .rows()
        .filter(|(_, row)| row.cell("user") != Ok(ROOT))
    {
        match row.keys() {
            Err(missing) => intake.incomplete::<AccessKey>(place, region, told.lacks(missing)),
            Ok((user, slots)) => {
                for (n, slot) in slots {
                    let name = format!("{user}/access_key_{n}");
                    // A user's name holds no `#`, so this ARN is nobody else's.
                    let arn = format!("{arn}#access_key_{n}");
                    let key = AccessKey {
                        user: told.fact(user.to_owned()),
                        active: told.fact(slot.active),
                        created: told.fact(slot.created),
                        last_used: told.fact(slot.last_used),
                    };
                    intake.add(place, region, Identity { arn, name }, key);
                }
            }
        }
        if let Err(missing) = row.tells_of_all_keys() {
            intake.incomplete::<AccessKey>(place, region, told.lacks(missing));
        }
    }
}

impl Report {
    fn of(answer: &GetCredentialReportOutput) -> Result<Self, Missing> {
        let content = answer.content().ok_or(missing("Content"))?;
        let generated = instant(answer.generated_time().ok_or(missing("GeneratedTime"))?)?;
        Self::parse(content.as_ref(), generated)
    }

    fn parse(content: &[u8], generated: Timestamp) -> Result<Self, Missing> {
        let broken =
            |error: csv::Error| Missing(format!("the credential report is not a table: {error}"));
        let mut table = csv::Reader::from_reader(content);
        let columns: Vec<String> = table
            .headers()
            .map_err(broken)?
            .iter()
            .map(str::to_owned)
            .collect();
        let mut rows = BTreeMap::new();
        for cells in table.records() {
            let cells = cells.map_err(broken)?;
            let arn = Row {
                columns: &columns,
                cells: &cells,
            }
            .cell("arn")?
            .to_owned();
            rows.insert(arn, cells);
        }
        Ok(Self {
            generated,
            columns,
            rows,
        })
    }

    fn rows(&self) -> impl Iterator<Item = (&str, Row<'_>)> {
        self.rows.iter().map(|(arn, cells)| {
            (
                arn.as_str(),
                Row {
                    columns: &self.columns,
                    cells,
                },
            )
        })
    }

    /// The row of a user. A user newer than the report has none.
    pub(super) fn row(&self, arn: &str) -> Result<Row<'_>, Missing> {
        let cells = self.rows.get(arn).ok_or_else(|| {
            Missing(format!(
                "the credential report of {} has no row for {arn}",
                self.generated
            ))
        })?;
        Ok(Row {
            columns: &self.columns,
            cells,
        })
    }

    /// The row of the root user.
    pub(super) fn root(&self) -> Result<Row<'_>, Missing> {
        let found = self
            .rows()
            .map(|(_, row)| row)
            .find(|row| row.cell("user") == Ok(ROOT));
        found.ok_or(missing("the row of the root user"))
    }
}

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> Result<&'a str, Missing> {
        let position = self.columns.iter().position(|name| name == column);
        position
            .and_then(|position| self.cells.get(position))
            .ok_or_else(|| missing(&format!("the column {column}")))
    }

    /// `TRUE` and `FALSE` in the documentation, `true` and `false` in reports.
    pub(super) fn flag(&self, column: &str) -> Result<bool, Missing> {
        match self.cell(column)? {
            yes if yes.eq_ignore_ascii_case("true") => Ok(true),
            no if no.eq_ignore_ascii_case("false") => Ok(false),
            other => Err(Missing(format!(
                "{column} of the credential report is {other:?}"
            ))),
        }
    }

    /// `N/A` where there is no such credential or it was never used, `no_information` where no use is on record,
    /// `not_supported` where IAM does not say (of root).
    pub(super) fn time(&self, column: &str) -> Result<Option<Timestamp>, Missing> {
        match self.cell(column)? {
            "N/A" | "no_information" | "not_supported" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .map_err(|_| Missing(format!("{column} of the credential report is {text:?}"))),
        }
    }

    /// The access key in the first or second place; none where that is empty. An inactive key keeps its dates.
    pub(super) fn slot(&self, n: usize) -> Result<Option<Slot>, Missing> {
        let slot = Slot {
            active: self.flag(&format!("access_key_{n}_active"))?,
            created: self.time(&format!("access_key_{n}_last_rotated"))?,
            last_used: self.time(&format!("access_key_{n}_last_used_date"))?,
        };
        Ok((slot.active || slot.created.is_some()).then_some(slot))
    }

    /// The user's name and keys, with their places.
    fn keys(&self) -> Result<UserKeys<'a>, Missing> {
        let mut keys = Vec::new();
        for n in [1, 2] {
            keys.extend(self.slot(n)?.map(|slot| (n, slot)));
        }
        Ok((self.cell("user")?, keys))
    }

    /// How many keys are active.
    pub(super) fn active_keys(&self) -> Result<i64, Missing> {
        self.tells_of_all_keys()?;
        let (_, keys) = self.keys()?;
        Ok(keys.iter().map(|(_, slot)| i64::from(slot.active)).sum())
    }

    /// A user may have had more keys or certificates than the two that the report has columns for; newer reports
    /// say so in a last column, which is empty for everyone else.
    fn tells_of_all_keys(&self) -> Result<(), Missing> {
        match self.cell("additional_credentials_info") {
            Err(_) | Ok("" | "N/A") => Ok(()),
            Ok(more) => Err(Missing(format!(
                "the credential report shows two keys and says there are more: {more}"
            ))),
        }
    }

    /// The last use of password or access keys.
    pub(super) fn last_used(&self) -> Result<Option<Timestamp>, Missing> {
        let (_, keys) = self.keys()?;
        let password = self.time("password_last_used")?;
        Ok(keys
            .iter()
            .filter_map(|(_, slot)| slot.last_used)
            .chain(password)
            .max())
    }
}

#[cfg(test)]
mod tests;
