//! What things are called: UUIDs of version 5 and control ids, made from what they name.

use uuid::Uuid;

use crate::criteria::result::CriterionResult;

/// The namespace of our names.
fn own() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:tieout:oscal")
}

/// The names in the document of one run.
pub(super) struct Names {
    run: Uuid,
}

impl Names {
    pub(super) fn of(run: &str) -> Self {
        Self {
            run: Uuid::new_v5(&own(), run.as_bytes()),
        }
    }

    /// What belongs to the run.
    fn within(&self, kind: &str, name: &str) -> String {
        Uuid::new_v5(&self.run, format!("{kind}\0{name}").as_bytes()).to_string()
    }

    pub(super) fn document(&self) -> String {
        self.within("document", "")
    }

    pub(super) fn result(&self) -> String {
        self.within("result", "")
    }

    pub(super) fn plan(&self) -> String {
        self.within("plan", "")
    }

    pub(super) fn tool(&self) -> String {
        self.within("tool", "")
    }

    pub(super) fn file(&self, name: &str) -> String {
        self.within("file", name)
    }

    pub(super) fn observation(&self, check: &str) -> String {
        self.within("observation", check)
    }

    pub(super) fn statement(&self, attestation: &str, statement: &str) -> String {
        self.within("statement", &format!("{attestation}\0{statement}"))
    }

    /// The document that a statement speaks of.
    pub(super) fn evidence(&self, attestation: &str, statement: &str) -> String {
        self.within("document-of", &format!("{attestation}\0{statement}"))
    }

    pub(super) fn response(&self, risk: &str, response: &str) -> String {
        self.within("response", &format!("{risk}\0{response}"))
    }

    pub(super) fn finding(&self, criterion: &str) -> String {
        self.within("finding", criterion)
    }

    pub(super) fn risk(&self, state: &str, check: &str) -> String {
        self.within(state, check)
    }

    pub(super) fn remediation(&self, risk: &str) -> String {
        self.within("remediation", risk)
    }

    /// The same in every run: what a resource is called does not depend on who looked.
    pub(super) fn resource(&self, arn: &str, name: &str) -> String {
        Uuid::new_v5(&own(), format!("resource\0{arn}\0{name}").as_bytes()).to_string()
    }

    /// The same in every run.
    pub(super) fn person(&self, person: &str) -> String {
        Uuid::new_v5(&own(), format!("person\0{person}").as_bytes()).to_string()
    }

    /// The same in every run.
    pub(super) fn of_account(&self, account: &str) -> String {
        Uuid::new_v5(&own(), format!("account\0{account}").as_bytes()).to_string()
    }
}

/// A criterion as a token: `tsc2017-CC6.1`.
pub(super) fn control(criterion: &CriterionResult) -> String {
    format!("{}-{}", criterion.framework, criterion.code)
}
