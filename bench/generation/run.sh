#!/usr/bin/env bash
# Generation: rows a second of GeneratorSession, by batch size and threads, and memory while very many samples are written.
# Beside it: a bare loop over ONNX Runtime's C API, one row a run (as ML.NET does), and Node.
# Usage: scripts/bench.sh generation [speed [GENERATOR.onnx ...]] | memory [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export GAN_ROOT=$PWD DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
program=artifacts/bin/GanPipeline.Bench.Generation/release/GanPipeline.Bench.Generation.dll
dotnet build bench/generation -c Release -nologo -v quiet -clp:NoSummary < /dev/null

case ${1:-speed} in
    speed) dotnet "$program" speed "${@:2}" ;;
    memory)
        folder=${2:-$(mktemp -d)}
        dotnet build src/Cli -c Release -nologo -v quiet -clp:NoSummary < /dev/null
        gan=(dotnet "artifacts/bin/GanPipeline.Cli/release/gan.dll")
        mapfile -t files < <(dotnet "$program" files "$folder")
        watch() { # command...: runs it, and prints its resident memory each second
            "${gan[@]}" "$@" > "$folder/log" 2>&1 &
            local process=$! seconds=0
            while kill -0 "$process" 2> /dev/null; do
                sleep 1
                seconds=$((seconds + 1))
                printf '%3d s  %s kB resident\n' "$seconds" "$(sed -n 's/VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status" 2> /dev/null)"
            done
            wait "$process" || { cat "$folder/log"; exit 1; }
            tail -n 1 "$folder/log"
        }
        run() { # generator, count, target
            echo "== $2 samples of $(basename "$1" .onnx): $3"
            watch generate "$1" --count "$2" --out "$folder/whole/$3" --force
            for part in 0 1 2 3; do "${gan[@]}" generate "$1" --count "$2" --out "$folder/parts/$3" --shard "$part/4" --force > /dev/null 2>&1; done
            cat "$folder/parts/$3".?-of-4 | cmp - "$folder/whole/$3" && echo "four parts, one after the other, are the same file"
            rm -f "$folder/killed/$3"
            "${gan[@]}" generate "$1" --count "$2" --out "$folder/killed/$3" > /dev/null 2>&1 &
            local process=$! half=$(($(stat -c %s "$folder/whole/$3") / 2))
            until [ "$(stat -c %s "$folder/killed/.$3."*.part 2> /dev/null || echo 0)" -ge "$half" ]; do kill -0 "$process" && sleep 0.05; done
            kill -9 "$process"
            wait "$process" 2> /dev/null || true
            [ ! -e "$folder/killed/$3" ] || { echo "error: a killed run left a file under its final name" >&2; exit 1; }
            "${gan[@]}" generate "$1" --count "$2" --out "$folder/killed/$3" --resume 2>&1 | grep -a 'going on'
            cmp "$folder/killed/$3" "$folder/whole/$3" && echo "killed half-way and resumed, it is the same file"
        }
        mkdir -p "$folder/whole" "$folder/parts" "$folder/killed"
        run "${files[0]}" 1000000 points.csv
        run "${files[1]}" 100000 digits.npy
        [ -n "${2:-}" ] || rm -rf "$folder"
        ;;
    *) sed -n 's/^# Usage: /usage: /p' "$0" >&2; exit 1 ;;
esac
