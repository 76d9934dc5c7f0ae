import { isCheck } from "./checks.ts";
import type { Check, CaptureEvent, PromptEvent, Reading } from "./events.ts";
import { longestModel, longestSession, machineWord } from "./words.ts";

/**
 * What is known of one session in one worktree: no text of a prompt, no content of a file, no output of a command.
 * As text it is a line for each fact, which the git hook reads without a parser; docs/capture.md lists them.
 */
export interface SessionState {
  agent: string;
  /** One word of a machine, or null: then no `AI-Session` is written. */
  session: string | null;
  model: string | null;
  /** W3C trace id and span id, as an `AI-Trace` trailer takes them. */
  trace: string | null;
  /** What passed, and the commit that HEAD was at then. */
  passed: readonly PassedCheck[];
  /** Fingerprints of what was asked and belongs to the edits that come next. */
  asked: readonly string[];
  /** Whether an edit has followed on what was asked: then the next prompt begins anew. */
  answered: boolean;
  /** By fingerprint, where the person opted in. */
  summaries: ReadonlyMap<string, string>;
  files: readonly EditedFile[];
}

export interface PassedCheck {
  check: Check;
  /** Object id, or `none` before the first commit. */
  head: string;
}

/** One file as the agent left it. */
export interface EditedFile {
  /** As git quotes it, relative to the worktree. */
  path: string;
  /** Blob that the agent left, zeros where it removed the file. */
  left: string;
  /** Blob of the commit that HEAD was at, zeros where it has none, `taken` where a commit took a part of it since. */
  base: string;
  /** The commit that HEAD was at, or `none`, and its branch (`refs/heads/main`), or `-`: the line of history it is for. */
  head: string;
  branch: string;
  model: string | null;
  prompts: readonly string[];
}

/** The session before its first event. */
export function newSession({ agent, session, model }: Pick<Reading, "agent" | "session" | "model">): SessionState {
  return {
    agent,
    session: machineWord(session, longestSession),
    model: machineWord(model, longestModel),
    trace: null,
    passed: [],
    asked: [],
    answered: false,
    summaries: new Map(),
    files: [],
  };
}

/** The session after a prompt or a command; `head` is the commit that HEAD is at, or `none`. Edits need blobs: `withFile`. */
export function withEvent(state: SessionState, event: CaptureEvent, head: string): SessionState {
  if (event.kind === "prompt") return withPrompt(state, event);
  if (event.kind === "edit") return state;
  const others = state.passed.filter((each) => each.head === head && !event.checks.includes(each.check));
  // A check that fails now takes back that it passed before.
  const now = event.passed ? event.checks.map((check) => ({ check, head })) : [];
  return { ...state, passed: [...others, ...now] };
}

function withPrompt(state: SessionState, { fingerprint, summary }: PromptEvent): SessionState {
  const before = state.answered ? [] : state.asked.filter((each) => each !== fingerprint);
  const asked = [...before, fingerprint].slice(-mostPrompts);
  const summaries = new Map([...state.summaries].slice(-mostSummaries));
  if (summary !== null) summaries.set(fingerprint, summary);
  return { ...state, asked, answered: false, summaries };
}

/**
 * The session after an edit. What the file was asked for before counts on, until the file is committed; what was
 * checked before speaks of other content.
 */
export function withFile(state: SessionState, file: Omit<EditedFile, "model" | "prompts">): SessionState {
  const before = state.files.find((each) => each.path === file.path);
  const others = state.files.filter((each) => each.path !== file.path);
  if (file.left === file.base) return { ...state, passed: [], files: others };
  const earlier = before !== undefined && before.base === file.base ? before.prompts : [];
  const prompts = [...new Set([...earlier, ...state.asked])].slice(-mostPrompts);
  const files = [...others, { ...file, model: state.model, prompts }].slice(-mostFiles);
  return { ...state, passed: [], files, answered: state.asked.length > 0 };
}

/**
 * What another session left in the same file is what this one goes on from: the newest content counts for both, as long
 * as nobody committed the file in between.
 */
export function withContent(state: SessionState, file: Pick<EditedFile, "path" | "left" | "base">): SessionState {
  const { path, left, base } = file;
  const files = state.files.map((each) => (each.path === path && each.base === base ? { ...each, left } : each));
  return { ...state, files };
}

/** `trace` as an `AI-Trace` value from a W3C `traceparent`, or null. */
export function traceOf(traceparent: string | undefined): string | null {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent ?? "");
  const [, trace = "", span = ""] = match ?? [];
  return trace === "" || /^0+$/.test(trace) ? null : `${trace}-${span}`;
}

const mostPrompts = 5;
const mostSummaries = 50;
const mostFiles = 500;

/** The state as the git hook reads it. */
export function renderState(state: SessionState): string {
  const facts = [
    `session ${state.agent} ${state.session ?? "-"}`,
    ...(state.model === null ? [] : [`model ${state.model}`]),
    ...(state.trace === null ? [] : [`trace ${state.trace}`]),
    ...state.passed.map(({ check, head }) => `passed ${check} ${head}`),
    ...[...state.summaries].map(([fingerprint, summary]) => `prompt ${fingerprint} ${summary}`),
    `asked ${state.answered ? "answered" : "open"} ${listed(state.asked)}`,
    ...sorted(state.files).map(
      ({ left, base, model, prompts, head, branch, path }) =>
        `file ${left} ${base} ${model ?? "unknown"} ${listed(prompts)} ${head} ${branch} ${path}`,
    ),
  ];
  return facts.map((fact) => `${fact}\n`).join("");
}

/** As git sorts paths: the hook goes through both lists side by side. */
function sorted(files: readonly EditedFile[]): EditedFile[] {
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? "-" : words.join(",");
}

/** The state that a text of `renderState` holds, or null for a text that is none. Lines that say nothing are dropped. */
export function parseState(text: string): SessionState | null {
  const [first = "", ...lines] = text.split("\n");
  const [kind, agent, session] = first.split(" ");
  if (kind !== "session" || agent === undefined || session === undefined) return null;
  let state = newSession({ agent, session: session === "-" ? null : session, model: null });
  for (const line of lines) state = withLine(state, line);
  return state;
}

function withLine(state: SessionState, line: string): SessionState {
  const [kind, first = "", second = "", third = "", fourth = "", head = "", branch = ""] = line.split(" ");
  const rest = (words: number): string => line.split(" ").slice(words).join(" ");
  switch (kind) {
    case "model":
      return { ...state, model: first };
    case "trace":
      return { ...state, trace: first };
    case "passed":
      return isCheck(first) ? { ...state, passed: [...state.passed, { check: first, head: second }] } : state;
    case "prompt":
      return { ...state, summaries: new Map([...state.summaries, [first, rest(2)]]) };
    case "asked":
      return { ...state, answered: first === "answered", asked: unlisted(second) };
    case "file": {
      const model = third === "unknown" ? null : third;
      const file = { left: first, base: second, model, prompts: unlisted(fourth), head, branch, path: rest(7) };
      return file.path === "" ? state : { ...state, files: [...state.files, file] };
    }
    default:
      return state;
  }
}

function unlisted(words: string): string[] {
  return words === "-" || words === "" ? [] : words.split(",");
}
