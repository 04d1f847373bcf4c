// A generator file in ONNX Runtime Web.
import * as ort from 'onnxruntime-web';

ort.env.wasm.numThreads = 1; // more need a page that is isolated from other origins
ort.env.logLevel = 'error';

/** Opens the bytes of a generator file. */
export async function openGenerator(bytes) {
  const info = readInfo(bytes);
  if (info.network !== 'generator' || info.noise_inside) {
    throw new Error('this file is no generator with its noise as an input');
  }

  const session = await ort.InferenceSession.create(bytes);
  return {
    info,
    /**
     * Samples for latents (their numbers one after the other) and class indices (where there are classes), in the data's own units: their numbers one after the
     * other or, for rows of a table, a list for each column.
     */
    async generate(noise, labels = []) {
      const count = noise.length / info.latent_size;
      const feeds = { [info.names.Noise]: new ort.Tensor('float32', Float32Array.from(noise), [count, info.latent_size]) };
      if (info.class_names.length > 0) {
        feeds[info.names.Label] = new ort.Tensor('int64', BigInt64Array.from(labels, BigInt), [count]);
      }

      const made = await session.run(feeds);
      return info.sample_kind === 'table'
        ? Object.fromEntries(session.outputNames.map((name) => [name, Array.from(made[name].data)]))
        : made[info.names.Sample].data;
    },
  };
}

/** What the file says of itself: ONNX keeps it as key and value strings (field 14 of the model), and the runtime does not hand it out. */
export function readInfo(bytes) {
  const properties = {};
  for (const [field, entry] of fields(bytes)) {
    if (field === 14) {
      const [key, value] = [...fields(entry)].map(([, text]) => new TextDecoder().decode(text));
      properties[key] = value;
    }
  }

  const text = (key, otherwise) => properties['ganpipeline.' + key] ?? otherwise;
  if (!['1', '2'].includes(text('format_version'))) {
    throw new Error('this is no generator file of GanPipeline, or one of another version');
  }

  const json = (key, otherwise) => JSON.parse(text(key, otherwise));
  return {
    system: text('system'),
    network: text('network', 'generator'),
    names: json('names', '{"Noise":"noise","Label":"label","Sample":"sample"}'),
    noise_inside: json('noise_inside', 'false'),
    latent_size: json('latent_size'),
    class_names: json('class_names'),
    sample_kind: text('sample_kind'),
    sample_shape: json('sample_shape'),
  };
}

/** The length-delimited fields of a protobuf message. */
function* fields(bytes) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      if (at >= bytes.length) {
        throw new Error('the file is cut short');
      }

      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) {
        return value;
      }
    }
  };
  while (at < bytes.length) {
    const tag = number();
    const [field, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 2) {
      const length = number();
      yield [field, bytes.subarray(at, at + length)];
      at += length;
    } else if (type === 0) {
      number();
    } else {
      at += type === 1 ? 8 : 4;
    }
  }
}

/** Standard normal numbers, the same for the same seed (mulberry32 and Box and Muller). */
export function normals(seed, count) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** The latents at t (0 to 1) on the way from one batch to another, along the sphere on which normal latents lie (White 2016). */
export function walk(t, from, to, latentSize) {
  const result = new Float32Array(from.length);
  for (let first = 0; first < from.length; first += latentSize) {
    let [product, fromLength, toLength] = [0, 0, 0];
    for (let i = first; i < first + latentSize; i++) {
      product += from[i] * to[i];
      fromLength += from[i] ** 2;
      toLength += to[i] ** 2;
    }

    const angle = Math.acos(Math.max(-1, Math.min(1, product / Math.sqrt(fromLength * toLength))));
    const [a, b] = angle < 1e-4 ? [1 - t, t] : [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
    for (let i = first; i < first + latentSize; i++) {
      result[i] = a * from[i] + b * to[i];
    }
  }

  return result;
}
