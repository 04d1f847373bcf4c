#!/usr/bin/env bash
# Builds and runs every test, as many projects at a time as there are cores. Ends with one line: "N passed, N failed, N skipped".
# Usage: scripts/test.sh [--coverage] [WORD... | RUNNER OPTIONS...]
# A word runs the tests whose full name contains it; anything that starts with - goes to the xunit runner with what follows it.
# --coverage also says how many lines of src/ the tests run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

coverage=no built=no
case ${1:-} in
    --coverage) coverage=yes; shift ;;
    --built) built=yes; shift ;; # scripts/coverage.proj says this
esac
given=("$@") filter=()
while [ $# -gt 0 ]; do
    case $1 in
        -*) filter+=("$@"); break ;;
        *) filter+=(-method "*$1*"); shift ;;
    esac
done

results=$(mktemp -d)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ "$built" = no ]; then
    command -v dotnet > /dev/null || { echo "error: the .NET SDK is not here ('dotnet' is not on the PATH); install .NET 10's SDK first" >&2; exit 1; }
    scripts/setup-samples.sh
    echo "building"
    log=$(dotnet build GanPipeline.sln -c Release -nologo -v quiet < /dev/null 2>&1) \
        || { printf '%s\n' "$log"; echo "error: the build failed; see above" >&2; exit 1; }
fi
if [ "$coverage" = yes ]; then
    trap 'rm -rf "$results"' EXIT
    dotnet restore scripts/coverage.proj -v quiet < /dev/null
    status=0
    # coverlet prints a table after each project that it adds; the last one has them all.
    dotnet msbuild scripts/coverage.proj -nologo -v:minimal -t:Measure -p:Arguments="${given[*]:-}" < /dev/null | tee "$results/log" \
        | sed -n '/\[coverlet\]/d; /Calculating coverage/,$d; s/^  //; p' || status=$?
    tac "$results/log" | sed '/Generating report/,$d' | tac | grep '^[|+]' || true
    grep -oE '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped' "$results/log" | tail -n 1
    exit "$status"
fi
# The projects use all cores by running side by side; OpenMP threads that wait for each other would only slow them down.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
cores=$(getconf _NPROCESSORS_ONLN 2> /dev/null || nproc)

stop() { # every project that still runs, with the programs that its tests have started
    exec 2> /dev/null # the shell would say of each that it was killed
    for group in $(jobs -pr); do kill -KILL -- "-$group" || true; done
    wait
    rm -rf "$results"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkfifo "$results/ended"
exec 3<> "$results/ended" # opened for both, so that neither end waits for the other
running=0 passed=0 failed=0 skipped=0

run() {
    local status=0
    dotnet "artifacts/bin/$1/release/$1.dll" -noLogo -noColor -xml "$results/$1.xml" ${filter[@]+"${filter[@]}"} \
        < /dev/null > "$results/$1.log" 2>&1 || status=$?
    echo "$1 $status" >&3
}

start() {
    set -m # a process group of its own, which is ended as a whole, and in which Ctrl-C's signal is not ignored as it else is in the background
    run "$1" &
    set +m
    running=$((running + 1))
}

count() { sed -n "s/.*<assembly [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

report() { # waits for the next project that ends
    local name status xml p f s e
    read -r name status <&3
    running=$((running - 1))
    xml=$results/$name.xml
    if [ ! -s "$xml" ] || [ -z "$(count total "$xml")" ]; then
        cat "$results/$name.log"
        echo "FAILED: $name ended with exit code $status and without results"
        failed=$((failed + 1))
        return
    fi
    p=$(count passed "$xml") f=$(count failed "$xml") s=$(count skipped "$xml") e=$(count errors "$xml")
    echo "== $name: $p passed, $((f + e)) failed, $s skipped"
    if [ $((f + e)) -gt 0 ] || [ "$s" -gt 0 ]; then
        grep -vE '^ *(Discover|Starting|Finished)|^Ok, passed' "$results/$name.log" || true
    fi
    passed=$((passed + p)) failed=$((failed + f + e)) skipped=$((skipped + s))
}

# The longest first: begun last, one would run alone at the end.
for project in tests/{Training,Cli,Export,MlNetIntegration}.Tests tests/*.Tests; do
    name=GanPipeline.$(basename "$project")
    [ ! -e "$results/$name.log" ] || continue
    : > "$results/$name.log"
    [ "$running" -lt "$cores" ] || report
    start "$name"
done
while [ "$running" -gt 0 ]; do report; done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] # no test at all is no success
