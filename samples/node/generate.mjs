// Makes samples with a generator file in ONNX Runtime for Node; see README.md beside this file.
// Usage: node generate.mjs GENERATOR.onnx NOISE.f32 OUT.f32 [LABELS.i64]
import { readFile, writeFile } from 'node:fs/promises';
import ort from 'onnxruntime-node';

const [generator, noiseFile, out, labelFile] = process.argv.slice(2);
if (!out) {
  console.error('usage: node generate.mjs GENERATOR.onnx NOISE.f32 OUT.f32 [LABELS.i64]');
  process.exit(1);
}

/** The numbers of a file; the machine must be little-endian, as the files are. */
async function read(file, Type) {
  const bytes = await readFile(file);
  return new Type(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

const session = await ort.InferenceSession.create(generator);
const noise = await read(noiseFile, Float32Array);
const conditional = session.inputNames.includes('label');
if (conditional !== Boolean(labelFile)) {
  console.error(conditional ? 'this generator has classes: give a file with a class index (int64) for each sample' : 'this generator has no classes: leave the labels out');
  process.exit(1);
}

const feeds = {};
let count;
if (conditional) {
  const labels = await read(labelFile, BigInt64Array);
  count = labels.length;
  feeds.label = new ort.Tensor('int64', labels, [count]);
} else {
  // Without labels the file's own metadata says how long a latent is.
  count = noise.length / session.inputMetadata[0].shape[1];
}
feeds.noise = new ort.Tensor('float32', noise, [count, noise.length / count]);
const { sample } = await session.run(feeds);
await writeFile(out, Buffer.from(sample.data.buffer, sample.data.byteOffset, sample.data.byteLength));
console.log(`${count} samples of [${sample.dims.slice(1).join(', ')}]: ${out}`);
