#!/usr/bin/env bash
# Fuzzing: mutated files to every reader, on all cores; each must be accepted or refused with a sentence. --inputs N (a million), --seed S (1).
# It is the test tests/Fuzz.Tests with more inputs. An input that fails, or that the process dies of, stays in the folder that is named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
inputs=1000000 seed=1
while [ $# -gt 0 ]; do
    case $1 in
        --inputs) inputs=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        *) echo "usage: scripts/bench.sh fuzz [--inputs N] [--seed S]" >&2; exit 2 ;;
    esac
done
dotnet build tests/Fuzz.Tests -c Release -nologo -v quiet
work=$(mktemp -d)
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} TMPDIR=$work GAN_FUZZ_INPUTS=$inputs GAN_FUZZ_SEED=$seed GAN_FUZZ_REPORT=$work/report
status=0
dotnet artifacts/bin/GanPipeline.Fuzz.Tests/release/GanPipeline.Fuzz.Tests.dll -noLogo -method '*.Mutated_files_are_accepted_or_refused_and_nothing_else' \
    > "$work/log" 2>&1 || status=$?
if [ "$status" = 0 ]; then
    cat "$work/report"
    rm -rf "$work"
else
    cat "$work/log"
    echo "error: the inputs that failed, and what each thread was reading last (thread-*/current), are in $work" >&2
fi
exit "$status"
