# `make demo` shows it, `make test` proves it. Every target honours CARGO_TARGET_DIR.

CARGO_TARGET_DIR ?= target
export CARGO_TARGET_DIR
BINARY := $(CARGO_TARGET_DIR)/release/tributary
DEMO_DATA ?= .demo
DEMO_PORT ?= 8080
# Without --package, Cargo settles the features of dependencies for the whole workspace, as the tests do: one build
# serves both.
XTASK := cargo run --quiet --release --locked --bin xtask --

.PHONY: help setup web build demo test bench pictures openapi fmt clean

help:
	@echo "make demo     build, fill a workspace with a believable year, serve it on 127.0.0.1:$(DEMO_PORT)"
	@echo "make test     everything that CI runs; the last line is the total"
	@echo "make bench    measure redirects, conversions, reports, start-up and memory"
	@echo "make build    the release binary, $(BINARY)"
	@echo "make web      the web application alone, web/dist; the binary embeds it"
	@echo "make pictures photograph the main pages into docs/pictures"
	@echo "make openapi  write openapi.json anew"
	@echo "make fmt      format the code"
	@echo "make setup    fetch libduckdb and the geo tables (the targets above do it when needed)"
	@echo "make clean    remove what was built; fetched files and the demo's data stay"

setup:
	@scripts/setup.sh build

# Not `npm ci`: it refuses where a registry lacks optional packages of other platforms. Versions are exact all the same.
web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	npm --prefix web install --no-save --no-audit --no-fund --loglevel=error

WEB_SOURCES := $(shell find web/src web/public -type f ! -name contract.d.ts) web/index.html web/vite.config.ts openapi.json

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	npm --prefix web run --silent build

web: web/dist/index.html

build: setup web
	cargo build --release --locked --bin tributary

demo: build
	$(BINARY) demo --data $(DEMO_DATA) --port $(DEMO_PORT)

test: setup web
	@scripts/setup.sh test
	@$(XTASK) test

bench: setup
	@scripts/setup.sh bench
	@$(XTASK) bench

pictures: build
	@scripts/setup.sh test
	npm --prefix web run pictures

openapi: build
	@$(XTASK) openapi

fmt:
	cargo fmt --all
	npm --prefix web run format

clean:
	cargo clean
