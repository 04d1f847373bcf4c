// Makes samples with a generator file in ONNX Runtime for Node; see README.md beside this folder.
// Usage: node generate.mjs GENERATOR.onnx NOISE.f32 OUT.f32 [LABELS.i64]    rows of a table are written as JSON, a list for each column
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
// The inputs are told apart by their types: an exporter may have been asked for other names.
const noiseInput = session.inputMetadata.find((input) => input.type === 'float32');
const labelInput = session.inputMetadata.find((input) => input.type === 'int64');
if (Boolean(labelInput) !== Boolean(labelFile)) {
  console.error(labelInput
    ? 'this generator has classes: give a file with a class index (int64) for each sample'
    : 'this generator has no classes: leave the labels out');
  process.exit(1);
}

const noise = await read(noiseFile, Float32Array);
const latent = noiseInput.shape[1];
const count = noise.length / latent;
const feeds = { [noiseInput.name]: new ort.Tensor('float32', noise, [count, latent]) };
if (labelInput) {
  feeds[labelInput.name] = new ort.Tensor('int64', await read(labelFile, BigInt64Array), [count]);
}

const made = await session.run(feeds);
const { [session.outputNames[0]]: sample } = made;
if (session.outputNames.length === 1) {
  await writeFile(out, Buffer.from(sample.data.buffer, sample.data.byteOffset, sample.data.byteLength));
} else {
  // What is missing is NaN in a column of numbers, which JSON writes as null.
  await writeFile(out, JSON.stringify(Object.fromEntries(session.outputNames.map((name) => [name, Array.from(made[name].data)]))));
}

console.log(`${count} samples of [${sample.dims.slice(1).join(', ')}]: ${out}`);
