//! How much of a request is read.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use super::*;
use crate::request::json;

#[test]
fn so_many_blocks_are_read_and_no_more() {
    let read = |count: usize| {
        let text = alloc::format!(r#"{{"system":[{}0],"messages":[{{"content":[0]}}]}}"#, "0,".repeat(count - 1));
        let tape = json::read_str(&text).tape.unwrap();
        let options = Options::default();
        let request = Request::read(tape.root(), &options, false);
        (request.blocks.len(), request.cut.map(View::path))
    };
    assert_eq!(read(BLOCKS - 1), (BLOCKS, None));
    assert_eq!(read(BLOCKS), (BLOCKS, Some("messages.0.content".into())));
    assert_eq!(read(BLOCKS + 1), (BLOCKS, Some("system".into())));
}
