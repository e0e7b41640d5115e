import { encode } from 'iconv-lite';
import { decodeDocument, guessEncoding } from './decode.js';

const rss = (title: string, declaration = '') => `${declaration}<rss version="2.0"><channel><title>${title}</title></channel></rss>`;
const declared = (name: string) => `<?xml version="1.0" encoding="${name}"?>`;

describe('decodeDocument', () => {
  const long = '五一假期首尾高峰时段，朱镕基、李赟、陶喆、堃字测试';
  it.each([
    ['UTF-8 without any word about it', Buffer.from(rss(long)), null, long, 'utf8 by bytes'],
    ['UTF-8 that the header calls gb2312', Buffer.from(rss(long)), 'text/xml; charset=gb2312', long, 'utf8 by bytes'],
    ['UTF-8 that its declaration calls gb2312', Buffer.from(rss(long, declared('gb2312'))), null, long, 'utf8 by bytes'],
    ['GBK that calls itself gb2312', encode(rss(long, declared('gb2312')), 'gbk'), null, long, 'gb18030 by declaration'],
    ['GBK known by the header alone', encode(rss(long), 'gbk'), 'text/xml;charset="GBK"', long, 'gb18030 by header'],
    ['GBK that calls itself utf-8', encode(rss(long, declared('utf-8')), 'gbk'), 'text/xml; charset=utf-8', long, 'gb18030 by guess'],
    ['GBK without any word about it', encode(rss(long), 'gbk'), null, long, 'gb18030 by guess'],
    [
      'GB18030 with four-byte characters',
      encode(rss('生僻字㐀䶮𠮷', declared('GB18030')), 'gb18030'),
      null,
      '生僻字㐀䶮𠮷',
      'gb18030 by declaration',
    ],
    ['Big5', encode(rss('臺北市政府：噪音陳情', declared('Big5')), 'big5'), 'text/xml', '臺北市政府：噪音陳情', 'big5 by declaration'],
    ['Latin letters', encode(rss('café', declared('iso-8859-1')), 'latin1'), null, 'café', 'windows-1252 by declaration'],
    ['UTF-16 with a mark', encode(rss(long), 'utf-16le', { addBOM: true }), null, long, 'utf-16le by byte-order-mark'],
    ['UTF-16 big-endian with a mark', encode(rss(long), 'utf-16be', { addBOM: true }), null, long, 'utf-16be by byte-order-mark'],
    ['UTF-16 without a mark', encode(rss(long), 'utf-16le'), null, long, 'utf-16le by bytes'],
    ['ASCII that calls itself utf-16', Buffer.from(rss('plain', declared('utf-16'))), null, 'plain', 'utf8 by bytes'],
    ['UTF-16 without a mark after a blank line', encode(`\n${rss(long)}`, 'utf-16be', { addBOM: false }), null, long, 'utf-16be by bytes'],
    ['UTF-32 with a mark', encode(rss(long), 'utf-32le', { addBOM: true }), null, long, 'utf-32le by byte-order-mark'],
    ['UTF-32 big-endian without a mark', encode(rss(long), 'utf-32be', { addBOM: false }), null, long, 'utf-32be by bytes'],
    [
      'GBK behind a server that says latin-1 of everything',
      encode(rss('路灯不亮'), 'gbk'),
      'text/xml; charset=ISO-8859-1',
      '路灯不亮',
      'gb18030 by guess',
    ],
    [
      'GBK whose own word differs from the server',
      encode(rss('路灯', declared('gb2312')), 'gbk'),
      'text/xml; charset=ISO-8859-1',
      '路灯',
      'gb18030 by declaration',
    ],
    ['two characters of GBK whose bytes are UTF-8 too', encode(rss('停水'), 'gbk'), null, '停水', 'gb18030 by guess'],
    ['a rare name in GBK', encode(rss('朱镕基', declared('utf-8')), 'gbk'), null, '朱镕基', 'gb18030 by guess'],
    ['Big5 without any word about it', encode(rss('颱風停班停課'), 'big5'), null, '颱風停班停課', 'big5 by guess'],
    ['Big5 that calls itself gb2312', encode(rss('陳情案件', declared('gb2312')), 'big5'), null, '陳情案件', 'big5 by guess'],
    ['HZ', Buffer.from(rss('~{VPND~} and ~~', declared('hz-gb-2312'))), null, '中文 and ~', 'hz-gb-2312 by declaration'],
    ['Russian', encode(rss('Привет мир', declared('koi8-r')), 'koi8-r'), null, 'Привет мир', 'koi8-r by declaration'],
    [
      'letters with accents and no word about them',
      encode(rss('“smart” – café'), 'windows-1252'),
      null,
      '“smart” – café',
      'windows-1252 by guess',
    ],
    ['an encoding that nobody knows', Buffer.from(rss(long, declared('x-nobody'))), 'text/xml; charset=nonsense', long, 'utf8 by bytes'],
    ['a mark after blank lines', Buffer.from(`\n\n\ufeff${rss(long)}`), null, long, 'utf8 by byte-order-mark'],
  ])('reads %s', (_, bytes, contentType, title, how) => {
    const read = decodeDocument(bytes, contentType);
    expect(read.text).toContain(`<title>${title}</title>`);
    expect(`${read.encoding} by ${read.by}`).toBe(how);
    expect(read.unreadable).toBe(0);
  });

  it('keeps a text whose last character was cut off, and counts the damage', () => {
    const utf8 = decodeDocument(Buffer.from('积水严重，请尽快处理').subarray(0, -1));
    expect(utf8).toMatchObject({ text: '积水严重，请尽快处\ufffd', encoding: 'utf8', unreadable: 1 });
    const gbk = decodeDocument(encode(`${declared('gb2312')}积水严重，请尽快处理`, 'gbk').subarray(0, -1));
    expect(gbk.text).toContain('积水严重，请尽快处');
    expect(gbk.encoding).toBe('gb18030');
  });

  it('keeps UTF-8 with a stray byte in it', () => {
    const stray = Buffer.concat([Buffer.from(rss('积水严重')), Buffer.from([0x93])]);
    expect(decodeDocument(stray)).toMatchObject({ text: `${rss('积水严重')}\ufffd`, encoding: 'utf8', unreadable: 1 });
    expect(decodeDocument(Buffer.concat([Buffer.from('déjà vu, çà et là'), Buffer.from([0x92])])).encoding).toBe('utf8');
  });

  it('reads no bytes as no text', () => expect(decodeDocument(Buffer.alloc(0))).toMatchObject({ text: '', unreadable: 0 }));
});

describe('guessEncoding', () => {
  it.each(['gbk', 'utf8'])('knows %s from a beginning that ends within a character', (encoding) => {
    const sample = encode('编号,内容\n1,小区停水三天无人处理\n2,路灯不亮', encoding);
    expect(guessEncoding(sample.subarray(0, -1))).toBe(encoding === 'gbk' ? 'gb18030' : 'utf8');
  });
});
