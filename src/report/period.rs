//! A period in its forms: the tables that the page and the workbook share, and how times and durations read.

mod book;
pub(in crate::report) mod tables;

pub use book::write as workbook;
pub(in crate::report) use tables::PROSE;
pub use tables::{Table, all, several};

use jiff::Timestamp;

/// `2026-03-01 02:00:00Z`.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// A duration in its two largest units: `3 d 4 h`.
pub fn lasting(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::lasting;

    #[test]
    fn durations_read_in_two_units() {
        let read = [0, 59, 60, 3_600, 5_400, 86_400, 90_000, 7 * 86_400 + 59].map(lasting);
        assert_eq!(
            read,
            [
                "0 s",
                "59 s",
                "1 min",
                "1 h",
                "1 h 30 min",
                "1 d",
                "1 d 1 h",
                "7 d"
            ]
        );
    }
}
