import { basename, dirname } from 'node:path';
import { readCity, readDepartments, readLexicons, readTopics } from '@huiying/settings';
import type { LexiconSources } from './lexicon.js';

/** As readLexiconSources, for the city of another file: departments, topics and word lists stay, without this city's districts. @throws BadConfig */
export function readLexiconSourcesOf(cityFile: string, folder: string, citySources: Iterable<string>): LexiconSources {
  return {
    city: readCity(dirname(cityFile), basename(cityFile)),
    departments: readDepartments(folder).filter((department) => department.kind !== 'district'),
    topics: readTopics(folder),
    lexicons: readLexicons(folder),
    citySources,
  };
}
