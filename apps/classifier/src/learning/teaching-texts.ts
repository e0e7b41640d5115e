import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { maskText } from '@huiying/domain';
import type { CorrectionRow } from '@huiying/persistence';
import type { CompiledLexicon } from '../judging/index.js';
import { departmentOfLabel, topicOfLabel } from '../judging/index.js';
import type { LabelledText } from './labelled-text.js';

/** The history as it is kept beside its model: callers' data masked, one JSON a line, deflated. */
export function packHistory(texts: readonly LabelledText[]): Buffer {
  return deflateRawSync(Buffer.from(texts.map((text) => JSON.stringify(text)).join('\n')));
}

export function unpackHistory(bytes: Buffer | null): LabelledText[] {
  const lines = bytes === null ? '' : inflateRawSync(bytes).toString('utf8');
  return lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line) as LabelledText);
}

/** The texts of a file with callers' data masked: a model must not learn a telephone number, nor the database hold one. */
export function masked(texts: readonly LabelledText[]): LabelledText[] {
  return texts.map(({ title, text, labels }) => ({ title: maskText(title), text: maskText(text), labels }));
}

/**
 * What is learned from: the history and, after it, what officers said. Labels that mean a topic or department of this city are written by
 * its code or id, whatever the history called it, so that both speak of the same thing.
 */
export function teachingTexts(
  history: readonly LabelledText[],
  corrections: readonly CorrectionRow[],
  lexicon: CompiledLexicon,
): LabelledText[] {
  const said = new Map<string, LabelledText>();
  for (const { opinionId, title, text, aspect, now } of corrections) {
    const one = said.get(opinionId) ?? { title, text, labels: {} };
    if (aspect === 'topic') one.labels.topic = now;
    if (aspect === 'department') one.labels.department = now;
    if (aspect === 'rumour') one.labels.rumour = now === 'yes' ? 'rumour' : 'none';
    if (aspect === 'sentiment') one.labels.sentiment = now;
    if (Object.keys(one.labels).length > 0) said.set(opinionId, one);
  }
  return [...history, ...said.values()].map((one) => ({ ...one, labels: inOurWords(one.labels, lexicon) }));
}

function inOurWords(labels: LabelledText['labels'], lexicon: CompiledLexicon): LabelledText['labels'] {
  const topic = labels.topic === undefined ? undefined : topicOfLabel(labels.topic, lexicon);
  const department = labels.department === undefined ? undefined : departmentOfLabel(labels.department, lexicon);
  return {
    ...labels,
    ...(topic === undefined ? {} : { topic: lexicon.topics[topic]!.code }),
    ...(department === undefined ? {} : { department: department.id }),
  };
}
