import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimedBundle } from '@huiying/persistence';
import { readEnvironment } from '@huiying/settings';
import { SentMarks } from './sent-marks.js';

describe('marks of what was sent', () => {
  const home = mkdtempSync(join(tmpdir(), 'huiying-marks-'));
  const marks = (folder = home) => new SentMarks(readEnvironment({ HUIYING_DATA_DIR: folder }));
  afterAll(() => rmSync(home, { recursive: true }));

  const bundle = (over: Partial<ClaimedBundle> = {}, begun = '2026-11-27T03:00:00Z') =>
    ({ bundleId: 'b1', channel: 'email', isRepeat: true, notices: [{ firstAttemptAt: new Date(begun) }], ...over }) as ClaimedBundle;
  const ACCEPTED = { outcome: 'accepted', receipt: '250 ok' };

  it('gives another process the answer that one heard', () => {
    marks().put(bundle({ isRepeat: false }), '250 ok');
    expect(marks().find(bundle())).toEqual(ACCEPTED);
  });

  it.each([
    ['a first attempt', bundle({ isRepeat: false })],
    ['another channel', bundle({ channel: 'sms' })],
    ['another message', bundle({ bundleId: 'b2' })],
    ['a message of the same id in another database', bundle({}, '2026-11-27T03:00:01Z')],
  ])('says nothing of %s', (_, one) => {
    expect(marks().find(one)).toBeNull();
  });

  it('knows nothing once it was dropped, or where its writing was cut off', () => {
    marks().drop(bundle());
    expect(marks().find(bundle())).toBeNull();
    marks().drop(bundle());
    writeFileSync(join(home, 'sent', 'b1.email'), '{"firstAtt');
    expect(marks().find(bundle())).toBeNull();
  });

  it('lets the sending go on where the folder takes no files', () => {
    writeFileSync(join(home, 'file'), '');
    const nowhere = marks(join(home, 'file'));
    nowhere.put(bundle(), '250 ok');
    expect(nowhere.find(bundle())).toBeNull();
    nowhere.drop(bundle());
  });
});
