import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { BadInput } from '@huiying/domain';
import { packModel, TextModel, unpackModel } from '@huiying/text';
import { LEARNED_TASKS, type Learned, type LearnedTask } from '../judging/index.js';
import type { LearnedFigures } from './learn.js';

/** A model as it is kept: what it was learned from, how well, and the model itself. */
export interface ModelVersion {
  /** m-YYYYMMDD-FINGERPRINT */
  version: string;
  learnedAt: string;
  /** Of the texts and labels. */
  dataFingerprint: string;
  /** Of the configuration whose words the model uses: another one may shift its figures. */
  lexicon: string;
  rows: number;
  figures: LearnedFigures;
  learned: Learned;
}

const MAGIC = 'HUIYING-MODEL-1\n';

interface Head extends Omit<ModelVersion, 'learned'> {
  tasks: { task: LearnedTask; bytes: number; sharpness: number; rows: number; negativeFrom?: number; alsoNamed?: readonly string[] }[];
}

export function versionName(learnedAt: Date, dataFingerprint: string): string {
  return `m-${learnedAt.toISOString().slice(0, 10).replaceAll('-', '')}-${dataFingerprint.slice(0, 6)}`;
}

/** The version as bytes, for a file or the database. */
export function packVersion({ learned, ...about }: ModelVersion): Buffer {
  const packed = LEARNED_TASKS.flatMap((task) => {
    const answers = learned.tasks[task];
    if (!answers) return [];
    const { model, ...rest } = answers;
    return [{ task, rest, bytes: packModel(model.parts) }];
  });
  const head: Head = { ...about, tasks: packed.map(({ task, rest, bytes }) => ({ task, bytes: bytes.length, ...rest })) };
  const json = deflateRawSync(Buffer.from(JSON.stringify(head)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(MAGIC), length, json, ...packed.map(({ bytes }) => bytes)]);
}

/** @throws BadInput where the bytes are no model of ours */
export function unpackVersion(bytes: Buffer, field = 'model'): ModelVersion {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new BadInput([{ field, rule: 'must be a model that npm run learn has written', message: '不是 npm run learn 写出的模型文件' }]);
  }
  const start = MAGIC.length + 4;
  const end = start + bytes.readUInt32LE(MAGIC.length);
  const { tasks, ...about } = JSON.parse(inflateRawSync(bytes.subarray(start, end)).toString('utf8')) as Head;
  let at = end;
  const learned = Object.fromEntries(
    tasks.map(({ task, bytes: size, ...rest }) => {
      const model = new TextModel(unpackModel(bytes.subarray(at, at + size)));
      at += size;
      return [task, { model, ...rest }];
    }),
  );
  return { ...about, learned: { version: about.version, tasks: learned } };
}
