import { Problem } from "../../problem.ts";
import { isDay } from "../../policy/index.ts";
import { inertText } from "../../untrusted/index.ts";
import { checkConclusions, type CheckConclusion } from "../check-conclusions.ts";
import { isRepositoryPath } from "../repository-path.ts";

/** One thing that is supposed to be otherwise, for "what if". */
export type AsIf =
  | {
      kind: "approve";
      user: string;
      /** A commit of the change, or how its id begins; null: the head. */ commit: string | null;
    }
  | { kind: "request-changes" | "dismiss"; user: string }
  | { kind: "push"; path: string }
  | { kind: "base"; branch: string }
  | { kind: "label" | "unlabel"; name: string }
  | { kind: "author"; login: string }
  | { kind: "date"; day: string }
  | { kind: "member"; team: string; user: string }
  | { kind: "policy"; file: string }
  | {
      kind: "check";
      name: string;
      /** The App that reports it; null: the one of the check of that name, or a commit status. */
      app: string | null;
      conclusion: CheckConclusion;
    };

export type AsIfKind = AsIf["kind"];

/** How each kind is written, with what it supposes; the order is that of the help. */
export const asIfKinds: Readonly<Record<AsIfKind, { form: string; says: string }>> = {
  approve: { form: "approve:<user>[@<commit>]", says: "they approve, at the head or at a commit of the change" },
  "request-changes": { form: "request-changes:<user>", says: "they ask for changes" },
  dismiss: { form: "dismiss:<user>", says: "their reviews are dismissed" },
  push: { form: "push:<path>", says: "the author pushes a commit that changes this file" },
  base: { form: "base:<branch>", says: "the change goes into this branch" },
  label: { form: "label:<name>", says: "it has this label" },
  unlabel: { form: "unlabel:<name>", says: "it lacks this label" },
  author: { form: "author:<login>", says: "they opened it" },
  date: { form: "date:<YYYY-MM-DD>", says: "it is judged on this day, at 00:00 UTC" },
  member: { form: "member:<team>=<user>", says: "they are a member of the team" },
  policy: { form: "policy:<file>", says: "this is the policy" },
  check: { form: "check:<name>[@<app>]=<conclusion>", says: "this check ended so: success, failure, skipped …" },
};

/** Reads one `--as-if`. @throws {Problem} that lists every kind, for anything else */
export function parseAsIf(text: string): AsIf {
  const colon = text.indexOf(":");
  const kind = colon === -1 ? text : text.slice(0, colon);
  const value = colon === -1 ? "" : text.slice(colon + 1);
  if (!isKind(kind)) throw notUnderstood(text, null);
  const asIf = isPlain(value) ? readers[kind](value) : null;
  if (asIf === null) throw notUnderstood(text, kind);
  return asIf;
}

function isKind(kind: string): kind is AsIfKind {
  return Object.hasOwn(asIfKinds, kind);
}

/** One line of at most 300 characters without white space around it. */
function isPlain(value: string): boolean {
  const isControl = (character: string) => character < " " || character === "\u007f";
  return value !== "" && value.length <= 300 && value === value.trim() && !Array.from(value).some(isControl);
}

const readers: Readonly<Record<AsIfKind, (value: string) => AsIf | null>> = {
  approve: readApproval,
  "request-changes": (user) => (isLogin(user) ? { kind: "request-changes", user } : null),
  dismiss: (user) => (isLogin(user) ? { kind: "dismiss", user } : null),
  push: (path) => (isRepositoryPath(path) ? { kind: "push", path } : null),
  base: (branch) => ({ kind: "base", branch }),
  label: (name) => ({ kind: "label", name }),
  unlabel: (name) => ({ kind: "unlabel", name }),
  author: (login) => (isLogin(login) ? { kind: "author", login } : null),
  date: (day) => (isDay(day) ? { kind: "date", day } : null),
  member: readMember,
  policy: (file) => ({ kind: "policy", file }),
  check: readCheck,
};

function readApproval(value: string): AsIf | null {
  const [user = "", commit, ...more] = value.split("@");
  if (!isLogin(user) || more.length > 0) return null;
  if (commit === undefined || commit === "head") return { kind: "approve", user, commit: null };
  return /^[0-9a-f]{4,64}$/.test(commit) ? { kind: "approve", user, commit } : null;
}

function readMember(value: string): AsIf | null {
  const [team = "", user = "", ...more] = value.split("=");
  return isTeam(team) && isLogin(user) && more.length === 0 ? { kind: "member", team, user } : null;
}

/** A check's name may hold a `=` and an `@`; a conclusion never does, and what stands behind an `@` is an App's only if it could be one. */
function readCheck(value: string): AsIf | null {
  const equals = value.lastIndexOf("=");
  const conclusion = checkConclusions.find((known) => known === value.slice(equals + 1));
  const named = value.slice(0, Math.max(equals, 0));
  if (named === "" || conclusion === undefined) return null;
  const sign = named.lastIndexOf("@");
  const app = sign > 0 && /^[a-z0-9][a-z0-9-]{0,99}$/.test(named.slice(sign + 1)) ? named.slice(sign + 1) : null;
  return { kind: "check", name: app === null ? named : named.slice(0, sign), app, conclusion };
}

/** What GitHub lets a login be, with room for other servers; an App's ends with `[bot]`. */
function isLogin(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}(?:\[bot\])?$/.test(text);
}

/** `payments` or `acme/payments`. */
function isTeam(text: string): boolean {
  const parts = text.split("/");
  return parts.length <= 2 && parts.every(isLogin);
}

function notUnderstood(text: string, kind: AsIfKind | null): Problem {
  const shown = inertText(text, { maxGraphemes: 100 });
  const forms = Object.values(asIfKinds).map(({ form, says }) => `  ${form.padEnd(33)} ${says}`);
  const conclusions = kind === "check" ? ` (a conclusion is one of ${checkConclusions.join(", ")})` : "";
  return new Problem(
    kind === null
      ? `--as-if does not know \`${shown}\`. It knows:\n${forms.join("\n")}`
      : `--as-if cannot read \`${shown}\`: expected \`${asIfKinds[kind].form}\`${conclusions}. It knows:\n${forms.join("\n")}`,
    "Write one of these, and repeat `--as-if` for more than one.",
  );
}
