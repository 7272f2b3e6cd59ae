//! What Glue tells.

use super::environment::Variable;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Catalog::kind(), Job::kind(), SecurityConfiguration::kind()]
}

kind! {
    /// The data catalog of a region, where it holds a database or a connection that the scan may see.
    "glue.catalog" as catalog: Catalog, listed by ["glue:GetDatabases", "glue:GetConnections"] {
        /// Whether there is a database in it.
        has_databases: bool,
        /// Whether there is a connection in it.
        has_connections: bool,
        /// Whether what it says of the data is encrypted at rest.
        encrypted: bool => ["glue:GetDataCatalogEncryptionSettings"],
        /// Whether passwords of connections are encrypted, also for whoever may read the connection.
        encrypts_passwords: bool => ["glue:GetDataCatalogEncryptionSettings"],
    }
}

kind! {
    /// A Glue job.
    "glue.job" as job: Job, listed by ["glue:GetJobs"] {
        /// Name.
        name: String,
        /// Name of its security configuration; none: nothing that it writes is encrypted by it.
        security_configuration: Option<String>,
        /// What it is started with, save for switches of Glue's own.
        arguments: Vec<Variable>,
        /// Whether it logs to CloudWatch Logs while it runs.
        logs: bool,
    }
}

kind! {
    /// What jobs and crawlers that name it encrypt.
    "glue.security_configuration" as configuration: SecurityConfiguration, listed by ["glue:GetSecurityConfigurations"] {
        /// Name.
        name: String,
        /// Whether what is written to S3 is encrypted.
        encrypts_buckets: bool,
        /// Whether logs are encrypted.
        encrypts_logs: bool,
        /// Whether the bookmarks of jobs are encrypted, which say how far they have come.
        encrypts_bookmarks: bool,
    }
}
