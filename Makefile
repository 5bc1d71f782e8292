# `make demo` shows it, `make test` proves it. Every target honours CARGO_TARGET_DIR.

CARGO_TARGET_DIR ?= target
export CARGO_TARGET_DIR
BINARY := $(CARGO_TARGET_DIR)/release/tributary
DEMO_DATA ?= .demo
DEMO_PORT ?= 8080
# Without --package, Cargo settles the features of dependencies for the whole workspace, as the tests do: one build
# serves both.
XTASK := cargo run --quiet --release --locked --bin xtask --

.PHONY: help setup build demo test bench openapi fmt clean

help:
	@echo "make demo     build, fill a workspace with a believable year, serve it on 127.0.0.1:$(DEMO_PORT)"
	@echo "make test     everything that CI runs; the last line is the total"
	@echo "make bench    measure redirects, conversions, reports, start-up and memory"
	@echo "make build    the release binary, $(BINARY)"
	@echo "make openapi  write openapi.json anew"
	@echo "make fmt      format the code"
	@echo "make setup    fetch libduckdb and the geo tables (the targets above do it when needed)"
	@echo "make clean    remove what was built; fetched files and the demo's data stay"

setup:
	@scripts/setup.sh build

build: setup
	cargo build --release --locked --bin tributary

demo: build
	$(BINARY) demo --data $(DEMO_DATA) --port $(DEMO_PORT)

test: setup
	@scripts/setup.sh test
	@$(XTASK) test

bench: setup
	@scripts/setup.sh bench
	@$(XTASK) bench

openapi: build
	@$(XTASK) openapi

fmt:
	cargo fmt --all

clean:
	cargo clean
