import { createRequire } from 'node:module';

/** Cuts Chinese text into words. Loading the dictionary takes about a second: load once at boot, never at the first request. */
export interface Segmenter {
  readonly name: 'nodejieba' | '@node-rs/jieba';
  /** Words in order; joined they give the text. */
  cut(text: string): string[];
  /** As cut, with the shorter words inside long ones as well: what a search index holds. */
  cutForSearch(text: string): string[];
  /** Words the dictionary lacks: places and bodies of the city. */
  insertWords(words: Iterable<string>): void;
}

interface NodeJieba {
  load(): void;
  cut(text: string, hmm?: boolean): string[];
  cutForSearch(text: string, hmm?: boolean): string[];
  insertWord(word: string): boolean;
}
interface NodeRsJieba {
  cut(text: string, hmm?: boolean): string[];
  cutForSearch(text: string, hmm?: boolean): string[];
  loadDict(lines: Uint8Array): void;
}
interface NodeRs {
  Jieba: { withDict(dict: Uint8Array): NodeRsJieba };
}

/** High enough to win over any split of the word, low enough not to swallow its neighbours. */
const USER_WORD_FREQUENCY = 20_000;

let ofProcess: Segmenter | null = null;

/** The one segmenter of this process, loaded the first time: all who cut words share its dictionary, and the words that were added to it. */
export function segmenterOfProcess(warn: (sentence: string) => void): Segmenter {
  return (ofProcess ??= loadSegmenter(warn));
}

/**
 * Loads nodejieba, or where its native part was not built, the prebuilt @node-rs/jieba, which cuts the same. nodejieba has one dictionary in a process:
 * loading it again takes away the words that were added, so a service asks for `segmenterOfProcess`.
 * @param warn told once, in one sentence, when the first choice could not be loaded
 * @param load how a package is loaded; only tests give another
 * @throws Error naming both packages when neither loads
 */
export function loadSegmenter(warn: (sentence: string) => void, load: (name: string) => unknown = createRequire(__filename)): Segmenter {
  let missing: unknown;
  try {
    return nodeJieba(load('nodejieba') as NodeJieba);
  } catch (cause) {
    missing = cause;
  }
  try {
    const segmenter = nodeRsJieba(load('@node-rs/jieba') as NodeRs, load('@node-rs/jieba/dict') as { dict: Uint8Array });
    warn(`nodejieba could not be loaded (${firstLine(missing)}); @node-rs/jieba cuts the words instead, with the same result`);
    return segmenter;
  } catch (cause) {
    throw new Error(`neither nodejieba (${firstLine(missing)}) nor @node-rs/jieba (${firstLine(cause)}) could be loaded`, { cause });
  }
}

function nodeJieba(jieba: NodeJieba): Segmenter {
  jieba.load();
  return {
    name: 'nodejieba',
    cut: (text) => jieba.cut(text, true),
    cutForSearch: (text) => jieba.cutForSearch(text, true),
    insertWords: (words) => {
      for (const word of words) jieba.insertWord(word);
    },
  };
}

function nodeRsJieba(module: NodeRs, { dict }: { dict: Uint8Array }): Segmenter {
  const jieba = module.Jieba.withDict(dict);
  return {
    name: '@node-rs/jieba',
    cut: (text) => jieba.cut(text, true),
    cutForSearch: (text) => jieba.cutForSearch(text, true),
    insertWords: (words) => {
      const lines = Array.from(words, (word) => `${word} ${USER_WORD_FREQUENCY} n`);
      if (lines.length > 0) jieba.loadDict(Buffer.from(`${lines.join('\n')}\n`));
    },
  };
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]!;
}
