"""Computes a generator's network with numpy alone, an operator after the other: small and slow, and as plain as the definitions in ONNX's documentation."""

import math

import numpy as np
from onnx import helper, numpy_helper


def run(model, feeds):
    """The outputs of the model's graph."""
    values = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    values.update(feeds)
    values[""] = None  # an optional input that is left out
    for node in model.graph.node:
        if node.op_type not in OPERATORS:
            raise NotImplementedError(f"operator {node.op_type} is not known here; install onnxruntime")
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        values[node.output[0]] = OPERATORS[node.op_type](*(values[name] for name in node.input), **attributes)
    return [values[output.name] for output in model.graph.output]


def gemm(a, b, c, transB=0):
    return a @ (b.T if transB else b) + c


def leaky_relu(x, alpha=0.01):
    return np.where(x < 0, np.float32(alpha) * x, x)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def pad(x, pads, value=None, mode=b"constant"):
    before, after = np.split(pads, 2)
    return np.pad(x, list(zip(before, after)), constant_values=0 if value is None else value)


def resize(x, region, scales, sizes=None, mode=b"nearest", **_):
    for axis, scale in enumerate(scales):
        x = np.repeat(x, int(scale), axis)
    return x


def batch_normalization(x, weight, bias, mean, variance, epsilon=1e-5, **_):
    by_channel = lambda v: v.reshape(1, -1, *[1] * (x.ndim - 2))
    return (x - by_channel(mean)) / np.sqrt(by_channel(variance) + np.float32(epsilon)) * by_channel(weight) + by_channel(bias)


def layer_normalization(x, weight, bias, axis=-1, epsilon=1e-5):
    axes = tuple(range(axis % x.ndim, x.ndim))
    mean = x.mean(axes, keepdims=True)
    return (x - mean) / np.sqrt(((x - mean) ** 2).mean(axes, keepdims=True) + np.float32(epsilon)) * weight + bias


def conv(x, weight, bias, dilations, group, kernel_shape, pads, strides):
    """Sums the input, moved under each place of the kernel, times the kernel's weight there."""
    x = np.pad(x, [(0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])])
    size = [(x.shape[2 + i] - dilations[i] * (kernel_shape[i] - 1) - 1) // strides[i] + 1 for i in (0, 1)]
    outputs, inputs = weight.shape[:2]
    x = x.reshape(len(x), group, inputs, *x.shape[2:])
    weight = weight.reshape(group, outputs // group, inputs, *kernel_shape)
    result = 0
    for row in range(kernel_shape[0]):
        for column in range(kernel_shape[1]):
            top, left = row * dilations[0], column * dilations[1]
            under = x[..., top : top + strides[0] * size[0] : strides[0], left : left + strides[1] * size[1] : strides[1]][..., : size[0], : size[1]]
            result = result + np.einsum("ngihw,goi->ngohw", under, weight[..., row, column], optimize=True)
    return result.reshape(len(x), outputs, *size) + bias.reshape(1, -1, 1, 1)


def conv_transpose(x, weight, bias, dilations, group, kernel_shape, pads, strides, output_padding=(0, 0)):
    """Adds each input pixel, times the kernel, to the places that it reaches; then the edges are cut off."""
    inputs, outputs = weight.shape[:2]
    height, width = x.shape[2:]
    reach = [(n - 1) * s + d * (k - 1) + 1 for n, s, d, k in zip((height, width), strides, dilations, kernel_shape)]
    x = x.reshape(len(x), group, inputs // group, height, width)
    weight = weight.reshape(group, inputs // group, outputs, *kernel_shape)
    result = np.zeros((len(x), group, outputs, reach[0] + output_padding[0], reach[1] + output_padding[1]), x.dtype)
    for row in range(kernel_shape[0]):
        for column in range(kernel_shape[1]):
            top, left = row * dilations[0], column * dilations[1]
            result[..., top : top + strides[0] * height : strides[0], left : left + strides[1] * width : strides[1]] += np.einsum(
                "ngihw,gio->ngohw", x, weight[..., row, column], optimize=True
            )
    result = result.reshape(len(x), group * outputs, *result.shape[3:])
    result = result[..., pads[0] : result.shape[2] - pads[2], pads[1] : result.shape[3] - pads[3]]
    return result + bias.reshape(1, -1, 1, 1)


def dequantize_linear(x, scale, axis=1):
    return x.astype(np.float32) * scale.reshape([-1 if i == axis else 1 for i in range(x.ndim)])


OPERATORS = {
    "Abs": np.abs,
    "Add": np.add,
    "ArgMax": lambda x, axis, keepdims=1: np.expand_dims(x.argmax(axis), axis) if keepdims else x.argmax(axis),
    "BatchNormalization": batch_normalization,
    "Cast": lambda x, to: x.astype(helper.mapping.TENSOR_TYPE_TO_NP_TYPE[to]),
    "Clip": np.clip,
    "Concat": lambda *parts, axis: np.concatenate(parts, axis),
    "Conv": conv,
    "ConvTranspose": conv_transpose,
    "DequantizeLinear": dequantize_linear,
    "Div": np.divide,
    "Equal": np.equal,
    "Erf": np.vectorize(math.erf, otypes=[np.float32]),
    "Floor": np.floor,
    "Gather": lambda x, index, axis=0: np.take(x, index, axis),
    "Gemm": gemm,
    "Identity": lambda x: x,
    "LayerNormalization": layer_normalization,
    "LeakyRelu": leaky_relu,
    "Less": np.less,
    "MatMul": np.matmul,
    "Max": np.maximum,
    "Min": np.minimum,
    "Mul": np.multiply,
    "Pad": pad,
    "ReduceSum": lambda x, axes, keepdims=1: x.sum(tuple(axes), keepdims=bool(keepdims)),
    "Relu": lambda x: np.maximum(x, 0),
    "Reshape": lambda x, shape: x.reshape(shape),
    "Resize": resize,
    "Round": np.rint,
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "Slice": lambda x, starts, ends, axes: x[tuple(slice(*{a: (s, e) for a, s, e in zip(axes % x.ndim, starts, ends)}.get(i, (None,))) for i in range(x.ndim))],
    "Softmax": softmax,
    "Softplus": lambda x: np.logaddexp(x, 0),
    "Squeeze": lambda x, axes: np.squeeze(x, tuple(axes)),
    "Sub": np.subtract,
    "Tanh": np.tanh,
    "Unsqueeze": lambda x, axes: np.expand_dims(x, tuple(axes)),
    "Where": np.where,
}
