"""The three modern presets in plain PyTorch: the networks of bench/reference, narrower than the presets' so that none comes so near to a kink
that rounding decides."""
import modern as reference

from .systems import twin


def preset(name, model, build, **options):
    return twin(name, model, reference.MODERN[model], build, tolerance=1e-4, **options)


def cases():
    yield preset("projection-cgan", "mnist-projection-cgan", lambda: reference.projection((4, 4, 2), (2, 4, 4)), regularizers={"r1": (1.0, 4)},
                 set=["generator.channels=[4, 4, 2]", "discriminator.channels=[2, 4, 4]"])
    # A larger epsilon than the preset's, so that a step is nearly proportional to its gradient: many gradients here are as small as the rounding of
    # convolutions, of which Adam would make whole steps, and no two processors round alike (with 1e-4, PyTorch's own losses differ by 7e-4).
    yield preset("resnet-wgan", "fashion-resnet-wgan", lambda: reference.wasserstein((4, 4, 2)), objective="wasserstein", discriminator_steps=3,
                 regularizers={"gradient_penalty": 10.0}, eps=1e-2, set=["generator.channels=[4, 4, 2]", "discriminator.channels=[2, 4, 4]",
                                                                         "generator_optimizer.epsilon=1e-2", "discriminator_optimizer.epsilon=1e-2"])
    yield preset("r3gan", "fashion-r3gan", lambda: reference.r3gan((6, 4, 2), 2), objective="relativistic", regularizers={"r1": (1.0, 4), "r2": (1.0, 4)},
                 set=["generator.channels=[6, 4, 2]", "generator.group_size=2", "discriminator.channels=[2, 4, 6]", "discriminator.group_size=2"])
