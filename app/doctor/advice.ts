import type { Evidence } from "../../core/evidence.ts";

/** What the doctor looks at, in the order in which it is told. */
export const topics = [
  "required check",
  "same name",
  "merge queue",
  "approvals",
  "policy",
  "workflows",
  "the App",
  "webhooks",
] as const;
export type Topic = (typeof topics)[number];

/** One thing that the doctor says. Texts may hold names from outside: untrusted until they are drawn. */
export interface Advice {
  /**
   * `error`: the gate can be passed by, or does not work. `warning`: probably not meant. `unread`: nobody can tell, for it
   * could not be read. `sound`: looked at, and right.
   */
  level: "error" | "warning" | "unread" | "sound";
  topic: Topic;
  what: string;
  /** What comes of it; empty for what is sound. */
  why: string;
  /** What to do; empty for what is sound. */
  fix: string;
}

export function sound(topic: Topic, what: string): Advice {
  return { level: "sound", topic, what, why: "", fix: "" };
}

/** What follows from something that may not have been read. */
export function fromEvidence<T>(
  evidence: Evidence<T>,
  { topic, what, fix }: Pick<Advice, "topic" | "what" | "fix">,
  judge: (value: T) => Advice[],
): Advice[] {
  if (evidence.state === "present") return judge(evidence.value);
  return [
    {
      level: "unread",
      topic,
      what: `${what} was not looked at: ${evidence.reason}.`,
      why: "What was not read may be wrong.",
      fix,
    },
  ];
}
