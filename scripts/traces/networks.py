"""Parts of the reference networks. A generator is a module (noise, label) -> samples; a discriminator (samples, label) -> (logits, class logits or None)."""
import torch
from torch import nn
from torch.nn.functional import one_hot


class Generator(nn.Module):
    """label: a module (noise, label) -> features, or None."""

    def __init__(self, body, label=None):
        super().__init__()
        self.label, self.body = label, body

    def forward(self, noise, label):
        return self.body(self.label(noise, label) if self.label else noise)


class Discriminator(nn.Module):
    """Registered in the order of the C# class: features, label, body, class head."""

    def __init__(self, features, body, label=None, class_head=None):
        super().__init__()
        self.features, self.label, self.body, self.class_head = features, label, body, class_head

    def forward(self, samples, label):
        features = self.features(samples)
        joined = self.label(features, label) if self.label else features
        return self.body(joined), self.class_head(features) if self.class_head else None


class OneHotConcat(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes

    def forward(self, features, label):
        return torch.cat([features, one_hot(label, self.classes).float()], 1)


def mlp(widths, batch_norm=False, eps=1e-5, dropout=()):
    """Linear, batch norm (not on the first), leaky ReLU for each hidden layer; then Linear."""
    layers = []
    for i, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Linear(inputs, outputs))
        if i == len(widths) - 2:
            break
        if batch_norm and i > 0:
            layers.append(nn.BatchNorm1d(outputs, eps))
        layers.append(nn.LeakyReLU(0.2))
        if dropout and dropout[i]:
            layers.append(nn.Dropout(dropout[i]))
    return layers


def watch_kinks(networks):
    """A list that holds, in the end, the smallest absolute input of any ReLU or leaky ReLU."""
    nearest = [float("inf")]

    def look(_, inputs, __):
        nearest[0] = min(nearest[0], inputs[0].detach().abs().min().item())

    for network in networks:
        for layer in network.modules():
            if isinstance(layer, (nn.LeakyReLU, nn.ReLU)):
                layer.register_forward_hook(look)
    return nearest


def unsettled(network):
    """Biases in front of batch norm, which takes them out again, and the running means that they shift: their gradients are rounding, which Adam enlarges."""
    free = set()
    for sequence in network.modules():
        if isinstance(sequence, nn.Sequential):
            layers = list(sequence)
            for layer, after in zip(layers, layers[1:]):
                if isinstance(after, (nn.BatchNorm1d, nn.BatchNorm2d)) and getattr(layer, "bias", None) is not None:
                    free |= {id(layer.bias), id(after.running_mean)}
    return free
