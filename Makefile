# Every target does the set-up it needs by itself. Without make: npm install, then npm test, npx lwasync ...
.DEFAULT_GOAL := help
SHELL := /bin/sh
URL ?=
N ?= 10
# In quotes, because an address may hold & and ?.
TARGET = $(if $(URL),'$(URL)')
SOURCES := $(shell find src -name '*.ts' ! -name '*.test.ts' 2>/dev/null)
LWASYNC := node dist/cli/main.js

.PHONY: help compare sync async run-server test test-long interop bench clean

help: ## show this list
	@echo "lwasync: the same calls synchronously and asynchronously, measured. Targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  N=20 and URL=http://... change what is called: make compare N=20"

compare: dist/.built ## N synchronous calls against N asynchronous ones: which wins, by how many times
	@$(LWASYNC) compare $(TARGET) -n $(N)

sync: dist/.built ## N synchronous calls
	@$(LWASYNC) sync $(TARGET) -n $(N)

async: dist/.built ## N asynchronous calls
	@$(LWASYNC) async $(TARGET) -n $(N)

run-server: dist/.built ## the practice server on port 8080, until Ctrl-C
	@$(LWASYNC) serve

test: node_modules/.installed ## types, lint, format, unused code, all tests, the package
	@npm test --silent

test-long: node_modules/.installed ## what takes longer: other lines of Node, long runs
	@npm run --silent test:long

interop: node_modules/.installed ## against servers not written here; needs nginx, python3 and openssl
	@npm run --silent test:interop

bench: dist/.built ## beside other tools; writes docs/benchmarks.md (bench/README.md)
	@node bench/run.mjs

clean: ## remove what was built and installed
	rm -rf dist .cache node_modules

node_modules/.installed: package.json package-lock.json
	@echo "Installing what package-lock.json names ..." >&2
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	@touch $@

dist/.built: node_modules/.installed build.mjs tsconfig.json tsconfig.build.json $(SOURCES)
	@node build.mjs
	@touch $@
