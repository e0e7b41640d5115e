import type { LocalDate } from './local-time.js';

/** A body that answers, and the days from and to which it does; none given, always. */
export interface BodyInTime {
  id: string;
  validFrom?: LocalDate | undefined;
  /** Its last day. */
  validTo?: LocalDate | undefined;
  /** The body that has its duties from the day after validTo on. */
  successor?: string | undefined;
}

/**
 * Who answers on a day for what is, or was, a body's duty: itself, or its successors in turn once it has ended (机构改革: 职责划入), or
 * who has its duties until its first day. Undefined for an id that nobody bears.
 */
export function answersOn<T extends BodyInTime>(bodies: ReadonlyMap<string, T>, id: string, day: LocalDate): T | undefined {
  let body = bodies.get(id);
  for (const passed = new Set<string>(); body !== undefined && !passed.has(body.id);) {
    passed.add(body.id);
    if (hasEnded(body, day) && body.successor !== undefined) body = bodies.get(body.successor);
    else return hasBegun(body, day) ? body : (predecessorOf(bodies, body, day) ?? body);
  }
  return body;
}

/** Whether the body is one on that day. */
export function existsOn(body: BodyInTime, day: LocalDate): boolean {
  return hasBegun(body, day) && !hasEnded(body, day);
}

function predecessorOf<T extends BodyInTime>(bodies: ReadonlyMap<string, T>, { id }: BodyInTime, day: LocalDate): T | undefined {
  return [...bodies.values()].find((body) => body.successor === id && existsOn(body, day));
}

function hasBegun({ validFrom }: BodyInTime, day: LocalDate): boolean {
  return validFrom === undefined || validFrom <= day;
}

function hasEnded({ validTo }: BodyInTime, day: LocalDate): boolean {
  return validTo !== undefined && validTo < day;
}

/** A body whose successors lead back to itself, or null. */
export function circleOf(bodies: ReadonlyMap<string, BodyInTime>, id: string): string | null {
  const passed = new Set<string>();
  for (let at: string | undefined = id; at !== undefined; at = bodies.get(at)?.successor) {
    if (passed.has(at)) return at;
    passed.add(at);
  }
  return null;
}
