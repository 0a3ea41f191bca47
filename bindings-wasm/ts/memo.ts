import type { Clock } from "./clock.js";
import { type Core, GONE } from "./engine.js";
import { type Evidence, bodyOf } from "./evidence.js";
import type { HeaderRoles } from "./headers.js";

/** How many kinds of evidence are remembered. */
const PLACES = 4;
/** Longer texts are not compared. */
const LONGEST = 4_096;

interface Place {
  evidence: Evidence;
  readonly clock: Clock;
  /** The engine's id of the diagnosis; 0 until the evidence has come twice, -1 where it does not keep it. */
  id: number;
}

/**
 * The evidence of late. Failures come in bursts of the same: what has been read once is not read again, and only an id
 * crosses. The same are those that differ in nothing but ids and dates, and name no wait.
 */
export class Memo {
  readonly #core: Core;
  readonly #places: Place[] = [];
  #next = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /**
   * The engine's `failed`, or its `again` where that is enough.
   *
   * @param ahead - how far the call is ahead of the clock
   * @param date - in unix milliseconds, counted on from the call's first failure: that shows a clock that was set back before
   * it, without a look at the clock each time
   */
  failed(call: number, evidence: Evidence, clock: Clock, rest: number, ask: boolean, mono: number, ahead: number, date: number): number {
    const { engine, asked } = this.#core;
    const place = this.#find(evidence, clock);
    const flags = evidence.flags | rest;
    // What is kept names no wait: a date in it was past. So it is later on, but not where the clock has been set back.
    if (place !== undefined && place.id > 0 && date >= place.evidence.wall) {
      evidence.wall = place.evidence.wall;
      const delay = engine.again(call, place.id, flags, ask, mono);
      if (delay !== GONE) return delay;
    }
    const { status, headers, classes, text, method, url } = evidence;
    const wall = (evidence.wall = clock.wall() + ahead);
    const delay = engine.failed(call, status, headers && asked.crossing(headers), bodyOf(evidence), classes, text, method, url, flags, ask, mono, wall);
    if (place === undefined) this.#remember(evidence, clock);
    else if (place.id >= 0) {
      place.id = engine.keep(call);
      place.evidence = evidence;
    }
    return delay;
  }

  #find(evidence: Evidence, clock: Clock): Place | undefined {
    for (const place of this.#places) if (place.clock === clock && same(place.evidence, evidence, this.#core.asked)) return place;
    return undefined;
  }

  #remember(evidence: Evidence, clock: Clock): void {
    const { headers = [], body, plain, text, url } = evidence;
    const { asked } = this.#core;
    if (asked.waits(headers)) return;
    if (size(body) + size(plain?.message) + size(asked.crossing(headers)) + size(text) + size(url) > LONGEST) return;
    this.#places[this.#next % PLACES] = { evidence, clock, id: 0 };
    this.#next += 1;
  }
}

function size(text: string | undefined): number {
  return text === undefined ? 0 : text.length;
}

function same(one: Evidence, other: Evidence, asked: HeaderRoles): boolean {
  return (
    one.status === other.status &&
    one.flags === other.flags &&
    one.text === other.text &&
    one.classes === other.classes &&
    one.method === other.method &&
    one.url === other.url &&
    one.body === other.body &&
    one.plain?.type === other.plain?.type &&
    one.plain?.message === other.plain?.message &&
    asked.alike(one.headers, other.headers)
  );
}
