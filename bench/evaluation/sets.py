"""Makes the folders of run.sh from MNIST's files: data (50,000 training and 10,000 test images) and the five sets of samples. Needs python3-numpy."""
import gzip
import pathlib
import shutil
import sys

import numpy as np


def read(folder, name, offset):
    for path, opener in ((folder / name, open), (folder / f"{name}.gz", gzip.open)):
        if path.exists():
            with opener(path, "rb") as f:
                return np.frombuffer(f.read(), np.uint8, offset=offset)
    sys.exit(f"error: {folder / name}: no such file (nor with .gz); name MNIST's folder")


def write(folder, images, labels, stem="train"):
    folder.mkdir(parents=True, exist_ok=True)
    size = lambda n: int(n).to_bytes(4, "big")
    (folder / f"{stem}-images-idx3-ubyte").write_bytes(size(2051) + size(len(images)) + size(28) + size(28) + images.astype(np.uint8).tobytes())
    (folder / f"{stem}-labels-idx1-ubyte").write_bytes(size(2049) + size(len(labels)) + labels.astype(np.uint8).tobytes())


source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
images, labels = read(source, "train-images-idx3-ubyte", 16).reshape(-1, 28, 28), read(source, "train-labels-idx1-ubyte", 8)
test, test_labels = read(source, "t10k-images-idx3-ubyte", 16).reshape(-1, 28, 28), read(source, "t10k-labels-idx1-ubyte", 8)
order = np.random.default_rng(1).permutation(len(images))
images, labels = images[order], labels[order]
shutil.rmtree(out / "data", ignore_errors=True)
write(out / "data", images[:50000], labels[:50000])
write(out / "data", test, test_labels, "t10k")
real, real_labels = images[50000:], labels[50000:]
noise = np.random.default_rng(2).integers(0, 256, real.shape)
kept = real_labels > 2
for name, pixels, classes in (
        ("real", real, real_labels), ("grainy", 0.6 * real + 0.4 * noise, real_labels), ("noise", noise, real_labels),
        ("dropped", real[kept], real_labels[kept]), ("copies", images[:10000], labels[:10000])):
    write(out / name, pixels, classes)
