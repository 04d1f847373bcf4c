#!/usr/bin/env bash
# Tables: every method for rare classes and the choice among them on outer folds; --judges: scikit-learn's, CTGAN; --scale: time and memory on a large one.
# Arguments: [--sets a,b] [--data FOLDER] [--folds 5] [--seeds 3] [--goals f1,prauc,balanced] [--learner all] [--rows 4000] [--out CSV]: a file
# that is there is gone on with, and of a table of more rows a part is drawn from each class.
# A set is FOLDER/NAME.csv with the class in a column 'class'; without --data GAN_DATA/tables, without that ../shared/data/tables beside the project.
# After --judges and --scale come the arguments of judges.py and scale.py, which say how they measure and need scripts/setup-pytorch.sh, or a Python with
# PyTorch and scikit-learn in GAN_PYTHON.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
python=${GAN_PYTHON:-$root/scripts/pytorch.sh}
case ${1:-} in
    --judges | --scale)
        "$root/gan" --version > /dev/null # builds the command line where it is not there
        exec "$python" "$here/${1#--}.py" "${@:2}" ;;
esac
dotnet build "$here" -c Release -nologo -v quiet -clp:NoSummary < /dev/null
GAN_DATA=${GAN_DATA:-$root/../shared/data} exec dotnet "$root/artifacts/bin/GanPipeline.Bench.Tables/release/GanPipeline.Bench.Tables.dll" "$@"
