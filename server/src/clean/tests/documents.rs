//! PDFs, built by hand: what is refused, however it is hidden.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use miftah_portal::ports::{Clean, Media, Unclean};

use super::super::clean;

/// A PDF with these objects.
pub(super) fn pdf(objects: &[u8]) -> Vec<u8> {
    let end = b"\ntrailer<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF\n";
    [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", objects, end].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut stream = ZlibEncoder::new(Vec::new(), Compression::best());
    stream.write_all(bytes).unwrap();
    stream.finish().unwrap()
}

/// Deflated so that nothing of it can be read: what is short would be stored as it is.
fn hidden(text: &str) -> Vec<u8> {
    let bytes = deflated(format!("{text} ").repeat(9).as_bytes());
    let shows = bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes());
    assert!(!shows, "{text}");
    bytes
}

/// A stream with this dictionary.
fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = format!("7 0 obj\n<<{dictionary}/Length {length}>>\nstream\r\n");
    [head.as_bytes(), content, b"\nendstream\nendobj\n"].concat()
}

fn refusal(objects: &[u8]) -> Option<Unclean> {
    let bytes = pdf(objects);
    match clean(bytes.clone()) {
        Ok(Clean { media, bytes: kept }) => {
            assert_eq!(media, Media::Pdf);
            assert!(kept == bytes, "it is kept as it is");
            None
        }
        Err(why) => Some(why),
    }
}

const OBJECTS: &str = "/Type/ObjStm/N 1/First 4/Filter/FlateDecode";
const PAGE: &str = "9 0 <</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>>>";
const SCRIPT: &str = "9 0 <</S/JavaScript/JS(app.alert(1))>>";

#[test]
fn a_document_of_pages_is_kept_as_it_is() {
    let contents = hidden("BT /F1 12 Tf (/JavaScript, /Launch and /XFA) Tj ET");
    let objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>endobj\n".as_slice(),
        b"4 0 obj<</Type/Annot/A<</S/URI/URI(https://example.ma)>>>>endobj\n",
        &stream("/Filter/FlateDecode", &contents),
        &stream(
            "/Type /ObjStm /N 1 /First 4 /Filter [ /FlateDecode ]",
            &hidden(PAGE),
        ),
        &stream("/Type/ObjStm/N 1/First 4", PAGE.as_bytes()),
        // What scanned pages hold by chance.
        &stream("/Filter/DCTDecode", b"\xff\xd8 /JS (x) /EF<< \0/JS 1"),
    ];
    assert_eq!(refusal(&objects.concat()), None);
}

#[test]
fn what_acts_is_refused_wherever_it_stands() {
    for sign in [
        "/S/JavaScript",
        "/JS(x)",
        "/S/Launch",
        "/Type/EmbeddedFile",
        "/EmbeddedFiles 3 0 R",
        "/EF<<>>",
        "/Subtype/RichMedia",
        "/XFA 4 0 R",
        "/S/SubmitForm",
        "/S/ImportData",
        "/S/Rendition",
        "/J#61vaScript",
        "/#4a#53 5 0 R",
        "/#58#46#41[]",
        "/FileAttachment",
        "/S/GoToE",
    ] {
        let active = Some(Unclean::Active);
        let plain = format!("1 0 obj<</Type/Catalog{sign}>>endobj");
        assert_eq!(refusal(plain.as_bytes()), active, "{sign}");
        let hidden = hidden(&format!("9 0 <<{sign}>>"));
        assert_eq!(
            refusal(&stream(OBJECTS, &hidden)),
            active,
            "{sign} in a stream"
        );
        let untyped = stream("/N 1/First 4/Filter/Fl", &hidden);
        assert_eq!(refusal(&untyped), active, "{sign} in a stream without type");
    }
    assert_eq!(
        refusal(&hidden(SCRIPT)),
        None,
        "a reader finds nothing there"
    );
}

#[test]
fn a_stream_of_objects_is_found_however_its_dictionary_is_written() {
    let hidden = hidden(SCRIPT);
    for dictionary in [
        "/Type/Obj#53tm/N 1/First 4/Filter/Fl#61teDecode",
        "/Type%\n/ObjStm/N 1/First 4/X(>>stream\n)/Filter[/FlateDecode]",
        "/X(\\)endobj)/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
        "/X<</Y[(a)(b)]>>/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
        "/N 1/X(7 0 obj)/First 4/Filter/FlateDecode",
    ] {
        let found = refusal(&stream(dictionary, &hidden));
        assert_eq!(found, Some(Unclean::Active), "{dictionary}");
    }
    // Within a comment, a string, another stream: an offset leads there.
    let inner = stream(OBJECTS, &hidden);
    let within = [
        [b"%".as_slice(), &inner].concat(),
        [b"3 0 obj(".as_slice(), &inner, b")endobj"].concat(),
        stream("/Filter/DCTDecode", &inner),
    ];
    for objects in within {
        assert_eq!(refusal(&objects), Some(Unclean::Active));
    }
}

#[test]
fn a_protected_document_is_told_from_a_broken_one() {
    let secret = stream(OBJECTS, b"encrypted, so no zlib stream");
    assert_eq!(refusal(&secret), Some(Unclean::Unreadable));
    let table = stream("/Type/XRef/Encrypt 8 0 R/W[1 2 1]", b"\0\0\0");
    let both = [secret.as_slice(), &table, b"1 0 obj<</XFA 1>>endobj"].concat();
    assert_eq!(refusal(&both), Some(Unclean::Protected));
    assert_eq!(
        refusal(b"trailer<</#45ncrypt 8 0 R>>"),
        Some(Unclean::Protected)
    );
}

#[test]
fn what_cannot_be_looked_into_is_refused() {
    let unreadable = Some(Unclean::Unreadable);
    let hidden = hidden(SCRIPT);
    for dictionary in [
        "/Type/ObjStm/N 1/First 4/Filter 5 0 R",
        "/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]",
        "/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]",
        "/Type/ObjStm/N 1/First 4/Filter/LZWDecode",
        "/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12>>",
    ] {
        assert_eq!(
            refusal(&stream(dictionary, &hidden)),
            unreadable,
            "{dictionary}"
        );
    }
    let half = hidden.get(..hidden.len() / 2).unwrap();
    let broken = refusal(&stream(OBJECTS, half));
    assert!(broken.is_some(), "{broken:?}");
    let without_end = pdf(b"1 0 obj<<>>endobj");
    let cut = without_end.get(..without_end.len() - 7).unwrap();
    assert_eq!(clean(cut.to_vec()).err(), unreadable);
}

#[test]
fn a_bomb_costs_what_a_document_may() {
    // 60 MB once inflated; three times 20 MB.
    let bomb = stream(OBJECTS, &deflated(&vec![b' '; 60 << 20]));
    assert_eq!(refusal(&bomb), Some(Unclean::Unreadable));
    let third = stream(OBJECTS, &deflated(&vec![b' '; 20 << 20]));
    assert_eq!(refusal(&third.repeat(2)), None);
    assert_eq!(refusal(&third.repeat(3)), Some(Unclean::Unreadable));
    // Objects that begin within each other: each is read to the end of the file.
    for nested in [
        b"1 0 obj<<".repeat(100_000),
        b"1 0 obj<</N/First>>stream\n".repeat(50_000),
        [b"1 0 obj".repeat(100_000), stream(OBJECTS, &empty_blocks())].concat(),
    ] {
        assert_eq!(refusal(&nested), Some(Unclean::Unreadable));
    }
    assert_eq!(refusal(&b"/a".repeat(500_000)), None);
}

/// Two megabytes that inflate to nothing.
fn empty_blocks() -> Vec<u8> {
    let mut bytes = vec![0x78, 0x01];
    bytes.extend(b"\0\0\0\xff\xff".repeat(400_000));
    bytes.extend(b"\x01\0\0\xff\xff\0\0\0\x01");
    bytes
}
