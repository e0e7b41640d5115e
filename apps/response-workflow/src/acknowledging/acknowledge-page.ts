import { localTimeText } from '@huiying/domain';
import type { AcknowledgeOutcome, LinkedNotice } from './acknowledge-desk.js';

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;background:#f6f7f9;color:#1d2430}
main{max-width:34rem;margin:0 auto;padding:20px 16px 40px}
h1{font-size:1.15rem;margin:.2rem 0 .6rem}
.sheet{background:#fff;border:1px solid #d9dee7;border-radius:6px;padding:16px}
.quiet{color:#5b6675;font-size:.875rem}
button,.go{display:block;width:100%;box-sizing:border-box;min-height:52px;margin:18px 0 8px;border:0;border-radius:6px;font:600 1.1rem/52px inherit;text-align:center;text-decoration:none;background:#1f5aa6;color:#fff}
.go{background:#fff;color:#1f5aa6;border:1px solid #1f5aa6;line-height:50px}
p{white-space:pre-line;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#14181f;color:#e4e8ef}.sheet{background:#1c222c;border-color:#333c4a}.quiet{color:#9aa6b7}.go{background:transparent;color:#8ab4f0;border-color:#8ab4f0}}
`;

/** The page behind a link in a message. It says whose word is asked for; only its button acts. Needs no script. */
export function askPage({ notice, person, endsAt }: LinkedNotice, token: string, viewUrl: string): string {
  return page(
    '确认知悉',
    `<p class="quiet">${escaped(person.name)}，请确认您已知悉：</p>
<div class="sheet"><h1>${escaped(notice.title)}</h1><p>${escaped(notice.body)}</p>
<p class="quiet">${localTimeText(notice.requestedAt)} 发出</p></div>
<form method="post" action="/a/${escaped(token)}?confirm=yes"><button type="submit">我是${escaped(person.name)}，已知悉</button></form>
<a class="go" href="${escaped(viewUrl)}">登录查看并处理</a>
<p class="quiet">本链接只供${escaped(person.name)}本人使用一次，${localTimeText(endsAt)} 前有效。不是本人请勿点击，也不要转发。</p>`,
  );
}

export function donePage(linked: LinkedNotice, outcome: AcknowledgeOutcome, viewUrl: string): string {
  const { person, notice } = linked;
  const go = `<a class="go" href="${escaped(viewUrl)}">登录查看并处理</a>`;
  const about = `<div class="sheet"><h1>${escaped(notice.title)}</h1><p class="quiet">${escaped(person.name)}</p></div>`;
  if (outcome.outcome === 'ended') return page('链接已过期', `${about}<p>本链接已过有效期，请登录后确认。</p>${go}`);
  const at = localTimeText(outcome.at);
  const also = outcome.also === null ? '' : `<p>${escaped(outcome.also)}</p>`;
  if (outcome.outcome === 'used') return page('此前已确认', `${about}<p>已于 ${at} 确认，本链接不再起作用。</p>${also}${go}`);
  return page('已确认', `${about}<p>已于 ${at} 确认知悉，并记入台账。</p>${also}${go}`);
}

export function unknownPage(): string {
  return page('链接无效', '<p>链接无效或不完整。请从消息中重新打开，或登录控制台查看通知。</p><a class="go" href="/">登录控制台</a>');
}

function page(title: string, inside: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><title>${title} · 回应</title><style>${STYLE}</style></head>
<body><main><p class="quiet">回应 · 政务舆情值班</p><h1>${title}</h1>${inside}</main></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
