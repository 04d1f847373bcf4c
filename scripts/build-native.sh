#!/usr/bin/env bash
# Builds artifacts/native/libgantorch.so from system/native against the system's libtorch, or the one that GAN_LIBTORCH names.
# Does nothing when neither changed.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
source_dir="$root/system/native"
out="$root/artifacts/native"
build="$out/build"

fail() { echo "error: $*" >&2; exit 1; }

for tool in cmake c++; do
    command -v "$tool" >/dev/null || fail "'$tool' is missing: install cmake and g++ (scripts/setup.sh does)"
done

if [[ -n "${GAN_LIBTORCH:-}" ]]; then
    [[ -e "$GAN_LIBTORCH/lib/libtorch_cpu.so" ]] \
        || fail "GAN_LIBTORCH=$GAN_LIBTORCH: no lib/libtorch_cpu.so there; name the folder of a libtorch archive, or of an installed Python package 'torch'"
    library="$GAN_LIBTORCH/lib/libtorch_cpu.so"
else
    library="$(find /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib -maxdepth 1 -name libtorch_cpu.so -print -quit 2>/dev/null || true)"
    [[ -n "$library" ]] || fail "libtorch is not installed: install libtorch-dev (scripts/setup.sh does), or name another libtorch in GAN_LIBTORCH"
fi

# What the result depends on: our sources, and which libtorch (its file changes with each version).
stamp="$( { cat "$source_dir"/* ; stat -L -c '%n %s %Y' "$library"; } | sha256sum | cut -d' ' -f1)"
if [[ -e "$out/libgantorch.so" && "$(cat "$out/stamp" 2>/dev/null)" == "$stamp" ]]; then
    exit 0
fi

echo "building libgantorch against $library"
rm -rf "$build"
generator=()
if command -v ninja >/dev/null; then generator=(-G Ninja); fi
mkdir -p "$build"
{ cmake -S "$source_dir" -B "$build" "${generator[@]}" -DGAN_LIBTORCH="${GAN_LIBTORCH:-}" && cmake --build "$build" --parallel; } >"$out/build.log" 2>&1 \
    || { tail -n 40 "$out/build.log" >&2; fail "building libgantorch failed; the whole log is $out/build.log"; }
mv "$build/libgantorch.so" "$out/libgantorch.so"
echo "$stamp" >"$out/stamp"
