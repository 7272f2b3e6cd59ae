//! Tieout reads the live state of AWS accounts, judges it with declarative checks, maps the verdicts to
//! the SOC 2 criteria, and ties every finding out to the AWS answer that proves it.

pub mod complaint;
pub mod inputs;
pub mod inventory;
pub mod policy;

pub mod aws;
pub mod collect;

pub mod check;
pub mod criteria;
pub mod govern;

pub mod bundle;
pub mod history;
pub mod report;

pub mod cli;
pub mod config;
pub mod scan;
