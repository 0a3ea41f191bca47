//! What a PDF says of itself: whether it is one, whether it is encrypted, how many pages it has.
//!
//! The pages are counted where the file itself has counted them: at the root of its page tree, or in the head of a file that
//! is laid out for the web. Where that root is compressed they stay unknown.

use alloc::vec::Vec;

use super::pdf_syntax::{Reader, Token, Value, is_regular, is_space};
use super::{Source, find};

/// What is known of a PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pdf {
    /// The offset of `%PDF-`: 0 in a sound file; readers search the first 1,024 bytes. `None` where it is not there.
    pub(crate) header: Option<usize>,
    /// Whether the trailer says that the file is encrypted.
    pub(crate) encrypted: bool,
    /// How many pages, where that can be told.
    pub(crate) pages: Option<Pages>,
}

/// A number of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pages {
    pub(crate) count: u64,
    /// From the file's own count. Otherwise counted in a file with a damaged table, where pages may have been replaced.
    pub(crate) certain: bool,
}

/// How far readers look for the header.
const HEAD: usize = 1_024;
/// How far from the end the offset of the table may stand.
const TAIL: usize = 2_048;
/// How long a dictionary may be: the root of a page tree may list every page.
const DICTIONARY: usize = 1 << 20;
/// How many times a file may have been added to.
const SECTIONS: usize = 64;
/// How many runs of objects one table may have.
const RUNS: usize = 1_024;

/// Reads what a PDF says of itself.
pub(crate) fn inspect<S: Source + ?Sized>(source: &S) -> Pdf {
    let mut head = [0; HEAD];
    let length = source.read(0, &mut head);
    let head = head.get(..length).unwrap_or_default();
    let Some(header) = find(head, b"%PDF-") else { return Pdf::default() };
    let linearized = linearized(source, head).map(|count| Pages { count, certain: true });
    if let Some(file) = File::open(source, header) {
        let counted = || file.pages().map(|count| Pages { count, certain: true });
        // A stream in place of a table means that pages may be compressed.
        let by_hand = || if file.streams { None } else { scan(source).pages };
        let pages = linearized.or_else(counted).or_else(by_hand);
        return Pdf { header: Some(header), encrypted: file.encrypted, pages };
    }
    let scan = scan(source);
    Pdf { header: Some(header), encrypted: scan.encrypted, pages: linearized.or(scan.pages) }
}

/// `/N` of a file laid out for the web, if nothing was added to it since.
fn linearized<S: Source + ?Sized>(source: &S, head: &[u8]) -> Option<u64> {
    find(head, b"/Linearized")?;
    let at = find(head, b"<<")?;
    let [Some(_), Some(Value::Number(length)), Some(Value::Number(pages))] =
        Reader::new(source, at, HEAD).dictionary(["Linearized", "L", "N"])?
    else {
        return None;
    };
    (usize::try_from(length).ok()? == source.len()).then_some(pages)
}

/// A run of objects in a table: the first number, how many, and where their entries stand.
struct Run {
    first: u64,
    count: u64,
    entries: usize,
}

/// A file whose tables could be followed.
struct File<'s, S: ?Sized> {
    source: &'s S,
    /// What stands before the header, which offsets do not count.
    before: usize,
    runs: Vec<Run>,
    root: Option<u64>,
    encrypted: bool,
    /// Whether a table is a stream: then objects may be compressed, and where they are is.
    streams: bool,
    /// Where the table to read next stands.
    next: Option<u64>,
    /// How many bytes all tables together may take, so that none that lead in circles take longer than one pass.
    budget: usize,
}

impl<'s, S: Source + ?Sized> File<'s, S> {
    fn open(source: &'s S, before: usize) -> Option<Self> {
        let mut tail = [0; TAIL];
        let start = source.len().saturating_sub(TAIL);
        let length = source.read(start, &mut tail);
        let tail = tail.get(..length)?;
        let at = tail.windows(9).rposition(|words| words == b"startxref")? + 9;
        let newest = Some(Reader::new(source, start + at, 64).number()?);
        let budget = source.len().saturating_mul(2).min(DICTIONARY);
        let mut file =
            Self { source, before, runs: Vec::new(), root: None, encrypted: false, streams: false, next: newest, budget };
        for _ in 0..SECTIONS {
            let Some(at) = file.next.take() else { break };
            // What the newest table says holds without the older ones.
            if file.section(at).is_none() && file.root.is_none() {
                return None;
            }
        }
        Some(file)
    }

    /// Reads a table and its trailer, and where the table before it stands.
    fn section(&mut self, at: u64) -> Option<()> {
        let at = usize::try_from(at).ok()?.checked_add(self.before)?;
        let mut reader = Reader::new(self.source, at, self.budget);
        match reader.token()? {
            Token::Word(word) if word.is("xref") => self.table(&mut reader)?,
            Token::Number(_) => {
                reader.number()?;
                reader.word("obj")?;
                self.streams = true;
            }
            _ => return None,
        }
        let [root, encrypt, before, hybrid] = reader.dictionary(["Root", "Encrypt", "Prev", "XRefStm"])?;
        if let (None, Some(Value::Reference(root))) = (self.root, root) {
            self.root = Some(root);
        }
        if let Some(Value::Number(before)) = before {
            self.next = Some(before);
        }
        self.encrypted |= encrypt.is_some();
        self.streams |= hybrid.is_some();
        self.budget = reader.left();
        Some(())
    }

    fn table(&mut self, reader: &mut Reader<'s, S>) -> Option<()> {
        for _ in 0..RUNS {
            match reader.token()? {
                Token::Number(first) => {
                    let count = reader.number()?;
                    while reader.peek().is_some_and(is_space) {
                        reader.byte();
                    }
                    let entries = reader.at();
                    self.runs.push(Run { first, count, entries });
                    // Twenty bytes an entry, always.
                    let end = entries.checked_add(usize::try_from(count).ok()?.checked_mul(20)?)?;
                    *reader = Reader::new(self.source, end, reader.left());
                }
                Token::Word(word) if word.is("trailer") => return Some(()),
                _ => return None,
            }
        }
        None
    }

    /// Where an object stands: as the newest table says.
    fn object(&self, number: u64) -> Option<Reader<'s, S>> {
        let within = |run: &&Run| number.checked_sub(run.first).is_some_and(|index| index < run.count);
        let run = self.runs.iter().find(within)?;
        let index = usize::try_from(number - run.first).ok()?;
        let mut entry = Reader::new(self.source, run.entries.checked_add(index.checked_mul(20)?)?, 20);
        let offset = entry.number()?;
        entry.number()?;
        entry.word("n")?;
        let mut reader = Reader::new(self.source, usize::try_from(offset).ok()?.checked_add(self.before)?, DICTIONARY);
        (reader.number()? == number).then_some(())?;
        reader.number()?;
        reader.word("obj")?;
        Some(reader)
    }

    /// `/Count` at the root of the page tree.
    fn pages(&self) -> Option<u64> {
        if self.streams {
            return None;
        }
        let [Some(Value::Reference(pages))] = self.object(self.root?)?.dictionary(["Pages"])? else { return None };
        let [Some(Value::Number(count))] = self.object(pages)?.dictionary(["Count"])? else { return None };
        Some(count)
    }
}

struct Scan {
    encrypted: bool,
    pages: Option<Pages>,
}

/// Counts `/Type /Page` in a file whose tables lead nowhere.
fn scan<S: Source + ?Sized>(source: &S) -> Scan {
    const BUFFER: usize = 4_096;
    /// Longer than any of the words looked for, with some space in them.
    const OVERLAP: usize = 64;
    let mut buffer = [0; BUFFER];
    let (mut count, mut compressed, mut encrypted) = (0, false, false);
    let mut at = 0;
    loop {
        let length = source.read(at, &mut buffer);
        let chunk = buffer.get(..length).unwrap_or_default();
        let last = length < BUFFER;
        let owned = if last { length } else { BUFFER - OVERLAP };
        let slashes = chunk.iter().take(owned).enumerate().filter(|(_, byte)| **byte == b'/');
        for rest in slashes.filter_map(|(place, _)| chunk.get(place + 1..)) {
            if let Some(value) = rest.strip_prefix(b"Type") {
                let value = value.get(..value.len().min(OVERLAP - 16)).unwrap_or_default().trim_ascii_start();
                let is = |name: &[u8]| value.strip_prefix(name).is_some_and(ends);
                count += u64::from(is(b"/Page"));
                compressed |= is(b"/ObjStm");
            } else if let Some(value) = rest.strip_prefix(b"Encrypt") {
                let digits = value.trim_ascii_start();
                encrypted |= ends(value) && digits.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'<');
            }
        }
        if last {
            break;
        }
        at += owned;
    }
    Scan { encrypted, pages: (count > 0 && !compressed).then_some(Pages { count, certain: false }) }
}

/// Whether a name ends where `rest` begins.
fn ends(rest: &[u8]) -> bool {
    rest.first().is_none_or(|byte| !is_regular(*byte))
}
