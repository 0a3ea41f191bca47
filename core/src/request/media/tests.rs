use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use proptest::collection::vec;
use proptest::prelude::*;

use super::base64::{Base64, Fault, Problem, check};
use super::image::{Format, Size, format, size};
use super::pdf::{Pages, Pdf, inspect};
use super::*;

fn fault(text: &str) -> Option<(usize, Problem)> {
    check(text.as_bytes()).err().map(|Fault { offset, problem }| (offset, problem))
}

#[test]
fn the_first_fault_of_a_text_is_told() {
    for (text, expected) in [
        ("", None),
        ("QUJD", None),
        ("QUI=", None),
        ("QQ==", None),
        ("data:image/png;base64,QUJD", Some((0, Problem::DataUrl))),
        ("DATA:,", Some((0, Problem::DataUrl))),
        ("b'QUJD'", Some((0, Problem::BytesLiteral))),
        ("QUJD\nQUJD", Some((4, Problem::Whitespace))),
        ("QUI=\n", Some((4, Problem::Whitespace))),
        (" QUJD", Some((0, Problem::Whitespace))),
        ("QU-_", Some((2, Problem::UrlSafe))),
        ("QUJDQU.D", Some((6, Problem::Foreign(b'.')))),
        ("QU\u{e9}D", Some((2, Problem::Foreign(0xc3)))),
        ("QUI", Some((3, Problem::Padding))),
        ("QQ", Some((2, Problem::Padding))),
        ("QQ=", Some((2, Problem::Padding))),
        ("QUI==", Some((3, Problem::Padding))),
        ("QUJD=", Some((4, Problem::Padding))),
        ("=", Some((0, Problem::Padding))),
        ("QUI=QUJD", Some((4, Problem::AfterPadding))),
        ("QUJDQ", Some((5, Problem::Length))),
        ("Q===", Some((1, Problem::Length))),
        ("QR==", Some((1, Problem::TrailingBits))),
        ("QUJ=", Some((2, Problem::TrailingBits))),
    ] {
        assert_eq!(fault(text), expected, "{text:?}");
    }
}

#[test]
fn a_fault_is_found_wherever_it_stands() {
    let sound: String = "QUJDabc+/123".chars().cycle().take(400).collect();
    for at in 0..sound.len() {
        for (byte, problem) in
            [("\n", Problem::Whitespace), ("_", Problem::UrlSafe), ("@", Problem::Foreign(b'@')), ("[", Problem::Foreign(b'['))]
        {
            let mut text = sound.clone();
            text.replace_range(at..=at, byte);
            assert_eq!(fault(&text), Some((at, problem)), "{at}");
        }
    }
}

#[test]
fn every_byte_is_or_is_not_of_the_alphabet() {
    for byte in 0..=u8::MAX {
        // In a block of 64, and in what is left over.
        for length in [64, 4] {
            let mut text = alloc::vec![b'A'; length];
            *text.last_mut().unwrap() = byte;
            assert_eq!(check(&text).is_ok(), STANDARD.decode(&text).is_ok(), "{byte}");
        }
    }
}

#[test]
fn every_last_character_is_judged_as_a_strict_decoder_does() {
    for last in 0..=u8::MAX {
        for text in [&[b'Q', last, b'=', b'='], &[b'Q', b'U', last, b'='], &[b'Q', b'U', b'J', last]] {
            assert_eq!(check(text).is_ok(), STANDARD.decode(text).is_ok(), "{text:?}");
        }
    }
}

/// Texts close to base64: encoded bytes, with a few characters changed, left out or put in.
fn nearly_base64() -> impl Strategy<Value = String> {
    let bytes = vec(any::<u8>(), 0..200);
    let change = (any::<prop::sample::Index>(), "[=A/+_ \n\u{e9}-]{0,2}", 0..3_usize);
    (bytes, vec(change, 0..3), 0..3).prop_map(|(bytes, changes, alphabet)| {
        let mut text = match alphabet {
            0 => STANDARD.encode(bytes),
            1 => URL_SAFE.encode(bytes),
            _ => STANDARD_NO_PAD.encode(bytes),
        };
        for (at, with, without) in changes {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = at.index(places.len());
            let end = places[(at + without).min(places.len() - 1)];
            text.replace_range(places[at]..end, &with);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_check_agrees_with_a_strict_decoder(text in nearly_base64()) {
        match (check(text.as_bytes()), STANDARD.decode(&text)) {
            (Ok(length), Ok(bytes)) => prop_assert_eq!(length, bytes.len()),
            (Err(Fault { offset, .. }), Err(_)) => prop_assert!(offset <= text.len()),
            (ours, theirs) => prop_assert!(false, "{:?}: {:?}, {:?}", text, ours, theirs),
        }
    }

    #[test]
    fn any_part_is_read_as_it_was_encoded(bytes in vec(any::<u8>(), 0..300), at in 0..320_usize, length in 0..320_usize) {
        let text = STANDARD.encode(&bytes);
        let source = Base64(text.as_bytes());
        prop_assert_eq!(Source::len(&source), bytes.len());
        let mut into = alloc::vec![0; length];
        let read = source.read(at, &mut into);
        let expected = bytes.get(at..bytes.len().min(at + length)).unwrap_or_default();
        prop_assert_eq!(&into[..read], expected);
    }

    #[test]
    fn no_bytes_are_too_strange(start in prop::sample::select(STARTS), bytes in vec(any::<u8>(), 0..600), text in ".{0,80}") {
        let bytes = [start, &bytes, text.as_bytes()].concat();
        if let Some(format) = format(&bytes[..]) {
            let _ = size(format, &bytes[..]);
        }
        let _ = (inspect(&bytes[..]), check(&bytes), inspect(&Base64(&bytes)), format(&Base64(&bytes)));
    }

    #[test]
    fn no_document_is_too_strange(words in vec(prop::sample::select(PDF_WORDS), 0..60)) {
        let bytes = [b"%PDF-1.4\n", words.concat().as_bytes()].concat();
        prop_assert_eq!(inspect(&bytes[..]).header, Some(0));
    }
}

const STARTS: &[&[u8]] = &[
    b"",
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
    b"\xff\xd8\xff\xe0\0\x10",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"RIFF\0\0\0\0WEBPVP8L",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"\0\0\0\xffftyp",
    b"%PDF-1.7\n<</Linearized 1/L 100/N 3>>",
];

const PDF_WORDS: &[&str] = &[
    "startxref\n",
    "xref\n",
    "0 3\n",
    "9 ",
    "10\n",
    "0 99999999999999999999\n",
    "0000000009 00000 n \n",
    "trailer",
    "<<",
    ">>",
    "/Root 1 0 R",
    "/Prev 9 ",
    "1 0 obj",
    "/Pages 1 0 R",
    "/Count 7",
    "/Type/Page ",
    "/Encrypt 5 0 R",
    "(",
    ")",
    "[",
    "]",
    "<",
    "%",
    "\n",
    "/",
    "R",
    "18446744073709551615 ",
];

#[test]
fn files_are_known_by_their_first_bytes() {
    for (bytes, expected) in [
        (&b"\x89PNG\r\n\x1a\n"[..], Some(Format::Png)),
        (b"\xff\xd8\xff\xe1", Some(Format::Jpeg)),
        (b"GIF87a", Some(Format::Gif)),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Format::Webp)),
        (b"RIFF\x10\0\0\0WAVE", None),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Some(Format::Bmp)),
        (b"BMW drivers", None),
        (b"II*\0", Some(Format::Tiff)),
        (b"MM\0*", Some(Format::Tiff)),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Some(Format::Heic)),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1", Some(Format::Heic)),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", Some(Format::Avif)),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isom", None),
        (b"%PDF-1.7", Some(Format::Pdf)),
        (b"PK\x03\x04", Some(Format::Zip)),
        (b"<svg xmlns=", Some(Format::Svg)),
        (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x --><svg>", Some(Format::Svg)),
        (b"<?xml version=\"1.0\"?><feed>", None),
        (b"\n<!DOCTYPE html><title>404", Some(Format::Html)),
        (b"plain text", None),
        (b"", None),
    ] {
        assert_eq!(format(bytes), expected, "{bytes:?}");
        let text = STANDARD.encode(bytes);
        assert_eq!(format(&Base64(text.as_bytes())), expected, "{text}");
    }
}

/// The size that is read from the bytes themselves and from their base64.
fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let format = format(bytes)?;
    let text = STANDARD.encode(bytes);
    let found = size(format, bytes);
    assert_eq!(size(format, &Base64(text.as_bytes())), found, "{bytes:?}");
    found.map(|Size { width, height }| (width, height))
}

#[test]
fn pixels_are_read_from_headers() {
    assert_eq!(size_of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x1f\x41\0\0\0\x02\x08\x06\0\0\0"), Some((8001, 2)));
    assert_eq!(size_of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x1f"), None);
    assert_eq!(size_of(b"GIF89a\x01\x02\x03\x04\xf7"), Some((0x201, 0x403)));
    assert_eq!(size_of(b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\x30\x01\0\x9d\x01\x2a\x10\x40\x20\xc0"), Some((16, 32)));
    assert_eq!(size_of(b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\x30\x01\0\0\x01\x2a\x10\0\x20\0"), None);
    assert_eq!(size_of(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xff\xc0\x03\0"), Some((256, 16)));
    assert_eq!(size_of(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x40\x1f\0\x07\0\0"), Some((8001, 8)));
}

/// A JPEG with these segments before its frame's header.
fn jpeg(segments: &[&[u8]], marker: u8, height: u16) -> Vec<u8> {
    let frame = [0xff, marker, 0, 17, 8].into_iter().chain(height.to_be_bytes()).chain([0x1f, 0x41, 3, 1, 0x22, 0]);
    [&b"\xff\xd8"[..], &segments.concat()].concat().into_iter().chain(frame).collect()
}

#[test]
fn a_jpegs_frame_is_found_behind_its_segments() {
    let exif = [&b"\xff\xe1\xff\xff"[..], &alloc::vec![0xff; 65_533]].concat();
    let (exif, app): (&[u8], &[u8]) = (&exif, b"\xff\xe0\0\x04JF");
    let tables: &[u8] = b"\xff\xc4\0\x03\0\xff\xdb\0\x03\0";
    for segments in [&[][..], &[app], &[app, exif, exif, tables], &[b"\xff\xff\xff", app], &[b"\xff\x01\xff\xd0"]] {
        for marker in [0xc0, 0xc1, 0xc2, 0xcf] {
            assert_eq!(size_of(&jpeg(segments, marker, 600)), Some((8001, 600)));
        }
    }
    // A scan before the frame, lines that are counted later, no marker where one must be, nothing but fill bytes.
    assert_eq!(size_of(&jpeg(&[b"\xff\xda\0\x02"], 0xc0, 600)), None);
    assert_eq!(size_of(&jpeg(&[], 0xc0, 0)), None);
    assert_eq!(size_of(&jpeg(&[b"\xff\xe0\0\x02xx"], 0xc0, 600)), None);
    assert_eq!(size_of(&[&b"\xff\xd8"[..], &alloc::vec![0xff; 100_000]].concat()), None);
    assert_eq!(size_of(b"\xff\xd8\xff"), None);
}

/// A PDF of these objects, with its table and trailer.
fn document(objects: &[&str], trailer: &str) -> String {
    let mut text = String::from("%PDF-1.4\n%\u{e2}\u{e3}\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table = format!("{table}{:010} 00000 n \n", text.len());
        text = format!("{text}{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let at = text.len();
    text + &table + &format!("trailer\n<< /Size {} {trailer} >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1)
}

fn pdf_of(text: &str) -> Pdf {
    let coded = STANDARD.encode(text);
    let found = inspect(text.as_bytes());
    assert_eq!(inspect(&Base64(coded.as_bytes())), found, "{text}");
    found
}

const CATALOG: &str = "<< /Type /Catalog /Names << /Pages 9 0 R >> /Title (a \\) /Pages 8 0 R) /Pages 2 0 R >>";
const TREE: &str = "<< /Type /Pages /Kids [3 0 R << /Count 99 >> 4 0 R] /Count 12 % /Count 5\n>>";

const fn certain(count: u64) -> Pages {
    Pages { count, certain: true }
}

#[test]
fn pages_are_those_the_root_of_the_tree_counts() {
    let plain = document(&[CATALOG, TREE], "/Root 1 0 R");
    assert_eq!(pdf_of(&plain), Pdf { header: Some(0), encrypted: false, pages: Some(certain(12)) });
    // Text before the header moves every offset.
    assert_eq!(pdf_of(&format!("junk\n{plain}")), Pdf { header: Some(5), encrypted: false, pages: Some(certain(12)) });
    let encrypted = document(&[CATALOG, TREE, "<< /Filter /Standard >>"], "/Root 1 0 R /Encrypt 3 0 R");
    assert_eq!(pdf_of(&encrypted), Pdf { header: Some(0), encrypted: true, pages: Some(certain(12)) });
    let indirect = document(&[CATALOG, "<< /Type /Pages /Count 3 0 R >>", "12"], "/Root 1 0 R");
    assert_eq!(pdf_of(&indirect).pages, None);
    assert_eq!(pdf_of("no document").header, None);
}

#[test]
fn what_was_added_later_counts() {
    let first = document(&[CATALOG, TREE], "/Root 1 0 R");
    let start = first.rfind("xref\n0 3").unwrap();
    let (at, object) = (first.len(), "2 0 obj\n<< /Type /Pages /Count 13 >>\nendobj\n");
    let table = format!(
        "xref\n2 1\n{at:010} 00000 n \ntrailer\n<< /Root 1 0 R /Prev {start} >>\nstartxref\n{}\n%%EOF",
        at + object.len()
    );
    assert_eq!(pdf_of(&format!("{first}{object}{table}")).pages, Some(certain(13)));
    // Tables that lead in circles.
    let circle = document(&[CATALOG, TREE], &format!("/Root 1 0 R /Prev {start}"));
    assert_eq!(pdf_of(&circle).pages, Some(certain(12)));
}

#[test]
fn compressed_objects_hide_the_pages() {
    let body =
        "%PDF-1.5\n5 0 obj\n<< /Type /XRef /Root 1 0 R /Encrypt 6 0 R >>\nstream\n\0\0\nendstream\nendobj\nstartxref\n9\n%%EOF";
    assert_eq!(pdf_of(body), Pdf { header: Some(0), encrypted: true, pages: None });
    // A table beside a stream, for readers that know no streams.
    let hybrid = document(&[CATALOG, TREE], "/Root 1 0 R /XRefStm 9");
    assert_eq!(pdf_of(&hybrid).pages, None);
    // Laid out for the web: the head says it, as long as the length is right.
    let linear = |length: usize| {
        let head = format!("%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L {length:05} /H [ 9 9 ] /N 40 >>\nendobj\n");
        format!("{head}5 0 obj\n<< /Type /XRef /Root 1 0 R >>\nendobj\nstartxref\n{}\n%%EOF", head.len())
    };
    let length = linear(0).len();
    assert_eq!(pdf_of(&linear(length)).pages, Some(certain(40)));
    assert_eq!(pdf_of(&linear(length + 1)).pages, None);
}

#[test]
fn files_with_damaged_tables_are_counted_by_hand() {
    let pages = "<< /Type /Page >> <</Type/Page/X 1>> << /Type\n/Page>> << /Type /Pages >> << /Type /PageLabel >>";
    let damaged = |more: &str| format!("%PDF-1.4\n{pages}{}{more}\nstartxref\n7\n%%EOF", " ".repeat(9_000));
    assert_eq!(pdf_of(&damaged("<</Type/Page>>")).pages, Some(Pages { count: 4, certain: false }));
    assert_eq!(pdf_of(&damaged("<</Type/ObjStm>>")).pages, None);
    assert!(pdf_of(&damaged("trailer <</Encrypt 4 0 R>>")).encrypted);
    assert!(!pdf_of(&damaged("/EncryptMetadata 1 /Encrypt")).encrypted);
    // A table that leads to other objects than it says.
    let wrong = document(&["<< /Type /Page >>", CATALOG, "<< /Type /Pages /Count 1 >>"], "/Root 1 0 R");
    assert_eq!(pdf_of(&wrong).pages, Some(Pages { count: 1, certain: false }));
    // Across the places where the scan goes on with the next part.
    for before in 3_900..4_200 {
        let text = format!("%PDF-1.4\n{}/Type /Page ", " ".repeat(before));
        assert_eq!(pdf_of(&text).pages, Some(Pages { count: 1, certain: false }), "{before}");
    }
}
