import * as z from "zod";
import type { GitHub } from "../../adapters/github/client.ts";
import { askForRights } from "../../adapters/github/read-people.ts";
import type { Memo } from "../../adapters/store/store.ts";
import type { Facts } from "../../core/facts.ts";
import type { People } from "../../core/ownership/index.ts";
import { requestId, settledRequests, type CommandRequest } from "../commands/index.ts";
import { memoValue } from "../memo-value.ts";
import type { AppPorts } from "../ports.ts";
import { subjectKey, type Subject } from "../subject.ts";

/** Each costs a request. */
export const mostAskers = 20;

/**
 * Whose right to push decides on what they asked for, and nobody has decided yet. Anybody may comment on a public
 * repository: those who belong to it are asked about first, and of what somebody declared before whether they may have it
 * judged again. Who was decided on makes room for the next, and so does an account that GitHub does not know.
 */
export function askersOf(memos: readonly Memo[], requests: readonly CommandRequest[], now: Date): string[] {
  const settled = settledRequests(memos);
  const silent = silentAskers(memos);
  const open = requests.filter((request) => urgency(request) > 0 && !settled.has(requestId(request)));
  const asked = open.filter(({ by }) => isDue(silent.get(by.toLowerCase()), now));
  const inTurn = asked.toSorted((a, b) => urgency(b) - urgency(a));
  return [...new Map(inTurn.map(({ by }) => [by.toLowerCase(), by])).values()].slice(0, mostAskers);
}

/** 0: nobody has to be able to push for it. */
function urgency({ command: { verb }, isInsider }: CommandRequest): number {
  if (verb !== "declare" && verb !== "recheck") return 0;
  return (isInsider ? 2 : 0) + (verb === "declare" ? 2 : 1);
}

/** Somebody whom GitHub does not know, such as a deleted account. */
interface Silent {
  tries: number;
  at: string;
}

/** By login in lower case. */
function silentAskers(memos: readonly Memo[]): ReadonlyMap<string, Silent> {
  const own = memos.filter(({ kind, id }) => kind === "seen" && id.startsWith(silentId));
  return new Map(
    own.flatMap((memo) => {
      const value = memoValue(Tries, memo);
      return value === null ? [] : [[memo.id.slice(silentId.length), { ...value, at: memo.at }] as const];
    }),
  );
}

const silentId = "asker/";
const Tries = z.object({ tries: z.int().positive() });

/** Two minutes later, twice as long each time, a day at most; what a clock wrote that was set back holds nobody up. */
function isDue(silent: Silent | undefined, now: Date): boolean {
  if (silent === undefined) return true;
  const passed = now.getTime() - Date.parse(silent.at);
  return passed < 0 || passed >= Math.min(120_000 * 2 ** Math.min(silent.tries - 1, 20), 86_400_000);
}

/** Whether those who asked may push, where the facts do not say it. Remembers whom GitHub does not know. */
export async function rightsOf(
  {
    ports: { store, clock },
    subject,
    github,
  }: { ports: Pick<AppPorts, "store" | "clock">; subject: Subject; github: GitHub },
  { people, pullRequest }: Pick<Facts, "people" | "pullRequest">,
  { askers, memos }: { askers: readonly string[]; memos: readonly Memo[] },
): Promise<People["writers"]> {
  const told = people.state === "present" ? people.value.writers.map(({ login }) => login) : [];
  const author = pullRequest.state === "present" ? [pullRequest.value.author] : [];
  const known = new Set([...told, ...author].map((login) => login.toLowerCase()));
  const asked = askers.filter((login) => !known.has(login.toLowerCase()));
  const { writers, unknown } = await askForRights(github, asked);
  const before = silentAskers(memos);
  const silent = unknown.map((login) => login.toLowerCase());
  const about = { subject: subjectKey(subject), kind: "seen" as const, at: clock.now().toISOString() };
  const memo = (login: string): Memo => {
    const tries = (before.get(login)?.tries ?? 0) + 1;
    return { ...about, id: `${silentId}${login}`, value: JSON.stringify({ tries }) };
  };
  // Of a merge group nothing is remembered: it is judged once.
  if (subject.kind === "pull-request" && silent.length > 0) await store.memory.remember(silent.map(memo));
  return writers;
}
