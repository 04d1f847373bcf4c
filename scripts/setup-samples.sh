#!/usr/bin/env bash
# Fetches the runtime that the programs in samples/ need, into their folder: ONNX Runtime for Node. Quick when it is there. Without npm it is left out, with a
# word; the tests that need it then say that they are skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../samples"

if [ -d node/node_modules/onnxruntime-node ]; then
    echo "samples: ONNX Runtime for Node is there"
elif command -v npm > /dev/null; then
    # Without scripts: the package's own one would fetch a CUDA build.
    (cd node && npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund < /dev/null)
    echo "samples: fetched ONNX Runtime for Node"
else
    echo "samples: npm is missing (Debian: apt-get install npm), so there is no ONNX Runtime for Node"
fi
