//! What Systems Manager knows of a region as a whole.

use crate::{facet, record};

record! {
    /// How Session Manager holds its sessions.
    pub struct Sessions {
        /// Name of the bucket that gets their logs; none: no bucket does.
        log_bucket: Option<String>,
        /// Whether only an encrypted bucket will do.
        log_bucket_encrypted: bool,
        /// Name of the log group that gets their logs; none: none does.
        log_group: Option<String>,
        /// Whether only an encrypted log group will do.
        log_group_encrypted: bool,
        /// KMS key that encrypts what passes between person and machine, beside TLS; none: TLS alone does.
        kms_key: Option<String>,
        /// Minutes without a keystroke after which a session ends.
        idle_minutes: i64,
        /// Minutes after which a session ends in any case; none: it does not.
        max_minutes: Option<i64>,
    }
}

facet! {
    /// How sessions are held.
    of "region": SessionPreferences {
        /// Preferences of Session Manager; none: nobody has set any, so nothing is logged.
        sessions: Option<Sessions> => ["ssm:GetDocument"],
    }
}

facet! {
    /// With whom documents may be shared.
    of "region": DocumentSharing {
        /// Whether a document can be shared with everyone.
        ssm_documents_public_sharing: bool => ["ssm:GetServiceSetting"],
    }
}
