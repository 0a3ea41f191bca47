//! Reading requests: `cargo bench --bench request`. The peer is `serde_json`, which is asked for nothing but whether the
//! text is JSON (`ignored`), and for a value of it (`value`). And checking them: as text, and as what a binding built.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says so and ends")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use holdoff::request::{Options, check, json, validate};
use serde::de::IgnoredAny;
use serde_json::Value;

mod payloads;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .sample_size(30)
        .configure_from_args();
    let mut group = criterion.benchmark_group("request_json");
    for (name, text) in payloads::all() {
        let text = text.as_bytes();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("holdoff", name), |bencher| bencher.iter(|| json::read(black_box(text))));
        group.bench_function(BenchmarkId::new("serde_json ignored", name), |bencher| {
            bencher.iter(|| serde_json::from_slice::<IgnoredAny>(black_box(text)));
        });
        group.bench_function(BenchmarkId::new("serde_json value", name), |bencher| {
            bencher.iter(|| serde_json::from_slice::<Value>(black_box(text)));
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("request_check");
    let options = Options::default();
    for (name, text) in payloads::all().into_iter().take(payloads::REQUESTS) {
        let text = text.as_bytes();
        let tape = json::read(text).tape.unwrap();
        group.bench_function(BenchmarkId::new("text", name), |bencher| bencher.iter(|| validate(black_box(text), &options)));
        group.bench_function(BenchmarkId::new("tape", name), |bencher| bencher.iter(|| check(black_box(&tape), &options)));
    }
    group.finish();
    criterion.final_summary();
}
