# Sourced by setup.sh: installs what the stacks with the operating system's libtorch need. Uses $stack, $device, $reason, $GAN_LIBTORCH, fail and say.

[ "$(uname -sm)" = 'Linux x86_64' ] && command -v apt-get > /dev/null \
    || fail "the $stack stack needs Debian (or a relative) on x86-64, and this is $(uname -sm): ${reason}; use a NuGet feed that has the packages"
if [ "$device" = cuda ] && [ -z "$GAN_LIBTORCH" ]; then
    fail "Debian's libtorch has no CUDA; name one that has it, for instance GAN_LIBTORCH=/opt/pytorch/torch scripts/setup.sh --device cuda"
fi
if [ -n "$GAN_LIBTORCH" ] && [ ! -d "$GAN_LIBTORCH/lib" ]; then
    fail "GAN_LIBTORCH is $GAN_LIBTORCH, which holds no lib folder; it must name the folder of a libtorch (in a PyTorch installation: torch)"
fi

blas() { readlink -f "$(PATH=$PATH:/sbin ldconfig -p | awk '$1 == "libblas.so.3" && /x86-64/ { print $NF; exit }')"; }
installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
command -v g++ > /dev/null || missing+=(g++)
command -v cmake > /dev/null || missing+=(cmake)
if [ -z "$GAN_LIBTORCH" ]; then
    installed libtorch-dev || missing+=(libtorch-dev)
    case $(blas) in *openblas*) ;; *) missing+=(libopenblas0-openmp) ;; esac
fi
[ "$stack" = mixed ] || [ -f artifacts/onnxruntime/version ] || command -v npm > /dev/null || missing+=(npm)

if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    become=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null && sudo -n true 2> /dev/null && become=(sudo -n) \
            || fail "these packages are missing and you are not root; run: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    log=$(mktemp)
    apt() { ${become[@]+"${become[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" < /dev/null >> "$log" 2>&1; }
    { apt update && apt install --no-install-recommends "${missing[@]}"; } \
        || { tail -n 15 "$log" >&2; fail "apt-get could not install ${missing[*]}; the end of its output is above"; }
    rm -f "$log"
fi

if [ -z "$GAN_LIBTORCH" ]; then
    # With the reference BLAS a matrix product runs more than thirty times slower.
    case $(blas) in
        *openblas*) ;;
        *) fail "libblas.so.3 is $(blas), not OpenBLAS; run: sudo update-alternatives --auto libblas.so.3-$(uname -m)-linux-gnu" ;;
    esac
    libtorch="Debian's, version $(dpkg-query -W -f='${Version}' libtorch-dev), BLAS is OpenBLAS"
else
    libtorch=$GAN_LIBTORCH
fi

[ "$stack" = mixed ] || scripts/fetch-onnxruntime.sh "$device"
scripts/build-native.sh
say "libtorch: $libtorch"
