//! Prints the words of the causes, a line for each, for the wasm package, whose engine is built without them.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use holdoff::Cause;

fn main() {
    let lines: Vec<String> = Cause::ALL.iter().map(|cause| format!("{cause}\t{}\t{}", cause.meaning(), cause.fix())).collect();
    print!("{}", lines.join("\n"));
}
