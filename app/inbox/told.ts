import type * as z from "zod";
import type { Effects } from "../../adapters/store/store.ts";
import { markOf } from "../marks.ts";
import type { Subject } from "../subject.ts";
import type { Envelope } from "./payload.ts";

/** A delivery whose envelope was read, as the rows of the table see it. */
export interface Told {
  installation: number;
  /** Null for an event that is about no repository. */
  repository: number | null;
  action: string | null;
  sender: Envelope["sender"] | null;
  payload: unknown;
  /** When it is worked through. */
  now: Date;
  /** Which App is ours: what we did ourselves tells us nothing. */
  own: OwnApp;
}

/** Our own App, as payloads name it. */
export interface OwnApp {
  id: number;
  /** Its login is `<slug>[bot]`; null while GitHub has not been asked. Then our labels lead to one more reading. */
  slug: string | null;
}

/** The payload is not of the shape that GitHub documents. */
export class OddPayload extends Error {}

/** The part of the payload that a row needs. Throws `OddPayload`. */
export function read<T>(told: Told, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(told.payload);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new OddPayload(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it cannot be read"}`);
}

/** The repository that it is about. Throws `OddPayload` where none is named. */
export function placeOf({ installation, repository }: Told): { installation: number; repository: number } {
  if (repository === null) throw new OddPayload("repository: it is missing");
  return { installation, repository };
}

/** Subjects to be judged again, a moment from now: what comes in a burst is judged once. */
export function marks(told: Told, ...subjects: readonly Subject[]): Effects {
  return { subjects: dueAfter(told, debounceMs, subjects), memories: [], audit: [] };
}

/** The same without that moment: somebody waits for it. */
export function marksAtOnce(told: Told, ...subjects: readonly Subject[]): Effects {
  return { subjects: dueAfter(told, 0, subjects), memories: [], audit: [] };
}

/** GitHub tells of one push by several events, within a second. */
const debounceMs = 1_000;

function dueAfter({ now }: Told, ms: number, subjects: readonly Subject[]) {
  return subjects.map((subject) => markOf(subject, new Date(now.getTime() + ms)));
}

/** Whether our own App did it. */
export function isOurs({ sender, own }: Told): boolean {
  return own.slug !== null && sender?.login === `${own.slug}[bot]`;
}

/** Whether a person did it. */
export function isByPerson({ sender }: Told): boolean {
  return sender?.type === "User";
}
