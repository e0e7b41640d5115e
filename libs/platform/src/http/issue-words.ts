import { DAY_RULE, HOTLINE_RULE_WORDS, YEARS, YEARS_RULE } from '@huiying/contracts/http';
import { z } from 'zod';

const RULE_WORDS: Readonly<Record<string, string>> = {
  ...HOTLINE_RULE_WORDS,
  [DAY_RULE]: '应为“2026-11-02”这样的日期',
  [YEARS_RULE]: `年份应在 ${YEARS.join('–')} 之间`,
};
const chinese = z.locales.zhCN().localeError;
const KINDS: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
  record: '对象',
  null: 'null',
};

/** What is wrong with a value, in Chinese: the words of zod's own locale are those of programmers. */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected as string, issue.input);
    case 'too_big':
    case 'too_small':
      return sizeWords(issue);
    case 'unrecognized_keys':
      return `没有名为 ${(issue.keys as string[]).join('、')} 的字段`;
    default: {
      const said = chinese(issue);
      return typeof said === 'string' ? said : said?.message;
    }
  }
}

/** Rules that a schema words itself are said in English. */
export function ruleWords(rule: string): string | undefined {
  return Object.hasOwn(RULE_WORDS, rule) ? RULE_WORDS[rule] : undefined;
}

function typeWords(expected: string, came: unknown): string {
  if (came === undefined) return '必填，没有给出';
  const kind = z.util.parsedType(came);
  // A number where text belongs may be somebody's phone.
  const told = expected === 'int' && kind === 'number' ? ` ${String(came)}` : (KINDS[kind] ?? kind);
  return `应为${KINDS[expected] ?? expected}，给出的是${told}`;
}

function sizeWords({ code, origin, minimum, maximum, input }: z.core.$ZodRawIssue): string {
  const limit = String(code === 'too_big' ? maximum : minimum);
  const isText = origin === 'string';
  if (!isText && origin !== 'array') return `应不${code === 'too_big' ? '大于' : '小于'} ${limit}，当前为 ${String(input)}`;
  const length = (input as { length: number }).length;
  if (length === 0) return '不能为空';
  const unit = isText ? '字' : '项';
  return `应为${code === 'too_big' ? '至多' : '至少'} ${limit} ${unit}，当前 ${length} ${unit}`;
}
