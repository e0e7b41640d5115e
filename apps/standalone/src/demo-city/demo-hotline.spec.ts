import { resolve } from 'node:path';
import { signedHeaders } from '@huiying/platform';
import { DemoHotline } from './demo-hotline.js';

it('takes what is told of each of its own orders: a log full of refusals would look like a fault', async () => {
  const hotline = await DemoHotline.open();
  const { id, url, secret } = hotline.target(resolve('config'));
  const tell = async (n: number): Promise<number> => {
    const body = Buffer.from(JSON.stringify({ orderNo: `WC20261126${String(n).padStart(5, '0')}`, seq: 2 }));
    const parts = { method: 'POST', path: new URL(url).pathname, timestamp: '1795658400', nonce: String(n), body };
    const answer = await fetch(url, { method: 'POST', body, headers: signedHeaders(parts, id, secret!) });
    await answer.arrayBuffer();
    return answer.status;
  };
  try {
    const answers = await Promise.all(Array.from({ length: 400 }, (_, n) => tell(n)));
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  } finally {
    await hotline.close();
  }
});
