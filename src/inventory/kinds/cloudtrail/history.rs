//! What the event history holds: calls of the last ninety days, by the names that controls are about.

use jiff::Timestamp;

use crate::kind;

kind! {
    /// A call of the last ninety days that took away what watches, changed the state of findings, gave or took away access,
    /// restored data or carried it out, as the event history of its region has it.
    "cloudtrail.event" as event: Event, listed by ["cloudtrail:LookupEvents"] {
        /// Name of the call: `StopLogging`.
        name: String,
        /// Service it was made to: `cloudtrail.amazonaws.com`.
        source: String,
        /// What it is about: `watching`, `findings`, `access given`, `access taken`, `restore` or `export`.
        subject: String,
        /// When it was made.
        time: Timestamp,
        /// ARN of who made it, of a session with the name of the session; or the service that did, or what else CloudTrail
        /// knows them by.
        actor: String,
        /// ARN of the role whose session made it; none: it was no role's.
        role_arn: Option<String>,
        /// Service that made it on its own or on somebody's behalf; none: they made it themselves.
        by_service: Option<String>,
        /// Whether it was made in the console.
        from_console: bool,
        /// Error it ended with; none: it did what it was meant to.
        error: Option<String>,
        /// Status that it gave what it is about, `Active` or `Inactive` of an access key; none: it gave none.
        status: Option<String>,
        /// Names and ARNs of what it is about, as far as CloudTrail says.
        targets: Vec<String>,
        /// Id of the request, to be found again by.
        request_id: Option<String>,
    }
}

kind! {
    /// A call of the last ninety days that changed how things are set up or what is let in, as the event history of its
    /// region has it.
    "cloudtrail.change" as change: Change, listed by ["cloudtrail:LookupEvents"] {
        /// Name of the call: `UpdateFunctionCode20150331v2`.
        name: String,
        /// Service it was made to: `lambda.amazonaws.com`.
        source: String,
        /// When it was made.
        time: Timestamp,
        /// ARN of who made it, of a session with the name of the session; or the service that did, or what else CloudTrail
        /// knows them by.
        actor: String,
        /// ARN of the role whose session made it; none: it was no role's.
        role_arn: Option<String>,
        /// Service that made it on its own or on somebody's behalf; none: they made it themselves.
        by_service: Option<String>,
        /// Whether it was made in the console.
        from_console: bool,
        /// Error it ended with; none: it did what it was meant to.
        error: Option<String>,
        /// Names and ARNs of what it is about, as far as CloudTrail says.
        targets: Vec<String>,
        /// Id of the request, to be found again by.
        request_id: Option<String>,
    }
}
