import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretKey } from './secret-key.js';
import { RecordSeal } from './record-seal.js';

describe('RecordSeal', () => {
  const seal = new RecordSeal(Buffer.alloc(32, 7));
  const text = Buffer.from('张三 13812345678');

  it('opens what it sealed, and two seals of one text differ', () => {
    const sealed = seal.seal(text, 'A-1');
    expect(seal.open(sealed, 'A-1')).toEqual(text);
    expect(sealed.includes(Buffer.from('13812345678'))).toBe(false);
    expect(seal.seal(text, 'A-1')).not.toEqual(sealed);
  });

  it.each<[string, (sealed: Buffer) => [Buffer, string, RecordSeal]]>([
    ['another place', (s) => [s, 'A-2', seal]],
    ['another key', (s) => [s, 'A-1', new RecordSeal(Buffer.alloc(32, 8))]],
    ['another purpose', (s) => [s, 'A-1', new RecordSeal(Buffer.alloc(32, 7), 'api-key')]],
    ['one bit changed', (s) => [Buffer.from(s.map((b, i) => (i === s.length - 1 ? b ^ 1 : b))), 'A-1', seal]],
    ['a tag cut off', (s) => [s.subarray(0, 20), 'A-1', seal]],
    ['another form', (s) => [Buffer.from(s.map((b, i) => (i === 0 ? 2 : b))), 'A-1', seal]],
    ['nothing', () => [Buffer.alloc(0), 'A-1', seal]],
  ])('does not open with %s', (_, change) => {
    const [sealed, place, opener] = change(seal.seal(text, 'A-1'));
    expect(() => opener.open(sealed, place)).toThrow('cannot be opened');
  });

  it('tells equal texts by a digest that depends on the key', () => {
    expect(seal.mac('a')).toEqual(seal.mac('a'));
    expect(seal.mac('a')).not.toEqual(new RecordSeal(Buffer.alloc(32, 8)).mac('a'));
  });
});

describe('secretKey', () => {
  let dataFolder: string;
  beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'huiying-key-'))));
  afterEach(() => rmSync(dataFolder, { recursive: true }));

  it('takes the one of the environment', () => {
    expect(secretKey({ secretKey: 'ab'.repeat(32), dataFolder })).toEqual(Buffer.alloc(32, 0xab));
    expect(existsSync(join(dataFolder, 'secret.key'))).toBe(false);
  });

  it('makes one that only its owner can read, and finds it again', () => {
    const made = secretKey({ secretKey: null, dataFolder: join(dataFolder, 'new') });
    expect(made).toHaveLength(32);
    expect(statSync(join(dataFolder, 'new/secret.key')).mode & 0o777).toBe(0o600);
    expect(secretKey({ secretKey: null, dataFolder: join(dataFolder, 'new') })).toEqual(made);
    expect(readFileSync(join(dataFolder, 'new/secret.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('refuses a file that holds no key, without showing it', () => {
    writeFileSync(join(dataFolder, 'secret.key'), 'half a ke');
    expect(() => secretKey({ secretKey: null, dataFolder })).toThrow(/must hold 64 hexadecimal digits/);
    expect(() => secretKey({ secretKey: null, dataFolder })).not.toThrow(/half a ke/);
  });

  it('says in one sentence that none can be made', () => {
    writeFileSync(join(dataFolder, 'a-file'), '');
    const inside = join(dataFolder, 'a-file/inside');
    const said = `${inside}/secret.key cannot be written (ENOTDIR); set HUIYING_SECRET_KEY, or HUIYING_DATA_DIR to a folder that can.`;
    expect(() => secretKey({ secretKey: null, dataFolder: inside })).toThrow(said);
  });
});
