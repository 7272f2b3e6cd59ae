//! The directory of IAM Identity Center: who can sign in.

use crate::aws::identity_center::{Instance, User as Listed, Users, instances, users};
use crate::aws::{Site, Turn, list, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::identitystore::User;

/// Reads the people of the directories of one region. Where there is no Identity Center, that one call says so.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<User, _>(
        site,
        intake,
        async |token| instances(site, token).await,
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            let of = page.value.instances.iter();
            for instance in of.filter(|instance| instance.is_read_at(site)) {
                people(site, intake, instance).await;
            }
            Ok(())
        },
    )
    .await;
}

async fn people(site: &Site, intake: &Intake, instance: &Instance) {
    let listing = pages(
        async |token| users(site, &instance.store, token).await,
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<User>(&site.account, &site.region, &page.source);
            for user in &page.value.users {
                one_user(site, intake, page, user);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<User>(&site.account, &site.region, gap);
    }
}

fn one_user(site: &Site, intake: &Intake, page: &Told<Users>, user: &Listed) {
    let issuers = user.external.iter().map(|id| id.issuer.clone());
    let emails = user.emails.iter().map(|email| email.value.clone());
    let fields = User {
        id: page.fact(user.id.clone()),
        name: page.fact(user.name.clone()),
        enabled: page.read(|_| {
            let status = user.status.as_ref().ok_or(missing("UserStatus"))?;
            Ok(status == "ENABLED")
        }),
        created: page.fact(user.created.as_ref().map(|time| time.0)),
        emails: page.fact(emails.collect()),
        issuers: page.fact(issuers.collect()),
    };
    let identity = Identity {
        arn: user.arn.clone(),
        name: user.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}
