//! Prints the words of the causes as a TypeScript module, for the wasm package, whose engine is built without them.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use holdoff::Cause;

fn main() {
    // One text, since a string is read faster than an object: a line for each cause.
    let lines: Vec<String> = Cause::ALL.iter().map(|cause| format!("{cause}\t{}\t{}", cause.meaning(), cause.fix())).collect();
    let text = lines.join("\n").replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
    println!("// Generated from the catalogue of causes.\nexport default `{text}`;");
}
