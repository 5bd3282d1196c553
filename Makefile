# Two commands for a new machine: `make demo` and `make test`. Both install what they miss and ask nothing.

.PHONY: demo pages test torture bench fuzz kiem-tra

# The whole story on an invented school: deposit and image are in demo/kho when it ends.
demo:
	@scripts/setup demo
	@scripts/with-rust cargo build --quiet --bin niemphong
	@scripts/with-rust scripts/run-demo demo

# The same school with the last turns of a class left open, and its pages on http://127.0.0.1:8470.
pages:
	@scripts/setup demo
	@scripts/with-rust cargo build --quiet --bin niemphong
	@target/debug/niemphong demo --dir demo-pages

# Everything that must hold before a change is accepted; ends with "N passed, N failed".
test:
	@scripts/with-rust scripts/gate

# The demo killed at twenty moments instead of two, and every byte of a document flipped.
torture:
	@scripts/with-rust scripts/gate --torture

# What a judgement and a signature cost beside pdfsig and pyHanko (docs/benchmarks.md). Wants what `make test`
# prepared; only this measurement needs pyHanko to speak to tokens.
bench:
	@target/judges/venv/bin/pip install --quiet --disable-pip-version-check python-pkcs11==0.9.5
	@scripts/with-rust cargo bench --quiet --bench sign
	@scripts/with-rust cargo build --quiet --release --bin niemphong
	@scripts/with-rust cargo test --quiet --release --bin niemphong -- sittings --ignored --nocapture --test-threads 1
	@scripts/with-rust cargo test --quiet --release --bin niemphong -- whole_school browsing large_deposit --ignored --nocapture --test-threads 1
	@scripts/with-rust cargo bench --quiet --bench verify

# Fuzzes the readers of strangers' bytes for a minute each, or says what is missing; their seeds run in `make test`.
fuzz:
	@scripts/fuzz

# KIEM-TRA.html from its sources, with pinned libraries from npm, compared with the committed page.
kiem-tra:
	@scripts/kiem-tra
