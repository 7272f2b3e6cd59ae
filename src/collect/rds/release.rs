//! What AWS supports is a major version, and each engine counts its own way.

use super::text;
use crate::aws::Missing;

/// Engine and major version, as the dated data names them; none for an engine that it does not have.
pub(super) fn release(
    engine: Option<&str>,
    version: Option<&str>,
) -> Result<Option<String>, Missing> {
    let (engine, version) = (text(engine, "Engine")?, text(version, "EngineVersion")?);
    Ok(match engine.as_str() {
        // From 10 on, PostgreSQL's first number is its major version.
        "postgres" | "aurora-postgresql" if version.starts_with("9.") => {
            Some(format!("rds {engine} {}", first(&version, 2)))
        }
        "postgres" | "aurora-postgresql" => Some(format!("rds {engine} {}", first(&version, 1))),
        "mysql" | "mariadb" => Some(format!("rds {engine} {}", first(&version, 2))),
        // `8.0.mysql_aurora.3.04.0`: Aurora counts its own versions behind MySQL's.
        // <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Updates.Versions.html>
        "aurora-mysql" => {
            let own = version
                .split_once("mysql_aurora.")
                .map_or("2", |(_, own)| own);
            Some(format!("rds {engine} {}", first(own, 1)))
        }
        "docdb" => Some(format!("docdb {}", first(&version, 2))),
        // Each version of Neptune has an end of its own.
        "neptune" => Some(format!("neptune {version}")),
        _ => None,
    })
}

/// The first numbers of a version.
fn first(version: &str, numbers: usize) -> String {
    let numbers: Vec<&str> = version.split('.').take(numbers).collect();
    numbers.join(".")
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn each_engine_counts_its_own_way() {
        for (engine, version, expected) in [
            ("postgres", "13.9", Some("rds postgres 13")),
            ("postgres", "9.6.24", Some("rds postgres 9.6")),
            (
                "aurora-postgresql",
                "16.4",
                Some("rds aurora-postgresql 16"),
            ),
            ("mysql", "8.0.35", Some("rds mysql 8.0")),
            ("mariadb", "10.11.6", Some("rds mariadb 10.11")),
            (
                "aurora-mysql",
                "8.0.mysql_aurora.3.04.0",
                Some("rds aurora-mysql 3"),
            ),
            ("aurora-mysql", "5.7.12", Some("rds aurora-mysql 2")),
            ("docdb", "5.0.0", Some("docdb 5.0")),
            ("neptune", "1.2.1.0", Some("neptune 1.2.1.0")),
            ("sqlserver-se", "15.00.4236.7.v1", None),
        ] {
            let said = release(Some(engine), Some(version)).unwrap();
            assert_eq!(said.as_deref(), expected, "{engine} {version}");
        }
        assert!(release(Some("postgres"), None).is_err());
    }
}
