#!/bin/sh
# Instructions that each case of the core takes, counted by callgrind: the same on every run, whatever else the machine
# does. What the process takes before and after (a run of zero times) is subtracted.
#
#   bench/instructions.sh             every case
#   bench/instructions.sh 529-full    some
#
# Needs valgrind.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --profile bench --package holdoff --example instructions
program=$target/release/examples/instructions

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1 | sed -n 's/.*Collected : *//p'
}

printf '%-22s %14s   %s\n' case instructions 'target (time)'
"$program" | while IFS="$(printf '\t')" read -r name repeat wanted; do
    case " ${*:-$name} " in *" $name "*) ;; *) continue ;; esac
    printf '%-22s %14s   %s\n' "$name" $((($(count "$name" "$repeat") - $(count "$name" 0)) / repeat)) "$wanted"
done
