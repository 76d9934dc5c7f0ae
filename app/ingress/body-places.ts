import type { Clock } from "../../core/clock.ts";
import { largePieces, type LargePieces } from "./large-pieces.ts";

/** How many bodies may be in memory at the same time, over all connections. */
export interface BodyPlaces {
  /** A place for a body of this peer. Null when all are taken by bodies that are whole; one that is still coming gives way. */
  enter: (peer: string) => BodyPlace | null;
  taken: () => number;
}

/** The place of one body. */
export interface BodyPlace {
  /** What a body may take without asking, in bytes. */
  smallBytes: number;
  /** The body begins to come. */
  begin: (body: ComingBody) => void;
  /** Resolves when the body may grow beyond that, with memory for the largest: its own until it leaves. */
  grow: () => Promise<Buffer>;
  /** It has come: whatever is done with it now, nobody takes its place. */
  end: () => void;
  leave: () => void;
}

/** A body on its way. */
export interface ComingBody {
  /** How many bytes have come. */
  bytes: () => number;
  /** It came too slowly: its place is taken from it. */
  evict: () => void;
}

/**
 * Nobody knows who sends a body before it is whole, so that nobody can keep a place from others by sending slowly: where all
 * are taken, the slowest gives way to whoever comes, first that of a peer that holds more than its share; and what comes
 * more slowly than anything of GitHub's is not waited for. A share is no limit: behind a proxy all have one address, and
 * there the slowest of all gives way. So memory has a bound that does not depend on how many send: `places` times 128 kB,
 * and the pieces for large ones.
 */
export function newBodyPlaces(places: number, largestBytes: number, clock: Clock): BodyPlaces {
  const held = new Set<Held>();
  const pieces = largePieces(largestBytes);
  const now = evenTime(clock);
  let isWatching = false;
  const watch = async (): Promise<void> => {
    isWatching = true;
    while (held.size > 0) {
      await clock.sleep(lookMs);
      for (const each of tooSlow([...held], pieces, now())) evict(each);
    }
    isWatching = false;
  };
  const enter = (peer: string): BodyPlace | null => {
    if (held.size >= places) {
      const all = coming([...held]);
      const slow = slowest(overShare(all, places), now()) ?? slowest(all, now());
      if (slow === undefined) return null;
      evict(slow);
      // It leaves by itself a moment later; the newcomer need not wait for that.
      held.delete(slow);
    }
    const own: Held = { peer, body: null, state: "small", since: now(), before: 0, piece: null };
    held.add(own);
    if (!isWatching) void watch();
    return placeOf(own, held, pieces, now);
  };
  return { enter, taken: () => held.size };
}

/** Milliseconds that have passed: whoever sets the machine's clock, or keeps the process busy, makes nobody slow. */
function evenTime(clock: Clock): () => number {
  let passed = 0;
  let last = clock.now().getTime();
  return () => {
    const now = clock.now().getTime();
    passed += Math.min(Math.max(0, now - last), lookMs * 2);
    last = now;
    return passed;
  };
}

/** A place that is taken. */
export interface Held {
  peer: string;
  /** Null before it comes, and when it is whole. */
  body: ComingBody | null;
  state: "small" | "waiting" | "large" | "left";
  /** Since when its pace is measured, and how much had come before: anew when it may grow, for it had to wait. */
  since: number;
  before: number;
  piece: Buffer | null;
}

function placeOf(own: Held, held: Set<Held>, pieces: LargePieces, now: () => number): BodyPlace {
  return {
    smallBytes,
    begin: (body) => void (own.body = body),
    grow: async () => {
      const piece = await pieces.take(own, paceOf(own, now()));
      own.since = now();
      own.before = own.body?.bytes() ?? 0;
      return piece;
    },
    end: () => void (own.body = null),
    leave: () => {
      pieces.giveBack(own);
      own.state = "left";
      own.body = null;
      held.delete(own);
    },
  };
}

function evict(held: Held): void {
  const { body } = held;
  held.body = null;
  body?.evict();
}

function coming(held: readonly Held[]): Held[] {
  return held.filter(({ body }) => body !== null);
}

/** What comes from peers of which more than a quarter of all places is taken by what still comes. */
function overShare(held: readonly Held[], places: number): Held[] {
  const byPeer = [...Map.groupBy(held, ({ peer }) => peer).values()];
  return byPeer.filter((all) => all.length > places / 4).flat();
}

function slowest(held: readonly Held[], now: number): Held | undefined {
  return held.reduce<Held | undefined>(
    (least, each) => (least === undefined || paceOf(each, now) < paceOf(least, now) ? each : least),
    undefined,
  );
}

/** Those that nobody waits for any longer. Who waits for us is not slow. */
function tooSlow(held: readonly Held[], pieces: LargePieces, now: number): Held[] {
  return coming(held).filter((each) => {
    const pace = paceOf(each, now);
    if (each.state === "large" && pieces.isWanted()) return pace < leastWantedPace;
    return each.state !== "waiting" && pace < leastPace;
  });
}

/** Bytes in a millisecond, with some for the time that a first one takes. */
function paceOf({ body, state, since, before }: Held, now: number): number {
  const given = state === "large" ? smallBytes / 2 : smallBytes / 8;
  return (given + (body?.bytes() ?? 0) - before) / (Math.max(0, now - since) + 1);
}

const smallBytes = 128 * 1024;
const lookMs = 250;
/** What sends nothing is waited for two seconds; GitHub waits ten for all of it. */
const leastPace = 8;
/** While others wait for a large piece, whoever has one has to make use of it: a quarter of a second without a byte is too long. */
const leastWantedPace = 256;
