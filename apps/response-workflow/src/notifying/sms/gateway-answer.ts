import type { ChannelOf } from '@huiying/settings';
import { jsonObject, outcomeOfStatus, type HttpAnswer } from '../channel-http.js';
import type { SendOutcome } from '../notifier.js';

type Verdict = ChannelOf<'sms'>['success'];
const BUSY_SECONDS = 30;

/** What a gateway's answer means by the expressions of its setting; what none of them knows goes by the status, and 2xx is refused. */
export function readGatewayAnswer(
  answer: HttpAnswer,
  { success, busy, broken }: Pick<ChannelOf<'sms'>, 'success' | 'busy' | 'broken'>,
  secrets: readonly string[],
): SendOutcome {
  const { status, text } = answer;
  const json = jsonObject(text);
  const fits = (verdict: Verdict): boolean => ('text' in verdict ? new RegExp(verdict.text, 'u').test(text) : isOneOf(json, verdict));
  const told = hidden(`HTTP ${status} ${text.replace(/\s+/g, ' ').slice(0, 200)}`.trim(), secrets);
  if (broken.some(fits)) return { outcome: 'broken', reason: told };
  if (busy.some(fits)) return { outcome: 'retry', reason: told, waitSeconds: BUSY_SECONDS };
  if (status >= 200 && status < 300) {
    if (fits(success)) return { outcome: 'accepted', receipt: told };
    // A page of a proxy, or half an answer, is no word of the gateway about this message.
    const isJsonExpected = 'path' in success;
    return isJsonExpected && json === null ? { outcome: 'retry', reason: told } : { outcome: 'refused', reason: told };
  }
  return outcomeOfStatus(status, told);
}

function isOneOf(json: Record<string, unknown> | null, { path, is }: Extract<Verdict, { path: string }>): boolean {
  let value: unknown = json;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return is.some((one) => one === value || (typeof value === 'number' && String(value) === one));
}

/** Some gateways repeat the request in their answer. */
function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***'), text);
}
