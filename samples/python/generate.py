"""Makes samples with a generator file in Python; see README.md beside this folder. Rows of a table are written as JSON, a list for each column.

Usage: generate.py GENERATOR.onnx NOISE.f32 OUT.f32 [LABELS.i64]

The network is computed by ONNX Runtime where Python has it, else by the onnx package's reference evaluator (from its version 1.13 on), else by the few lines of
numpy in network.py beside this file (Debian 12: apt-get install python3-onnx). RUNTIME=onnxruntime, onnx or numpy asks for one of them.
"""

import json
import os
import sys

import numpy as np
import onnx


def runtime(path, model, wanted):
    """A function from a dictionary of inputs to the list of outputs, and the name of what computes it."""
    if wanted in ("", "onnxruntime"):
        try:
            import onnxruntime

            session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
            return lambda feeds: session.run(None, feeds), "onnxruntime"
        except ImportError:
            if wanted:
                raise
    if wanted in ("", "onnx"):
        try:
            from onnx.reference import ReferenceEvaluator

            evaluator = ReferenceEvaluator(model)
            return lambda feeds: evaluator.run(None, feeds), "onnx's reference evaluator"
        except ImportError:
            if wanted:
                raise
    import network

    return lambda feeds: network.run(model, feeds), "numpy"


def main(path, noise_file, out, label_file=None):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    # The inputs are told apart by their types: an exporter may have been asked for other names.
    inputs = {i.type.tensor_type.elem_type: i for i in model.graph.input}
    noise_input, label_input = inputs[onnx.TensorProto.FLOAT], inputs.get(onnx.TensorProto.INT64)
    if (label_input is None) != (label_file is None):
        sys.exit("this generator has classes: give a file with a class index (int64) for each sample" if label_input else
                 "this generator has no classes: leave the labels out")
    latent = noise_input.type.tensor_type.shape.dim[1].dim_value
    feeds = {noise_input.name: np.fromfile(noise_file, "<f4").reshape(-1, latent)}
    if label_input:
        feeds[label_input.name] = np.fromfile(label_file, "<i8")
    compute, name = runtime(path, model, os.environ.get("RUNTIME", ""))
    made = compute(feeds)
    if len(made) == 1:
        made[0].tofile(out)
    else:
        columns = {output.name: [plain(value) for value in column.ravel()] for output, column in zip(model.graph.output, made)}
        with open(out, "w", encoding="utf-8") as file:
            json.dump(columns, file)
    print(f"{len(made[0])} samples of {list(made[0].shape[1:])}, computed by {name}: {out}")


def plain(value):
    """A number, a text, or None for a missing number."""
    if isinstance(value, (bytes, str)):
        return value.decode("utf-8") if isinstance(value, bytes) else value
    return None if np.isnan(value) else float(value)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
