import { TOPICS, type ModelReportedV1 } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import { Models, type OutgoingEvent, type Tx } from '@huiying/persistence';
import type { LabelledText } from './labelled-text.js';
import { packVersion, type ModelVersion } from './model-version.js';
import { packHistory } from './teaching-texts.js';

/** All that is told of models stays in order. */
const KEY = 'learning';

/** Who wanted it, when, and by which event; null at the shell. */
export interface Wish {
  by: string;
  at: Date;
  causedBy: string | null;
}

/** A version that was learned, with what it was learned from. */
export interface Taught {
  version: ModelVersion;
  /** Without the corrections: those are added anew by the next learning. */
  history: readonly LabelledText[];
  corrections: number;
}

/** Keeps a version and uses it from now on. */
export async function keepVersion(tx: Tx, { version, history, corrections }: Taught, wish: Wish): Promise<void> {
  const { version: model, learnedAt, dataFingerprint, lexicon, rows, figures } = version;
  const models = new Models(tx);
  await models.add(
    { model, learnedAt: new Date(learnedAt), dataFingerprint, lexicon, rows, corrections, figures },
    packVersion(version),
    packHistory(history),
  );
  await models.use(model, wish.at, wish.by);
  const said = `学习${rows}条（其中纠正${corrections}条），启用${model}`;
  tx.send(
    reported(wish, {
      ...EMPTY,
      model,
      state: 'learned',
      learnedAt,
      dataFingerprint,
      rows,
      corrections,
      figures: shown(figures),
      said,
      by: wish.by,
    }),
  );
}

/** Uses an earlier version again, or with null the lexicon alone. @returns false where there is no such version */
export async function useVersion(tx: Tx, model: string | null, wish: Wish): Promise<boolean> {
  const models = new Models(tx);
  if (model !== null && !(await models.find(model))) return false;
  await models.use(model, wish.at, wish.by);
  const said = model === null ? '停用模型，只按词表研判' : `改用${model}`;
  tx.send(reported(wish, { ...EMPTY, model, state: 'used', said, by: wish.by }));
  return true;
}

export function failed(said: string, wish: Wish): OutgoingEvent {
  return reported(wish, { ...EMPTY, state: 'failed', said, by: wish.by });
}

const EMPTY = { model: null, learnedAt: null, dataFingerprint: null, rows: 0, corrections: 0, figures: {} };

function reported({ at, causedBy }: Wish, data: ModelReportedV1['data']): OutgoingEvent {
  const id = causedBy === null ? stableId('model.reported', data.said, at.toISOString()) : stableId('model.reported', causedBy);
  return outgoing(TOPICS.modelReported, KEY, { id, occurredAt: at, causedBy }, data);
}

function shown(figures: ModelVersion['figures']): ModelReportedV1['data']['figures'] {
  return Object.fromEntries(
    Object.entries(figures).map(([task, { rows, macroF1, top1, top3, sureShare, sureRight }]) => [
      task,
      { rows, macroF1, top1, top3, sureShare, sureRight },
    ]),
  );
}
