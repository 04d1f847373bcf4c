#!/usr/bin/env bash
# Makes artifacts/pytorch: a small Debian 13 with the PyTorch 2.6 and scikit-learn that benchmarks compare with and reference values are recorded with.
# scripts/pytorch.sh runs its Python. 1.7 GB and some minutes; quick when it is there. Needs root; debootstrap is installed where apt-get can.
# Usage: scripts/setup-pytorch.sh [DEBIAN-MIRROR]     GAN_PYTORCH names another folder for the tree.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=${GAN_PYTORCH:-$root/artifacts/pytorch}
fail() { echo "error: scripts/setup-pytorch.sh: $*" >&2; exit 1; }

leave_if_there() {
    [ ! -e "$tree" ] || { echo "pytorch: $tree is there"; exit; }
}

leave_if_there
[ "$(id -u)" = 0 ] || fail "making a Debian tree needs root; run it with sudo"
if ! command -v debootstrap > /dev/null; then
    command -v apt-get > /dev/null || fail "debootstrap is missing, and there is no apt-get to install it with; install it with this system's packages"
    echo "pytorch: installing debootstrap"
    { apt-get -q -y update && apt-get -q -y install --no-install-recommends debootstrap debian-archive-keyring; } < /dev/null > /dev/null \
        || fail "could not install debootstrap; see above, and try: apt-get install debootstrap debian-archive-keyring"
fi

mkdir -p "$(dirname "$tree")"
exec 9> "$tree.lock"
flock 9 # a second one waits for the first, and finds its tree
leave_if_there
part=$tree.part
trap 'rm -rf --one-file-system "$part"' EXIT
rm -rf --one-file-system "$part" # of one that was killed
echo "pytorch: making $tree"
# In a mount namespace of its own: debootstrap mounts /proc in the tree, and however this ends no such mount is left for a 'find' or an 'rm' to walk into.
unshare --mount debootstrap --variant=minbase --include=python3-torch,python3-sklearn,libopenblas0-openmp trixie "$part" "$@" < /dev/null > "$tree.log" 2>&1 \
    || { tail -n 5 "$tree.log" >&2; fail "debootstrap failed, see above and $tree.log; check the network, or name a mirror of Debian as the argument"; }
rm -rf "$part"/var/cache/apt/archives/*.deb "$part"/var/lib/apt/lists/*
GAN_PYTORCH=$part "$root/scripts/pytorch.sh" -c 'import sklearn, torch; print(f"pytorch: PyTorch {torch.__version__}, scikit-learn {sklearn.__version__}")'
mv -T "$part" "$tree"
rm -f "$tree.log"
