//! Areas: the handful of headings under which a reader asks "and how do we stand there?".
//!
//! | area | sections of the frameworks |
//! |---|---|
//! | access | Logical and Physical Access |
//! | confidentiality | Confidentiality |
//! | availability | Availability |
//! | monitoring | Monitoring Activities, Monitoring of Controls, System Operations |
//! | change | Change Management |
//! | governance | every other section |
//!
//! A check counts in one area, or the areas would not add up to the run. It is the most particular one
//! among its criteria: whoever cites a confidentiality or availability criterion beside a common one
//! wrote the check for the former.

use serde::Serialize;

/// One area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Who may do what.
    Access,
    /// What outsiders must not see.
    Confidentiality,
    /// What must stay up and come back.
    Availability,
    /// What is watched, and run.
    Monitoring,
    /// What is changed, and how.
    Change,
    /// Everything that people, rather than systems, decide.
    Governance,
}

impl Area {
    /// All of them, in the order of the reports.
    pub const ALL: [Self; 6] = [
        Self::Access,
        Self::Confidentiality,
        Self::Availability,
        Self::Monitoring,
        Self::Change,
        Self::Governance,
    ];

    /// From the most particular to the least.
    const PARTICULAR: [Self; 6] = [
        Self::Confidentiality,
        Self::Availability,
        Self::Change,
        Self::Access,
        Self::Monitoring,
        Self::Governance,
    ];

    /// As `report.json` spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Confidentiality => "confidentiality",
            Self::Availability => "availability",
            Self::Monitoring => "monitoring",
            Self::Change => "change",
            Self::Governance => "governance",
        }
    }

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Access => "Access",
            Self::Confidentiality => "Confidentiality",
            Self::Availability => "Availability",
            Self::Monitoring => "Monitoring and operations",
            Self::Change => "Change management",
            Self::Governance => "Governance and risk",
        }
    }

    /// The area of a section of a framework.
    pub fn of_section(section: &str) -> Self {
        match section {
            "Logical and Physical Access" | "Logical and Physical Access Controls" => Self::Access,
            "Confidentiality" => Self::Confidentiality,
            "Availability" => Self::Availability,
            "Monitoring Activities" | "Monitoring of Controls" | "System Operations" => {
                Self::Monitoring
            }
            "Change Management" => Self::Change,
            _ => Self::Governance,
        }
    }

    /// The one area of a check whose criteria are in these.
    pub fn most_particular(areas: &[Self]) -> Self {
        Self::PARTICULAR
            .into_iter()
            .find(|area| areas.contains(area))
            .unwrap_or(Self::Governance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_for_backups_and_access_counts_under_availability() {
        let areas = [Area::Access, Area::Availability, Area::Monitoring];
        assert_eq!(Area::most_particular(&areas), Area::Availability);
    }

    #[test]
    fn a_check_without_a_criterion_still_counts_somewhere() {
        assert_eq!(Area::most_particular(&[]), Area::Governance);
    }

    #[test]
    fn every_area_has_a_rank() {
        for area in Area::ALL {
            assert!(Area::PARTICULAR.contains(&area), "{area:?}");
        }
    }
}
