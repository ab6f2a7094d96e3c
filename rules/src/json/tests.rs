//! The reader against `serde_json`, whose server wrote what it reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tree::{self, Tree};
use super::{Unreadable, read};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Page {
    Nothing,
    One(Row),
    Named { of: Option<u64>, at: i64 },
    Pair(u8, String),
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Row {
    name: String,
    #[serde(default)]
    there: bool,
    list: Vec<Row>,
    words: BTreeMap<String, String>,
    letter: Option<char>,
}

#[test]
fn what_the_server_writes_is_read() {
    let row = Row {
        name: "«\"\\\u{8}\u{c}\n\r\t/\u{1}\u{1f511}مفتاح»".into(),
        there: true,
        list: vec![Row::default(), Row::default()],
        words: [("مفتاح".to_owned(), "\u{2066}key\u{2069}".to_owned())].into(),
        letter: Some('ي'),
    };
    let pages = vec![
        Page::Nothing,
        Page::One(row),
        Page::Named {
            of: None,
            at: i64::MIN,
        },
        Page::Named {
            of: Some(9_007_199_254_740_993),
            at: -1,
        },
        Page::Pair(7, String::new()),
    ];
    let json = serde_json::to_string(&pages).unwrap();
    assert_eq!(read(&json), Ok(pages));
}

#[test]
fn spaces_unknown_fields_and_escapes_are_read() {
    let json = "\r\n{ \"new\" : [1,{\"a\":null}] ,\t\"name\":\"\\ud83d\\udd11\\u0041\\/\", \"list\":[ ], \"words\" : { } }";
    let row: Row = read(json).unwrap();
    assert_eq!(row.name, "\u{1f511}A/");
    assert!(!row.there);
}

#[test]
fn what_is_no_view_is_unreadable() {
    let deep = "[".repeat(100_000);
    let broken = [
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "nul",
        "t",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\u{1}\"",
        "-",
        "1.5",
        "1e3",
        "99999999999999999999",
        "1 2",
        "[]]",
        "\"\\u٠٠٤١\"",
        &deep,
    ];
    for text in broken {
        assert_eq!(tree::parse(text), Err(Unreadable), "{text:.40}");
    }
    assert_eq!(tree::parse("[-0]"), Ok(Tree::List(vec![Tree::Number(0)])));
    assert_eq!(
        read::<Page>("{\"one\":{},\"nothing\":null}"),
        Err(Unreadable)
    );
    assert_eq!(read::<Page>("\"other\""), Err(Unreadable));
    assert_eq!(read::<Row>("{\"name\":\"x\"}"), Err(Unreadable));
    assert_eq!(read::<u8>("256"), Err(Unreadable));
}
