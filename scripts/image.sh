#!/usr/bin/env bash
# Makes the container image gan:local by the Dockerfile: publishes the program with its own .NET runtime into artifacts/image/gan, then calls docker or
# podman.
# --check makes no image, but does what the Dockerfile says in a Debian tree under artifacts/image (needs root and debootstrap), and runs the quickstart there
# as the image's user, without network, on a read-only root.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
image=artifacts/image
check=false
[ "${1:-}" != --check ] || { check=true; shift; }
[ $# = 0 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }

echo "image: publishing the program"
rm -rf "$image/gan"
dotnet publish src/Cli -c Release -r linux-x64 --self-contained -p:PackingTool=true -o "$image/gan" -nologo -v quiet -clp:NoSummary < /dev/null
if ! $check; then
    engine=$(command -v docker || command -v podman) || { echo "error: scripts/image.sh: neither docker nor podman is on the PATH" >&2; exit 1; }
    exec "$engine" build --tag gan:local .
fi

tree=$image/tree
[ "$(id -u)" = 0 ] || { echo "error: scripts/image.sh --check: making a Debian tree needs root" >&2; exit 1; }
if [ ! -d "$tree" ]; then
    echo "image: making a Debian tree"
    rm -rf --one-file-system "$tree.part"
    unshare --mount debootstrap --variant=minbase trixie "$tree.part" < /dev/null > "$image/debootstrap.log" 2>&1 \
        || { tail -n 5 "$image/debootstrap.log" >&2; echo "error: scripts/image.sh: debootstrap failed; see above" >&2; exit 1; }
    mv -T "$tree.part" "$tree"
fi
# RUN: the lines from it to the next instruction.
run=$(awk '/^RUN /{on=1; sub(/^RUN /, "")} /^[A-Z]+ /{on=0} on' Dockerfile)
user=$(awk '$1 == "USER" {print $2}' Dockerfile)
mkdir -p "$image/runs"
rm -rf "${image:?}/runs"/*
chown "$user" "$image/runs"
echo "image: running the Dockerfile's commands in it"
unshare --mount bash -euc '
    tree=$1 image=$2 run=$3 user=$4
    mount --bind "$tree" "$tree"
    for file in /etc/resolv.conf /etc/apt/apt.conf.d; do
        if [ -d "$file" ]; then mount --bind "$file" "$tree$file"; else cat "$file" > "$tree$file"; fi
    done
    mount -t proc proc "$tree/proc"
    mount --bind /dev "$tree/dev"
    id=$(chroot "$tree" id -u gan 2> /dev/null || true)
    [ -n "$id" ] || chroot "$tree" sh -euc "$run" > "$image/run.log" 2>&1 || { tail -n 5 "$image/run.log" >&2; exit 1; }
    mkdir -p "$tree/opt/gan"
    mount --bind "$image/gan" "$tree/opt/gan"
    mount -o remount,ro,bind "$tree/opt/gan"
    mount -t tmpfs tmpfs "$tree/tmp"
    mount --bind "$image/runs" "$tree/runs"
    mount -o remount,ro,bind "$tree"
    if touch "$tree/opt/writable" 2> /dev/null; then echo "error: the root is not read-only" >&2; exit 1; fi
    gan() {
        unshare --net chroot --userspec="$user:$user" "$tree" env -i HOME=/runs DOTNET_EnableDiagnostics=0 sh -euc "cd /runs; exec /opt/gan/gan \"\$@\"" sh "$@"
    }
    gan --version
    gan run moons-cgan --out /runs/quickstart
' bash "$tree" "$image" "$run" "$user"
ls -l "$image/runs/quickstart/report.html"
