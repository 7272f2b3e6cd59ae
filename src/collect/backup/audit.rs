//! Backup Audit Manager: its frameworks and report plans.

use aws_sdk_backup::Client;

use super::text;
use crate::ask;
use crate::aws::{Site, Turn, instant, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::backup::{Framework, ReportPlan};

/// Reads the frameworks.
pub(super) async fn frameworks(site: &Site, backup: &Client, intake: &Intake) {
    list::<Framework, _>(
        site,
        intake,
        async |token| {
            let list = backup.list_frameworks().set_next_token(token);
            ask!(site, "backup:ListFrameworks", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            let found = page.value.frameworks.as_ref();
            for framework in found.ok_or(missing("Frameworks"))? {
                let identity = Identity {
                    arn: text(framework.framework_arn(), "FrameworkArn")?,
                    name: text(framework.framework_name(), "FrameworkName")?,
                };
                let fields = Framework {
                    name: page.fact(identity.name.clone()),
                    deployment: page
                        .read(|_| text(framework.deployment_status(), "DeploymentStatus")),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// Reads the report plans.
pub(super) async fn reports(site: &Site, backup: &Client, intake: &Intake) {
    list::<ReportPlan, _>(
        site,
        intake,
        async |token| {
            let list = backup.list_report_plans().set_next_token(token);
            ask!(site, "backup:ListReportPlans", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            let found = page.value.report_plans.as_ref();
            for plan in found.ok_or(missing("ReportPlans"))? {
                let identity = Identity {
                    arn: text(plan.report_plan_arn(), "ReportPlanArn")?,
                    name: text(plan.report_plan_name(), "ReportPlanName")?,
                };
                let fields = ReportPlan {
                    name: page.fact(identity.name.clone()),
                    template: page.read(|_| {
                        let setting = plan.report_setting();
                        let template = setting.map(|setting| setting.report_template());
                        text(template.filter(|name| !name.is_empty()), "ReportTemplate")
                    }),
                    last_success: page.read(|_| {
                        let ran = plan.last_successful_execution_time();
                        ran.map(instant).transpose()
                    }),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}
