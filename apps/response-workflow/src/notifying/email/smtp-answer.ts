import type { SendOutcome } from '../notifier.js';

/** What nodemailer tells of a failed send. */
export interface SmtpFailure {
  message: string;
  /** nodemailer's own word, e.g. ECONNECTION, EAUTH, EENVELOPE. */
  code?: string;
  /** The server's three digits, where it answered. */
  responseCode?: number;
  /** The command that was answered, e.g. RCPT TO, DATA, AUTH LOGIN, CONN. */
  command?: string;
}

/** Commands that speak of this message: a 5xx to one of them is for ever. 5xx to the others is about the server or our login. */
const OF_THE_MESSAGE = /^(MAIL FROM|RCPT TO|DATA)/i;

/**
 * Reads a failed send. RFC 5321 §4.2.1: 4yz may succeed later, 5yz will not; 552 (mailbox full) counts as temporary
 * (§4.5.3.1.10). No answer at all is no verdict: the same mail may be taken later. A login that is refused for good is ours to mend.
 */
export function readSmtpFailure(failure: SmtpFailure): SendOutcome {
  const { responseCode, command, code } = failure;
  const reason = `${responseCode ?? code ?? 'no answer'}: ${oneLine(failure.message)}`;
  if (code === 'EAUTH' && responseCode !== undefined && responseCode >= 500) return { outcome: 'broken', reason };
  if (responseCode === undefined || responseCode < 500 || responseCode === 552) return { outcome: 'retry', reason };
  return { outcome: OF_THE_MESSAGE.test(command ?? '') ? 'refused' : 'retry', reason };
}

/** Server texts come from outside: one line, not endless. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
