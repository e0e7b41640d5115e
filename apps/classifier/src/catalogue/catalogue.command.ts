import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { BadInput } from '@huiying/domain';
import { catalogueId, catalogueIds, readCatalogue, readEnvironment, readTopics } from '@huiying/settings';
import { bytesOf, frontDoor, WrongUsage } from '@huiying/tables/lines';
import { readJudgingConfig } from '../judging/index.js';
import { catalogueOf } from './catalogue-import.js';

const USAGE = `用法：npm run catalogue -- list
      npm run catalogue -- import 文件 [--id 编号] [--title 名称] [--version 版本] [--source 出处] [--replace]
  文件   每行一个 JSON：level_1_name、level_2_name、level_3_name、level_3_code、remark；或 l1、l2、l3（无代码则编为 AA-BB-CC）
  写入 config/catalogues/编号.yaml，映射列由词表先行填写，请人工核对；选用：在 config/topics.yaml 写 catalogue: 编号`;

/** `npm run catalogue`: the catalogues there are, and a standard's file as a new one. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      title: { type: 'string' },
      version: { type: 'string', default: '1' },
      source: { type: 'string' },
      replace: { type: 'boolean', default: false },
    },
  });
  const folder = readEnvironment(process.env).configFolder;
  const [what, file] = positionals;
  if (what === 'list' && positionals.length === 1) return list(folder);
  if (what !== 'import' || !file || positionals.length > 2) throw new WrongUsage();
  const rows = rowsOf(bytesOf(file).toString('utf8'));
  const id = idOf(values.id ?? basename(file).replace(/\.[^.]*$/, '').toLowerCase()); // prettier-ignore
  const target = join(folder, 'catalogues', `${id}.yaml`);
  if (existsSync(target) && !values.replace) {
    throw new BadInput([
      { field: '--id', rule: 'must be new; --replace writes over it, and over the mapping that people mended', got: id },
    ]);
  }
  const about = { id, title: values.title ?? id, version: values.version, source: values.source ?? basename(file) };
  const catalogue = catalogueOf(rows, about, readJudgingConfig(folder), ({ line, code, kept }) =>
    console.error(`第 ${line} 行的代码 ${code} 前面已有，记作 ${kept}，请核对原文`),
  );
  writeFileSync(target, stringify(catalogue, { lineWidth: 0 }));
  const mapped = catalogue.entries.filter((entry) => entry.topics.length > 0).length;
  console.log(`写入 ${target}：${catalogue.entries.length} 项，已对照 ${mapped} 项，其余请人工填写 topics`);
  return 0;
}

/** @throws BadInput */
function idOf(given: string): string {
  const checked = catalogueId.safeParse(given);
  if (checked.success) return checked.data;
  throw new BadInput([{ field: '--id', rule: checked.error.issues[0]!.message, got: given }]);
}

function list(folder: string): number {
  const used = readTopics(folder).catalogue;
  for (const id of catalogueIds(folder)) {
    const { title, version, entries } = readCatalogue(folder, id);
    console.log(`${id === used ? '* ' : '  '}${id}  ${title} ${version}  ${entries.length} 项`);
  }
  return 0;
}

/** @throws BadInput naming the line that is no JSON object */
function rowsOf(text: string): Record<string, unknown>[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line.replace(/^\uFEFF/, '')) as Record<string, unknown>];
    } catch {
      throw new BadInput([{ field: `line ${i + 1}`, rule: 'must be one JSON object', got: line.slice(0, 60) }]);
    }
  });
}

frontDoor(main, { usage: USAGE });
