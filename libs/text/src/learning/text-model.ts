import { gramsOf, MOST_GRAMS, PARTS, placeOfGram, type LearnedText } from './gram-slots.js';
import { trainSvm, type SparseRows, type SvmOptions, type SvmWeights } from './linear-svm.js';
import { SlotIndex } from './slot-index.js';
import { countAll, reduced, vocabularyOf, weigh, type PartWeights, type Vocabulary } from './text-vectors.js';

export interface LearnOptions extends SvmOptions {
  partWeights: PartWeights;
  /** A gram counts when so many texts have it. */
  least: number;
}

export const USUAL_OPTIONS: LearnOptions = {
  partWeights: [0.5, 1, 0.5, 0],
  least: 2,
  cost: 1,
  passes: 60,
  tolerance: 0.02,
  seed: 1,
};

/** What is kept of a model; see model-file.ts for its form on disk. */
export interface ModelParts {
  labels: readonly string[];
  partWeights: PartWeights;
  /** Feature → its slot. */
  slots: Int32Array;
  /**
   * For each feature its rarity, then rarity × weight for each label, as whole numbers, each column with its own scale. In 16 bits half as
   * much has to be fetched from memory, which is what judging waits for.
   */
  rows: Int16Array;
  /** For each column of the rows what its whole numbers are multiplied with. */
  scales: Float64Array;
  biases: Float64Array;
}

const WHOLE = PARTS.indexOf('whole');
/** Of so many strongest grams the words are taken. */
const LOOKED_AT = 24;
const WORDS_ONLY = /^[\p{Script=Han}a-z]+$/u;
const UNKNOWN = 0;
const OF_WORDS = 1;
const OF_NO_WORD = 2;
/** What was found of a code unit alone: asking the form takes longer than all else that is done for a gram. */
const UNITS = new Uint8Array(0x10000);

function isWord(gram: string): boolean {
  for (let i = 0; i < gram.length; i++) {
    const unit = gram.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xe000) return WORDS_ONLY.test(gram); // half a character alone says nothing
    if (UNITS[unit] === UNKNOWN) UNITS[unit] = WORDS_ONLY.test(gram[i]!) ? OF_WORDS : OF_NO_WORD;
    if (UNITS[unit] === OF_NO_WORD) return false;
  }
  return gram.length > 0;
}

/** 1 + ln times, for the usual numbers of times. */
const DAMPED = Float32Array.from({ length: 256 }, (_, times) => (times === 0 ? 0 : 1 + Math.log(times)));

/** Says for a text how strongly each label is meant: above 0 rather yes, below rather no. */
export class TextModel {
  readonly labels: readonly string[];
  private readonly index: SlotIndex;
  private readonly sums: Float64Array;
  /** Feature → how often it was met; all 0 between two questions. */
  private readonly times: Uint16Array;
  /** What was met in the part asked for last, and in the whole of the text asked for last. */
  private readonly part = new Met();
  private readonly whole = new Met();
  private wholeOf: LearnedText | null = null;

  constructor(readonly parts: ModelParts) {
    this.labels = parts.labels;
    this.sums = new Float64Array(parts.labels.length);
    this.index = new SlotIndex(parts.slots);
    this.times = new Uint16Array(parts.slots.length);
  }

  /** One margin for each label, in their order. */
  margins(text: LearnedText): Float64Array {
    const { partWeights, biases, scales } = this.parts;
    const margins = biases.slice();
    for (let part = 0; part < PARTS.length; part++) {
      if (partWeights[part] === 0) continue;
      const squares = this.sum(part, text);
      if (squares === 0) continue;
      const scale = partWeights[part]! / (Math.sqrt(squares) * scales[0]!);
      for (let c = 0; c < margins.length; c++) margins[c]! += scale * scales[c + 1]! * this.sums[c]!;
    }
    return margins;
  }

  /** The grams of two or more characters that spoke most for a label, strongest first, none inside another: what to show as its reasons. */
  telling(text: LearnedText, label: number, most: number): string[] {
    const told: string[] = [];
    for (const first of this.strongest(text, label)) {
      const start = first >>> 2;
      const gram = text.whole.slice(start, start + (first & 3));
      if (!isWord(gram) || told.some((one) => one.includes(gram) || gram.includes(one))) continue;
      if (told.push(gram) === most) break;
    }
    return told;
  }

  /** Where the grams stand that speak most for a label (as placeOfGram says it), strongest first. */
  private strongest(text: LearnedText, label: number): Int32Array {
    if (this.wholeOf !== text) this.sum(WHOLE, text);
    const { rows } = this.parts;
    const { features, firsts, size } = this.whole;
    const columns = this.labels.length + 1;
    const weights = new Float64Array(LOOKED_AT); // a text has hundreds of features: an array of objects would take twice as long
    const best = new Int32Array(LOOKED_AT);
    let kept = 0;
    for (let i = 0; i < size; i++) {
      const weight = rows[features[i]! * columns + 1 + label]!;
      if (weight <= 0 || (kept === LOOKED_AT && weight <= weights[LOOKED_AT - 1]!)) continue;
      const first = placeOfGram(firsts[i]!, text.whole.length);
      if ((first & 3) < 2) continue;
      let at = kept < LOOKED_AT ? kept++ : LOOKED_AT - 1;
      for (; at > 0 && weights[at - 1]! < weight; at--) {
        weights[at] = weights[at - 1]!;
        best[at] = best[at - 1]!;
      }
      weights[at] = weight;
      best[at] = first;
    }
    return best.subarray(0, kept);
  }

  /** Sums one part into `sums`, in whole numbers. @returns the square of its length in those of the first column */
  private sum(part: number, text: LearnedText): number {
    const { rows } = this.parts;
    const { sums, times } = this;
    const labels = sums.length;
    const { features, size } = this.meet(part, text);
    let squares = 0;
    sums.fill(0);
    for (let i = 0; i < size; i++) {
      const feature = features[i]!;
      const often = times[feature]!;
      times[feature] = 0;
      const damped = often < DAMPED.length ? DAMPED[often]! : Math.fround(1 + Math.log(often));
      const row = feature * (labels + 1);
      const value = damped * rows[row]!;
      squares += value * value;
      for (let c = 0; c < labels; c++) sums[c]! += damped * rows[row + 1 + c]!;
    }
    return squares;
  }

  /** Finds the features of one part and counts them into `times`; grams that are no feature are not counted, which would take a table of them. */
  private meet(part: number, text: LearnedText): Met {
    const { times } = this;
    const met = part === WHOLE ? this.whole : this.part;
    if (part === WHOLE) this.wholeOf = text;
    const { features, firsts } = met;
    const { slots, size } = gramsOf(text, part);
    const found = this.index.find(slots, size, features, firsts);
    let different = 0;
    for (let i = 0; i < found; i++) {
      const feature = features[i]!;
      const often = times[feature]!;
      times[feature] = often + 1;
      features[different] = feature;
      firsts[different] = firsts[i]!;
      different += (often - 1) >>> 31; // 1 where it is met for the first time
    }
    met.size = different;
    return met;
  }
}

/** Features, each once, in order of place, and which gram of the part each first was; the first `size` of them. */
class Met {
  readonly features = new Int32Array(MOST_GRAMS);
  readonly firsts = new Int32Array(MOST_GRAMS);
  size = 0;
}

/** Learns one label of several for each text, one class against the rest, rare classes favoured. Deterministic. */
export function trainTextModel(
  texts: readonly LearnedText[],
  labelOf: readonly string[],
  options: LearnOptions,
  told: Told = silent,
): TextModel {
  const labels = [...new Set(labelOf)].sort();
  const counted = countAll(texts, options.partWeights);
  const every = vocabularyOf(counted, options.least);
  const most = Math.max(FEATURES.least, FEATURES.perLabel * labels.length);
  const trained = (vocabulary: Vocabulary, passes: number, tell: Told) =>
    trainHeads(weigh(counted, vocabulary, options.partWeights), labelOf, labels, { ...options, passes }, tell);
  if (every.rarity.length <= most) return modelOf(labels, options.partWeights, every, trained(every, options.passes, told));
  const sketch = trained(every, PASSES_TO_CHOOSE, (done, of) => told(done / 2, of));
  const vocabulary = reduced(every, strongestFeatures(sketch, every, most));
  const heads = trained(vocabulary, options.passes, (done, of) => told((of + done) / 2, of));
  return modelOf(labels, options.partWeights, vocabulary, heads);
}

/**
 * How many features a model keeps. Of a topic model's 170,000 the strongest 15,000 told as much, and what is looked up for each gram of
 * each text must fit into the processor's cache.
 */
const FEATURES = { least: 30_000, perLabel: 2_000 };
/** Rough weights are enough to see which features count. */
const PASSES_TO_CHOOSE = 10;

function trainHeads(
  data: SparseRows,
  labelOf: readonly string[],
  labels: readonly string[],
  options: SvmOptions,
  told: Told,
): readonly SvmWeights[] {
  return labels.map((label, c) => {
    const own = labelOf.reduce((sum, one) => sum + (one === label ? 1 : 0), 0);
    const favour = labelOf.length / (labels.length * own);
    const head = trainSvm(data, (row) => labelOf[row] === label, favour, options);
    told(c + 1, labels.length);
    return head;
  });
}

/** The features that speak loudest for or against any label, in ascending order. */
function strongestFeatures(heads: readonly SvmWeights[], { rarity }: Vocabulary, most: number): Int32Array {
  const strength = Float64Array.from(rarity, (rare, feature) =>
    heads.reduce((loudest, { weights }) => Math.max(loudest, Math.abs(weights[feature]!) * rare), 0),
  );
  const order = Int32Array.from(rarity.keys()).sort((a, b) => strength[b]! - strength[a]! || a - b);
  return order.slice(0, most).sort();
}

function modelOf(labels: readonly string[], partWeights: PartWeights, vocabulary: Vocabulary, heads: readonly SvmWeights[]): TextModel {
  const { rarity, slots } = vocabulary;
  const columns = labels.length + 1;
  const values = new Float32Array(rarity.length * columns);
  rarity.forEach((rare, feature) => {
    values[feature * columns] = rare;
    heads.forEach(({ weights }, c) => (values[feature * columns + 1 + c] = weights[feature]! * rare));
  });
  const biases = Float64Array.from(heads, ({ bias }) => bias);
  return new TextModel({ labels, partWeights, slots, biases, ...inWholeNumbers(values, columns) });
}

/** Told after each label is learnt: so many of so many. */
export type Told = (done: number, of: number) => void;
const silent: Told = () => undefined;

/** Whole numbers from −LARGEST to LARGEST stand for the values of a column; its largest is LARGEST. */
const LARGEST = 0x7fff;

function inWholeNumbers(values: Float32Array, columns: number): Pick<ModelParts, 'rows' | 'scales'> {
  const scales = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) scales[i % columns] = Math.max(scales[i % columns]!, Math.abs(values[i]!));
  for (let c = 0; c < columns; c++) scales[c] = scales[c]! / LARGEST || 1;
  const rows = new Int16Array(values.length);
  for (let i = 0; i < values.length; i++) rows[i] = Math.round(values[i]! / scales[i % columns]!);
  return { rows, scales };
}
