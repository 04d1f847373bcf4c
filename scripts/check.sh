#!/usr/bin/env bash
# How the code is laid out: as .editorconfig says, by dotnet format, and no line longer than 160 characters; that only the command line prints, and that src/
# hardly repeats itself. The analysers' part is the build's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
long=$(git ls-files '*.cs' '*.csproj' '*.props' '*.proj' '*.py' '*.sh' '*.yaml' '*.mjs' '*.js' '*.css' '*.html' '*.md' gan .ci/run | xargs awk '
    { line = $0; gsub(/[\200-\277]/, "", line) } # awk may count bytes: those that continue a character do not count
    length(line) > 160 && !(FILENAME ~ /\.md$/ && /^\|/) { print FILENAME ":" FNR ": " length(line) " characters" }') # a row of a table cannot be broken
[ -z "$long" ] || { echo "$long"; echo "error: lines longer than 160 characters; break them" >&2; exit 1; }
printing=$(git ls-files 'src/*.cs' | grep -v '^src/Cli/' | xargs grep -n 'Console\.' || true)
[ -z "$printing" ] || { echo "$printing"; echo "error: a library prints nothing; only src/Cli does" >&2; exit 1; }
repeated=$(git ls-files 'src/*.cs' | xargs awk -f scripts/duplicates.awk)
[ "$(grep -c . <<< "$repeated")" -lt 20 ] || { echo "$repeated"; echo "error: 20 places of src/ or more repeat six lines; say them once" >&2; exit 1; }
dotnet format GanPipeline.sln --verify-no-changes -v quiet < /dev/null \
    || { echo "error: the code is not laid out as .editorconfig says; run 'dotnet format GanPipeline.sln'" >&2; exit 1; }
echo "laid out as .editorconfig says"
