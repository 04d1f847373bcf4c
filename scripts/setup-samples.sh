#!/usr/bin/env bash
# Fetches what the programs in samples/, and the tests that run them, need beside the .NET SDK: ONNX Runtime for Node and for browsers (from npm, with the
# digests that samples/package-lock.json records), a browser, and Python's onnx package. Quick when they are there. What cannot be had is left out, with a word;
# the tests that need it then say that they are skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../samples"
say() { echo "samples: $*"; }

missing=()
command -v npm > /dev/null || missing+=(npm)
[ -n "${GAN_CHROMIUM:-}" ] || command -v chromium > /dev/null || command -v google-chrome > /dev/null || missing+=(chromium)
{ python3 -c 'import onnx' || /usr/bin/python3 -c 'import onnx'; } > /dev/null 2>&1 || missing+=(python3-onnx)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get > /dev/null; then
    become=()
    [ "$(id -u)" = 0 ] || become=(sudo -n)
    apt() { ${become[@]+"${become[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" < /dev/null > /dev/null 2>&1; }
    say "installing ${missing[*]}"
    { apt update && apt install --no-install-recommends "${missing[@]}"; } \
        || say "could not install them; to have the samples' tests run: sudo apt-get install --no-install-recommends ${missing[*]}"
fi

if [ "$(cat node_modules/.lock-digest 2> /dev/null)" = "$(sha256sum < package-lock.json)" ]; then
    say "ONNX Runtime for Node and for browsers is there"
elif command -v npm > /dev/null; then
    # Without scripts: the packages hold what a CPU needs, and the one script that there is would fetch a CUDA build.
    if npm ci --silent --ignore-scripts --no-audit --no-fund < /dev/null; then
        sha256sum < package-lock.json > node_modules/.lock-digest
        say "fetched ONNX Runtime for Node and for browsers"
    else
        say "npm could not fetch ONNX Runtime for Node and for browsers; check the network and npm's registry setting ('npm config get registry')"
    fi
else
    say "npm is missing (Debian: apt-get install npm), so there is no ONNX Runtime for Node and for browsers"
fi
