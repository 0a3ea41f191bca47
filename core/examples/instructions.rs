//! Runs one of the benchmarks' cases a given number of times, to be counted by callgrind: see `bench/instructions.sh`.
//!
//! ```sh
//! instructions                  # the cases, one a line: name, repeats, target
//! instructions 529-full 1000    # runs one
//! ```

#![allow(clippy::print_stdout, reason = "a program for the command line")]

#[path = "../benches/cases/mod.rs"]
mod cases;

use cases::CASES;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        for case in CASES {
            println!("{}\t{}\t{}", case.name, case.repeat, case.target);
        }
        return Ok(());
    };
    let case = CASES
        .iter()
        .find(|case| case.name == name)
        .ok_or_else(|| format!("no case is called {name}: run without arguments for a list"))?;
    let times = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(case.repeat);
    let run = (case.prepare)();
    for _ in 0..times {
        run();
    }
    Ok(())
}
