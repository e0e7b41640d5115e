import { createServer, type Server } from 'node:http';
import type { Clock } from '@huiying/domain';
import { channelsFile, type ChannelSetting, type Environment } from '@huiying/settings';

const KEPT = 200;
/** Made up; they open nothing but this process's own receiver. */
const SECRETS: [string, string][] = [
  ['wecom.key', 'demo-wecom-key'],
  ['dingtalk.token', 'demo-dingtalk-token'],
  ['dingtalk.secret', 'SECdemo'],
  ['feishu.token', 'demo-feishu-token'],
  ['feishu.secret', 'demo-feishu-secret'],
];
const DAY_MS = 86_400_000;

interface Received {
  at: string;
  channel: string;
  text: string;
}

/** The demo's channels: they look like the vendors', and no message leaves this machine. */
export interface FencedChannels {
  /** Where a browser sees what was sent. */
  url: string;
  settings: readonly ChannelSetting[];
  /** The environment with the channels' made-up secrets, and the receiver on the list of private addresses. */
  fenced(environment: Environment): Environment;
  close(): Promise<void>;
}

/** Receives on loopback what the demo sends to 企业微信, 钉钉 and 飞书, and shows it on a page. */
export async function serveFencedChannels(clock: Clock): Promise<FencedChannels> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST')
        return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(received));
      const channel = request.url!.split(/[/?]/)[1]!;
      received.unshift({ at: clock.now().toISOString(), channel, text: textOf(Buffer.concat(chunks).toString('utf8')) });
      received.length = Math.min(received.length, KEPT);
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errcode: 0, errmsg: 'ok', code: 0, msg: 'success' }));
    });
  });
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const expiresAt = new Date(clock.now().getTime() + 6 * DAY_MS).toISOString().slice(0, 10);
  const channels = [
    { id: 'wecom', kind: 'wecom', url: `${origin}/wecom`, bundleSeconds: 20 },
    { id: 'dingtalk', kind: 'dingtalk', url: `${origin}/dingtalk`, bundleSeconds: 20 },
    {
      id: 'feishu',
      kind: 'feishu',
      url: `${origin}/feishu`,
      bundleSeconds: 20,
      expiresAt,
      roles: ['duty-officer', 'supervisor', 'administrator'],
    },
  ];
  return {
    url: `${origin}/`,
    settings: channelsFile.parse({ channels }).channels,
    fenced: (environment) =>
      Object.freeze({
        ...environment,
        channelSecrets: new Map([...environment.channelSecrets, ...SECRETS]),
        channelAllow: [...environment.channelAllow, `127.0.0.1:${port}`],
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

function textOf(body: string): string {
  try {
    const { text, content } = JSON.parse(body) as { text?: { content?: string }; content?: { text?: string } };
    return text?.content ?? content?.text ?? body;
  } catch {
    return body;
  }
}

const NAMES: Record<string, string> = { wecom: '企业微信群', dingtalk: '钉钉群', feishu: '飞书群' };

function page(received: readonly Received[]): string {
  const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const linked = (text: string) => escaped(text).replace(/https?:\/\/[^\s&<]+/g, (url) => `<a href="${url}">${url}</a>`);
  const items = received.map(
    ({ at, channel, text }) =>
      `<article><h2>${escaped(NAMES[channel] ?? channel)} <small>${at.slice(0, 19).replace('T', ' ')} UTC</small></h2><p>${linked(text)}</p></article>`,
  );
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
<title>演示收件箱</title><style>body{font:15px/1.6 sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem}p{white-space:pre-line;overflow-wrap:anywhere}h2{font-size:1rem;margin:1rem 0 0}small{color:#667}</style>
<h1>演示收件箱</h1><p>演示城市发往企业微信、钉钉、飞书的消息都收在这里，不会发到机器以外。</p>${items.join('') || '<p>还没有消息。</p>'}</html>`;
}
