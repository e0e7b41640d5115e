import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BadInput, type Fault } from '@huiying/domain';
import type { LabelledText } from './labelled-text.js';
import { Teacher } from './learning-loop.js';
import { unpackVersion, type ModelVersion } from './model-version.js';

/** What is handed to the thread, and what it answers. */
export interface Lesson {
  texts: readonly LabelledText[];
  learnedAt: Date;
  configFolder: string;
}
export type LessonAnswer = { bytes: Uint8Array } | { faults: Fault[] };

/** Learns in a thread of its own: opinions go on being judged meanwhile. */
export class WorkerTeacher extends Teacher {
  constructor(private readonly configFolder: string) {
    super();
  }

  async teach(texts: readonly LabelledText[], learnedAt: Date): Promise<ModelVersion> {
    const workerData: Lesson = { texts, learnedAt, configFolder: this.configFolder };
    const answer = await new Promise<LessonAnswer>((resolve, reject) => {
      const worker = new Worker(join(__dirname, 'teach.worker.js'), { workerData });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the learning thread ended with ${code}`)));
    });
    if ('faults' in answer) throw new BadInput(answer.faults);
    return unpackVersion(Buffer.from(answer.bytes));
  }
}
