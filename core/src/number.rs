//! Numbers and dates as headers write them: strict, allocation-free, and never out of range.

use crate::ascii;
use crate::hint::When;

/// A non-negative decimal such as `30` or `1.5`, in thousandths, rounded up. Saturates; `None` for anything else: a
/// sign, an exponent, words, nothing. `unit_ms` is what 1 stands for.
#[inline(never)]
pub(crate) fn decimal_ms(text: &[u8], unit_ms: u64) -> Option<u64> {
    let text = text.trim_ascii();
    let mut whole: u64 = 0;
    // Thousandths of the unit, and whether anything finer follows.
    let (mut thousandths, mut scale, mut finer) = (0_u64, 100_u64, false);
    let (mut digits, mut fraction) = (0_usize, false);
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                let digit = u64::from(byte - b'0');
                digits += 1;
                if !fraction {
                    whole = whole.saturating_mul(10).saturating_add(digit);
                } else if scale > 0 {
                    thousandths += digit * scale;
                    scale /= 10;
                } else {
                    finer |= digit > 0;
                }
            }
            b'.' if !fraction => fraction = true,
            _ => return None,
        }
    }
    if digits == 0 {
        return None;
    }
    // Anything finer than a thousandth of the unit still costs the next whole millisecond.
    let part = (thousandths * unit_ms + u64::from(finer)).div_ceil(1_000);
    Some(whole.saturating_mul(unit_ms).saturating_add(part))
}

/// A whole non-negative number.
#[inline(never)]
pub(crate) fn integer(text: &[u8]) -> Option<u64> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return None;
    }
    text.iter()
        .try_fold(0_u64, |sum, byte| byte.is_ascii_digit().then(|| sum.saturating_mul(10).saturating_add(u64::from(byte - b'0'))))
}

/// A duration as Go prints it: `1s`, `6m0s`, `120ms`, `1h2m3.5s`. Milliseconds, rounded up.
pub(crate) fn go_duration_ms(text: &[u8]) -> Option<u64> {
    let mut rest = text.trim_ascii();
    let mut total: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let (number, tail) = rest.split_at_checked(digits)?;
        let letters = tail.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
        let (unit, tail) = tail.split_at_checked(letters)?;
        let ms = match unit {
            b"h" => decimal_ms(number, 3_600_000)?,
            b"m" => decimal_ms(number, 60_000)?,
            b"s" => decimal_ms(number, 1_000)?,
            b"ms" => decimal_ms(number, 1)?,
            // Microseconds and nanoseconds round up to one millisecond.
            b"us" | b"ns" | b"\xc2\xb5s" | b"\xce\xbcs" => u64::from(decimal_ms(number, 1)? > 0),
            _ => return None,
        };
        total = total.saturating_add(ms);
        rest = tail;
    }
    Some(total)
}

/// What a `retry-after` header says: seconds, with or without a fraction, or a date in any of HTTP's three forms or in
/// RFC 3339.
///
/// Source: RFC 9110 §10.2.3 and §5.6.7.
pub(crate) fn retry_after(text: &[u8]) -> Option<When> {
    let text = text.trim_ascii();
    match text.first()? {
        b'0'..=b'9' => match decimal_ms(text, 1_000) {
            Some(ms) => Some(When::In(ms)),
            None => rfc3339_ms(text).map(When::At),
        },
        _ => http_date_ms(text).map(When::At),
    }
}

/// Days since the Unix epoch of a date of the Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
const fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    if year < 1970 || month < 1 || month > 12 || day < 1 || day > days_in(year, month) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let month = if month > 2 { month - 3 } else { month + 9 };
    let of_era = year % 400;
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some((year / 400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

const fn days_in(year: u64, month: u64) -> u64 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn at_ms(year: u64, month: u64, day: u64, Clock(ms): Clock) -> Option<u64> {
    Some(days(year, month, day)? * 86_400_000 + ms)
}

/// Year, month, day and seconds of the day of a Unix time. Source: as for [`days`], `civil_from_days`.
pub(crate) const fn civil(unix_s: u64) -> (u64, u64, u64, u64) {
    let days = unix_s / 86_400 + 719_468;
    let of_era = days % 146_097;
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = years + days / 146_097 * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day, unix_s % 86_400)
}

/// A time of day in milliseconds.
struct Clock(u64);

/// Reads fixed fields from the front of a text.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self, digits: usize) -> Option<u64> {
        let (head, tail) = self.0.split_at_checked(digits)?;
        self.0 = tail;
        if head.iter().all(u8::is_ascii_digit) { integer(head) } else { None }
    }

    fn byte(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, tail) = self.0.split_first()?;
        allowed.contains(first).then_some(())?;
        self.0 = tail;
        Some(*first)
    }

    fn word(&mut self) -> &'a [u8] {
        let letters = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (head, tail) = self.0.split_at_checked(letters).unwrap_or((self.0, &[]));
        self.0 = tail;
        head
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    fn month(&mut self) -> Option<u64> {
        const MONTHS: [&[u8; 3]; 12] =
            [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
        let word = self.word();
        let index = MONTHS.iter().position(|month| ascii::same(word, month))?;
        u64::try_from(index).ok().map(|index| index + 1)
    }

    /// `08:49:37`; 60 is a leap second and counts as 59.
    fn clock(&mut self) -> Option<Clock> {
        let hour = self.number(2)?;
        self.byte(b":")?;
        let minute = self.number(2)?;
        self.byte(b":")?;
        let second = self.number(2)?;
        (hour < 24 && minute < 60 && second <= 60).then_some(())?;
        Some(Clock(((hour * 60 + minute) * 60 + second.min(59)) * 1_000))
    }
}

/// An HTTP date in milliseconds since the Unix epoch: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`
/// (two digits below 70 are of this century), `Sun Nov  6 08:49:37 1994`.
///
/// Source: RFC 9110 §5.6.7.
pub(crate) fn http_date_ms(text: &[u8]) -> Option<u64> {
    let mut fields = Fields(text.trim_ascii());
    if fields.word().len() < 3 {
        return None;
    }
    if fields.byte(b",").is_some() {
        fields.spaces();
        let day = fields.number(2)?;
        let separator = fields.byte(b" -")?;
        let month = fields.month()?;
        fields.byte(&[separator])?;
        let digits = fields.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let year = match digits {
            4 => fields.number(4)?,
            2 => fields.number(2).map(|short| if short < 70 { 2000 + short } else { 1900 + short })?,
            _ => return None,
        };
        fields.byte(b" ")?;
        let clock = fields.clock()?;
        fields.spaces();
        matches!(fields.word(), b"GMT" | b"UTC" | b"gmt").then_some(())?;
        fields.0.is_empty().then(|| at_ms(year, month, day, clock)).flatten()
    } else {
        fields.spaces();
        let month = fields.month()?;
        fields.spaces();
        let digits = fields.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let day = fields.number(digits.min(2))?;
        fields.spaces();
        let clock = fields.clock()?;
        fields.spaces();
        let year = fields.number(4)?;
        fields.spaces();
        (fields.0.is_empty() || fields.0 == b"GMT").then(|| at_ms(year, month, day, clock)).flatten()
    }
}

/// An RFC 3339 time in milliseconds since the Unix epoch, rounded up: `2026-11-24T00:00:21Z`, with fraction and offset.
pub(crate) fn rfc3339_ms(text: &[u8]) -> Option<u64> {
    let mut fields = Fields(text.trim_ascii());
    let year = fields.number(4)?;
    fields.byte(b"-")?;
    let month = fields.number(2)?;
    fields.byte(b"-")?;
    let day = fields.number(2)?;
    fields.byte(b"Tt ")?;
    let clock = fields.clock()?;
    let mut at = at_ms(year, month, day, clock)?;
    if fields.byte(b".").is_some() {
        let digits = fields.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (fraction, tail) = fields.0.split_at_checked(digits)?;
        fields.0 = tail;
        let mut scale = 100;
        for digit in fraction.iter().take(3) {
            at += u64::from(digit - b'0') * scale;
            scale /= 10;
        }
        at += u64::from(fraction.iter().skip(3).any(|digit| *digit != b'0'));
    }
    if let sign @ (b'+' | b'-') = fields.byte(b"Zz+-")? {
        let hours = fields.number(2)?;
        fields.byte(b":")?;
        let minutes = fields.number(2)?;
        (hours < 24 && minutes < 60).then_some(())?;
        let offset = (hours * 60 + minutes) * 60_000;
        at = if sign == b'+' { at.checked_sub(offset)? } else { at + offset };
    }
    fields.0.is_empty().then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC_EXAMPLE: u64 = 784_111_777_000;

    #[test]
    fn the_three_forms_of_rfc_9110_name_one_instant() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(http_date_ms(text.as_bytes()), Some(RFC_EXAMPLE), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_none() {
        for text in [
            "",
            "Sun",
            "Sun, 31 Feb 2026 00:00:00 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "06 Nov 1994",
            "Sun, 06 Nov 1994 08:49:37 PST",
            "Sun, 6 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(http_date_ms(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn rfc_3339_knows_fractions_and_offsets() {
        assert_eq!(rfc3339_ms(b"1994-11-06T08:49:37Z"), Some(RFC_EXAMPLE));
        assert_eq!(rfc3339_ms(b"1994-11-06T09:49:37.0005+01:00"), Some(RFC_EXAMPLE + 1));
        assert_eq!(rfc3339_ms(b"1994-11-06T08:49:37"), None);
    }

    #[test]
    fn decimals_round_up_and_saturate() {
        assert_eq!(decimal_ms(b"1.5", 1_000), Some(1_500));
        assert_eq!(decimal_ms(b"0.0001", 1_000), Some(1));
        assert_eq!(decimal_ms(b"1500.25", 1), Some(1_501));
        assert_eq!(decimal_ms(b"99999999999999999999999", 1_000), Some(u64::MAX));
        for text in ["", ".", "-5", "+5", "1e3", "nan", "inf", "7, 9", "5abc", "1_000", "0x10", "1.2.3"] {
            assert_eq!(decimal_ms(text.as_bytes(), 1_000), None, "{text}");
        }
    }

    #[test]
    fn go_durations_add_up() {
        assert_eq!(go_duration_ms(b"6m0s"), Some(360_000));
        assert_eq!(go_duration_ms(b"120ms"), Some(120));
        assert_eq!(go_duration_ms(b"1h2m3.5s"), Some(3_723_500));
        assert_eq!(go_duration_ms(b"250us"), Some(1));
        assert_eq!(go_duration_ms(b"5"), None);
        assert_eq!(go_duration_ms(b"s"), None);
    }
}
