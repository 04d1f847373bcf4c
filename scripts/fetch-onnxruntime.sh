#!/usr/bin/env bash
# Fetches ONNX Runtime (its C# sources and its native library) for the system stack into artifacts/onnxruntime. Usage: fetch-onnxruntime.sh cpu|cuda
# The packages must have the digests recorded here. The folder appears complete or not at all, and nothing is fetched when it is there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=0.4.9
core=com.github.asus4.onnxruntime
core_sha512=064cf176e499f4891e0cfe90f25cf64c553689eee1492bd2ed921fccca28131a2ad02373267bae19a509ec8b288c182a3b8a2e0f58d76a1f0e63225b08ddbd16
cuda=com.github.asus4.onnxruntime.linux-x64-gpu
cuda_sha512=168a4884d13f360fafd97eb9c1573d7253c2042be1bc0e771f1a3653429fe5f19d56c0bb88203e999d0a2d6820710023ed3219ea9362751e000b5d20ef85e8eb

device=${1:?usage: fetch-onnxruntime.sh cpu|cuda}
target=artifacts/onnxruntime
wanted="$version $device"
if [ "$(cat "$target/version" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

fail() { echo "error: $*" >&2; exit 1; }

mkdir -p artifacts
work=$(mktemp -d artifacts/onnxruntime.XXXXXX)
trap 'rm -rf "$work"' EXIT

fetch() { # name, sha512, what to unpack...
    local name=$1 digest=$2
    shift 2
    echo "fetching $name $version"
    npm pack --silent --ignore-scripts --pack-destination "$work" "$name@$version" > /dev/null < /dev/null \
        || fail "npm could not fetch $name@$version; check the network and npm's registry setting ('npm config get registry'), then run scripts/setup.sh again"
    echo "$digest  $work/$name-$version.tgz" | sha512sum --check --quiet - > /dev/null \
        || fail "$name@$version is not the package that is known here (its SHA-512 differs), so it is not used"
    tar -xzf "$work/$name-$version.tgz" -C "$work" --exclude='*.meta' "$@"
    rm "$work/$name-$version.tgz"
}

fetch "$core" "$core_sha512" package/LICENSE package/ThirdPartyNotices.txt package/Runtime package/Plugins/Linux
if [ "$device" = cuda ]; then
    fetch "$cuda" "$cuda_sha512" package/Plugins/Linux
fi
echo "$wanted" > "$work/version"
chmod 755 "$work"

rm -rf "$target"
mv "$work" "$target"
trap - EXIT
