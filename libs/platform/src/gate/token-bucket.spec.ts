import { TokenBucket } from './token-bucket.js';

const at = (seconds: number) => new Date(1_795_680_000_000 + seconds * 1000);
const takes = (bucket: TokenBucket, seconds: number, times: number) => Array.from({ length: times }, () => bucket.take(at(seconds)));

describe('TokenBucket', () => {
  it('lets a burst through, then says how long to wait, then lets the next through', () => {
    const bucket = new TokenBucket(60);
    expect(takes(bucket, 0, 7)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(bucket.take(at(0.5))).toBe(1);
    expect(takes(bucket, 1, 2)).toEqual([0, 1]);
    expect(takes(bucket, 3_600, 7)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });
  it('lets one a minute through at least', () => expect(takes(new TokenBucket(1), 0, 2)).toEqual([0, 60]));
  it.each([
    [1, 1],
    [3, 3],
    [5, 5],
    [50, 5],
    [60, 6],
    [600, 60],
  ])('of %i a minute lets %i through at once', (perMinute, most) => {
    const bucket = new TokenBucket(perMinute);
    expect(takes(bucket, 0, most + 1).filter((wait) => wait === 0)).toHaveLength(most);
    expect(bucket.most).toBe(most);
  });
  it('is not misled by a clock that goes back', () => {
    const bucket = new TokenBucket(10);
    takes(bucket, 10, 4);
    expect([bucket.take(at(10)), bucket.take(at(0)), bucket.take(at(6))]).toEqual([0, 6, 0]);
  });
});
