import { sharesOf, tokenOf, type LearnedText, type TextModel } from '@huiying/text';
import type { CompiledLexicon, Department } from './lexicon.js';
import type { Reading } from './reading.js';

/** What can be learned of a city's history. */
export const LEARNED_TASKS = ['topic', 'department', 'sentiment', 'rumour'] as const;
export type LearnedTask = (typeof LEARNED_TASKS)[number];

/** What was learned of one question. */
export interface LearnedAnswers {
  model: TextModel;
  /** Makes shares of the model's margins, fitted on texts that were held out. */
  sharpness: number;
  /** Texts that it was learned from. */
  rows: number;
  /** sentiment: from this share on a text is called negative. */
  negativeFrom?: number;
  /** Labels of too few texts to learn from; department: the lexicon may still tell them. */
  alsoNamed?: readonly string[];
}

/** What judging knows beside the lexicon: a version of a model. Immutable. */
export interface Learned {
  version: string;
  tasks: Readonly<Partial<Record<LearnedTask, LearnedAnswers>>>;
}

/** One label and how likely it is by what was learned, 0..1. */
export interface Vote {
  label: string;
  share: number;
}

/** So many texts make the learned vote as heavy as the lexicon's: a few corrections must not outvote it. */
const EQUAL_AT = 150;
/** Where nothing stands over a text, its first characters do: they say what it is about. */
const LEAD = 25;

/** The text as the learners see it: grams, and the terms of the lexicon as words of their own. */
export function learnedTextOf(reading: Reading): LearnedText {
  const { title, text } = reading;
  const tokens: number[] = [];
  for (const { use } of reading.hits('topic')) for (const token of use.tokens) tokens.push(token);
  for (const { use } of reading.hits('department')) tokens.push(tokenOf(`d${use.department.id}`));
  for (const { use } of reading.hits('signal')) tokens.push(use.signal.token);
  for (const { use } of reading.hits('mood')) tokens.push(use.negative ? NEGATIVE : POSITIVE);
  tokens.push(...mannerOf(reading));
  const isBare = title.folded.trim() === '';
  return {
    title: isBare ? text.folded.slice(0, LEAD) : title.folded,
    whole: isBare ? text.folded : `${title.folded}\n${text.folded}`,
    tokens,
    written: title.original === '' ? text.original : `${title.original}\n${text.original}`,
  };
}

const NEGATIVE = tokenOf('negative');
const POSITIVE = tokenOf('positive');
const MANNERS: readonly [name: string, form: RegExp, signs: string][] = [
  ['address', /https?:\/\/|www\./gi, '/wW'],
  ['at', /@/g, '@'],
  ['tag', /#[^#\n]{1,40}#|【/g, '#【'],
  ['sign', /\[[^\]\n]{1,8}\]/g, '['],
  ['shout', /[!！]/g, '!！'],
  ['ask', /[?？]/g, '?？'],
  ['dots', /\.{3}|…/g, '.…'],
  ['digit', /\d+/g, '0123456789'],
  ['repost', /\/\/|转发|转自/g, '/转'],
];
const MANNER_TOKENS = MANNERS.map(([name]) => tokenOf(name));
/** Code unit → for each manner one bit: a form is only tried on a text that has one of its signs. */
const SIGNS = new Uint16Array(0x10000);
MANNERS.forEach(([, , signs], i) => {
  for (const sign of signs) SIGNS[sign.charCodeAt(0)]! |= 1 << i;
});

/** How it is written, beside what is said: addresses, calls by name, signs, length. Folding takes some of it away. */
function mannerOf({ title, text }: Reading): number[] {
  const original = title.original + text.original;
  const found = [tokenOf(`length${Math.round(Math.log2(1 + original.length) * 2)}`)];
  const signs = signsIn(title.original) | signsIn(text.original);
  MANNERS.forEach(([, form], i) => {
    if ((signs & (1 << i)) !== 0) for (const _ of original.match(form) ?? []) found.push(MANNER_TOKENS[i]!);
  });
  return found;
}

function signsIn(original: string): number {
  let signs = 0;
  for (let i = 0; i < original.length; i++) signs |= SIGNS[original.charCodeAt(i)]!;
  return signs;
}

/** The labels of a task, likeliest first. */
export function votes({ model, sharpness }: LearnedAnswers, text: LearnedText): Vote[] {
  const shares = sharesOf(model.margins(text), sharpness);
  return model.labels.map((label, i) => ({ label, share: shares[i]! })).sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1));
}

/** How much the learned vote weighs beside the lexicon's, 0..1. */
export function learnedWeight({ rows }: LearnedAnswers): number {
  return rows / (rows + EQUAL_AT);
}

/** The words that spoke most for a label, in quotes. */
export function tellingWords({ model }: LearnedAnswers, text: LearnedText, label: string): string[] {
  return model.telling(text, model.labels.indexOf(label), 3);
}

/** The topic that a label of the history means: its code or its name; undefined where the history has a catalogue of its own. */
export function topicOfLabel(label: string, lexicon: CompiledLexicon): number | undefined {
  return namesIn(lexicon).topics.get(label);
}

/** The department that a label of the history means: its id or a name it bears or bore. */
export function departmentOfLabel(label: string, lexicon: CompiledLexicon): Department | undefined {
  return namesIn(lexicon).departments.get(label);
}

interface Names {
  topics: Map<string, number>;
  departments: Map<string, Department>;
}
const NAMES = new WeakMap<CompiledLexicon, Names>();

/** Made once for a lexicon: it is asked for every label of every text. */
function namesIn(lexicon: CompiledLexicon): Names {
  const there = NAMES.get(lexicon);
  if (there) return there;
  const topics = new Map(
    lexicon.topics.flatMap(({ code, name }, i) => [code, name, `${code} ${name}`].map((called) => [called, i] as const)),
  );
  const departments = new Map<string, Department>();
  for (const department of lexicon.departments.values()) {
    const { name, short, aliases } = department.config;
    for (const called of [department.id, name, ...short, ...aliases.map((a) => a.name)]) departments.set(called, department);
  }
  const names = { topics, departments };
  NAMES.set(lexicon, names);
  return names;
}

/** Whether most labels stand in this city's configuration: then the lexicon votes too, else it only lends its words. */
export function isOfThisCity(task: LearnedAnswers, known: (label: string) => boolean): boolean {
  const { labels } = task.model;
  return labels.filter(known).length * 2 >= labels.length;
}
