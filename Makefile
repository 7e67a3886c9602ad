# tonghop: every command a newcomer needs. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

ECHARTS := reports/page/assets/echarts.min.js
BIN := bin/tonghop
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO_FILES := $(shell find cmd pipeline reports sql inputs -name '*.go' -o -name '*.sql' -o -name '*.toml' -o -name '*.gohtml' -o -name base.css -o -path 'reports/page/template/*' -o -path 'pipeline/serve/template/*' -o -path 'pipeline/serve/static/*' -type f) go.mod go.sum

.PHONY: help demo run build clerk check test race bench load torture vuln ci clean browser

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## play the demo's deliveries into this folder's workspace and say where to look
	go run ./inputs/demo -deliver -tonghop $(BIN)
	@echo
	@echo "Open out/index.html in a browser, or try:"
	@echo "  $(BIN) status"
	@echo "  $(BIN) trace --period 2014..2015 --unit LDLD-ST --indicator HT01"

run: build ## run the pipeline once on this folder's workspace
	$(BIN) run

build: $(BIN) ## build bin/tonghop with ECharts embedded

$(BIN): $(GO_FILES) $(ECHARTS)
	go build -ldflags '-X main.version=$(VERSION)' -o $@ ./cmd/tonghop

$(ECHARTS): reports/page/package-lock.json
	npm ci --prefix reports/page --no-audit --no-fund --ignore-scripts --loglevel=error
	cp reports/page/node_modules/echarts/dist/echarts.min.js $@

clerk: bin/kiemtra.exe bin/kiemtra ## build kiemtra for units' PCs (Windows, Linux); tonghop bundle packs it

bin/kiemtra.exe: GOOS := windows
bin/kiemtra: GOOS := linux
bin/kiemtra.exe bin/kiemtra: $(GO_FILES)
	CGO_ENABLED=0 GOOS=$(GOOS) GOARCH=amd64 go build -trimpath -ldflags '-s -w' -o $@ ./cmd/kiemtra

check: ## formatting and vet
	@unformatted=$$(gofmt -l cmd internal pipeline reports sql inputs); if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	go vet ./...

browser: # Debian's Chromium, for the tests of the pages
	@command -v chromium >/dev/null || ! command -v apt-get >/dev/null || { echo "installing chromium for the page tests"; \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium fonts-noto-core; }

test: check browser $(ECHARTS) ## pass all tests; installs Chromium for the pages where apt is at hand
	go test -timeout 14m ./...

race: $(ECHARTS) ## the tests under the race detector
	go test -race ./...

bench: $(ECHARTS) ## benchmarks, side by side in one run
	go test -run '^$$' -bench . -benchmem ./...

load: $(ECHARTS) ## measure runs of a thousand units, 1, 10 … quarters: LOAD="1 10 100"
	LOAD="$${LOAD:-1 10}" go test -v -count 1 -timeout 600m -run TestLoad ./pipeline/job

torture: $(ECHARTS) ## kill runs, other commands and serve, cut the power: KILLS=300 SEED=… for the same kills again
	TORTURE_KILLS=$${KILLS:-300} TORTURE_SEED=$${SEED:-} go test -v -count 1 -timeout 120m -run 'TestKilledAtAnyInstant|TestKilledCommands|TestKilledServe|TestPowerCut' ./pipeline/job ./cmd/tonghop

vuln: ## look for known weaknesses in what is built, where the data can be had; VULN=must fails elsewhere
	.ci/vuln

ci: ## what CI runs
	.ci/run

clean: ## remove what was built; the demo's files too, never those of a real workspace
	@if [ -e inputs/inbox/.demo ]; then rm -rf out .tonghop inputs/inbox inputs/feedback; \
		elif [ -e .tonghop ]; then echo "kept out, .tonghop and the inbox: they are not the demo's"; fi
	rm -rf bin $(ECHARTS) reports/page/node_modules
