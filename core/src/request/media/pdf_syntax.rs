//! As much of PDF's syntax as dictionaries of trailers, catalogs and page trees need. ISO 32000-1, section 7.

use super::Source;

/// A word of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `/Name`; only its beginning is kept, more than any name looked for.
    Name(Name),
    Number(u64),
    /// `obj`, `R`, `trailer`, `true` and their like, kept as names are.
    Word(Name),
    /// `<<`
    OpenDict,
    /// `>>`
    CloseDict,
    /// `[`
    OpenList,
    /// `]`
    CloseList,
    /// A text, in brackets or as digits.
    Text,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    bytes: [u8; 16],
    length: usize,
}

impl Name {
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
        }
        self.length += 1;
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.bytes.get(..self.length) == Some(name.as_bytes())
    }
}

/// A value in a dictionary, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Number(u64),
    /// `12 0 R`: the object's number.
    Reference(u64),
    Other,
}

/// Reads words from a place on, with a bound on how far.
pub(super) struct Reader<'s, S: ?Sized> {
    source: &'s S,
    buffer: [u8; 256],
    /// What of the buffer is filled, and the offset of its first byte.
    filled: usize,
    start: usize,
    at: usize,
    /// How many bytes may still be read.
    left: usize,
}

impl<'s, S: Source + ?Sized> Reader<'s, S> {
    pub(super) fn new(source: &'s S, at: usize, bound: usize) -> Self {
        Self { source, buffer: [0; 256], filled: 0, start: at, at, left: bound }
    }

    /// The offset of the next byte.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// How many bytes may still be read: the bound less what was.
    pub(super) const fn left(&self) -> usize {
        self.left
    }

    pub(super) fn peek(&mut self) -> Option<u8> {
        if self.left == 0 {
            return None;
        }
        if self.at >= self.start + self.filled {
            self.start = self.at;
            self.filled = self.source.read(self.at, &mut self.buffer);
        }
        self.buffer.get(..self.filled)?.get(self.at - self.start).copied()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.pass();
        Some(byte)
    }

    /// Goes over the byte that was looked at.
    const fn pass(&mut self) {
        self.at += 1;
        self.left = self.left.saturating_sub(1);
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.pass();
                }
            } else if !is_space(byte) {
                break;
            }
            self.pass();
        }
    }

    pub(super) fn token(&mut self) -> Option<Token> {
        self.skip_space();
        Some(match self.byte()? {
            b'/' => Token::Name(self.regular(Name::default())),
            b'[' => Token::OpenList,
            b']' => Token::CloseList,
            b'<' if self.peek() == Some(b'<') => {
                self.pass();
                Token::OpenDict
            }
            b'>' if self.peek() == Some(b'>') => {
                self.pass();
                Token::CloseDict
            }
            b'<' => {
                while self.byte()? != b'>' {}
                Token::Text
            }
            b'(' => {
                self.text()?;
                Token::Text
            }
            first => {
                let mut word = Name::default();
                word.push(first);
                if is_regular(first) {
                    word = self.regular(word);
                }
                number(&word).map_or(Token::Word(word), Token::Number)
            }
        })
    }

    fn regular(&mut self, mut name: Name) -> Name {
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            name.push(byte);
            self.pass();
        }
        name
    }

    /// Up to the bracket that closes a text.
    fn text(&mut self) -> Option<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.byte()? {
                b'\\' => drop(self.byte()),
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
        }
        Some(())
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        match self.token()? {
            Token::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn word(&mut self, expected: &str) -> Option<()> {
        matches!(self.token()?, Token::Word(word) if word.is(expected)).then_some(())
    }

    /// The values of these keys in the dictionary that comes next; those of dictionaries within it do not count.
    pub(super) fn dictionary<const N: usize>(&mut self, keys: [&str; N]) -> Option<[Option<Value>; N]> {
        let mut values = [None; N];
        (self.token()? == Token::OpenDict).then_some(())?;
        let mut depth = 0_usize;
        let mut key: Option<Name> = None;
        // The words of the value so far, and the first number among them.
        let (mut words, mut first) = (0_usize, None);
        loop {
            let token = self.token()?;
            let inside = depth > 0;
            match token {
                Token::OpenDict | Token::OpenList => depth += 1,
                Token::CloseDict if depth == 0 => return Some(values),
                Token::CloseDict | Token::CloseList => depth = depth.saturating_sub(1),
                Token::Name(name) if !inside && (key.is_none() || words > 0) => {
                    (key, words, first) = (Some(name), 0, None);
                    continue;
                }
                _ => {}
            }
            words += 1;
            let value = match token {
                _ if inside => Value::Other,
                Token::Number(number) if words == 1 => {
                    first = Some(number);
                    Value::Number(number)
                }
                Token::Word(word) if words == 3 && word.is("R") => first.map_or(Value::Other, Value::Reference),
                Token::Number(_) if words == 2 => continue,
                _ => Value::Other,
            };
            let place = keys.iter().position(|wanted| key.is_some_and(|key| key.is(wanted)));
            if let Some(place) = place.and_then(|place| values.get_mut(place))
                && (words == 1 || matches!(value, Value::Reference(_)))
            {
                *place = Some(value);
            }
        }
    }
}

fn number(word: &Name) -> Option<u64> {
    let digits = word.bytes.get(..word.length)?;
    digits.iter().try_fold(0_u64, |sum, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(*byte - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0)
}

pub(super) const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
