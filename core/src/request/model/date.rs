//! A day of the calendar.

use core::fmt;

/// A day, as pages about models name it: `2026-11-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Such as `2026, 11, 30`. Months and days beyond the calendar's are brought to the nearest it has.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        const fn within(value: u8, most: u8) -> u8 {
            match value {
                0 => 1,
                _ if value > most => most,
                _ => value,
            }
        }
        Self { year, month: within(month, 12), day: within(day, 31) }
    }

    /// From `YYYY-MM-DD`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part =
            |length: usize| parts.next().filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()));
        let (year, month, day) = (part(4)?.parse().ok()?, part(2)?.parse().ok()?, part(2)?.parse().ok()?);
        let date = Self::new(year, month, day);
        (parts.next().is_none() && date.month == month && date.day == day).then_some(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn dates_are_read_as_they_are_written() {
        assert_eq!(Date::parse("2026-11-30"), Some(Date::new(2026, 11, 30)));
        assert_eq!(Date::new(2026, 2, 5).to_string(), "2026-02-05");
        for wrong in ["", "2026-11", "2026-11-30-1", "2026-13-01", "2026-00-01", "26-11-30", "2026-1-30", "2026-11-+1"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
        assert!(Date::new(2026, 11, 30) < Date::new(2027, 1, 1));
    }
}
