//! What kind of file some bytes are, and how many pixels an image has: read from its header.

use super::{Source, find};
use crate::ascii;

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident = $media_type:literal;)*) => {
        /// A kind of file, as its first bytes tell.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Format {
            $($(#[$doc])* $variant,)*
        }

        impl Format {
            /// Such as `image/png`.
            pub(crate) const fn media_type(self) -> &'static str {
                match self { $(Self::$variant => $media_type,)* }
            }

            /// The format of that media type; `None` for another one.
            pub(crate) fn of_media_type(name: &str) -> Option<Self> {
                match name { $($media_type => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

formats! {
    Png = "image/png";
    Jpeg = "image/jpeg";
    Gif = "image/gif";
    Webp = "image/webp";
    Bmp = "image/bmp";
    Tiff = "image/tiff";
    Svg = "image/svg+xml";
    Heic = "image/heic";
    Avif = "image/avif";
    Pdf = "application/pdf";
    /// Often the page of an error in place of a file.
    Html = "text/html";
    /// Office documents are this too.
    Zip = "application/zip";
}

impl Format {
    /// Whether the API takes it as an image.
    /// Source: <https://platform.claude.com/docs/en/build-with-claude/vision>
    pub(crate) const fn is_accepted_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }
}

/// How many bytes [`format`] looks at.
const HEAD: usize = 512;

/// The kind of a file; `None` where its first bytes are of no kind known here.
pub(crate) fn format<S: Source + ?Sized>(source: &S) -> Option<Format> {
    let mut head = [0; HEAD];
    let length = source.read(0, &mut head);
    of_head(head.get(..length)?)
}

fn of_head(head: &[u8]) -> Option<Format> {
    let at = |offset: usize, words: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(words));
    if at(0, b"\x89PNG\r\n\x1a\n") {
        return Some(Format::Png);
    }
    if at(0, b"\xff\xd8\xff") {
        return Some(Format::Jpeg);
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Some(Format::Gif);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some(Format::Webp);
    }
    if at(0, b"%PDF-") {
        return Some(Format::Pdf);
    }
    if at(0, b"II*\0") || at(0, b"MM\0*") {
        return Some(Format::Tiff);
    }
    if at(0, b"PK\x03\x04") {
        return Some(Format::Zip);
    }
    if at(4, b"ftyp") {
        return of_brands(head);
    }
    // Two letters are little: the reserved bytes and the size of the second header speak for a bitmap too.
    if at(0, b"BM") && at(6, &[0; 4]) && at(15, &[0; 3]) {
        return Some(Format::Bmp);
    }
    of_markup(head)
}

/// The brands of an ISO base media file, the first of them the major one.
fn of_brands(head: &[u8]) -> Option<Format> {
    let length = head.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let brands = head.get(8..length.clamp(12, head.len().max(12))).unwrap_or_default().chunks_exact(4);
    brands.enumerate().filter(|(place, _)| *place != 1).find_map(|(_, brand)| match brand {
        b"avif" | b"avis" => Some(Format::Avif),
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => Some(Format::Heic),
        _ => None,
    })
}

fn of_markup(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |words: &[u8]| ascii::starts_with(head, words);
    if starts(b"<!doctype html") || starts(b"<html") || starts(b"<head") || starts(b"<body") {
        return Some(Format::Html);
    }
    let markup = starts(b"<?xml") || starts(b"<!--") || starts(b"<!doctype svg");
    (starts(b"<svg") || (markup && find(head, b"<svg").is_some())).then_some(Format::Svg)
}

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Size {
    fn of(width: impl Into<u32>, height: impl Into<u32>) -> Self {
        Self { width: width.into(), height: height.into() }
    }

    /// The longer of the two sides.
    pub(crate) const fn longest(self) -> u32 {
        if self.width > self.height { self.width } else { self.height }
    }
}

/// The pixels of an accepted image; `None` where its header is damaged or cut, or does not say.
pub(crate) fn size<S: Source + ?Sized>(format: Format, source: &S) -> Option<Size> {
    match format {
        Format::Png => png(source),
        Format::Jpeg => jpeg(source),
        Format::Gif => gif(source),
        Format::Webp => webp(source),
        _ => None,
    }
}

/// The first chunk is `IHDR`. Source: <https://www.w3.org/TR/png-3/#11IHDR>
fn png<S: Source + ?Sized>(source: &S) -> Option<Size> {
    let [b'I', b'H', b'D', b'R', w0, w1, w2, w3, h0, h1, h2, h3] = source.array(12)? else { return None };
    Some(Size::of(u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3])))
}

/// The logical screen. Source: <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>, section 18
fn gif<S: Source + ?Sized>(source: &S) -> Option<Size> {
    let [w0, w1, h0, h1] = source.array(6)?;
    Some(Size::of(u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1])))
}

/// The first chunk: lossy, lossless or extended. Source: <https://www.rfc-editor.org/rfc/rfc9649#section-2.4>
fn webp<S: Source + ?Sized>(source: &S) -> Option<Size> {
    let side = |low: u8, high: u8| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
    match &source.array::<4>(12)? {
        b"VP8 " => {
            let [0x9d, 0x01, 0x2a, w0, w1, h0, h1] = source.array(23)? else { return None };
            Some(Size::of(side(w0, w1), side(h0, h1)))
        }
        b"VP8L" => {
            let [0x2f, b0, b1, b2, b3] = source.array(20)? else { return None };
            let bits = u32::from_le_bytes([b0, b1, b2, b3]);
            Some(Size::of((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => {
            let [w0, w1, w2, h0, h1, h2] = source.array(24)?;
            Some(Size::of(u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
        }
        _ => None,
    }
}

/// From segment to segment up to the frame's header. Source: <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>, annex B
fn jpeg<S: Source + ?Sized>(source: &S) -> Option<Size> {
    /// Files have a few dozen segments and no fill bytes to speak of.
    const STEPS: usize = 4_096;
    let mut at = 2;
    for _ in 0..STEPS {
        let [0xff, marker] = source.array(at)? else { return None };
        match marker {
            // A fill byte: the marker follows it.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // The scan or the end, and no frame's header before it.
            0x00 | 0xd9 | 0xda => return None,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let [h0, h1, w0, w1] = source.array(at + 5)?;
                let size = Size::of(u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
                // The number of lines may come later, behind the scan.
                return (size.height > 0).then_some(size);
            }
            _ => {
                let length = usize::from(u16::from_be_bytes(source.array(at + 2)?));
                at += 2 + length.max(2);
            }
        }
    }
    None
}
