/** Something of the services that runs by itself when its time has come. */
export interface Due {
  /** When it next has something to do; null: nothing is planned. */
  nextAt(): Promise<Date | null>;
  /** Does what is due now. */
  tick(): Promise<unknown>;
}

/** What is due soonest, and how to do it: of those that are due at one instant all. Null where nothing is planned. */
export async function soonest(all: readonly Due[]): Promise<{ at: Date; tick: () => Promise<void> } | null> {
  const planned = await Promise.all(all.map(async (due) => ({ due, at: await due.nextAt() })));
  const times = planned.flatMap(({ at }) => (at === null ? [] : [at.getTime()]));
  if (times.length === 0) return null;
  const at = new Date(Math.min(...times));
  const ready = planned.filter((one) => one.at?.getTime() === at.getTime()).map(({ due }) => due);
  return {
    at,
    tick: async () => {
      for (const due of ready) await due.tick();
    },
  };
}
