import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { MovableClock } from '@huiying/domain';
import { readEnvironment } from '@huiying/settings';
import { SentMarks, type InHand } from './sent-marks.js';

describe('marks of what was sent', () => {
  const home = mkdtempSync(join(tmpdir(), 'huiying-marks-'));
  const clock = new MovableClock(new Date('2026-11-27T03:00:00Z'));
  const marks = (folder = home) => new SentMarks(readEnvironment({ HUIYING_DATA_DIR: folder }), clock);
  afterAll(() => rmSync(home, { recursive: true }));

  const message = (over: Partial<InHand> = {}): InHand => ({
    ...{ id: 'b1', channel: 'email', isRepeat: true, begunAt: new Date('2026-11-27T03:00:00Z') },
    ...over,
  });
  const ACCEPTED = { outcome: 'accepted', receipt: '250 ok' };

  it('gives another process the answer that one heard', () => {
    marks().put(message({ isRepeat: false }), '250 ok');
    expect(marks().find(message())).toEqual(ACCEPTED);
  });

  it.each([
    ['a first attempt', message({ isRepeat: false })],
    ['another channel', message({ channel: 'sms' })],
    ['another message', message({ id: 'b2' })],
    ['a message of the same id in another database', message({ begunAt: new Date('2026-11-27T03:00:01Z') })],
  ])('says nothing of %s', (_, one) => {
    expect(marks().find(one)).toBeNull();
  });

  it('knows nothing once it was dropped, or where its writing was cut off', () => {
    marks().drop(message());
    expect(marks().find(message())).toBeNull();
    marks().drop(message());
    writeFileSync(join(home, 'sent', 'b1.email'), '{"firstAtt');
    expect(marks().find(message())).toBeNull();
  });

  it('takes away at a start what no message will be tried for any more, and only that', () => {
    marks().put(message({ id: 'old', begunAt: new Date('2026-10-28T02:59:59Z') }), '250 ok');
    marks().put(message({ id: 'young', begunAt: new Date('2026-10-28T03:00:00Z') }), '250 ok');
    marks().onModuleInit();
    expect(readdirSync(join(home, 'sent')).sort()).toEqual(['b1.email', 'young.email']);
    expect(() => marks(join(home, 'none')).onModuleInit()).not.toThrow();
  });

  it('lets the sending go on where the folder takes no files', () => {
    writeFileSync(join(home, 'file'), '');
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const nowhere = marks(join(home, 'file'));
    nowhere.put(message(), '250 ok');
    expect(nowhere.find(message())).toBeNull();
    nowhere.drop(message());
    expect(warned).toHaveBeenCalledTimes(2);
    warned.mockRestore();
  });
});
