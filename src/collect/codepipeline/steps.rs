//! The actions of a pipeline in the order in which they run, each with what stands before it.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::inventory::kinds::codepipeline::Step;

/// <https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageDeclaration.html>
#[derive(Debug, Deserialize)]
pub(super) struct Stage {
    name: String,
    actions: Vec<Action>,
    /// Left out where everything may enter.
    #[serde(rename = "beforeEntry")]
    entry: Option<Entry>,
}

#[derive(Debug, Deserialize)]
struct Action {
    name: String,
    #[serde(rename = "actionTypeId")]
    kind: ActionType,
    /// Left out where it is the first.
    #[serde(rename = "runOrder")]
    order: Option<i64>,
    /// Left out where there is nothing to say.
    configuration: Option<Configuration>,
}

/// What else stands there is taken out before it is read.
#[derive(Debug, Deserialize)]
struct Configuration {
    /// Of CodeBuild.
    #[serde(rename = "ProjectName")]
    project: Option<String>,
}

impl Action {
    fn order(&self) -> i64 {
        self.order.unwrap_or(1)
    }

    /// The CodeBuild project that it runs.
    fn project(&self) -> Option<&String> {
        let configuration = self.configuration.as_ref();
        let project = configuration.and_then(|one| one.project.as_ref());
        project.filter(|_| self.kind.provider == "CodeBuild")
    }

    fn is(&self, category: &str) -> bool {
        self.kind.category == category
    }
}

#[derive(Debug, Deserialize)]
struct ActionType {
    category: String,
    provider: String,
}

#[derive(Debug, Deserialize)]
struct Entry {
    conditions: Vec<Condition>,
}

#[derive(Debug, Deserialize)]
struct Condition {
    /// Left out where there are none.
    #[serde(default, deserialize_with = "crate::aws::empty_if_null")]
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    name: String,
}

/// Stages run one after the other; the actions of a stage by their order, and those of the same order at once. So an
/// approval stands before an action if its stage is earlier, or its order in the same stage is lower.
/// <https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html>
pub(super) fn told(stages: &[Stage]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        for action in &stage.actions {
            let all_before = || {
                let earlier = stages.iter().take(at).flat_map(|earlier| &earlier.actions);
                let here = stage
                    .actions
                    .iter()
                    .filter(|other| other.order() < action.order());
                earlier.chain(here)
            };
            let before = |category: &str| -> Vec<String> {
                let found = all_before().filter(|other| other.is(category));
                found.map(|other| other.name.clone()).collect()
            };
            let entered = stages.iter().take(at + 1);
            let conditions = entered
                .filter_map(|stage| stage.entry.as_ref())
                .flat_map(|entry| &entry.conditions);
            steps.push(Step {
                stage: stage.name.clone(),
                name: action.name.clone(),
                category: action.kind.category.clone(),
                provider: action.kind.provider.clone(),
                approvals: before("Approval"),
                tests: before("Test"),
                builds: all_before().filter_map(Action::project).cloned().collect(),
                conditions: conditions
                    .flat_map(|condition| &condition.rules)
                    .map(|rule| rule.name.clone())
                    .collect(),
            });
        }
    }
    steps
}

/// The CodeBuild projects that a pipeline runs, each once.
pub(super) fn projects(stages: &[Stage]) -> Vec<String> {
    let actions = stages.iter().flat_map(|stage| &stage.actions);
    let once: BTreeSet<&String> = actions.filter_map(Action::project).collect();
    once.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Vec<Step> {
        told(&serde_json::from_str::<Vec<Stage>>(text).unwrap())
    }

    fn action(name: &str, category: &str, order: i64) -> String {
        format!(
            r#"{{"name": "{name}", "actionTypeId": {{"category": "{category}", "provider": "p"}}, "runOrder": {order}}}"#
        )
    }

    #[test]
    fn an_approval_counts_before_what_runs_after_it_and_not_beside_it() {
        let stages = format!(
            r#"[{{"name": "Prod", "beforeEntry": {{"conditions": [{{"rules": [{{"name": "window"}}]}}]}}, "actions": [{}, {}, {}]}},
                {{"name": "Later", "actions": [{}]}}]"#,
            action("ask", "Approval", 2),
            action("beside", "Deploy", 2),
            action("after", "Deploy", 3),
            action("again", "Deploy", 1),
        );
        let of = |name: &str| {
            let all = steps(&stages);
            let step = all.iter().find(|step| step.name == name).unwrap().clone();
            (step.approvals, step.conditions)
        };
        let window = vec!["window".to_owned()];
        assert_eq!(of("beside"), (vec![], window.clone()));
        assert_eq!(of("after"), (vec!["ask".to_owned()], window.clone()));
        assert_eq!(of("again"), (vec!["ask".to_owned()], window));
    }

    #[test]
    fn builds_that_stand_before_are_known_by_their_project() {
        let build = |name: &str, project: &str, provider: &str| {
            format!(
                r#"{{"name": "{name}", "actionTypeId": {{"category": "Build", "provider": "{provider}"}},
                    "configuration": {{"ProjectName": "{project}"}}}}"#
            )
        };
        let stages = format!(
            r#"[{{"name": "Build", "actions": [{}, {}]}}, {{"name": "Prod", "actions": [{}]}}]"#,
            build("compile", "shop", "CodeBuild"),
            build("elsewhere", "jenkins", "Jenkins"),
            build("deploy", "release", "CodeBuild"),
        );
        let all = steps(&stages);
        assert_eq!(all[2].builds, ["shop"]);
        assert!(all[0].builds.is_empty());
        let stages: Vec<Stage> = serde_json::from_str(&stages).unwrap();
        assert_eq!(projects(&stages), ["release", "shop"]);
    }

    #[test]
    fn tests_of_an_earlier_stage_stand_before() {
        let stages = format!(
            r#"[{{"name": "Check", "actions": [{}]}}, {{"name": "Prod", "actions": [{}]}}]"#,
            action("unit", "Test", 1),
            action("deploy", "Deploy", 1),
        );
        assert_eq!(steps(&stages)[1].tests, ["unit"]);
    }
}
