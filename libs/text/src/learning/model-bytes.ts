import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ModelParts } from './text-model.js';
import { PARTS } from './gram-slots.js';

interface Head {
  labels: readonly string[];
  partWeights: ModelParts['partWeights'];
  features: number;
  biases: number[];
  /** For each column of the rows (rarity, then the labels) what its whole numbers are multiplied with. */
  scales: number[];
}

/** A model as bytes: its head as JSON, then slots and weights, all deflated. A topic model of 2,700 texts takes 1 MB. */
export function packModel({ labels, partWeights, slots, rows, scales, biases }: ModelParts): Buffer {
  const head: Head = { labels, partWeights, features: slots.length, biases: [...biases], scales: [...scales] };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const steps = slots.map((slot, i) => slot - (i === 0 ? 0 : slots[i - 1]!)); // slots ascend: their steps are small
  return deflateRawSync(Buffer.concat([length, json, bytesOf(steps), bytesOf(rows)]), { level: 6 });
}

/** @throws Error where the bytes are no model of this form */
export function unpackModel(bytes: Buffer): ModelParts {
  const all = inflateRawSync(bytes);
  const json = all.readUInt32LE(0);
  const head = JSON.parse(all.toString('utf8', 4, 4 + json)) as Head;
  if (head.partWeights.length > PARTS.length)
    throw new Error(`a model of at most ${PARTS.length} parts is wanted; this one has ${head.partWeights.length}`);
  const columns = head.labels.length + 1;
  const body = Uint8Array.from(all.subarray(4 + json)).buffer; // a copy, because typed arrays start at whole words
  const slots = new Int32Array(body, 0, head.features);
  for (let i = 1; i < slots.length; i++) slots[i]! += slots[i - 1]!;
  const rows = new Int16Array(body, head.features * 4, head.features * columns);
  return {
    labels: head.labels,
    partWeights: PARTS.map((_, part) => head.partWeights[part] ?? 0) as unknown as ModelParts['partWeights'], // learned before there were so many
    slots,
    rows,
    scales: Float64Array.from(head.scales),
    biases: Float64Array.from(head.biases),
  };
}

function bytesOf(values: Int32Array | Int16Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
