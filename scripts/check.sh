#!/usr/bin/env bash
# How the code is laid out: as .editorconfig says, by dotnet format, and no line longer than 160 characters. The analysers' part is the build's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
long=$(git ls-files '*.cs' '*.csproj' '*.props' '*.proj' '*.py' '*.sh' '*.yaml' '*.mjs' '*.js' '*.css' '*.html' '*.md' gan .ci/run | xargs awk '
    { line = $0; gsub(/[\200-\277]/, "", line) } # awk may count bytes: those that continue a character do not count
    length(line) > 160 && !(FILENAME ~ /\.md$/ && /^\|/) { print FILENAME ":" FNR ": " length(line) " characters" }') # a row of a table cannot be broken
[ -z "$long" ] || { echo "$long"; echo "error: lines longer than 160 characters; break them" >&2; exit 1; }
dotnet format GanPipeline.sln --verify-no-changes -v quiet < /dev/null \
    || { echo "error: the code is not laid out as .editorconfig says; run 'dotnet format GanPipeline.sln'" >&2; exit 1; }
echo "laid out as .editorconfig says"
