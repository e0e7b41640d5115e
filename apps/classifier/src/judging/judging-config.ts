import { readCity, readDepartments, readLexicons, readSources, readTopics } from '@huiying/settings';
import { compileLexicon, type CompiledLexicon } from './lexicon.js';

/** Reads and compiles everything in the configuration folder that judging needs. @throws BadConfig */
export function readJudgingConfig(folder: string, citySources: Iterable<string> = belongingTo(folder)): CompiledLexicon {
  return compileLexicon({
    city: readCity(folder),
    departments: readDepartments(folder),
    topics: readTopics(folder),
    lexicons: readLexicons(folder),
    citySources,
  });
}

function belongingTo(folder: string): string[] {
  return readSources(folder).filter((source) => source.belongsToCity).map((source) => source.id); // prettier-ignore
}
