#!/usr/bin/env bash
# Python with the PyTorch and scikit-learn of the Debian tree that scripts/setup-pytorch.sh makes: scripts/pytorch.sh SCRIPT.py ARGUMENTS...
# /usr, /etc and /var are the tree's, all other folders the host's: this checkout, its data, /tmp and the current folder are where they always are.
# So it can stand for a Python: benchmarks run it unless GAN_PYTHON names another. GAN_PYTORCH names a tree that lies elsewhere than in artifacts/.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(realpath -m "${GAN_PYTORCH:-$root/artifacts/pytorch}")
if [ ! -x "$tree/usr/bin/python3" ]; then
    echo "error: $tree: there is no Python with PyTorch here; run 'sudo scripts/setup-pytorch.sh', or name one in GAN_PYTHON" >&2
    exit 1
fi
become=()
[ "$(id -u)" = 0 ] || become=(--map-root-user)
if ! unshare --mount ${become[@]+"${become[@]}"} true 2> /dev/null; then
    echo "error: scripts/pytorch.sh: this system lets you make no mount namespace; run it as root (a container needs --privileged)," \
        "or name a Python with PyTorch in GAN_PYTHON" >&2
    exit 1
fi
dotnet=$(command -v dotnet || true) # some benchmarks' Python starts ./gan

# Everything is mounted in a namespace that ends with Python, under a root in memory, so that nothing is left behind, in the tree either.
exec unshare --mount ${become[@]+"${become[@]}"} bash -euc '
    tree=$1 checkout=$2 here=$PWD new=$1/mnt
    dotnet=${3:+$(dirname "$(readlink -f "$3")")}
    mount -t tmpfs -o mode=755 tmpfs "$new"
    mount --make-unbindable "$new" # else the checkout, mounted in it, would hold it again
    bind() { mkdir -p "$new$2" && mount --rbind "$1" "$new$2"; }
    for path in "$tree"/*; do
        if [ -L "$path" ]; then cp -P "$path" "$new"; fi # bin, lib, lib64, sbin
    done
    for folder in usr etc var; do bind "$tree/$folder" "/$folder"; done
    for folder in /*/; do
        name=$(basename "$folder")
        [ -e "$new/$name" ] || [ -L "/$name" ] || bind "/$name" "/$name"
    done
    for folder in "$checkout" "$here"; do
        [ -e "$new$folder" ] || bind "$folder" "$folder" # those that lie in /usr or /var
    done
    if [ -n "$dotnet" ]; then
        bind "$dotnet" /.dotnet
        export DOTNET_ROOT=/.dotnet PATH=$PATH:/.dotnet
    fi
    exec chroot "$new" env -C "$here" /usr/bin/python3 "${@:4}"
' bash "$tree" "$root" "$dotnet" "$@"
