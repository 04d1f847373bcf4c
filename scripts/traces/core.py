"""A GAN's training steps in plain PyTorch: objectives, remedies and update schemes written the way their papers do, for clarity and not for speed."""
from dataclasses import dataclass, field

import torch
from torch.nn.functional import cross_entropy, pad, relu, softplus

from . import networks, portable

STEPS, SAMPLED = 20, 64


@dataclass
class Case:
    """What is recorded: `generator` and `discriminator` build the networks; `preset` (YAML text) or `model` (a file of models/), `variant` and `set` tell the
    test the same system. The other fields must say what the preset says."""
    name: str
    generator: object
    discriminator: object
    shape: tuple
    latent: int
    preset: str = ""
    model: str = ""
    variant: str = ""
    set: list = field(default_factory=list)
    batch: int = 8
    classes: int = 0
    objective: str = "non_saturating"
    update: str = "alternating"
    discriminator_steps: int = 1
    fresh_noise: bool = False
    g_adam: dict = field(default_factory=dict)
    d_adam: dict = field(default_factory=dict)
    ema: float = 0.0
    clip_norm: float = 0.0
    schedule: object = None  # epoch -> factor, both optimisers
    regularizers: dict = field(default_factory=dict)
    weights: bool = True  # compare weights too, not only losses
    tolerance: float = 1e-5

    @property
    def is_image(self):
        return len(self.shape) == 3


def adam(network, options):
    return torch.optim.Adam(network.parameters(), lr=options.get("lr", 2e-4), betas=(options.get("beta1", 0.5), options.get("beta2", 0.999)),
                            eps=options.get("eps", 1e-8))


class Training:
    def __init__(self, case):
        self.case, self.draws, self.taken = case, portable.Draws(case), 0
        self.g, self.d, self.average = case.generator(), case.discriminator(), case.generator()
        for network, stream in ((self.g, portable.GENERATOR), (self.d, portable.DISCRIMINATOR), (self.average, portable.GENERATOR)):
            portable.initialize(network.named_parameters(), stream)
        self.g_adam, self.d_adam = adam(self.g, case.g_adam), adam(self.d, case.d_adam)
        self.spectral = SpectralNorm(self.d) if "spectral_norm" in case.regularizers else None

    def networks(self):
        return self.g, self.d

    # Objectives: D's loss for real and fake separately where it can be, and G's.

    def realness(self, output):
        logits = output[0]
        return logits if logits.shape[1] == 1 else logits[:, 1:] - logits[:, :1]

    def real_loss(self, output, label):
        x, target = output[0], 1 - self.case.regularizers.get("label_smoothing", 0.0)
        kind = self.case.objective
        if kind == "softmax":
            ones = torch.ones(len(x), dtype=torch.int64)
            loss = target * cross_entropy(x, ones) + (1 - target) * cross_entropy(x, 1 - ones)
        else:
            loss = {"minimax": lambda: (target * softplus(-x) + (1 - target) * softplus(x)).mean(),
                    "non_saturating": lambda: (target * softplus(-x) + (1 - target) * softplus(x)).mean(),
                    "least_squares": lambda: ((x - target) ** 2).mean() / 2,
                    "hinge": lambda: relu(1 - x).mean(), "wasserstein": lambda: -x.mean()}[kind]()
        return loss + self.class_loss(output, label)

    def fake_loss(self, output, label):
        x, kind = output[0], self.case.objective
        if kind == "softmax":
            loss = cross_entropy(x, torch.zeros(len(x), dtype=torch.int64))
        else:
            loss = {"minimax": lambda: softplus(x).mean(), "non_saturating": lambda: softplus(x).mean(), "least_squares": lambda: (x ** 2).mean() / 2,
                    "hinge": lambda: relu(1 + x).mean(), "wasserstein": lambda: x.mean()}[kind]()
        return loss + self.class_loss(output, label)

    def d_loss(self, real, fake, label):
        if self.case.objective == "relativistic":
            return softplus(-(real[0] - fake[0])).mean() + self.class_loss(real, label) + self.class_loss(fake, label)
        return self.real_loss(real, label) + self.fake_loss(fake, label)

    def g_loss(self, fake, real, label):
        x, kind = fake[0], self.case.objective
        if kind == "softmax":
            loss = cross_entropy(x, torch.ones(len(x), dtype=torch.int64))
        else:
            loss = {"minimax": lambda: torch.log(1 - torch.sigmoid(x)).mean(), "non_saturating": lambda: softplus(-x).mean(),
                    "least_squares": lambda: ((x - 1) ** 2).mean() / 2, "hinge": lambda: -x.mean(), "wasserstein": lambda: -x.mean(),
                    "relativistic": lambda: softplus(-(x - real[0])).mean()}[kind]()
        return loss + self.class_loss(fake, label)

    def class_loss(self, output, label):
        return 0 if output[1] is None else cross_entropy(output[1], label)

    def score(self, output):
        x = self.realness(output)
        return (torch.sigmoid(x) if self.case.objective in ("minimax", "non_saturating", "softmax") else x).mean()

    # Remedies.

    def present(self, x):
        chosen = self.case.regularizers
        if "instance_noise" in chosen:
            deviation, decay = chosen["instance_noise"]
            deviation *= max(0.0, 1 - self.taken / decay)  # one step is an epoch in the recorded cases
            if deviation:
                x = x + deviation * self.draws.normal(*x.shape)
        if "diff_augment" in chosen:
            x = augment(x, self.draws)
        if "packing" in chosen:
            m = chosen["packing"]
            x = torch.stack([torch.cat(list(x[i:i + m]), 0) for i in range(0, len(x), m)])
        return x

    def penalty(self, real, fake, label):
        total, chosen = 0, self.case.regularizers
        for name, x in (("r1", real), ("r2", fake)):
            if name in chosen and self.taken % chosen[name][1] == 0:
                weight, every = chosen[name]
                total = total + (self.slope(x, label) ** 2).sum(1).mean() * weight / 2 * every
        if "gradient_penalty" in chosen:
            e = self.draws.uniform(len(real), *[1] * (real.dim() - 1))
            norm = (self.slope((1 - e) * real + e * fake, label) ** 2).sum(1).sqrt()
            total = total + ((norm - 1) ** 2).mean() * chosen["gradient_penalty"]
        return total

    def slope(self, x, label):
        x = x.detach().requires_grad_(True)
        return torch.autograd.grad(self.realness(self.d(x, label)).sum(), x, create_graph=True)[0].flatten(1)

    # Steps.

    def move_d(self, loss, retain=False):
        self.d_adam.zero_grad()
        loss.backward(retain_graph=retain, inputs=list(self.d.parameters()))
        self.apply_d()

    def apply_d(self):
        if self.spectral:
            self.spectral.before_step()
        self.descend(self.d_adam, self.d)
        if self.spectral:
            self.spectral.after_step()
        if "weight_clipping" in self.case.regularizers:
            for p in self.d.parameters():
                p.data.clamp_(-self.case.regularizers["weight_clipping"], self.case.regularizers["weight_clipping"])

    def descend(self, optimizer, network):
        if self.case.schedule:
            for group, options in zip(optimizer.param_groups, [self.case.g_adam if network is self.g else self.case.d_adam]):
                group["lr"] = options.get("lr", 2e-4) * self.case.schedule(self.taken)
        if self.case.clip_norm:
            torch.nn.utils.clip_grad_norm_(network.parameters(), self.case.clip_norm)
        optimizer.step()

    def move_g(self, loss):
        self.g_adam.zero_grad()
        loss.backward(inputs=list(self.g.parameters()))
        self.descend(self.g_adam, self.g)

    def generate(self, label):
        return self.g(self.draws.normal(self.case.batch, self.case.latent), label)

    def update(self):
        result = getattr(self, self.case.update)()
        self.taken += 1
        if self.case.ema:
            self.update_average()
        return result

    def step(self):
        return [float(v) for v in self.update()]

    def discriminate(self, x, label):
        x = self.present(x)
        return x, self.d(x, label)

    def alternating(self):
        for i in range(self.case.discriminator_steps):
            x, label = self.draws.real()
            generated = self.generate(label)
            real_input, real = self.discriminate(x, label)
            fake_input, fake = self.discriminate(generated.detach(), label)
            d_loss = self.d_loss(real, fake, label)
            self.move_d(d_loss + self.penalty(real_input, fake_input, label))
        if self.case.fresh_noise:
            generated = self.generate(label)
        return d_loss, self.generator_step(generated, x, label), self.score(real), self.score(fake)

    def generator_step(self, generated, x, label):
        if "unrolling" in self.case.regularizers:
            return self.unrolled_step(generated, x, label)
        real = self.discriminate(x, label)[1] if self.case.objective == "relativistic" else None
        g_loss = self.g_loss(self.discriminate(generated, label)[1], real, label)
        self.move_g(g_loss)
        return g_loss

    def simultaneous(self):
        x, label = self.draws.real()
        generated = self.generate(label)
        real_input, real = self.discriminate(x, label)
        fake_input, fake = self.discriminate(generated, label)
        d_loss, g_loss = self.d_loss(real, fake, label), self.g_loss(fake, real, label)
        self.d_adam.zero_grad()
        self.g_adam.zero_grad()
        (d_loss + self.penalty(real_input, fake_input, label)).backward(retain_graph=True, inputs=list(self.d.parameters()))
        g_loss.backward(inputs=list(self.g.parameters()))
        self.apply_d()
        self.descend(self.g_adam, self.g)
        return d_loss, g_loss, self.score(real), self.score(fake)

    def real_then_fake(self):
        x, label = self.draws.real()
        generated = self.generate(label)
        real = self.discriminate(x, label)[1]
        real_loss = self.real_loss(real, label)
        self.move_d(real_loss)
        fake = self.discriminate(generated.detach(), label)[1]
        fake_loss = self.fake_loss(fake, label)
        self.move_d(fake_loss)
        return (real_loss + fake_loss) / 2, self.generator_step(generated, x, label), self.score(real), self.score(fake)

    def unrolled_step(self, generated, x, label):
        """The discriminator's steps as one differentiable computation, which needs it as a function of its weights: an MLP of linear layers and leaky ReLUs."""
        steps, rate = self.case.regularizers["unrolling"]
        fake, real = self.present(generated), self.present(x)
        weights = list(self.d.parameters())

        def d(values, samples):
            y = samples.flatten(1)
            for i in range(0, len(values), 2):
                y = y @ values[i].t() + values[i + 1]
                y = torch.nn.functional.leaky_relu(y, 0.2) if i < len(values) - 2 else y
            return y, None

        for _ in range(steps):
            slopes = torch.autograd.grad(self.d_loss(d(weights, real), d(weights, fake), label), weights, create_graph=True)
            weights = [w - rate * s for w, s in zip(weights, slopes)]
        g_loss = self.g_loss(d(weights, fake), d(weights, real), label)
        self.move_g(g_loss)
        return g_loss

    def update_average(self):
        take = 1 - min(self.case.ema, (1 + self.taken) / (10 + self.taken))
        with torch.no_grad():
            for mine, theirs in zip(self.average.state_dict().values(), self.g.state_dict().values()):
                if mine.is_floating_point():
                    mine.lerp_(theirs, take)

    # What is written.

    def trace(self, losses):
        case = self.case
        d_weights = self.spectral.raw if self.spectral else list(self.d.parameters())
        state = {"generator.parameters": list(self.g.parameters()), "generator.buffers": floats(self.g), "discriminator.buffers": floats(self.d),
                 "discriminator.spectral.weights" if self.spectral else "discriminator.parameters": d_weights}
        if case.ema:
            state |= {"sampler.parameters": list(self.average.parameters()), "sampler.buffers": floats(self.average)}
        free = networks.unsettled(self.g) | networks.unsettled(self.d) | networks.unsettled(self.average)
        return {"torch": torch.__version__, "preset": case.preset, "model": case.model, "variant": case.variant, "set": case.set, "batch": case.batch,
                "shape": list(case.shape), "classes": case.classes, "tolerance": case.tolerance,
                "losses": [[float(f"{v:.9g}") for v in row] for row in losses],
                "tensors": {name: [describe(t, id(t) in free) for t in tensors] for name, tensors in state.items()} if case.weights else {}}


class SpectralNorm:
    """Weights of two or more axes are used divided by their largest singular value, of which a step of D changes the estimate by one power iteration."""

    def __init__(self, network):
        self.used = list(network.parameters())
        self.raw = [p.detach().clone() for p in self.used]
        self.vectors, row = {}, 0
        for i, p in enumerate(self.raw):
            if p.dim() > 1:
                w, count = p.flatten(1), len(p)
                u = portable.as_tensor(portable.uniform(portable.UNIFORM + 1, row, count), (count,))
                row += count
                u = u / u.norm()
                self.vectors[i] = (u, unit(w.t() @ u))
        self.use()

    def sigma(self, i):
        u, v = self.vectors[i]
        return u @ self.raw[i].flatten(1) @ v

    def use(self):
        with torch.no_grad():
            for i, p in enumerate(self.used):
                p.copy_(self.raw[i] / self.sigma(i) if i in self.vectors else self.raw[i])

    def before_step(self):
        """Gradients in the raw weights, by autograd through raw / sigma; the optimiser then moves the raw weights."""
        for i, p in enumerate(self.used):
            if i in self.vectors:
                raw = self.raw[i].clone().requires_grad_(True)
                u, v = self.vectors[i]
                (raw / (u @ raw.flatten(1) @ v)).backward(p.grad.clone())
                p.grad.copy_(raw.grad)
            p.data.copy_(self.raw[i])

    def after_step(self):
        self.raw = [p.detach().clone() for p in self.used]
        for i, (u, v) in list(self.vectors.items()):
            w = self.raw[i].flatten(1)
            v = unit(w.t() @ u)
            self.vectors[i] = (unit(w @ v), v)
        self.use()


def unit(x):
    return x / x.norm()


def augment(x, draws):
    """Zhao et al. 2020: colour, translation, cutout."""
    n, _, rows, columns = x.shape
    x = x + (draws.uniform(n, 1, 1, 1) - 0.5)
    grey = x.mean(1, keepdim=True)
    x = (x - grey) * (2 * draws.uniform(n, 1, 1, 1)) + grey
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * (draws.uniform(n, 1, 1, 1) + 0.5) + mean
    most = [int(side / 8 + 0.5) for side in (rows, columns)]
    shifts = [torch.floor(draws.uniform(n, 1) * (2 * m + 1)).long().flatten() - m for m in most]
    bordered = pad(x, (most[1], most[1], most[0], most[0]))
    x = torch.stack([b[:, most[0] + i:most[0] + i + rows, most[1] + j:most[1] + j + columns] for b, i, j in zip(bordered, *shifts)])
    lengths = [int(side / 2 + 0.5) for side in (rows, columns)]
    starts = [torch.floor(draws.uniform(n, 1) * (side + 1 - length % 2)).long().flatten() - length // 2 for side, length in zip((rows, columns), lengths)]
    mask = torch.ones(n, 1, rows, columns)
    for k in range(n):
        (top, left), (height, width) = (int(starts[0][k]), int(starts[1][k])), lengths
        mask[k, :, max(0, top):max(0, top + height), max(0, left):max(0, left + width)] = 0
    return x * mask


def floats(network):
    return [b for b in network.buffers() if b.is_floating_point()]


def describe(tensor, free):
    values = tensor.detach().double().flatten()
    count = values.numel()
    sampled = values[[i * count // SAMPLED for i in range(SAMPLED)]] if count > SAMPLED else values
    return {"count": count, "unsettled": free, "mean": values.mean().item(), "rms": values.square().mean().sqrt().item(),
            "entries": [float(f"{v:.9g}") for v in sampled.tolist()]}
