import { readCity, readDepartments, readLexicons, readSources, readTopics } from '@huiying/settings';
import { compileLexicon, type CompiledLexicon, type LexiconSources } from './lexicon.js';

/** Reads and compiles everything in the configuration folder that judging needs. @throws BadConfig */
export function readJudgingConfig(folder: string, citySources?: Iterable<string>): CompiledLexicon {
  return compileLexicon(readLexiconSources(folder, citySources));
}

/** The same, not yet compiled: plain data, which another thread can be handed. @throws BadConfig */
export function readLexiconSources(folder: string, citySources: Iterable<string> = belongingTo(folder)): LexiconSources {
  return {
    city: readCity(folder),
    departments: readDepartments(folder),
    topics: readTopics(folder),
    lexicons: readLexicons(folder),
    citySources,
  };
}

function belongingTo(folder: string): string[] {
  return readSources(folder).filter((source) => source.belongsToCity).map((source) => source.id); // prettier-ignore
}
