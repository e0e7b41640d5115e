import {
  fitSharpness,
  foldsOf,
  labelFigures,
  sharesOf,
  trainTextModel,
  USUAL_OPTIONS,
  type LabelFigures,
  type LearnOptions,
  type LearnedText,
  type TextModel,
} from '@huiying/text';
import {
  learnedTextOf,
  LEARNED_TASKS,
  readOpinion,
  type CompiledLexicon,
  type Learned,
  type LearnedAnswers,
  type LearnedTask,
} from '../judging/index.js';
import type { LabelledText } from './labelled-text.js';
import { opinionOfWords } from './opinion-of-words.js';

/** What came of learning one question. */
export interface TaskFigures extends LabelFigures {
  /** Of the texts held out those that the model is sure of (at least half), and how many of these are right. */
  sureShare: number;
  sureRight: number;
  /** sentiment: F1 of negative or not. */
  negativeF1?: number;
  /** Labels with too few texts to learn from. */
  leftOut: string[];
}

export type LearnedFigures = Partial<Record<LearnedTask, TaskFigures>>;

/** Told of the work: which question, and how far it is, 0..1. */
export type LearnProgress = (task: LearnedTask, share: number) => void;

/** A label of fewer texts teaches nothing that can be measured. */
const LEAST_TEXTS = 3;
const PARTS = 5;
/** From here on one part is held out, not each in turn: the figure is steady enough, and the time is not fivefold. */
const LARGE = 12_000;
const SEED = 20_161_112;
const SURE = 0.5;

/** Learns every question that the texts have labels for. Deterministic; takes about a second a thousand texts and question. */
export function learn(
  texts: readonly LabelledText[],
  lexicon: CompiledLexicon,
  version: string,
  progress: LearnProgress = () => undefined,
) {
  const tasks: Partial<Record<LearnedTask, LearnedAnswers>> = {};
  const figures: LearnedFigures = {};
  for (const task of LEARNED_TASKS) {
    const own = texts.filter(({ labels }) => labels[task] !== undefined);
    const lesson = lessonOf(own, task, lexicon);
    if (lesson.labels.length === 0) continue;
    const learned = learnTask(lesson, task, (share) => progress(task, share));
    tasks[task] = learned.answers;
    figures[task] = learned.figures;
  }
  return { learned: { version, tasks } satisfies Learned, figures };
}

/** Found on public data, see docs/decisions/0016-learning.md. Who answers hangs on words of the lexicon more than on wording. */
const OPTIONS_OF: Partial<Record<LearnedTask, Partial<LearnOptions>>> = {
  department: { partWeights: [0.7, 1, 1, 0] },
  sentiment: { cost: 0.3 },
  rumour: { cost: 3, least: 2, partWeights: [0.3, 0.7, 0.3, 0.7] },
};

/** From so many texts on a gram must stand in one more of them: as right, with half the grams to look up. */
const MANY = 2_000;
const LEAST_OF_MANY = 3;

interface Lesson {
  texts: { title: string; text: string }[];
  read: LearnedText[];
  labelOf: string[];
  labels: string[];
  leftOut: string[];
  options: LearnOptions;
}

function lessonOf(own: readonly LabelledText[], task: LearnedTask, lexicon: CompiledLexicon): Lesson {
  const counts = new Map<string, number>();
  for (const { labels } of own) counts.set(labels[task]!, (counts.get(labels[task]!) ?? 0) + 1);
  const enough = [...counts.keys()].filter((label) => counts.get(label)! >= LEAST_TEXTS).sort();
  // One label alone is no choice to learn.
  const labels = enough.length < 2 ? [] : enough;
  const kept = own.filter((one) => labels.includes(one.labels[task]!));
  return {
    texts: kept,
    read: kept.map(({ title, text }) => learnedTextOf(readOpinion(opinionOfWords(title, text), lexicon))),
    labelOf: kept.map((one) => one.labels[task]!),
    labels,
    leftOut: [...counts.keys()].filter((label) => !labels.includes(label)),
    options: { ...USUAL_OPTIONS, least: kept.length < MANY ? USUAL_OPTIONS.least : LEAST_OF_MANY, ...OPTIONS_OF[task] },
  };
}

function learnTask(
  lesson: Lesson,
  task: LearnedTask,
  progress: (share: number) => void,
): { answers: LearnedAnswers; figures: TaskFigures } {
  const heldOut = holdOut(lesson, (share) => progress(share * HOLDING));
  const { rows, margins } = heldOut;
  const truth = rows.map((row) => lesson.labelOf[row]!);
  const sharpness = fitSharpness(margins, truth.map((label) => lesson.labels.indexOf(label))); // prettier-ignore
  const shares = margins.map((row) => sharesOf(row, sharpness));
  const model = trainTextModel(lesson.read, lesson.labelOf, lesson.options, (done, of) => progress(HOLDING + (1 - HOLDING) * (done / of)));
  const answers: LearnedAnswers = {
    model,
    sharpness,
    rows: lesson.read.length,
    ...(lesson.leftOut.length > 0 ? { alsoNamed: lesson.leftOut } : {}),
  };
  const figures = figuresOf(lesson, truth, shares);
  if (task === 'sentiment') Object.assign(answers, { negativeFrom: bestFrom(lesson, truth, shares, figures) });
  return { answers, figures };
}

/** Share of the work that measuring takes. */
const HOLDING = 0.8;

/** Margins for texts that the model which gave them had not seen. */
function holdOut(
  { texts, read, labelOf, labels, options }: Lesson,
  progress: (share: number) => void,
): { rows: number[]; margins: Float64Array[] } {
  const foldOf = foldsOf(texts, labelOf, PARTS, SEED);
  const parts = read.length > LARGE ? 1 : PARTS;
  const rows: number[] = [];
  const margins: Float64Array[] = [];
  for (let part = 0; part < parts; part++) {
    const known = read.map((_, i) => i).filter((i) => foldOf[i] !== part);
    const model = trainTextModel(known.map((i) => read[i]!), known.map((i) => labelOf[i]!), options); // prettier-ignore
    for (let i = 0; i < read.length; i++) {
      if (foldOf[i] !== part) continue;
      rows.push(i);
      margins.push(spread(model, labels, model.margins(read[i]!)));
    }
    progress((part + 1) / parts);
  }
  return { rows, margins };
}

/** A model that never saw a label of a few texts has no margin for it. */
function spread(model: TextModel, labels: readonly string[], margins: Float64Array): Float64Array {
  return Float64Array.from(labels, (label) => margins[model.labels.indexOf(label)] ?? UNSEEN);
}
const UNSEEN = -2;

function figuresOf({ labels, leftOut }: Lesson, truth: readonly string[], shares: readonly Float64Array[]): TaskFigures {
  const ranked = shares.map((row) => [...labels.keys()].sort((a, b) => row[b]! - row[a]!).map((i) => labels[i]!));
  const sure = shares.flatMap((row, i) => (Math.max(...row) >= SURE ? [i] : []));
  const right = sure.filter((i) => ranked[i]![0] === truth[i]).length;
  return {
    ...labelFigures(truth, ranked),
    sureShare: Math.round((sure.length / Math.max(1, truth.length)) * 10_000) / 10_000,
    sureRight: Math.round((right / Math.max(1, sure.length)) * 10_000) / 10_000,
    leftOut,
  };
}

/** The share from which a text is called negative, by the best F1 on the texts held out; adds that F1 to the figures. */
function bestFrom({ labels }: Lesson, truth: readonly string[], shares: readonly Float64Array[], figures: TaskFigures): number {
  const negative = labels.indexOf('negative');
  let best = { from: 0.5, f1: 0 };
  for (let from = 0.2; from <= 0.7; from += 0.02) {
    let hits = 0;
    let misses = 0;
    truth.forEach((label, i) => {
      const told = (shares[i]![negative] ?? 0) >= from;
      if (told && label === 'negative') hits++;
      else if (told || label === 'negative') misses++;
    });
    const f1 = (2 * hits) / Math.max(1, 2 * hits + misses);
    if (f1 > best.f1) best = { from: Math.round(from * 100) / 100, f1 };
  }
  figures.negativeF1 = Math.round(best.f1 * 10_000) / 10_000;
  return best.from;
}
