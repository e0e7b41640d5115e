/**
 * Writes config/calendar/YYYY.yaml from the dates in the development package chinese-days, which has them from the State
 * Council's yearly notices. Run by hand when a notice is out and the package knows it: node scripts/write-calendar.cjs
 * A file that exists is left as it is: staff may have corrected it (give --force to write it anew).
 */
const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const known = require('chinese-days/dist/chinese-days.json');

const FIRST_YEAR = 2007; // the first year with 调休 notices of today's form
const FULL_NAMES = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };

/** Notices whose number or day we could find in print; the others are "unknown" rather than guessed. */
const SOURCES = {
  2025: [null, '国务院办公厅2024-11-12通知，据新华社、光明网当日报道；文号未核'],
  2026: ['国办发明电〔2025〕7号', '国务院办公厅2025-11-04通知；文号据公开代码转引，上线前以中国政府网原文复核'],
};
const UNKNOWN = [null, '国务院办公厅当年放假安排通知；文号未核（source unknown），日期取自 npm 包 chinese-days'];

/** A day of late December named 元旦 stands in the notice of the year that follows. */
function noticeYear(date, name) {
  const year = Number(date.slice(0, 4));
  return name === '元旦' && date.slice(5, 7) === '12' ? year + 1 : year;
}

function byYear(days) {
  const years = new Map();
  for (const [date, text] of Object.entries(days).sort()) {
    const short = text.split(',')[1];
    const name = FULL_NAMES[short] ?? short;
    const year = noticeYear(date, name);
    const names = years.get(year) ?? years.set(year, new Map()).get(year);
    (names.get(name) ?? names.set(name, []).get(name)).push(date);
  }
  return years;
}

function yaml(year, off, worked) {
  const [source, note] = SOURCES[year] ?? UNKNOWN;
  const list = (names) => [...names].map(([name, days]) => `  - name: ${name}\n    days: [${days.join(', ')}]\n`).join('');
  return (
    `# ${year} 年放假与调休上班安排。由 scripts/write-calendar.cjs 写成；更正时直接改本文件。\n` +
    `year: ${year}\nsource: ${source ?? 'null'}\nsourceNote: ${note}\n` +
    `holidays:\n${list(off)}workdays:${worked.size === 0 ? ' []\n' : `\n${list(worked)}`}`
  );
}

function main() {
  const folder = join(__dirname, '..', 'config', 'calendar');
  mkdirSync(folder, { recursive: true });
  const off = byYear(known.holidays);
  const worked = byYear(known.workdays);
  for (const year of [...off.keys()].filter((y) => y >= FIRST_YEAR).sort()) {
    const file = join(folder, `${year}.yaml`);
    if (existsSync(file) && !process.argv.includes('--force')) continue;
    writeFileSync(file, yaml(year, off.get(year), worked.get(year) ?? new Map()));
    console.log(`config/calendar/${year}.yaml written`);
  }
}

main();
