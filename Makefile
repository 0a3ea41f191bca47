# The few commands a person types; CI types the same ones. A fresh machine needs rustup, Python 3.10+ with
# venv, Node 20.19+ with npm, and make.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
WASM := target/wasm32-unknown-unknown/release/examples/wasm_probe.wasm
PACKAGE_SOURCES := $(shell find core/src bindings-py/src bindings-py/python -name '*.rs' -o -name '*.py' -o -name '*.pyi' -o -name '*.md') \
	Cargo.toml Cargo.lock core/Cargo.toml bindings-py/Cargo.toml bindings-py/pyproject.toml

FUZZ_SECONDS ?= 60
FUZZ_TARGETS := diagnose_body diagnose_headers diagnose_text policy_call validate_text validate_request repair_text repair_request \
	check_key

NODE_PACKAGES := node_modules/.installed
WASM_SOURCES := $(shell find core/src bindings-wasm/src bindings-wasm/seam bindings-wasm/schedule bindings-wasm/validate bindings-wasm/bindgen/src bindings-wasm/ts \
	-name '*.rs' -o -name '*.ts' -o -name 'Cargo.toml') bindings-wasm/build.mjs bindings-wasm/package.json bindings-wasm/tsconfig.json Cargo.toml Cargo.lock
NODE_SOURCES := $(shell find bindings-node/src bindings-node/ts -name '*.rs' -o -name '*.ts' -not -name 'generated.d.ts') \
	bindings-node/build.mjs bindings-node/package.json bindings-node/Cargo.toml

.PHONY: demo test check fuzz bench wheel pages fmt clean test-node check-node bench-node
.DELETE_ON_ERROR:

## demo: watch the real SDK get through overloads, rate limits and resets (offline, under 20 s of waiting)
demo: $(VENV)/.package
	$(PY) tests/demo.py

## test: every test there is
test: $(VENV)/.package test-node
	cargo test --workspace --exclude holdoff-py --exclude holdoff-node --exclude holdoff-wasm --exclude holdoff-wasm-schedule --locked --quiet
	$(PY) -m pytest -q bindings-py/tests tests

## test-node: those of Node, browsers and workers; what needs a browser is skipped where there is none
test-node: target/.node
	PYTHON=$(PYTHON) node --test --test-concurrency=2 tests/node/*.test.mjs

## check: what must hold before a change is looked at: format, lints, docs, targets, generated pages, types
check: $(VENV)/.package target/.targets check-node
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet
	cargo build -p holdoff --target thumbv7em-none-eabi --locked --quiet
	cargo build -p holdoff --target thumbv7em-none-eabi --no-default-features --locked --quiet
	cargo build -p holdoff-tests --example wasm_probe --target wasm32-unknown-unknown --release --locked --quiet
	$(PY) tests/wasm_imports.py $(WASM)
	cargo run -p holdoff-tests --bin pages --locked --quiet -- --check
	$(PY) tests/vectors/generate.py --check
	$(VENV)/bin/ruff check --quiet bindings-py tests bench
	$(VENV)/bin/ruff format --quiet --check bindings-py tests bench
	$(PY) -m mypy --config-file bindings-py/pyproject.toml bindings-py/python/holdoff bindings-py/tests/typing
	cd bindings-py && ../$(PY) -m mypy.stubtest holdoff._native --ignore-disjoint-bases

## fuzz: each target for FUZZ_SECONDS, from the vectors on (nightly, and `cargo install cargo-fuzz`)
fuzz:
	cd core/fuzz && cargo +nightly run --quiet --locked --example seeds -- seeds
	cd core/fuzz && set -e; for target in $(FUZZ_TARGETS); do \
		mkdir -p corpus/$$target; \
		cargo +nightly fuzz run $$target corpus/$$target seeds/$$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10; \
	done

## check-node: types of the JavaScript packages, the READMEs' examples included
check-node: target/.node
	node tests/node/readme.mjs

## bench: our costs beside the peers' and the floor, each table in one run
bench: $(VENV)/.bench
	cargo bench -p holdoff --locked
	cargo run --release -p holdoff-tests --bin limits --locked --quiet
	bench/instructions.sh
	$(PY) bench/python/peers.py
	$(PY) bench/python/imports.py
	$(PY) bench/python/loopback.py
	$(PY) bench/python/cancellation.py
	$(PY) bench/python/validate.py

## bench-node: the same for Node and browsers
bench-node: target/.node bench/node/node_modules/.installed
	node bench/node/peers.mjs
	node bench/node/sizes.mjs
	node bench/node/start.mjs
	node bench/node/validate.mjs

## wheel: this platform's, in dist/, packed as small as deflate allows
wheel: $(VENV)/.tools
	rm -f dist/*.whl
	$(VENV)/bin/maturin build --release --locked --quiet -m bindings-py/Cargo.toml -o dist
	$(PY) bindings-py/repack.py dist/*.whl

## pages: write the pages that come from the tables
pages:
	cargo run -p holdoff-tests --bin pages --locked --quiet

## fmt: format everything
fmt: $(VENV)/.tools
	cargo fmt --all
	$(VENV)/bin/ruff format --quiet bindings-py tests bench

clean:
	cargo clean
	rm -rf $(VENV) dist node_modules bench/node/node_modules bindings-wasm/dist bindings-wasm/generated bindings-node/dist

$(VENV)/.tools: tests/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

$(VENV)/.package: $(VENV)/.tools $(PACKAGE_SOURCES)
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(VENV)/bin/maturin develop --release --locked --quiet -m bindings-py/Cargo.toml
	touch $@

$(VENV)/.bench: $(VENV)/.package bench/requirements.txt
	$(PY) -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	touch $@

# `npm ci` installs what the lock file says, and nothing is run that a package would like to run.
$(NODE_PACKAGES): package.json package-lock.json bindings-wasm/package.json bindings-node/package.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

bench/node/node_modules/.installed: bench/node/package.json bench/node/package-lock.json
	cd bench/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

target/.wasm: $(NODE_PACKAGES) target/.targets $(WASM_SOURCES)
	node bindings-wasm/build.mjs
	touch $@

target/.node: target/.wasm $(NODE_SOURCES)
	node bindings-node/build.mjs
	touch $@

target/.targets: rust-toolchain.toml
	rustup target add wasm32-unknown-unknown thumbv7em-none-eabi
	rustup component add rustfmt clippy
	mkdir -p target && touch $@
