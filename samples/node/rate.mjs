// Rows a second of ONNX Runtime for Node; bench/generation asks for them.
// Usage: node rate.mjs GENERATOR.onnx THREADS BATCH    prints "ready", and for each line of input the rows a second of a tenth of a second.
import { createInterface } from 'node:readline';
import ort from 'onnxruntime-node';

const [generator, threads, batch] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const session = await ort.InferenceSession.create(generator, { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential' });
const feeds = {};
for (const { name, type, shape } of session.inputMetadata) {
  feeds[name] = type === 'int64'
    ? new ort.Tensor(type, BigInt64Array.from({ length: batch }, (_, i) => BigInt(i % 10)), [batch])
    : new ort.Tensor(type, Float32Array.from({ length: batch * shape[1] }, () => Math.random() * 2 - 1), [batch, shape[1]]);
}

console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  let rows = 0;
  const [started, processor] = [performance.now(), process.cpuUsage()];
  do {
    await session.run(feeds);
    rows += batch;
  } while (performance.now() - started < 100);
  const { user, system } = process.cpuUsage(processor);
  // With one thread, processor time: other programs take nothing from it.
  console.log(rows / (threads === 1 ? (user + system) / 1e6 : (performance.now() - started) / 1000));
}
