#!/usr/bin/env bash
# Sets up, builds and runs every test. Ends with one line: "N passed, N failed, N skipped".
# Usage: scripts/test.sh [--stack NAME] [WORD... | RUNNER OPTIONS...]   --stack is setup's. A word runs the tests whose full name contains it; anything that starts with - goes to the xunit
# runner with what follows it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

setup=()
if [ "${1:-}" = --stack ]; then
    setup=("$1" "${2:?error: --stack needs nuget, mixed or system}")
    shift 2
fi
scripts/setup.sh ${setup[@]+"${setup[@]}"}
scripts/setup-samples.sh
stack=$(sed -n 's:.*<GanStack>\(.*\)</GanStack>.*:\1:p' stack.props)

filter=()
while [ $# -gt 0 ]; do
    case $1 in
        -*) filter+=("$@"); break ;;
        *) filter+=(-method "*$1*"); shift ;;
    esac
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
echo "building"
log=$(dotnet build GanPipeline.sln -c Release -nologo -v quiet < /dev/null 2>&1) \
    || { printf '%s\n' "$log"; echo "error: the build failed; see above" >&2; exit 1; }

# The tests use all cores by running side by side; OpenMP threads that wait for each other would only slow them down.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0
count() { sed -n "s/.*<assembly [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    echo "== $name"
    status=0
    dotnet "artifacts/$stack/bin/$name/release/$name.dll" -noLogo -noColor -xml "$results/$name.xml" ${filter[@]+"${filter[@]}"} \
        < /dev/null > "$results/$name.log" 2>&1 || status=$?
    if [ ! -s "$results/$name.xml" ] || [ -z "$(count total "$results/$name.xml")" ]; then
        cat "$results/$name.log"
        echo "FAILED: $name ended with exit code $status and without results"
        failed=$((failed + 1))
        continue
    fi
    p=$(count passed "$results/$name.xml") f=$(count failed "$results/$name.xml") s=$(count skipped "$results/$name.xml") e=$(count errors "$results/$name.xml")
    if [ $((f + e)) -gt 0 ] || [ "$s" -gt 0 ]; then
        grep -vE '^ *(Discover|Starting|Finished)|^Ok, passed' "$results/$name.log" || true
    fi
    passed=$((passed + p)) failed=$((failed + f + e)) skipped=$((skipped + s))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] # no test at all is no success
