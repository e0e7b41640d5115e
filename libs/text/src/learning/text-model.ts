import { countedParts, eachGram, PARTS, type LearnedText } from './gram-counter.js';
import { trainSvm, type SvmOptions } from './linear-svm.js';
import { NO_FEATURE, SlotIndex } from './slot-index.js';
import { vectorise, type PartWeights } from './text-vectors.js';

export interface LearnOptions extends SvmOptions {
  partWeights: PartWeights;
  /** A gram counts when so many texts have it. */
  least: number;
}

export const USUAL_OPTIONS: LearnOptions = {
  partWeights: [0.5, 1, 0.5],
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
  /** For each feature its rarity, then rarity × weight for each label. */
  rows: Float32Array;
  biases: Float64Array;
}

const WHOLE = PARTS.indexOf('whole');
/** Of so many strongest grams the words are taken. */
const LOOKED_AT = 24;
const WORDS_ONLY = /^[\p{Script=Han}a-z]+$/u;

/** Says for a text how strongly each label is meant: above 0 rather yes, below rather no. */
export class TextModel {
  readonly labels: readonly string[];
  private readonly index: SlotIndex;
  private readonly sums: Float64Array;

  constructor(readonly parts: ModelParts) {
    this.labels = parts.labels;
    this.sums = new Float64Array(parts.labels.length);
    this.index = new SlotIndex(parts.slots);
  }

  /** One margin for each label, in their order. */
  margins(text: LearnedText): Float64Array {
    const { partWeights, biases } = this.parts;
    const margins = Float64Array.from(biases);
    for (let part = 0; part < PARTS.length; part++) {
      if (partWeights[part] === 0) continue;
      const squares = this.sum(part, text);
      if (squares === 0) continue;
      const scale = partWeights[part]! / Math.sqrt(squares);
      for (let c = 0; c < margins.length; c++) margins[c]! += scale * this.sums[c]!;
    }
    return margins;
  }

  /** The grams of two or more characters that spoke most for a label, strongest first, none inside another: what to show as its reasons. */
  telling(text: LearnedText, label: number, most: number): string[] {
    const told: string[] = [];
    for (const { start, end } of this.strongest(text.whole, label)) {
      const gram = text.whole.slice(start, end);
      if (!WORDS_ONLY.test(gram) || told.some((one) => one.includes(gram) || gram.includes(one))) continue;
      if (told.push(gram) === most) break;
    }
    return told;
  }

  /** The grams that speak most for a label, strongest first, each as often as it is there. */
  private strongest(text: string, label: number): { start: number; end: number }[] {
    const { rows } = this.parts;
    const { index } = this;
    const columns = this.labels.length + 1;
    const weights = new Float64Array(LOOKED_AT); // a text has thousands of grams: an array of objects would take twice as long
    const starts = new Int32Array(LOOKED_AT);
    const ends = new Int32Array(LOOKED_AT);
    let kept = 0;
    eachGram(text, WHOLE, (slot, start, end) => {
      if (end - start < 2) return;
      const feature = index.featureOf(slot);
      const weight = feature === NO_FEATURE ? 0 : rows[feature * columns + 1 + label]!;
      if (weight <= 0 || (kept === LOOKED_AT && weight <= weights[LOOKED_AT - 1]!)) return;
      let at = kept < LOOKED_AT ? kept++ : LOOKED_AT - 1;
      for (; at > 0 && weights[at - 1]! < weight; at--) {
        weights[at] = weights[at - 1]!;
        starts[at] = starts[at - 1]!;
        ends[at] = ends[at - 1]!;
      }
      weights[at] = weight;
      starts[at] = start;
      ends[at] = end;
    });
    return Array.from({ length: kept }, (_, i) => ({ start: starts[i]!, end: ends[i]! }));
  }

  /** Sums one part into `sums`. @returns the square of its length */
  private sum(part: number, text: LearnedText): number {
    const { rows } = this.parts;
    const { sums, index } = this;
    const labels = sums.length;
    const { slots, damped: all } = countedParts(text)[part]!;
    let squares = 0;
    sums.fill(0);
    for (let k = 0; k < slots.length; k++) {
      const feature = index.featureOf(slots[k]!);
      if (feature === NO_FEATURE) continue;
      const damped = all[k]!;
      const row = feature * (labels + 1);
      const value = damped * rows[row]!;
      squares += value * value;
      for (let c = 0; c < labels; c++) sums[c]! += damped * rows[row + 1 + c]!;
    }
    return squares;
  }
}

/** Learns one label of several for each text, one class against the rest, rare classes favoured. Deterministic. */
export function trainTextModel(
  texts: readonly LearnedText[],
  labelOf: readonly string[],
  options: LearnOptions,
  told: Told = silent,
): TextModel {
  const labels = [...new Set(labelOf)].sort();
  const { vocabulary, rows: data } = vectorise(texts, options.partWeights, options.least);
  const { rarity, slots } = vocabulary;
  const rows = new Float32Array(rarity.length * (labels.length + 1));
  const biases = new Float64Array(labels.length);
  rarity.forEach((value, feature) => (rows[feature * (labels.length + 1)] = value));
  labels.forEach((label, c) => {
    const own = labelOf.reduce((sum, one) => sum + (one === label ? 1 : 0), 0);
    const favour = texts.length / (labels.length * own);
    const { weights, bias } = trainSvm(data, (row) => labelOf[row] === label, favour, options);
    weights.forEach((weight, feature) => (rows[feature * (labels.length + 1) + 1 + c] = weight * rarity[feature]!));
    biases[c] = bias;
    told(c + 1, labels.length);
  });
  return new TextModel({ labels, partWeights: options.partWeights, slots, rows, biases });
}

/** Told after each label is learnt: so many of so many. */
export type Told = (done: number, of: number) => void;
const silent: Told = () => undefined;
