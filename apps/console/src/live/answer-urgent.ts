import { queryClient } from '../api/client.js';
import { steps } from '../api/steps.js';
import { urgentStore } from './urgent-store.js';

/** Somebody has seen what was urgent (all of it, or what leads to `link`): it stops ringing and counts as read. */
export function answerUrgent(link?: string): void {
  const stored = urgentStore.answer(link).filter((notice) => notice.stored);
  if (stored.length === 0) return;
  void Promise.allSettled(stored.map(({ id }) => steps.readNotice(id))).then(() =>
    queryClient.invalidateQueries({ queryKey: ['notices'] }),
  );
}
