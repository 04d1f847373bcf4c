#!/usr/bin/env python3
"""Records what PyTorch computes for the layers, losses, initialisers and optimizers that the TorchSharp facts are compared with.

Use: /usr/bin/python3 scripts/record_layers.py      (Debian: apt install python3-torch)
Writes tests/TorchSharpFacts.Tests/Recorded/layers.json.
"""
import json
import os

import torch
import torch.nn.functional as F
from torch import nn

SEED = 7


def tensor(t):
    if t is None:
        return None
    t = t.detach()
    values = t.reshape(-1).tolist()
    if t.is_floating_point():
        values = [float("%.9g" % v) for v in values]
    return {"shape": list(t.shape), "integers" if not t.is_floating_point() else "values": values}


def tensors(named):
    return {name: tensor(t) for name, t in named}


def numbered(shape, low=-1.0, high=1.0):
    """Distinct values in an order that is not monotonic, made without the generator."""
    count = 1
    for side in shape:
        count *= side
    ranks = torch.arange(count, dtype=torch.float64) * 0.6180339887498949 % 1.0
    return (low + (high - low) * ranks).float().reshape(shape)


def record_layer(name, make, shape, integers=None):
    torch.manual_seed(SEED)
    module = make()
    case = {"name": name, "seed": SEED, "initial": tensors(module.state_dict().items())}
    with torch.no_grad():
        for key, t in module.state_dict().items():
            if t.is_floating_point():
                t.copy_(numbered(t.shape, 0.2, 1.0) if "var" in key else t + 0.3 * numbered(t.shape))
    case["state"] = tensors(module.state_dict().items())
    x = torch.tensor(integers).reshape(shape) if integers else numbered(shape).requires_grad_()
    case["input"] = tensor(x)
    module.train()
    y = module(x)
    if y.requires_grad:
        (y * numbered(y.shape)).sum().backward()
    case["output"] = tensor(y)
    case["input_grad"] = tensor(x.grad)
    case["grads"] = tensors((key, p.grad) for key, p in module.named_parameters())
    case["after"] = tensors(module.named_buffers())
    module.eval()
    case["evaluated"] = tensor(module(x))
    return case


def layers():
    yield record_layer("Linear", lambda: nn.Linear(3, 4), (5, 3))
    yield record_layer("LinearWithoutBias", lambda: nn.Linear(3, 4, bias=False), (5, 3))
    yield record_layer("Conv1d", lambda: nn.Conv1d(2, 3, 3, stride=2, padding=1), (2, 2, 7))
    yield record_layer("Conv2d", lambda: nn.Conv2d(2, 4, 3, stride=2, padding=1, groups=2), (2, 2, 5, 4))
    yield record_layer("Conv2dRectangular", lambda: nn.Conv2d(2, 3, (3, 2), stride=(1, 2), padding=(1, 0), bias=False), (2, 2, 4, 4))
    yield record_layer("Conv2dSame", lambda: nn.Conv2d(2, 3, 3, padding="same", dilation=2), (2, 2, 5, 5))
    yield record_layer("Conv2dReflect", lambda: nn.Conv2d(2, 3, 3, padding=1, padding_mode="reflect"), (2, 2, 4, 4))
    yield record_layer("ConvTranspose2d", lambda: nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), (2, 3, 3, 3))
    yield record_layer("ConvTranspose2dOutputPadding", lambda: nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1), (2, 3, 3, 3))
    yield record_layer("BatchNorm1d", lambda: nn.BatchNorm1d(4, 0.8, 0.9), (6, 4))
    yield record_layer("BatchNorm1dSequence", lambda: nn.BatchNorm1d(3), (2, 3, 4))
    yield record_layer("BatchNorm2d", lambda: nn.BatchNorm2d(3, momentum=0.2), (2, 3, 3, 2))
    yield record_layer("BatchNorm2dPlain", lambda: nn.BatchNorm2d(3, affine=False, track_running_stats=False), (2, 3, 3, 2))
    yield record_layer("LayerNorm", lambda: nn.LayerNorm([3, 4]), (2, 3, 4))
    yield record_layer("InstanceNorm2d", lambda: nn.InstanceNorm2d(3), (2, 3, 3, 2))
    yield record_layer("InstanceNorm2dTracked", lambda: nn.InstanceNorm2d(3, affine=True, track_running_stats=True), (2, 3, 3, 2))
    yield record_layer("GroupNorm", lambda: nn.GroupNorm(2, 4), (2, 4, 3))
    yield record_layer("Embedding", lambda: nn.Embedding(5, 3), (4,), [1, 0, 4, 1])
    yield record_layer("EmbeddingPadded", lambda: nn.Embedding(5, 3, padding_idx=1), (4,), [1, 0, 4, 1])
    yield record_layer("ReLU", lambda: nn.ReLU(), (3, 4))
    yield record_layer("LeakyReLU", lambda: nn.LeakyReLU(0.2), (3, 4))
    yield record_layer("SiLU", lambda: nn.SiLU(), (3, 4))
    yield record_layer("GELU", lambda: nn.GELU(), (3, 4))
    yield record_layer("GELUTanh", lambda: nn.GELU(approximate="tanh"), (3, 4))
    yield record_layer("Tanh", lambda: nn.Tanh(), (3, 4))
    yield record_layer("Sigmoid", lambda: nn.Sigmoid(), (3, 4))
    yield record_layer("Softplus", lambda: nn.Softplus(2, 1), (3, 4))
    yield record_layer("Softmax", lambda: nn.Softmax(1), (3, 4))
    yield record_layer("Flatten", lambda: nn.Flatten(), (2, 3, 2))
    yield record_layer("Unflatten", lambda: nn.Unflatten(1, (3, 2)), (2, 6))
    yield record_layer("Identity", lambda: nn.Identity(), (2, 3))
    yield record_layer("UpsampleNearest", lambda: nn.Upsample(scale_factor=2), (2, 2, 3, 2))
    yield record_layer("UpsampleBilinear", lambda: nn.Upsample(size=(5, 4), mode="bilinear"), (2, 2, 3, 2))
    yield record_layer("UpsampleBilinearCorners", lambda: nn.Upsample(scale_factor=(2.0, 1.5), mode="bilinear", align_corners=True), (2, 2, 3, 4))
    yield record_layer("ZeroPad2d", lambda: nn.ZeroPad2d((0, 1, 0, 1)), (2, 2, 3, 2))
    yield record_layer("AvgPool2d", lambda: nn.AvgPool2d(2, stride=1, padding=1), (2, 2, 4, 4))
    yield record_layer("MaxPool2d", lambda: nn.MaxPool2d(2), (2, 2, 5, 4))
    yield record_layer("AdaptiveAvgPool2d", lambda: nn.AdaptiveAvgPool2d((2, 1)), (2, 2, 5, 4))


def record_function(name, function, *inputs):
    torch.manual_seed(SEED)
    inputs = [x.requires_grad_() if x.is_floating_point() else x for x in inputs]
    y = function(*inputs)
    if y.requires_grad:
        (y * numbered(y.shape)).sum().backward()
    return {"name": name, "seed": SEED, "inputs": [tensor(x) for x in inputs], "output": tensor(y), "grads": [tensor(x.grad) for x in inputs]}


def functions():
    logits, classes = numbered((4, 3), -3, 3), torch.tensor([2, 0, 1, 2])
    weight = torch.tensor([0.5, 1.0, 2.0])
    yield record_function("cross_entropy", lambda x, t: F.cross_entropy(x, t), logits.clone(), classes)
    yield record_function("cross_entropy_weighted_sum",
                          lambda x, t: F.cross_entropy(x, t, weight, reduction="sum"), logits.clone(), classes)
    yield record_function("cross_entropy_smoothed_ignoring",
                          lambda x, t: F.cross_entropy(x, t, ignore_index=1, label_smoothing=0.1), logits.clone(), classes)
    yield record_function("nll_loss", lambda x, t: F.nll_loss(F.log_softmax(x, 1), t, reduction="none"), logits.clone(), classes)
    yield record_function("binary_cross_entropy", lambda p, t: F.binary_cross_entropy(p, t.detach()), numbered((4, 2), 0.1, 0.9), numbered((4, 2), 0, 1))
    yield record_function("binary_cross_entropy_with_logits",
                          lambda x, t: F.binary_cross_entropy_with_logits(x, t), numbered((4, 2), -3, 3), numbered((4, 2), 0, 1))
    yield record_function("binary_cross_entropy_with_logits_weighted",
                          lambda x, t: F.binary_cross_entropy_with_logits(
                              x, t, torch.tensor([1.0, 3.0]), reduction="sum", pos_weight=torch.tensor([2.0, 0.5])),
                          numbered((4, 2), -3, 3), numbered((4, 2), 0, 1))
    yield record_function("mse_loss", lambda x, t: F.mse_loss(x, t), numbered((3, 2)), numbered((3, 2), 0, 2))
    yield record_function("mse_loss_none", lambda x, t: F.mse_loss(x, t, reduction="none"), numbered((3, 2)), numbered((3, 2), 0, 2))
    yield record_function("l1_loss_sum", lambda x, t: F.l1_loss(x, t, reduction="sum"), numbered((3, 2)), numbered((3, 2), 0, 2))
    yield record_function("softplus", lambda x: F.softplus(x), numbered((3, 2), -30, 30))
    yield record_function("logsigmoid", lambda x: F.logsigmoid(x), numbered((3, 2), -30, 30))
    yield record_function("log_softmax", lambda x: F.log_softmax(x, 1), logits.clone())
    yield record_function("normalize", lambda x: F.normalize(x, dim=1), numbered((3, 2)))
    yield record_function("one_hot", lambda t: F.one_hot(t, 4), classes)
    yield record_function("interpolate_bicubic",
                          lambda x: F.interpolate(x, scale_factor=(2.0, 2.0), mode="bicubic", align_corners=False), numbered((1, 2, 3, 3)))
    yield record_function("interpolate_antialiased",
                          lambda x: F.interpolate(x, size=(2, 3), mode="bilinear", align_corners=False, antialias=True), numbered((1, 2, 5, 6)))
    yield record_function("interpolate_uneven", lambda x: F.interpolate(x, scale_factor=(1.7, 1.3)), numbered((1, 1, 4, 5)))
    yield record_function("interpolate_recomputed",
                          lambda x: F.interpolate(x, scale_factor=(1.7, 1.3), mode="bilinear", align_corners=False, recompute_scale_factor=True),
                          numbered((1, 1, 4, 5)))
    yield record_function("pad_constant", lambda x: F.pad(x, (1, 2), value=0.5), numbered((2, 3)))
    yield record_function("pad_replicate", lambda x: F.pad(x, (1, 2, 0, 1), mode="replicate"), numbered((1, 2, 3, 3)))
    yield record_function("pad_circular", lambda x: F.pad(x, (1, 2, 0, 1), mode="circular"), numbered((1, 2, 3, 3)))
    yield record_function("dropout", lambda x: F.dropout(x, 0.3), numbered((4, 6), 1, 2))
    yield record_function("dropout2d", lambda x: F.dropout2d(x, 0.5), numbered((2, 4, 2, 2), 1, 2))


def record_fill(name, shape, fill):
    torch.manual_seed(SEED)
    return {"name": name, "seed": SEED, "output": tensor(fill(torch.zeros(shape)))}


def fills():
    yield record_fill("kaiming_uniform", (4, 5), lambda t: nn.init.kaiming_uniform_(t))
    yield record_fill("kaiming_uniform_relu", (4, 5), lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu"))
    yield record_fill("kaiming_normal_fan_out", (4, 3, 2, 2), lambda t: nn.init.kaiming_normal_(t, a=0.2, mode="fan_out"))
    yield record_fill("xavier_uniform", (4, 5), lambda t: nn.init.xavier_uniform_(t, 1.5))
    yield record_fill("normal", (4, 5), lambda t: nn.init.normal_(t, 1.0, 0.02))
    yield record_fill("uniform", (4, 5), lambda t: nn.init.uniform_(t, -0.5, 0.25))
    yield record_fill("orthogonal_wide", (3, 6), lambda t: nn.init.orthogonal_(t, 2.0))
    yield record_fill("orthogonal_tall", (6, 3), lambda t: nn.init.orthogonal_(t))


def record_optimizer(name, make, steps=20):
    start, goal = numbered((2, 3)), numbered((2, 3), -2, 2)
    w = nn.Parameter(start.clone())
    optimizer = make([w])
    path = []
    for i in range(steps):
        optimizer.zero_grad()
        ((w - goal).square() * (1 + i % 3)).sum().backward()
        optimizer.step()
        path.append(tensor(w))
    return {"name": name, "start": tensor(start), "goal": tensor(goal), "path": path}


def optimizers():
    o = torch.optim
    yield record_optimizer("adam", lambda p: o.Adam(p, 0.05))
    yield record_optimizer("adam_gan", lambda p: o.Adam(p, 0.05, betas=(0.5, 0.999)))
    yield record_optimizer("adam_amsgrad_decay", lambda p: o.Adam(p, 0.05, weight_decay=0.1, amsgrad=True))
    yield record_optimizer("adam_maximize", lambda p: o.Adam(p, 0.05, maximize=True))
    yield record_optimizer("rmsprop", lambda p: o.RMSprop(p, 0.01))
    yield record_optimizer("rmsprop_centered_momentum", lambda p: o.RMSprop(p, 0.01, alpha=0.9, weight_decay=0.1, momentum=0.5, centered=True))
    yield record_optimizer("sgd", lambda p: o.SGD(p, 0.05))
    yield record_optimizer("sgd_momentum", lambda p: o.SGD(p, 0.01, momentum=0.9, dampening=0.1, weight_decay=0.1))
    yield record_optimizer("sgd_nesterov", lambda p: o.SGD(p, 0.01, momentum=0.9, nesterov=True))


def main():
    recorded = {"torch": torch.__version__, "layers": list(layers()), "functions": list(functions()), "fills": list(fills()), "optimizers": list(optimizers())}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "TorchSharpFacts.Tests", "Recorded", "layers.json")
    with open(path, "w", encoding="utf-8") as file:
        for opening, key in (("{\n", "torch"), (",\n", "layers"), (",\n", "functions"), (",\n", "fills"), (",\n", "optimizers")):
            value = recorded[key]
            body = json.dumps(value) if isinstance(value, str) else "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in value) + "\n]"
            file.write(opening + json.dumps(key) + ": " + body)
        file.write("\n}\n")


if __name__ == "__main__":
    main()
