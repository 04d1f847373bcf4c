#!/usr/bin/env bash
# Every command of README.md in order, those that take minutes, too, in a fresh copy of the repository and with the packages that scripts/pack.sh makes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
dotnet build tests/Packages.Tests -c Release -nologo -v quiet -clp:NoSummary
GAN_WALK=all exec dotnet artifacts/bin/GanPipeline.Packages.Tests/release/GanPipeline.Packages.Tests.dll -noLogo -diagnostics -class "*WalkTests"
