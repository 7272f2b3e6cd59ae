//! `--only` and `--skip`: which checks a scan judges.

use globset::{GlobBuilder, GlobMatcher};
use thiserror::Error;

use crate::check::Check;

/// A selector that selects nothing, or is none.
#[derive(Debug, Error)]
pub enum SelectError {
    /// It is no glob.
    #[error("`{selector}` is not a pattern: {why}")]
    Pattern {
        /// As given.
        selector: String,
        /// What is wrong.
        why: String,
    },
    /// It matches no check, so that it would silently select nothing.
    #[error("`{selector}` matches no check, service or criterion{}", nearest.as_ref().map_or(String::new(), |name| format!("; did you mean `{name}`?")))]
    Nothing {
        /// As given.
        selector: String,
        /// What it may have meant.
        nearest: Option<String>,
    },
    /// Every check is left out. A scan that judges nothing would end as one in which nothing fails.
    #[error("--only and --skip leave no check to judge")]
    NoneLeft,
}

/// Splits the checks into those to judge and those left out. A selector is a check's id, its service or one of its
/// criteria (`tsc2017:CC6.1`, or `CC6.1` for every framework's); `*` and `?` stand for anything.
pub fn select(
    checks: Vec<Check>,
    only: &[String],
    skip: &[String],
) -> Result<(Vec<Check>, Vec<Check>), SelectError> {
    let only = matchers(only, &checks)?;
    let skip = matchers(skip, &checks)?;
    let (judged, left_out): (Vec<Check>, Vec<Check>) = checks.into_iter().partition(|check| {
        let names = names(check);
        let chosen = |matchers: &[GlobMatcher]| {
            matchers
                .iter()
                .any(|glob| names.iter().any(|name| glob.is_match(name)))
        };
        (only.is_empty() || chosen(&only)) && !chosen(&skip)
    });
    if judged.is_empty() {
        return Err(SelectError::NoneLeft);
    }
    Ok((judged, left_out))
}

/// Everything a check may be selected by.
fn names(check: &Check) -> Vec<&str> {
    let service = check.id.split('.').next();
    let codes = check
        .criteria
        .iter()
        .flat_map(|criterion| [Some(criterion.as_str()), criterion.split(':').nth(1)]);
    let former = check.was.iter().map(|id| Some(id.as_str()));
    [Some(check.id.as_str()), service]
        .into_iter()
        .chain(codes)
        .chain(former)
        .flatten()
        .collect()
}

fn matchers(selectors: &[String], checks: &[Check]) -> Result<Vec<GlobMatcher>, SelectError> {
    let known: Vec<&str> = checks.iter().flat_map(names).collect();
    selectors
        .iter()
        .map(|selector| {
            let glob = GlobBuilder::new(selector)
                .case_insensitive(true)
                .build()
                .map_err(|error| SelectError::Pattern {
                    selector: selector.clone(),
                    why: error.kind().to_string(),
                })?
                .compile_matcher();
            if known.iter().any(|name| glob.is_match(name)) {
                return Ok(glob);
            }
            let distance = |name: &&str| strsim::osa_distance(selector, name);
            let nearest = known
                .iter()
                .copied()
                .min_by_key(distance)
                .filter(|name| distance(name) <= 3);
            Err(SelectError::Nothing {
                selector: selector.clone(),
                nearest: nearest.map(str::to_owned),
            })
        })
        .collect()
}
