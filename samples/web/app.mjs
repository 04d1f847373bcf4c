// The page: a grid of samples, a class picker, and a slider that moves all latents at once.
import { normals, openGenerator, walk } from './generator.mjs';

const [side, points] = [5, 1000];
const element = (id) => document.getElementById(id);
let [generator, seed, working, again] = [null, 1, false, false];

async function open(bytes) {
  try {
    generator = await openGenerator(bytes);
    const { system, class_names: classes } = generator.info;
    element('title').textContent = system;
    element('class').replaceChildren(...['all', ...classes].map((name, i) => new Option(name, i - 1)));
    element('class').disabled = classes.length === 0;
    await draw();
    return generator;
  } catch (error) {
    fail(error);
    throw error;
  }
}

function fail(error) {
  element('status').setAttribute('role', 'alert');
  element('status').textContent = `That did not work: ${error.message}`;
}

/** Makes the samples that the controls ask for and shows them; while it works, only the last of several wishes is kept. */
async function draw() {
  again = working;
  if (working || !generator) {
    return;
  }

  working = true;
  try {
    const { info } = generator;
    const count = info.sample_kind === 'points' ? points : side * side;
    const [from, to] = [seed, seed + 1].map((s) => normals(s, count * info.latent_size));
    const chosen = Number(element('class').value);
    const labels = Array.from({ length: count }, (_, i) => (chosen < 0 ? i % Math.max(1, info.class_names.length) : chosen));
    const started = performance.now();
    const samples = await generator.generate(walk(Number(element('walk').value), from, to, info.latent_size), labels);
    const milliseconds = performance.now() - started;
    element('status').setAttribute('role', 'status');
    element('status').textContent = `${count} samples in ${milliseconds.toFixed(1)} ms`;
    show(samples, info.sample_kind, info.sample_shape);
  } catch (error) {
    fail(error);
  } finally {
    working = false;
  }

  if (again) {
    await draw();
  }
}

function show(samples, kind, shape) {
  const canvas = element('grid');
  canvas.hidden = kind === 'table';
  element('rows').hidden = kind !== 'table';
  if (kind === 'table') {
    const columns = Object.entries(samples);
    const row = (cell, texts) => {
      const line = document.createElement('tr');
      line.append(...texts.map((text) => Object.assign(document.createElement(cell), { textContent: text })));
      return line;
    };
    const text = (value) => (Number.isNaN(value) ? '' : String(value));
    element('rows').replaceChildren(
      row('th', columns.map(([name]) => name)),
      ...columns[0][1].map((_, i) => row('td', columns.map(([, values]) => text(values[i])))));
    return;
  }

  const context = canvas.getContext('2d');
  if (kind === 'image') {
    const [channels, height, width] = shape;
    [canvas.width, canvas.height] = [side * (width + 2) - 2, side * (height + 2) - 2];
    for (let cell = 0; cell < side * side; cell++) {
      const image = new ImageData(width, height);
      for (let pixel = 0; pixel < width * height; pixel++) {
        for (let color = 0; color < 4; color++) {
          // One channel is grey: it is all three colours.
          const plane = cell * channels + Math.min(color, channels - 1);
          image.data[pixel * 4 + color] = color === 3 ? 255 : samples[plane * width * height + pixel];
        }
      }

      context.putImageData(image, (cell % side) * (width + 2), Math.floor(cell / side) * (height + 2));
    }
  } else if (shape.length === 1 && shape[0] === 2) {
    const at = (axis) => samples.filter((_, i) => i % 2 === axis);
    const scale = [0, 1].map((axis) => [Math.min(...at(axis)), Math.max(...at(axis))]);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#1f6feb';
    for (let i = 0; i < samples.length; i += 2) {
      const [x, y] = [0, 1].map((axis) => (samples[i + axis] - scale[axis][0]) / (scale[axis][1] - scale[axis][0] || 1));
      context.fillRect(8 + x * (canvas.width - 18), 8 + (1 - y) * (canvas.height - 18), 2, 2);
    }
  } else {
    fail(new Error(`samples of [${shape}] are neither images nor points in the plane, so there is nothing to draw`));
  }
}

element('class').addEventListener('input', draw);
element('walk').addEventListener('input', draw);
element('again').addEventListener('click', () => {
  seed += 2;
  draw();
});
element('file').addEventListener('change', async (event) => open(new Uint8Array(await event.target.files[0].arrayBuffer())));

/** For other scripts on the page: the generator that the page shows at first, and whether samples are being made. */
window.generator = fetch(new URLSearchParams(location.search).get('generator') ?? '/generator.onnx')
  .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new Error(`the server has no generator (${response.status}); choose a file`))))
  .then((buffer) => open(new Uint8Array(buffer)), (error) => {
    fail(error);
    throw error;
  });
window.running = () => working;
