//! What Elastic Beanstalk tells.

use super::environment::Variable;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Environment::kind()]
}

kind! {
    /// An environment: the machines, load balancer and queue that run a version of an application.
    "elasticbeanstalk.environment" as environment: Environment, listed by ["elasticbeanstalk:DescribeEnvironments"] {
        /// Name.
        name: String,
        /// The application it runs.
        application: String,
        /// Whether logs of its machines go to CloudWatch Logs.
        streams_logs: bool => ["elasticbeanstalk:DescribeConfigurationSettings"],
        /// Whether updates of its platform are put in by themselves, in a window of the week.
        managed_updates: bool => ["elasticbeanstalk:DescribeConfigurationSettings"],
        /// Whether an agent on each machine reports its health; if not, the load balancer's checks are all there is.
        enhanced_health: bool => ["elasticbeanstalk:DescribeConfigurationSettings"],
        /// Variables of the application's environment; empty: there are none.
        variables: Vec<Variable> => ["elasticbeanstalk:DescribeConfigurationSettings"],
    }
}
