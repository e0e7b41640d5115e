import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCalendar } from './calendar.js';
import { readCity } from './city.js';
import { readDepartments } from './departments.js';
import { configFingerprint, readLexicons } from './lexicons.js';
import { readTopics } from './topics.js';

const CONFIG = resolve(__dirname, '../../../config');

describe('the configuration of judging', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiying-config-'));
    cpSync(CONFIG, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const edit = (file: string, from: string, to: string) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };

  it('of the demo city can be read, is frozen, and is whole', () => {
    const [city, departments, topics, lexicons] = [readCity(CONFIG), readDepartments(CONFIG), readTopics(CONFIG), readLexicons(CONFIG)];
    expect(city.districts.map((d) => d.name)).toEqual(['青梧区', '临浦区', '望北新区', '澄溪县', '雁鸣县']);
    expect(departments.filter((d) => d.vertical).map((d) => d.id)).toEqual(expect.arrayContaining(['tax', 'meteorology']));
    expect(topics.topics.flatMap((t) => t.children).length).toBeGreaterThanOrEqual(50);
    expect(Object.keys(lexicons)).toHaveLength(9);
    expect(() => (city.districts as unknown[]).push({})).toThrow(TypeError);
  });

  it.each([
    [
      'topics.yaml',
      'lead: gas',
      'lead: gaz',
      () => readTopics(folder),
      /line \d+: topics\.0\.children\.\d+\.lead: names the unknown department gaz/,
    ],
    [
      'topics.yaml',
      'co: [natural-resources]',
      'co: [natural-resources, nobody]',
      () => readTopics(folder),
      /co\.1: names the unknown department nobody/,
    ],
    ['topics.yaml', 'co: [natural-resources]', 'co: [housing]', () => readTopics(folder), /co\.0: housing is the lead department already/],
    ['topics.yaml', "code: '0102'", "code: '0101'", () => readTopics(folder), /children\.1\.code: code 0101 is given twice/],
    ['topics.yaml', "code: '0102'", "code: '0902'", () => readTopics(folder), /code 0902 must start with 01/],
    ['departments.yaml', 'id: publicity', 'id: gov-office', () => readDepartments(folder), /id gov-office is given twice/],
    [
      'departments.yaml',
      "district: '990102'",
      "district: '990199'",
      () => readDepartments(folder),
      /names the district 990199, unknown to city\.yaml/,
    ],
    [
      'departments.yaml',
      'short: [市信访局',
      'short: [环保局, 市信访局',
      () => readDepartments(folder),
      /the name 环保局 belongs to ecology already/,
    ],
    ['departments.yaml', 'successor: agriculture', 'successor: farming', () => readDepartments(folder), /line \d+: departments\.\d+\.successor: names the unknown department farming/], // prettier-ignore
    ['departments.yaml', 'successor: agriculture', 'successor: poverty-relief', () => readDepartments(folder), /successor: successors lead in a circle back to/], // prettier-ignore
    ['departments.yaml', '    successor: agriculture\n', '', () => readDepartments(folder), /line \d+: departments\.\d+\.validTo: validTo and successor belong together/], // prettier-ignore
    ['departments.yaml', "    validTo: '2023-12-31'\n", '', () => readDepartments(folder), /line \d+: departments\.\d+\.successor: validTo and successor belong together/], // prettier-ignore
    ['departments.yaml', "validTo: '2023-12-31'", "validTo: '2021-01-31'", () => readDepartments(folder), /validTo: must not be before validFrom 2021-07-01; got 2021-01-31/], // prettier-ignore
    ['departments.yaml', "validFrom: '2021-07-01'", "validFrom: '2021-09-01'", () => readDepartments(folder), /successor: rural-revitalization begins on 2021-09-01, more than a day after 2021-06-30/], // prettier-ignore
    ['departments.yaml', "validFrom: '2021-07-01'", 'validFrom: July', () => readDepartments(folder), /validFrom: must be a day in quotes/],
    ['departments.yaml', "validTo: '2019-03-31'", 'validTo: 2019', () => readDepartments(folder), /aliases\.0\.validTo/],
    [
      'city.yaml',
      "code: '990102001'",
      "code: '990103001'",
      () => readCity(folder),
      /towns\.0\.code: code 990103001 must start with 990102/,
    ],
    [
      'city.yaml',
      "district: '990103', aliases: [望川高铁站",
      "district: '990188', aliases: [望川高铁站",
      () => readCity(folder),
      /names the unknown district 990188/,
    ],
    ['city.yaml', '- { name: 临浦, is:', '- { name: 临渊, is:', () => readCity(folder), /line \d+: city\.namesakes\.0\.name: 临渊 is no name of a place of this city/], // prettier-ignore
    [
      'city.yaml',
      'commonNames: [北门社区',
      'commonNames: [南门社区',
      () => readCity(folder),
      /commonNames\.0: 南门社区 is no name of a place/,
    ],
    ['city.yaml', 'near: [萧山, 浙江, 杭州, 浦阳江, 钱塘]', 'near: []', () => readCity(folder), /namesakes\.0\.near/],
    ['city.yaml', 'name: 青梧区', 'nome: 青梧区', () => readCity(folder), /line \d+: districts\.0.*nome/s],
    ['lexicons/policy.yaml', 'measure:', 'measures:', () => readLexicons(folder), /lexicons\/policy\.yaml cannot be used:[\s\S]*measure/],
    ['lexicons/sentiment.yaml', 'negative: [', 'negative: [2019, ', () => readLexicons(folder), /negative\.0/],
  ] as const)('%s with %s → %s names the fault', (file, from, to, read, message) => {
    edit(file, from, to);
    expect(read).toThrow(message);
  });

  it('is called by the path that was given, by a short one where it lies below us', () => {
    expect(() => readCity(folder, 'elsewhere.yaml')).toThrow(`${join(folder, 'elsewhere.yaml')} cannot be used:\n`);
    rmSync(join(folder, 'calendar'), { recursive: true });
    expect(() => readCalendar(folder)).toThrow(`${join(folder, 'calendar')} cannot be used:\n  holds no YYYY.yaml`);
    const here = process.cwd();
    process.chdir(folder);
    try {
      mkdirSync('config');
      expect(() => readCity(join(process.cwd(), 'config'))).toThrow(/^config\/city\.yaml cannot be used:\n/);
    } finally {
      process.chdir(here);
    }
  });
});

describe('configFingerprint', () => {
  it('changes with the value and with the order of values, and with nothing else', () => {
    expect(configFingerprint({ a: 1 }, [2])).toBe(configFingerprint({ a: 1 }, [2]));
    expect(configFingerprint({ a: 1 }, [2])).not.toBe(configFingerprint([2], { a: 1 }));
    expect(configFingerprint({ a: 2 })).not.toBe(configFingerprint({ a: 1 }));
    expect(configFingerprint(1)).toMatch(/^[0-9a-f]{8}$/);
  });
});
