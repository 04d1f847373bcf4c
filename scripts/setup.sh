#!/usr/bin/env bash
# Makes this checkout ready to build: finds out which package stack can be had, installs what it needs, and remembers the choice in stack.props.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    cat <<'TEXT'
Usage: scripts/setup.sh [--stack nuget|mixed|system] [--device cpu|cuda] [--feed DIR]

  --stack nuget    take TorchSharp, ML.NET and ONNX Runtime from the NuGet feed (any platform; needs nothing but the .NET SDK)
  --stack mixed    take ML.NET and ONNX Runtime from the feed, and libtorch from the operating system (Debian, x86-64)
  --stack system   take libtorch from the operating system and ONNX Runtime from npm (Debian, x86-64)
                   Without --stack: what an earlier run chose, else the first of them whose packages the feed has and this machine can load.
  --device cuda    set up for an NVIDIA GPU; without the nuget stack GAN_LIBTORCH must then name a libtorch that has CUDA
  --feed DIR       also take packages from the folder DIR; they are then unpacked into artifacts/packages, not into the user's package cache

GAN_LIBTORCH=DIR   where libtorch is the operating system's: use the libtorch in DIR (a PyTorch 2.x installation, say) instead of Debian's; remembered.
Safe to run again at any time, and quick when nothing is to be done.
TEXT
}

fail() { echo "error: $*" >&2; exit 1; }
say() { echo "setup: $*"; }
remembered() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" stack.props 2>/dev/null || true; }

stack='' device='' feed=''
while [ $# -gt 0 ]; do
    case $1 in
        --stack) stack=${2:?error: --stack needs nuget, mixed or system}; shift 2 ;;
        --device) device=${2:?error: --device needs cpu or cuda}; shift 2 ;;
        --feed) feed=${2:?error: --feed needs a folder}; shift 2 ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; fail "unknown argument '$1'" ;;
    esac
done
case $stack in '' | nuget | mixed | system) ;; *) fail "--stack is '$stack'; it must be nuget, mixed or system" ;; esac
case $device in '' | cpu | cuda) ;; *) fail "--device is '$device'; it must be cpu or cuda" ;; esac
command -v dotnet > /dev/null || fail "the .NET SDK is not here ('dotnet' is not on the PATH); install .NET 10's SDK first"

# A file appears complete or not at all.
publish() {
    local temporary
    temporary=$(mktemp "./.$1.XXXXXX")
    cat > "$temporary"
    chmod 644 "$temporary"
    mv "$temporary" "$1"
}

if [ -n "$feed" ]; then
    [ -d "$feed" ] || fail "--feed $feed: there is no such folder"
    publish NuGet.Config <<TEXT
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <config>
    <add key="globalPackagesFolder" value="artifacts/packages" />
  </config>
  <packageSources>
    <add key="folder" value="$(cd "$feed" && pwd)" />
  </packageSources>
</configuration>
TEXT
fi

# Decide.
old_stack=$(remembered GanStack) old_device=$(remembered GanDevice)
device=${device:-${old_device:-cpu}}
[ -n "${GAN_LIBTORCH:-}" ] || GAN_LIBTORCH=$(remembered GanLibtorch)
export GAN_LIBTORCH

feed_has_packages() { # of the stack $1; sets $reason
    local log
    say "asking the NuGet feed for the packages of the $1 stack ..."
    if log=$(dotnet restore GanPipeline.sln -p:GanStack="$1" -p:GanDevice="$device" < /dev/null 2>&1); then
        reason='the feed has all packages'
        return 0
    fi
    # NU11xx: no such package or version; NU1603: another version instead of the one that is asked for.
    reason=$(printf '%s\n' "$log" | grep -E 'NU1(1[0-9][0-9]|603)' | grep -oE 'Unable to find (a stable )?package [^ ]+( with version \([^)]*\))?|depends on [^ ]+ \([^)]*\)' \
        | sed -E -e 's/Unable to find .*package //' -e 's/depends on //' -e 's/\.$//' | sort -u | head -3 | paste -sd, - | sed 's/,/, /g')
    if [ -z "$reason" ]; then
        printf '%s\n' "$log" | grep -E 'error' | sort -u | head -5 >&2
        return 2 # something else is wrong; another stack may not help
    fi
    reason="the feed lacks $reason"
    return 1
}

torchsharp_loads() { # sets $reason
    local packages library missing
    command -v ldd > /dev/null || return 0 # not Linux: nothing to ask
    packages=$(dotnet nuget locals global-packages --list | sed -n 's/^global-packages: //p')
    [ -z "$feed" ] || packages=artifacts/packages
    library=$(find "$packages/torchsharp" -path '*linux-x64*' -name libLibTorchSharp.so -print 2> /dev/null | sort -V | tail -n 1)
    [ -n "$library" ] || return 0
    # What it takes from libtorch lies in another package; only the C and C++ runtimes are the operating system's.
    missing=$(ldd "$library" 2>&1 | grep -oE '`?(GLIBC|GLIBCXX|CXXABI)_[0-9.]+' | tr -d '`' | sort -u | paste -sd' ' -)
    [ -n "$missing" ] || return 0
    reason="TorchSharp's native library needs $missing, which this system's C++ runtime lacks"
    return 1
}

choose() { # sets $stack and $reason
    local status=0 why
    feed_has_packages nuget || status=$?
    if [ "$status" = 0 ] && torchsharp_loads; then stack=nuget; return; fi
    [ "$status" != 2 ] || fail "restoring packages failed for the reason above; put it right, or choose with --stack system"
    why=$reason
    status=0
    feed_has_packages mixed || status=$?
    if [ "$status" = 0 ]; then stack=mixed; else stack=system; fi
    reason=$why
}

reason='as before'
if [ -n "$stack" ]; then
    reason='as asked'
elif [ -n "$old_stack" ] && [ -z "$feed" ] && [ "$device" = "$old_device" ]; then
    stack=$old_stack
else
    choose
fi

if [ "$stack" != nuget ]; then
    . scripts/setup-system.sh
fi

content="<Project>
  <PropertyGroup>
    <GanStack>$stack</GanStack>
    <GanDevice>$device</GanDevice>
    <GanLibtorch>$GAN_LIBTORCH</GanLibtorch>
  </PropertyGroup>
</Project>"
[ "$(cat stack.props 2>/dev/null)" = "$content" ] || printf '%s\n' "$content" | publish stack.props
say "stack $stack ($reason), device $device; 'dotnet build' and an IDE now just work; scripts/setup.sh --help tells how to choose otherwise"
