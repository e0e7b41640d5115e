import type { CompiledLexicon } from './lexicon.js';
import { longest, type Hit, type Reading } from './reading.js';

/** Mentions of places that are not ours, without streets, banks and dishes called after them. Each place once. */
export function foreignHits(reading: Reading, lexicon: CompiledLexicon): Hit<'elsewhere'>[] {
  const ours = [...reading.hits('place'), ...reading.hits('organ')];
  const seen = new Set<string>();
  return longest(reading.hits('elsewhere')).filter((hit) => {
    const { folded } = reading[hit.field];
    const name = folded.slice(hit.start, hit.end).replace(/[省市州县区盟]$/, '');
    if (seen.has(name) || lexicon.notBefore.some((word) => folded.startsWith(word, hit.end))) return false;
    if (ours.some((o) => o.field === hit.field && o.start <= hit.start && hit.end <= o.end)) return false;
    seen.add(name);
    return true;
  });
}
