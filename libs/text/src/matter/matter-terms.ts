import { fold } from '../fold.js';
import type { Segmenter } from '../segmenter.js';
import { withoutSourceLines } from '../normalise.js';
import { spotsOf } from './spots.js';
import { hashOf, WordRarities } from './word-rarities.js';

/** A word of two characters and more, or two neighbouring words, of a text. All hashes are signed 32-bit. */
export interface MatterTerm {
  term: number;
  /** Hashes of its words; 0 for the second of a single word, PLACE for one that says where. */
  first: number;
  second: number;
  /** How often it stands there, a title's word counted more. */
  times: number;
  /** How rare its words are in Chinese at large: ln(texts / texts with it), 0..13. */
  rarity: number;
  /** The rarer of its two words; the same as rarity for a single word. */
  rarest: number;
}

/** All words that say where count as one word when two matters are compared: a place alone is no matter. */
export const PLACE = 2;

/** What a text says that may tell its matter: its terms, and the districts that it names. */
export interface MatterText {
  terms: readonly MatterTerm[];
  districts: readonly string[];
  /** Estates, villages, roads and schools that it names, without what they are: 锦梧 of 锦梧苑小区. */
  spots: readonly string[];
  /** Hashes of the figures in it, each once: of a time, a day, an amount. */
  figures: readonly number[];
}

/** A title states the matter; of a long text the beginning does. */
const TITLE_COUNTS = 3;
const LONGEST_TEXT = 600;
const RAREST = 13;
/** What letters to a government say whatever their matter. Over folded text. */
const FORMULAS = [
  /(?:尊敬|敬爱)的[^，。！!:：,\n]{0,12}(?:领导|书记|市长|局长|县长|区长|主任)(?:们|干部)?/g,
  /(?:各位)?领导(?:们)?[，,：:]?\s?(?:您们?|你们?|大家)好/g,
  /(?:恳请|请求|敬请|望|希望|请|让)?(?:贵|各|有关|相关|政府|职能|上级|市|区|县){1,4}(?:部门|单位|领导)[^，。！!\n]{0,6}(?:重视|处理|解决|落实|给予|予以|答复|回复|关注|查处|协调)[^，。！!\n]{0,8}/g,
  /(?:在百忙之中|百忙之中)[^，。！!\n]{0,16}/g,
  /(?:市民|居民|住户|业主|群众|网友|诉求人|来电人)(?:来电|来信|致电)?(?:反映|咨询|投诉|求助|举报|建议|表示)?(?=[，,：:。])/g,
  /(?:来电人|诉求人)(?:愿意|希望|要求|请求|同意|不同意|已知悉)[^，。！!\n]{0,12}/g,
  /在?(?:论坛|微博|网上|朋友圈|群)里?看到的/g,
  /(?:转给大家|转发给?大家|帮忙?转发?|求?扩散|求转发?|转发微博|有没有同感的)/g,
  /(?:谢谢|感谢|感激不尽|万分感谢|不胜感激|盼复|望回复|为盼|此致敬礼)/g,
];
const HOUSE = /^(?:栋|幢|号|号楼|号院|楼|单元|期|弄|组|室)$/u;
const NUMBER = /^\d+$/;
const WORD = /^[\p{L}\p{N}]+$/u;

interface Word {
  hash: number;
  /** Its hash, or PLACE. */
  meaning: number;
  rarity: number;
}

/** Reads texts for their matter. Made once: it holds the segmenter's dictionary and 400,000 rarities. */
export class MatterReader {
  private readonly rarities = WordRarities.load();
  private readonly places: ReadonlySet<number>;

  /** @param places names of the city's places, official ones and those that people use */
  constructor(
    private readonly segmenter: Segmenter,
    places: Iterable<string> = [],
  ) {
    const names = new Set(Array.from(places, fold));
    this.places = new Set(Array.from(names, hashOf));
    segmenter.insertWords(names);
  }

  read(title: string, text: string): MatterText {
    const head = this.wordsOf(withoutSourceLines(title));
    const body = this.wordsOf(withoutSourceLines(text).slice(0, LONGEST_TEXT));
    const found = new Map<number, MatterTerm & { inText: number }>();
    this.collect(head, found, (term) => (term.times = TITLE_COUNTS));
    this.collect(body, found, (term) => (term.inText += 1));
    for (const term of found.values()) if (term.inText > 0) term.times += 1 + Math.log(term.inText);
    const words = [...head, ...body];
    return { terms: [...found.values()], districts: districtsOf(words), spots: spotsOf(words), figures: figuresOf(words) };
  }

  private wordsOf(text: string): string[] {
    return this.segmenter.cut(FORMULAS.reduce((left, formula) => left.replace(formula, '。'), fold(text)));
  }

  private collect(
    words: readonly string[],
    found: Map<number, MatterTerm & { inText: number }>,
    count: (term: MatterTerm & { inText: number }) => void,
  ): void {
    let before: Word | null = null;
    words.forEach((text, i) => {
      const word = WORD.test(text) ? this.word(words, i) : null;
      if (word && text.length > 1) count(this.entry(found, word, null));
      if (word && before) count(this.entry(found, before, word));
      before = word;
    });
  }

  private word(words: readonly string[], i: number): Word {
    const text = words[i]!;
    const hash = hashOf(text);
    const isPlace = this.places.has(hash) || isHouse(text, words[i - 1], words[i + 1]) || isAdministrative(text, words[i - 1]);
    return { hash, meaning: isPlace ? PLACE : hash, rarity: this.rarities.of(hash, text.length) };
  }

  private entry(found: Map<number, MatterTerm & { inText: number }>, one: Word, two: Word | null): MatterTerm & { inText: number } {
    const term = two === null ? one.hash : Math.imul(one.hash ^ (two.hash >>> 7), 0x9e3779b1) ^ two.hash;
    let known = found.get(term);
    if (known === undefined) {
      const rarity = two === null ? one.rarity : Math.min(RAREST, (one.rarity + two.rarity) / 2 + 1);
      const rarest = two === null ? one.rarity : Math.max(one.rarity, two.rarity);
      known = { term, first: one.meaning, second: two?.meaning ?? 0, times: 0, inText: 0, rarity, rarest };
      found.set(term, known);
    }
    return known;
  }
}

/** Towns, villages, districts by their form, wherever they are: 安沙镇; a3 and its 区 where names were taken out. */
const ADMINISTRATIVE = /^\p{Script=Han}{1,5}(?:村|镇|乡|街道|社区|县|区|市)$/u;
const KIND_OF_PLACE = /^(?:村|镇|乡|街道|社区|县|区|市)$/u;
const PLACE_CODE = /^[a-z]\d{1,2}$/;

function isAdministrative(word: string, before: string | undefined): boolean {
  return (
    PLACE_CODE.test(word) || ADMINISTRATIVE.test(word) || (before !== undefined && KIND_OF_PLACE.test(word) && PLACE_CODE.test(before))
  );
}

/** The number of a house: 15 and 栋 of “15栋”. */
function isHouse(word: string, before: string | undefined, next: string | undefined): boolean {
  if (isDigit(word)) return next !== undefined && HOUSE.test(next) && NUMBER.test(word);
  return before !== undefined && isDigit(before) && HOUSE.test(word) && NUMBER.test(before);
}

function isDigit(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function figuresOf(words: readonly string[]): number[] {
  return [...new Set(words.filter((word) => NUMBER.test(word)).map(hashOf))];
}

/** Words that end like a district's name and name none. */
const NO_DISTRICT =
  /(?:小|社|校|园|景|厂|库|片|城|郊|地|专|特|商|军|辖|街|灾|市|山|林|牧|营|院|住宅|居民|生活|工业|开发|示范|试验|自治|安置|商业|办公|保护|管理|服务)区$/;
const DISTRICT = /^\p{Script=Han}{2,4}[区县]$/u;
const CODE = /^[a-z]\d{1,2}$/;

/** Districts and counties named in a text: by name, or by a code (a3 区) where names were taken out. */
function districtsOf(words: readonly string[]): string[] {
  const found = new Set<string>();
  words.forEach((word, i) => {
    if (DISTRICT.test(word) && !NO_DISTRICT.test(word)) found.add(word);
    const next = words[i + 1]?.[0];
    if (CODE.test(word) && (next === '区' || next === '县' || next === '市')) found.add(word);
  });
  return [...found];
}
