//! Numbers, as JSON allows them.

use crate::request::tape::Number;

/// What is wrong with a number, and how many bytes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// No digit where one must be: after a sign, a point, an exponent. The text may have been cut there.
    NoDigit { after: char, at: usize },
    /// A zero in front of other digits.
    LeadingZero { at: usize },
    /// Too large for a double.
    Infinite,
}

/// The number at the front of the text, and how many bytes it takes. The text begins with a digit or a minus.
#[inline]
pub(super) fn number(text: &str) -> Result<(Number, usize), Wrong> {
    let bytes = text.as_bytes();
    match small(bytes) {
        Some((value, width)) => Ok((Number::Int(value), width)),
        None => any(text),
    }
}

/// A whole number of at most 18 digits, which fits without a check: what most are.
#[inline]
fn small(bytes: &[u8]) -> Option<(i64, usize)> {
    let mut value = 0_i64;
    for (width, byte) in bytes.iter().take(19).enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            let whole = width > 0 && !matches!(byte, b'.' | b'e' | b'E');
            return (whole && (width == 1 || bytes.first() != Some(&b'0'))).then_some((value, width));
        }
        value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
    }
    None
}

fn any(text: &str) -> Result<(Number, usize), Wrong> {
    let bytes = text.as_bytes();
    let minus = usize::from(bytes.first() == Some(&b'-'));
    let digits = count(bytes, minus);
    if digits == 0 {
        return Err(Wrong::NoDigit { after: '-', at: minus });
    }
    if digits > 1 && bytes.get(minus) == Some(&b'0') {
        return Err(Wrong::LeadingZero { at: minus });
    }
    let whole = minus + digits;
    let mut end = whole;
    if bytes.get(end) == Some(&b'.') {
        let fraction = count(bytes, end + 1);
        if fraction == 0 {
            return Err(Wrong::NoDigit { after: '.', at: end + 1 });
        }
        end += 1 + fraction;
    }
    if let Some(letter @ (b'e' | b'E')) = bytes.get(end) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = count(bytes, end + 1 + sign);
        if exponent == 0 {
            return Err(Wrong::NoDigit { after: char::from(*letter), at: end + 1 + sign });
        }
        end += 1 + sign + exponent;
    }
    let text = text.get(..end).unwrap_or_default();
    if end == whole
        && let Ok(value) = text.parse::<i64>()
    {
        return Ok((Number::Int(value), end));
    }
    // The server's parser makes a double of a whole number that is too large, and refuses one that is infinite.
    match text.parse::<f64>() {
        Ok(value) if !value.is_finite() => Err(Wrong::Infinite),
        Ok(value) if end != whole => Ok((Number::Float(value), end)),
        _ => Ok((Number::Big, end)),
    }
}

#[inline]
fn count(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_allows_is_read() {
        for (text, value) in [
            ("0", Number::Int(0)),
            ("-0", Number::Int(0)),
            ("-12,", Number::Int(-12)),
            ("10]", Number::Int(10)),
            ("999999999999999999,", Number::Int(999_999_999_999_999_999)),
            ("1000000000000000000,", Number::Int(1_000_000_000_000_000_000)),
            ("9223372036854775807", Number::Int(i64::MAX)),
            ("-9223372036854775808", Number::Int(i64::MIN)),
            ("9223372036854775808", Number::Big),
            ("123456789012345678901234567890", Number::Big),
            ("0.5]", Number::Float(0.5)),
            ("1E5", Number::Float(1e5)),
            ("1e+05}", Number::Float(1e5)),
            ("-1.25e-2", Number::Float(-0.0125)),
            ("1e-400", Number::Float(0.0)),
        ] {
            let length = text.trim_end_matches([',', ']', '}']).len();
            assert_eq!(number(text), Ok((value, length)), "{text}");
        }
    }

    #[test]
    fn what_it_does_not_is_named() {
        for (text, wrong) in [
            ("-", Wrong::NoDigit { after: '-', at: 1 }),
            ("-a", Wrong::NoDigit { after: '-', at: 1 }),
            ("1.", Wrong::NoDigit { after: '.', at: 2 }),
            ("1.e5", Wrong::NoDigit { after: '.', at: 2 }),
            ("1e", Wrong::NoDigit { after: 'e', at: 2 }),
            ("1E+", Wrong::NoDigit { after: 'E', at: 3 }),
            ("01,", Wrong::LeadingZero { at: 0 }),
            ("01", Wrong::LeadingZero { at: 0 }),
            ("-00", Wrong::LeadingZero { at: 1 }),
            ("1e400", Wrong::Infinite),
            ("-1e400", Wrong::Infinite),
            (&"9".repeat(400), Wrong::Infinite),
        ] {
            assert_eq!(number(text), Err(wrong), "{text}");
        }
    }
}
