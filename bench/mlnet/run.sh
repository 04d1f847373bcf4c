#!/usr/bin/env bash
# rows per second of ApplyGenerator against one row a run, over the same view, and its memory over a million rows
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime), cores: $(nproc)"
exec dotnet run --project bench/mlnet -c Release -- "$@"
