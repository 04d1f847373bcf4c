#!/usr/bin/env bash
# Renews system/*/upstream-api.txt: of upstream's whole public API (../shared/upstream-api, or the folder given) the lines that our stand-ins implement.
# Run it after adding to a stand-in, with the system stack chosen; lines that upstream lacks are left out and make the surface test fail.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
upstream="${1:-$root/../shared/upstream-api}"
[[ -d "$upstream" ]] || { echo "error: $upstream: no such folder; give the folder of the recorded upstream lists" >&2; exit 1; }

rm -rf "$root/artifacts/surface"
dotnet run --project "$root/tests/StandIns.Tests" -- -method '*StandInHasNothingThatUpstreamLacks' >/dev/null || true # it fails as long as the record is old

for ours in "$root"/artifacts/surface/*.txt; do
    name="$(basename "$ours" .txt)"
    record="$root/system/$name/upstream-api.txt"
    [[ -d "$root/system/$name" ]] || continue
    # Members must be the same; a type's line is taken as upstream has it (a stand-in may implement fewer interfaces).
    awk -v kinds='^((abstract|sealed|static) )?(class|struct|interface|enum|delegate)( : |$)' '
        { at = index($0, " = "); name = substr($0, 1, at - 1); is_type = at > 0 && name !~ /[({]/ && substr($0, at + 3) ~ kinds }
        FNR == NR { seen[$0] = 1; if (is_type) types[name] = 1; next }
        ($0 in seen) || (is_type && name in types)' "$ours" "$upstream/$name"*.txt | LC_ALL=C sort -u >"$record.new"
    mv "$record.new" "$record"
    echo "$record: $(wc -l <"$record") lines; $(LC_ALL=C comm -23 <(LC_ALL=C sort "$ours" | grep -v ' = ') "$record" | wc -l) members that upstream lacks"
done
