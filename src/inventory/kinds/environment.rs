//! What programs are given to run with, of whatever service runs them.

use crate::record;

record! {
    /// One variable that a program finds in its environment. Its value is not kept.
    pub struct Variable {
        /// Name.
        name: String,
        /// What kind of secret the value looked like: `a password`, `an AWS access key`; none: like no secret we know.
        looks_like: Option<String>,
    }
}
