//! The clock's view of the hot paths: `cargo bench --bench core`.
//!
//! Criterion measures each case by itself, and the target stands in its name. What is stated as a ratio is measured
//! once more at the end, the two in turn, because a machine that others use is slow for one and fast for the other.

#![allow(clippy::print_stdout, reason = "a benchmark reports")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a benchmark that cannot run says so and ends")]

use std::time::{Duration, Instant};

use criterion::Criterion;

mod cases;

use cases::CASES;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for case in CASES {
        let name = match case.target {
            "none" => case.name.to_owned(),
            target => format!("{} (target {target})", case.name),
        };
        let run = (case.prepare)();
        criterion.bench_function(&name, |bencher| bencher.iter(&run));
    }
    criterion.final_summary();

    // Under `cargo test --benches` criterion runs each case once; a ratio of single runs says nothing.
    if std::env::args().any(|argument| argument == "--bench") {
        let prepare = |name: &str| (CASES.iter().find(|case| case.name == name).expect("a case of that name").prepare)();
        println!("\nratios, the two in turn, median of {ROUNDS} rounds:");
        for (ours, other, target) in [
            ("call-5-failures", "backon-5-delays", "at most 0.5"),
            ("backoff-5-delays", "backon-5-delays", "none"),
            ("nesting-2MB", "nesting-1MB", "about 2: linear"),
        ] {
            let ratio = ratio(&prepare(ours), &prepare(other));
            println!("  {ours} / {other}: {ratio:.3} (target {target})");
        }
    }
}

const ROUNDS: usize = 201;

/// How many times as long `one` takes as `other`.
fn ratio(one: &dyn Fn(), other: &dyn Fn()) -> f64 {
    let times = (repeats(one), repeats(other));
    let mut ratios: Vec<f64> = (0..ROUNDS).map(|_| per_run(one, times.0) / per_run(other, times.1)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
}

/// How many runs take about a tenth of a millisecond: shorter than a turn of the scheduler, so that it does not fall in
/// step with the rounds.
fn repeats(run: &dyn Fn()) -> u32 {
    let mut times = 1;
    while per_run(run, times) * f64::from(times) < 0.000_1 {
        times *= 2;
    }
    times
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn per_run(run: &dyn Fn(), times: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        run();
    }
    start.elapsed().as_secs_f64() / f64::from(times)
}
