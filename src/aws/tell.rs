//! One call of a service without an SDK crate of its own, on the SDK's runtime.

use std::fmt::Debug;

use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::user_agent::{ApiMetadata, UserAgentInterceptor};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::{SharedIdentityCache, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_types::SdkConfig;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
use serde::de::DeserializeOwned;

use super::api::{Api, Protocol};
use super::message::Unread;
use super::question::Question;
use super::refusal::Refusal;
use super::{Label, Reply, Site, settle, xml};

/// Who signs: one resolver and one cache for all calls of a run, so that a role is assumed once and not once a call.
#[derive(Debug, Clone)]
pub(super) struct Signer {
    identity: Option<SharedIdentityResolver>,
    cache: SharedIdentityCache,
}

impl Signer {
    pub(super) fn new(sdk: &SdkConfig) -> Self {
        Self {
            identity: sdk.credentials_provider().map(SharedIdentityResolver::new),
            cache: sdk
                .identity_cache()
                .unwrap_or_else(|| IdentityCache::lazy().build()),
        }
    }
}

impl Site {
    /// Performs one call and says what came of it, as [`ask!`](crate::ask) does for a service with an SDK crate.
    ///
    /// `T` has the members that are read. One that is not optional and that the answer lacks makes the answer malformed,
    /// which is a gap; so only what AWS documents to leave out is an `Option`. `about` says what is asked about, for
    /// people: `table=orders`; empty for a listing.
    pub async fn tell<T>(
        &self,
        api: &Api,
        operation: &'static str,
        question: Question,
        about: impl Into<String>,
    ) -> Reply<T>
    where
        T: DeserializeOwned + Debug + Send + Sync + 'static,
    {
        let call = format!("{}:{operation}", api.service);
        match self.label(&call, about.into()) {
            Err(gap) => Reply::Gap(gap),
            Ok(label) => {
                let sent = self.send(api, operation, question, label.clone()).await;
                settle(self, &label, sent)
            }
        }
    }

    async fn send<T>(
        &self,
        api: &Api,
        operation: &'static str,
        question: Question,
        label: Label,
    ) -> Result<T, SdkError<Refusal, HttpResponse>>
    where
        T: DeserializeOwned + Debug + Send + Sync + 'static,
    {
        let sdk = &self.shared.sdk;
        let found = api.endpoint(
            &self.partition,
            &self.endpoint,
            sdk.use_fips() == Some(true),
        );
        let Some((url, region)) = found else {
            let why = format!(
                "{} has no known endpoint in partition {}",
                api.service, self.partition
            );
            return Err(SdkError::construction_failure(BoxError::from(why)));
        };
        let url = sdk.endpoint_url().unwrap_or(&url);
        let (Some(http), Some(retries), Some(sleep)) =
            (sdk.http_client(), sdk.retry_config(), sdk.sleep_impl())
        else {
            let why = "the SDK's configuration has no HTTP client, retries or timer";
            return Err(SdkError::construction_failure(BoxError::from(why)));
        };
        let protocol = api.protocol;
        let described = *api;
        let mut built = Operation::builder()
            // Names the bucket of retries, too: one a service and region, as the SDK's own clients have it.
            .service_name(format!("{}-{region}", api.service))
            .operation_name(operation)
            .http_client(http)
            .endpoint_url(url)
            .standard_retry(retries)
            .timeout_config(
                sdk.timeout_config()
                    .cloned()
                    .unwrap_or_else(|| aws_smithy_types::timeout::TimeoutConfig::builder().build()),
            )
            .sleep_impl(sleep)
            .retry_classifier(TransientErrorClassifier::<Refusal>::new())
            .retry_classifier(AwsErrorCodeClassifier::<Refusal>::new())
            .retry_classifier(HttpStatusCodeClassifier::default())
            .runtime_plugin(self.signature(api, region));
        if let Some(time) = sdk.time_source() {
            built = built.time_source(time);
        }
        let called = built
            .interceptor(Labelled(label))
            .serializer(move |question: Question| question.request(&described, operation))
            .deserializer(move |response: &HttpResponse| answer::<T>(protocol, operation, response))
            .build();
        called.invoke(question).await
    }

    fn signature(&self, api: &Api, region: String) -> StaticRuntimePlugin {
        let mut config = Layer::new("signature");
        config.store_put(AuthSchemeOptionResolverParams::new(()));
        config.store_put(ApiMetadata::new(api.service, env!("CARGO_PKG_VERSION")));
        if let Some(name) = self.shared.sdk.app_name() {
            config.store_put(name.clone());
        }
        config.store_put(SigV4OperationSigningConfig {
            region: Some(SigningRegion::from(aws_types::region::Region::new(region))),
            region_set: None,
            name: Some(SigningName::from_static(api.signs_as)),
            signing_options: SigningOptions::default(),
        });
        let mut parts = RuntimeComponentsBuilder::new("signature")
            .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
            .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
                StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]),
            )))
            .with_identity_cache(Some(self.shared.signer.cache.clone()))
            .with_interceptor(SharedInterceptor::permanent(UserAgentInterceptor::new()))
            .with_interceptor(SharedInterceptor::permanent(InvocationIdInterceptor::new()))
            .with_interceptor(SharedInterceptor::permanent(RequestInfoInterceptor::new()));
        if let Some(identity) = &self.shared.signer.identity {
            parts.set_identity_resolver(SCHEME_ID, identity.clone());
        }
        StaticRuntimePlugin::new()
            .with_config(config.freeze())
            .with_runtime_components(parts)
    }
}

/// Puts the label on each attempt: the SDK copies a request without what we hung on it.
#[derive(Debug)]
struct Labelled(Label);

#[dyn_dispatch_hint]
impl Intercept for Labelled {
    fn name(&self) -> &'static str {
        "Labelled"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _parts: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().add_extension(self.0.clone());
        Ok(())
    }
}

fn answer<T: DeserializeOwned>(
    protocol: Protocol,
    operation: &str,
    response: &HttpResponse,
) -> Result<T, OrchestratorError<Refusal>> {
    if !response.status().is_success() {
        return Err(OrchestratorError::operation(Refusal::read(response)));
    }
    let body = response.body().bytes().unwrap_or_default();
    let read: Result<T, BoxError> = match protocol {
        Protocol::Json { .. } | Protocol::RestJson => {
            serde_json::from_slice(body).map_err(|error| Unread::json(&error).into())
        }
        Protocol::RestXml => xml::parse(body)
            .and_then(|root| xml::read(&root))
            .map_err(|error| Unread::xml(&error).into()),
        Protocol::Query { .. } => of_form(operation, body),
    };
    read.map_err(OrchestratorError::response)
}

/// Query services wrap what they answer in an element of the operation's name.
fn of_form<T: DeserializeOwned>(operation: &str, body: &[u8]) -> Result<T, BoxError> {
    let root = xml::parse(body).map_err(|error| Unread::xml(&error))?;
    let wrapper = format!("{operation}Result");
    let result = root
        .child(&wrapper)
        .ok_or_else(|| Unread::without(&wrapper))?;
    Ok(xml::read(result).map_err(|error| Unread::xml(&error))?)
}
