#!/usr/bin/env bash
# Records the public surface anew: writes each project's PublicAPI.Shipped.txt as the code has it now. Read the difference (git diff) before committing it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for file in src/*/PublicAPI.*.txt; do echo '#nullable enable' > "$file"; done
# Every public member is then one that is not recorded, which is a warning here, and its line is in the warning.
dotnet build src/MlNetIntegration.Training -c Release -nologo -v quiet -tl:off --no-incremental -p:TreatWarningsAsErrors=false < /dev/null > "$log" \
    || { grep ': error' "$log" | sort -u; echo "error: the build failed; see above" >&2; exit 1; }
for file in src/*/PublicAPI.Shipped.txt; do
    folder=$(dirname "$file")
    sed -n "s|.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API .*\[.*/$folder/[^/]*\]\$|\1|p" "$log" | LC_ALL=C sort -u >> "$file"
done
wc -l src/*/PublicAPI.Shipped.txt
