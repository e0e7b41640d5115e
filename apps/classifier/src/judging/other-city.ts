import { basename, dirname } from 'node:path';
import { readCity, readDepartments, readLexicons, readTopics } from '@huiying/settings';
import { compileLexicon, type CompiledLexicon } from './lexicon.js';

/** As readJudgingConfig, for the city of another file: departments, topics and word lists stay, without this city's districts. @throws BadConfig */
export function readJudgingConfigOf(cityFile: string, folder: string, citySources: Iterable<string>): CompiledLexicon {
  return compileLexicon({
    city: readCity(dirname(cityFile), basename(cityFile)),
    departments: readDepartments(folder).filter((department) => department.kind !== 'district'),
    topics: readTopics(folder),
    lexicons: readLexicons(folder),
    citySources,
  });
}
