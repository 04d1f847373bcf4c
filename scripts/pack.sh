#!/usr/bin/env bash
# Makes the packages: the four libraries and the tool 'gan', for this platform. Usage: scripts/pack.sh [--built] [--all] [OUT]
# OUT is the folder for them, artifacts/packages without it. --built takes the Release build that is there, instead of one whose files hold no path of this
# machine. --all makes the tool's packages for every platform; their native libraries are fetched (some gigabytes).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$root/artifacts/packing platforms=()
while [ $# -gt 0 ]; do
    case $1 in
        --built) artifacts=$root/artifacts ;;
        --all) platforms=(linux-x64 win-x64 osx-arm64) ;;
        -*) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
        *) break ;;
    esac
    shift
done
out=$(realpath -m "${1:-$root/artifacts/packages}")
command -v dotnet > /dev/null || { echo "error: the .NET SDK is not here ('dotnet' is not on the PATH); install .NET 10's SDK first" >&2; exit 1; }
[ ${#platforms[@]} -gt 0 ] || case $(uname -sm) in
    "Linux x86_64") platforms=(linux-x64) ;;
    "Darwin arm64") platforms=(osx-arm64) ;;
    MINGW* | MSYS*) platforms=(win-x64) ;;
    *) echo "pack: no libtorch package is for $(uname -sm); the tool is left out" >&2 ;;
esac

options=(-nologo -v:quiet -clp:NoSummary -p:Configuration=Release "-p:ArtifactsPath=$artifacts")
if [ "$artifacts" != "$root/artifacts" ]; then options+=(-p:ContinuousIntegrationBuild=true); fi
# The repository that the packages name is the one this checkout came from, if that is one others can reach.
if [[ $(git -C "$root" remote get-url origin 2> /dev/null) == https://* ]]; then options+=(-p:PublishRepositoryUrl=true); fi

cd "$root"
if [ "$artifacts" != "$root/artifacts" ]; then
    echo "pack: building"
    for project in Cli/GanPipeline.Cli.csproj MlNetIntegration.Training/GanPipeline.MlNet.Training.csproj; do
        dotnet build "src/$project" "${options[@]}" < /dev/null
    done
fi
rm -f "$out"/GanPipeline*.nupkg "$out"/GanPipeline*.snupkg
echo "pack: the libraries"
dotnet msbuild scripts/pack.proj "${options[@]}" -p:Out="$out" < /dev/null
for platform in "${platforms[@]+"${platforms[@]}"}"; do
    echo "pack: the tool for $platform"
    dotnet pack src/Cli "${options[@]}" -p:PackingTool=true -p:BuildProjectReferences=false -r "$platform" -o "$out" < /dev/null
done
dotnet pack src/Cli "${options[@]}" -p:PackingTool=true -p:BuildProjectReferences=false -p:CreateRidSpecificToolPackages=false -o "$out" < /dev/null
(cd "$out" && du -h --apparent-size GanPipeline*.nupkg)
