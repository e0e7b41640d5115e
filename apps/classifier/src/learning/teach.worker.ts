import { parentPort, workerData } from 'node:worker_threads';
import { BadInput } from '@huiying/domain';
import { readJudgingConfig } from '../judging/index.js';
import { packVersion } from './model-version.js';
import { teach } from './teach.js';
import type { Lesson, LessonAnswer } from './worker-teacher.js';

/** The thread of WorkerTeacher. */
function answer({ texts, learnedAt, configFolder }: Lesson): LessonAnswer {
  try {
    return { bytes: packVersion(teach(texts, readJudgingConfig(configFolder), learnedAt)) };
  } catch (error) {
    if (error instanceof BadInput) return { faults: error.faults };
    throw error;
  }
}

parentPort!.postMessage(answer(workerData as Lesson));
