import type { Judgement, Reason } from '@huiying/contracts';
import type { LearnedAnswers, Vote } from './learned.js';
import type { CompiledLexicon, Department } from './lexicon.js';

/** What the history taught of who answers, for one text. */
export interface DepartmentVotes {
  version: string;
  task: LearnedAnswers;
  votes: readonly Vote[];
}

/** A body of this city that the text itself speaks for, in points. */
export interface SpokenFor {
  department: Department;
  points: number;
  reasons: readonly Reason[];
}

const MOST = 3;
/** Points of nobody: a single weak sign is no certainty. */
const DOUBT = 1;
/** Neither side silences the other: what one has never seen, the other may still say. Found on 202 real replies of 16 kinds of bodies. */
const LEAST = { learned: 0.06, words: 0.05 };
/** What the lexicon says of a body that it does not know. */
const UNKNOWN_TO_LEXICON = 0.2;

/**
 * The bodies as the history names them, where its names are not those of this city's configuration (a neighbour's history, or classes of
 * bodies): the learned share times what the lexicon says of the department of like name, scaled so that all sum to 1.
 */
export function asInHistory(asked: DepartmentVotes, spoken: readonly SpokenFor[], lexicon: CompiledLexicon): Judgement['departments'] {
  const { version, task, votes } = asked;
  const named: Vote[] = [...votes, ...(task.alsoNamed ?? []).map((label) => ({ label, share: 0 }))];
  const claims = named.map(({ label }) => claimsOf(label, spoken, lexicon));
  const all = claims.reduce((sum, claim) => sum + claim.points, DOUBT);
  const products = named.map(({ label, share: learned }, i) => {
    const { points, isKnown, reasons } = claims[i]!;
    const words = isKnown ? points / all : UNKNOWN_TO_LEXICON;
    return { label, learned, words: isKnown ? words : 0, reasons, product: (learned + LEAST.learned) * (words + LEAST.words) };
  });
  const sum = products.reduce((total, { product }) => total + product, 0);
  const best = products.sort((a, b) => b.product - a.product || (a.label < b.label ? -1 : 1)).slice(0, MOST);
  return best.map(({ label, learned, words, reasons, product }, i) => ({
    departmentId: label,
    name: label,
    role: i === 0 ? ('lead' as const) : ('co' as const),
    score: Math.round((product / sum) * 1000) / 1000,
    reasons: [
      {
        text: `按历史工单学习（${version}，${task.rows}条）由${label}办理的把握${percent(learned)}，词表${percent(words)}，合并为${percent(product / sum)}`,
        matches: [],
      },
      ...(words > 0 ? reasons : []),
    ],
  }));
}

function claimsOf(label: string, spoken: readonly SpokenFor[], lexicon: CompiledLexicon) {
  const likes = likeNamed(label, lexicon);
  const own = spoken.filter(({ department }) => likes.has(department.id));
  return {
    isKnown: likes.size > 0,
    points: own.reduce((sum, { points }) => sum + Math.max(0, points), 0),
    reasons: own.flatMap(({ reasons }) => reasons),
  };
}

const LIKES = new WeakMap<CompiledLexicon, Map<string, ReadonlySet<string>>>();

/** Ids of the departments whose names hold a part of the label: “公安/交警” is 市公安局. Found once for a lexicon. */
function likeNamed(label: string, lexicon: CompiledLexicon): ReadonlySet<string> {
  const known = LIKES.get(lexicon) ?? new Map<string, ReadonlySet<string>>();
  LIKES.set(lexicon, known);
  const likes = known.get(label) ?? departmentsLike(label, lexicon);
  known.set(label, likes);
  return likes;
}

function departmentsLike(label: string, lexicon: CompiledLexicon): ReadonlySet<string> {
  const parts = label.split(/[/、,，\s]+/).filter((part) => part.length >= 2);
  const called = ({ config }: Department) => [config.name, ...config.short, ...config.aliases.map((a) => a.name)];
  const isLike = (department: Department) =>
    department.config.kind !== 'district' &&
    parts.some((part) => called(department).some((name) => holds(name, part) || name === part || part.includes(name)));
  return new Set([...lexicon.departments.values()].filter(isLike).map(({ id }) => id));
}

/** Whether the characters of the part stand in the name in their order: 自然资源规划 in 自然资源和规划局. */
function holds(name: string, part: string): boolean {
  if (part.length < 3) return name.includes(part);
  let at = 0;
  for (const character of name) if (character === part[at]) at++;
  return at === part.length;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
