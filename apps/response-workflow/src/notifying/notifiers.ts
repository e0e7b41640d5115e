import type { Environment } from '@huiying/settings';
import { EmailNotifier } from './email/index.js';
import type { Notifier } from './notifier.js';

/** Token of the channels that are set up. The console needs none: a notice is on it once it is kept. */
export const NOTIFIERS = Symbol('notifiers');

/** Every channel for which the environment has an address. */
export function notifiersOf(environment: Environment): Notifier[] {
  const notifiers: Notifier[] = [];
  if (environment.smtpUrl) notifiers.push(new EmailNotifier(environment.smtpUrl, environment.smtpFrom, environment.publicUrl));
  return notifiers;
}
