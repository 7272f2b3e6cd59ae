//! What Lambda tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::environment::Variable;
use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Function::kind(),
        FunctionUrl::kind(),
        LayerVersion::kind(),
        Quota::kind(),
    ]
}

record! {
    /// Code that others have packed, and that a function loads.
    pub struct Layer {
        /// ARN with the version.
        arn: String,
        /// Account that made it.
        account: String,
        /// Whether that is this account.
        own: bool,
    }
}

record! {
    /// A version or an alias of a function, which is called by itself and has a policy by itself.
    pub struct Qualified {
        /// Number of the version, or name of the alias.
        qualifier: String,
        /// Statements of its resource policy, without those that hold only for calls over a function URL; empty where it
        /// has none.
        policy: Vec<Statement>,
    }
}

kind! {
    /// A Lambda function, as it is now: not its older versions.
    "lambda.function" as lambda: Function, listed by ["lambda:ListFunctions"] {
        /// Name.
        name: String,
        /// Runtime: `python3.13`; none: the function is a container image, which brings its own.
        runtime: Option<String>,
        /// When code or configuration was last changed.
        modified: Timestamp,
        /// ARN of the role whose permissions it has.
        role_arn: String,
        /// The variables of its environment; empty where there are none.
        environment: Vec<Variable>,
        /// VPC it reaches into; none: it runs in none of this account's.
        vpc: Option<String>,
        /// Subnets it may be placed in; empty where it is in no VPC.
        subnet_ids: Vec<String>,
        /// ARN of the queue or topic for events that it failed to handle; none: they are dropped.
        dead_letters: Option<String>,
        /// ARNs of further destinations of such events, of its versions and aliases too; empty where there are none.
        failure_destinations: Vec<String> => ["lambda:ListFunctionEventInvokeConfigs"],
        /// Whether X-Ray samples its calls of its own accord, and not only where the caller does.
        traced: bool,
        /// Its layers; empty where there are none.
        layers: Vec<Layer>,
        /// What becomes of code that no trusted publisher has signed: `Enforce` (refused) or `Warn` (let through, and told
        /// of); none: signatures are not looked at.
        unsigned_code: Option<String> => ["lambda:ListCodeSigningConfigs", "lambda:ListFunctionsByCodeSigningConfig"],
        /// Statements of its resource policy, without those that hold only for calls over a function URL; empty where it has
        /// none. Versions and aliases have policies of their own.
        policy: Vec<Statement> => ["lambda:GetPolicy"],
        /// Its versions and aliases that have a policy; empty: none has. A function with more than fifty of them is not
        /// read to the end.
        qualified: Vec<Qualified> => ["lambda:ListAliases", "lambda:ListVersionsByFunction", "lambda:GetPolicy"],
    }
}

kind! {
    /// A version of a layer of this account: code that functions load, also those of others whom its policy lets in.
    "lambda.layer_version" as version: LayerVersion, listed by ["lambda:ListLayers", "lambda:ListLayerVersions"] {
        /// Name of the layer.
        layer: String,
        /// Number of the version.
        number: i64,
        /// Statements of its policy; empty where it has none, and this account alone may load it.
        policy: Vec<Statement> => ["lambda:GetLayerVersionPolicy"],
        /// Other accounts that the policy lets in by name, in order.
        policy_accounts: Vec<String> => ["lambda:GetLayerVersionPolicy"],
    }
}

kind! {
    /// The HTTPS address of a function, or of an alias of it.
    "lambda.function_url" as url: FunctionUrl, listed by ["lambda:ListFunctions", "lambda:ListFunctionUrlConfigs"] {
        /// The address.
        address: String,
        /// ARN of the function, without the alias.
        function_arn: String,
        /// Whether callers must sign with credentials of AWS; if not, the resource policy alone decides who may call.
        signed: bool,
        /// Origins whose pages may call it from a browser; empty: none may read the answer.
        origins: Vec<String>,
        /// Statements of the resource policy of the function or alias; empty where it has none.
        policy: Vec<Statement> => ["lambda:GetPolicy"],
        /// Tags of the function.
        tags: BTreeMap<String, String> => ["lambda:ListTags"],
    }
}

kind! {
    /// How many calls may run at once in this account and region, and how many did.
    "lambda.quota" as quota: Quota, listed by ["lambda:GetAccountSettings"] {
        /// Functions there are.
        functions: i64,
        /// Calls that may run at once.
        concurrent: i64,
        /// Of these, what no function has reserved for itself.
        unreserved: i64,
        /// The most that ran at once in the last thirty days.
        peak: f64 => ["cloudwatch:GetMetricData"],
        /// Calls that were turned away in the last thirty days, because too many ran.
        throttled: f64 => ["cloudwatch:GetMetricData"],
    }
}
