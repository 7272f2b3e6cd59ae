//! What is asked of a service that we call without an SDK crate of its own.

use std::fmt::Display;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::api::{Api, Protocol};

/// What RFC 3986 leaves as it is in a path or query; AWS encodes everything else.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The input of an operation. What is not known (no continuation token yet) is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    method: &'static str,
    path: String,
    parameters: Vec<(String, String)>,
    body: Option<Value>,
}

impl Question {
    /// Of the JSON protocols: the members of the input. A member that is `null` is left out.
    pub fn json(mut input: Value) -> Self {
        if let Value::Object(members) = &mut input {
            members.retain(|_, member| !member.is_null());
        }
        Self {
            method: "POST",
            path: "/".to_owned(),
            parameters: Vec::new(),
            body: Some(input),
        }
    }

    /// Of the Query protocol: a form without parameters yet.
    pub fn form() -> Self {
        Self {
            method: "POST",
            path: "/".to_owned(),
            parameters: Vec::new(),
            body: None,
        }
    }

    /// Of the REST protocols: a path whose parts are encoded already (see [`part`]).
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            parameters: Vec::new(),
            body: None,
        }
    }

    /// Of the REST protocols: some services read by `POST` with a JSON body.
    pub fn post(path: impl Into<String>, input: Value) -> Self {
        Self {
            path: path.into(),
            ..Self::json(input)
        }
    }

    /// With a parameter of the form or of the query string; left out where there is none.
    pub fn with(mut self, name: &str, value: Option<impl Display>) -> Self {
        if let Some(value) = value {
            self.parameters.push((name.to_owned(), value.to_string()));
        }
        self
    }

    /// With a list, as the Query protocol numbers it: `Names.member.1`. `name` ends in `.member`, or in what the
    /// operation calls the members.
    pub fn with_each(mut self, name: &str, values: impl IntoIterator<Item = impl Display>) -> Self {
        for (n, value) in values.into_iter().enumerate() {
            self.parameters
                .push((format!("{name}.{}", n + 1), value.to_string()));
        }
        self
    }

    /// The request, unsigned. Its bytes are the same whenever the question is: a replay finds its answer by them.
    pub(super) fn request(&self, api: &Api, operation: &str) -> Result<HttpRequest, BoxError> {
        let query = matches!(api.protocol, Protocol::Query { .. });
        let uri = if self.parameters.is_empty() || query {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, encoded(&self.parameters))
        };
        let (content_type, body) = match (api.protocol, &self.body) {
            (Protocol::Json { version, .. }, body) => {
                let input = body
                    .clone()
                    .unwrap_or_else(|| Value::Object(Default::default()));
                (
                    Some(format!("application/x-amz-json-{version}")),
                    input.to_string(),
                )
            }
            (Protocol::Query { version }, _) => {
                let mut form = vec![
                    ("Action".to_owned(), operation.to_owned()),
                    ("Version".to_owned(), version.to_owned()),
                ];
                form.extend(self.parameters.iter().cloned());
                (
                    Some("application/x-www-form-urlencoded".to_owned()),
                    encoded(&form),
                )
            }
            (Protocol::RestJson | Protocol::RestXml, Some(input)) => {
                (Some("application/json".to_owned()), input.to_string())
            }
            (Protocol::RestJson | Protocol::RestXml, None) => (None, String::new()),
        };
        let mut request = HttpRequest::new(SdkBody::from(body.as_str()));
        request.set_method(self.method)?;
        request.set_uri(uri)?;
        let headers = request.headers_mut();
        if let Some(content_type) = content_type {
            headers.try_insert("content-type", content_type)?;
        }
        if !body.is_empty() {
            headers.try_insert("content-length", body.len().to_string())?;
        }
        // API Gateway answers in HAL, where a list of one is no list, unless it is asked for JSON.
        // <https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html>
        if api.protocol == Protocol::RestJson {
            headers.try_insert("accept", "application/json")?;
        }
        if let Protocol::Json { target, .. } = api.protocol {
            headers.try_insert("x-amz-target", format!("{target}.{operation}"))?;
        }
        Ok(request)
    }
}

/// One part of a path, encoded: a name with a slash in it stays one part.
pub fn part(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

fn encoded(parameters: &[(String, String)]) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", part(name), part(value)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(api: Api, operation: &str, question: Question) -> (String, String, String) {
        let request = question.request(&api, operation).unwrap();
        let body = request.body().bytes().unwrap();
        (
            format!("{} {}", request.method(), request.uri()),
            request
                .headers()
                .get("x-amz-target")
                .unwrap_or_default()
                .to_owned(),
            String::from_utf8(body.to_vec()).unwrap(),
        )
    }

    #[test]
    fn json_names_the_operation_in_a_header_and_leaves_out_what_is_not_known() {
        let api = Api::new(
            "dynamodb",
            Protocol::Json {
                version: "1.0",
                target: "DynamoDB_20120810",
            },
        );
        let input = json!({ "Limit": 100, "ExclusiveStartTableName": Option::<String>::None });
        assert_eq!(
            sent(api, "ListTables", Question::json(input)),
            (
                "POST /".to_owned(),
                "DynamoDB_20120810.ListTables".to_owned(),
                r#"{"Limit":100}"#.to_owned()
            )
        );
    }

    #[test]
    fn a_path_carries_its_parameters_encoded() {
        let api = Api::new("lambda", Protocol::RestJson);
        let path = format!(
            "/2015-03-31/functions/{}/policy",
            part("arn:aws:lambda:x:1:f")
        );
        let question = Question::get(path)
            .with("Marker", Some("a b/+"))
            .with("Qualifier", Option::<&str>::None);
        assert_eq!(
            sent(api, "GetPolicy", question).0,
            "GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Ax%3A1%3Af/policy?Marker=a%20b%2F%2B"
        );
    }

    #[test]
    fn a_form_names_operation_and_version_and_numbers_its_lists() {
        let api = Api::new(
            "elb",
            Protocol::Query {
                version: "2012-06-01",
            },
        );
        let question = Question::form()
            .with_each("LoadBalancerNames.member", ["a", "b"])
            .with("PageSize", Some(400));
        assert_eq!(
            sent(api, "DescribeTags", question).2,
            "Action=DescribeTags&Version=2012-06-01&LoadBalancerNames.member.1=a&LoadBalancerNames.member.2=b&PageSize=400"
        );
    }
}
