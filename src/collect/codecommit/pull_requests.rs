//! Pull requests that were closed lately, and who approved them.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Reply, Site, Turn, each, left_off, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codecommit::PullRequest;

/// How far back they are looked at: as far as executions of pipelines.
const WINDOW: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How many of a repository are looked at, the newest first: each takes two calls.
const MOST: usize = 200;

/// Reads the pull requests of one repository.
pub(super) async fn collect(site: &Site, intake: &Intake, repository: (&str, &str)) {
    // Two calls for each: nothing to make in vain.
    if !site.plans_any(&["codecommit:ListPullRequests"]) {
        return;
    }
    let (name, arn) = repository;
    let (account, region) = (&site.account, &site.region);
    let (ids, told) = (RefCell::new(Vec::new()), RefCell::new(None));
    list::<PullRequest, Ids>(
        site,
        intake,
        async |token| {
            let input = json!({
                "repositoryName": name, "pullRequestStatus": "CLOSED", "nextToken": token,
            });
            let about = format!("repository={name}");
            site.tell(&API, "ListPullRequests", Question::json(input), about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            ids.borrow_mut().extend(page.value.ids.iter().cloned());
            told.replace(Some(page.source.clone()));
            Ok(())
        },
    )
    .await;
    // Of those that the pages told which could be read: where one was lost, the population says so.
    let mut newest = ids.into_inner();
    // Numbers count up.
    newest.sort_by_key(|id: &String| Reverse((id.len(), id.clone())));
    let more = newest.len() > MOST;
    newest.truncate(MOST);
    // Where the oldest that is looked at was closed lately, so may be those before it.
    let reaches = Cell::new(!more);
    each(&newest, async |id| {
        let lately = one(site, intake, (name, arn), id).await;
        if newest.last() == Some(id) && !lately {
            reaches.set(true);
        }
    })
    .await;
    if let (false, Some(source)) = (reaches.get(), told.into_inner()) {
        let gap = left_off(&source, &format!("after the {MOST} newest there are more"));
        intake.incomplete::<PullRequest>(account, region, gap);
    }
}

/// Reads one pull request. Whether it was closed lately.
async fn one(site: &Site, intake: &Intake, (repository, arn): (&str, &str), id: &str) -> bool {
    let question = Question::json(json!({ "pullRequestId": id }));
    let about = format!("request={id}");
    let described: Reply<Described> = site.tell(&API, "GetPullRequest", question, &about).await;
    let told = match described.told() {
        Ok(told) => told,
        Err(gap) => {
            intake.incomplete::<PullRequest>(&site.account, &site.region, gap);
            return false;
        }
    };
    intake.listed::<PullRequest>(&site.account, &site.region, &told.source);
    let request = &told.value.request;
    if request.last_activity.0 < since(site.now()) {
        return false;
    }
    let question = Question::json(json!({ "pullRequestId": id, "revisionId": request.revision }));
    let states: Reply<States> = site
        .tell(&API, "GetPullRequestApprovalStates", question, &about)
        .await;
    let fields = fields(&told, repository, &states);
    let identity = Identity {
        // AWS has no ARN for it; ours is its repository's and its number.
        arn: format!("{arn}/pull-request/{id}"),
        name: format!("{repository} {id}"),
    };
    intake.add(&site.account, &site.region, identity, fields);
    true
}

/// A scan at the beginning of time looks at everything.
fn since(now: Timestamp) -> Timestamp {
    now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN)
}

fn fields(told: &Told<Described>, repository: &str, states: &Reply<States>) -> PullRequest {
    let request = &told.value.request;
    let target = |_: &Described| {
        let mut of = request.targets.iter();
        of.find(|target| target.repository == repository)
            .ok_or(missing("the repository among pullRequestTargets"))
    };
    PullRequest {
        number: told.fact(request.id.clone()),
        repository: told.fact(repository.to_owned()),
        title: told.fact(request.title.clone()),
        author: told.fact(request.author.clone()),
        branch: told.read(|d| {
            let branch = &target(d)?.branch;
            Ok(branch
                .strip_prefix("refs/heads/")
                .unwrap_or(branch)
                .to_owned())
        }),
        merged: told.read(|d| Ok(target(d)?.merge.merged)),
        last_activity: told.fact(request.last_activity.0),
        approved_by: states.read(|s| {
            let approve = s.approvals.iter();
            let approve = approve.filter(|one| one.state == "APPROVE");
            let others = approve.filter(|one| one.user != request.author);
            Ok(others.map(|one| one.user.clone()).collect())
        }),
    }
}

#[derive(Debug, Deserialize)]
struct Ids {
    #[serde(rename = "pullRequestIds")]
    ids: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "pullRequest")]
    request: Request,
}

/// <https://docs.aws.amazon.com/codecommit/latest/APIReference/API_PullRequest.html>
#[derive(Debug, Deserialize)]
struct Request {
    #[serde(rename = "pullRequestId")]
    id: String,
    title: String,
    #[serde(rename = "authorArn")]
    author: String,
    #[serde(rename = "revisionId")]
    revision: String,
    #[serde(rename = "lastActivityDate")]
    last_activity: Moment,
    #[serde(rename = "pullRequestTargets")]
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    #[serde(rename = "repositoryName")]
    repository: String,
    #[serde(rename = "destinationReference")]
    branch: String,
    #[serde(rename = "mergeMetadata")]
    merge: Merge,
}

#[derive(Debug, Deserialize)]
struct Merge {
    #[serde(rename = "isMerged")]
    merged: bool,
}

/// <https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetPullRequestApprovalStates.html>
#[derive(Debug, Deserialize)]
struct States {
    /// Left out where nobody has said anything.
    approvals: Vec<State>,
}

#[derive(Debug, Deserialize)]
struct State {
    #[serde(rename = "userArn")]
    user: String,
    #[serde(rename = "approvalState")]
    state: String,
}
