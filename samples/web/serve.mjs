// Serves the page, ONNX Runtime Web and one generator file to this machine's browsers.
// Usage: node serve.mjs GENERATOR.onnx [PORT]
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [generator, port = '8080'] = process.argv.slice(2);
if (!generator) {
  console.error('usage: node serve.mjs GENERATOR.onnx [PORT]');
  process.exit(1);
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const served = [path.join(root, 'web'), path.join(root, 'node_modules', 'onnxruntime-web', 'dist')].map((folder) => folder + path.sep);
const types = { '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.onnx': 'application/octet-stream' };

const server = createServer(async (request, response) => {
  try {
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = name === '/generator.onnx' ? path.resolve(generator) : path.join(root, name === '/' ? 'web/index.html' : name);
    if (name !== '/generator.onnx' && !served.some((folder) => file.startsWith(folder))) {
      throw new Error('not served');
    }

    const { size } = await stat(file);
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream', 'content-length': size });
    createReadStream(file).pipe(response);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/web/index.html`));
