//! Listeners, with what their security policies allow and what their rules do.

use serde::Deserialize;
use tokio::sync::OnceCell;

use super::{API, Described};
use crate::aws::{Missing, Question, Site, Turn, each, gather, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elbv2::{Listener, ListenerAction};
use crate::inventory::{Read, Told};

/// The security policies of a region, asked for when the first listener names one.
#[derive(Debug, Default)]
pub(super) struct Policies(OnceCell<Read<Vec<Policy>>>);

impl Policies {
    async fn all(&self, site: &Site) -> &Read<Vec<Policy>> {
        let ask = async |token: Option<String>| {
            let question = Question::form().with("Marker", token);
            site.tell::<PolicyPage>(&API, "DescribeSSLPolicies", question, "")
                .await
        };
        let all = async || {
            gather(
                ask,
                |page| Turn::to(page.next_marker.as_deref()),
                |page| Ok(page.ssl_policies.clone()),
            )
            .await
        };
        self.0.get_or_init(all).await
    }

    /// What a policy allows; nothing where there is no policy, because the listener does not end TLS.
    async fn allowed(
        &self,
        site: &Site,
        page: &Told<Listeners>,
        policy: Option<&str>,
        of: fn(&Policy) -> Vec<String>,
    ) -> Read<Vec<String>> {
        let Some(policy) = policy else {
            return page.fact(Vec::new());
        };
        self.all(site)
            .await
            .as_ref()
            .map_err(Clone::clone)?
            .read(|all| {
                let found = all.iter().find(|known| known.name == policy);
                found
                    .map(of)
                    .ok_or_else(|| Missing(format!("the answer lacks the policy {policy}")))
            })
    }
}

pub(super) async fn collect(
    site: &Site,
    intake: &Intake,
    balancer: &Described,
    policies: &Policies,
) {
    let arn = &balancer.load_balancer_arn;
    let listing = pages(
        async |token| {
            let question = Question::form()
                .with("LoadBalancerArn", Some(arn))
                .with("Marker", token);
            let about = format!("load_balancer={}", balancer.load_balancer_name);
            site.tell::<Listeners>(&API, "DescribeListeners", question, about)
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<Listener>(&site.account, &site.region, &page.source);
            each(&page.value.listeners, async |listener| {
                one_listener(site, intake, page, balancer, listener, policies).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Listener>(&site.account, &site.region, gap);
    }
}

async fn one_listener(
    site: &Site,
    intake: &Intake,
    page: &Told<Listeners>,
    balancer: &Described,
    listener: &DescribedListener,
    policies: &Policies,
) {
    let policy = listener.ssl_policy.as_deref();
    let name = format!("{}:{}", balancer.load_balancer_name, listener.port);
    let (tls_protocols, ciphers, actions) = futures::join!(
        policies.allowed(site, page, policy, |p| p.ssl_protocols.clone()),
        policies.allowed(site, page, policy, |p| {
            p.ciphers.iter().map(|cipher| cipher.name.clone()).collect()
        }),
        actions(site, page, balancer, listener, &name),
    );
    let fields = Listener {
        load_balancer: page.fact(balancer.load_balancer_arn.clone()),
        protocol: page.fact(listener.protocol.clone()),
        port: page.fact(listener.port),
        tls_policy: page.fact(listener.ssl_policy.clone()),
        tls_protocols,
        ciphers,
        certificates: page.fact(
            listener
                .certificates
                .iter()
                .map(|certificate| certificate.certificate_arn.clone())
                .collect(),
        ),
        actions,
    };
    let identity = Identity {
        arn: listener.listener_arn.clone(),
        name,
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// Only application load balancers have rules; what the others do is the default.
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html>
async fn actions(
    site: &Site,
    page: &Told<Listeners>,
    balancer: &Described,
    listener: &DescribedListener,
    name: &str,
) -> Read<Vec<ListenerAction>> {
    let done = |actions: &[Action]| {
        let done = actions.iter().map(|action| action.told(&listener.protocol));
        done.collect::<Vec<_>>()
    };
    if balancer.r#type != "application" {
        return page.fact(done(&listener.default_actions));
    }
    gather(
        async |token| {
            let question = Question::form()
                .with("ListenerArn", Some(&listener.listener_arn))
                .with("Marker", token);
            site.tell::<Rules>(&API, "DescribeRules", question, format!("listener={name}"))
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| Ok(page.rules.iter().flat_map(|r| done(&r.actions)).collect()),
    )
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listeners {
    listeners: Vec<DescribedListener>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribedListener {
    listener_arn: String,
    protocol: String,
    port: i64,
    /// Left out where the listener does not end TLS.
    ssl_policy: Option<String>,
    /// Left out where the listener does not end TLS.
    #[serde(default)]
    certificates: Vec<Certificate>,
    default_actions: Vec<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Certificate {
    certificate_arn: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Action {
    r#type: String,
    redirect_config: Option<Redirect>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Redirect {
    /// Left out, or a placeholder, where the redirect keeps the protocol of the request.
    protocol: Option<String>,
}

impl Action {
    fn told(&self, protocol: &str) -> ListenerAction {
        ListenerAction {
            r#type: self.r#type.clone(),
            redirects_to: self.redirect_config.as_ref().map(|redirect| {
                match redirect.protocol.as_deref() {
                    None | Some("#{protocol}") => protocol.to_owned(),
                    Some(other) => other.to_owned(),
                }
            }),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Rules {
    rules: Vec<Rule>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Rule {
    actions: Vec<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyPage {
    ssl_policies: Vec<Policy>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SslPolicy.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    name: String,
    ssl_protocols: Vec<String>,
    ciphers: Vec<Cipher>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cipher {
    name: String,
}
