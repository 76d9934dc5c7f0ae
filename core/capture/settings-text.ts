import type { Payload } from "./events.ts";
import { afterSpace, readContainer, withEntry, withoutEntry, type JsonContainer, type JsonEntry } from "./json-text.ts";
import { isPayload, parsePayload } from "./payload.ts";

type Hooks = Readonly<Record<string, readonly Payload[]>>;

/**
 * The text of an agent's settings with our hooks behind those that are there, and everything else as it is. Null where it
 * is no JSON object, or `hooks` holds something else than lists: then nobody but its owner should touch it.
 */
export function withHooks(text: string, added: Hooks): string | null {
  const settings = parsePayload(text);
  const hooks = settings === null ? null : (settings["hooks"] ?? {});
  if (settings === null || !isPayload(hooks)) return null;
  if (Object.keys(added).some((event) => !Array.isArray(hooks[event] ?? []))) return null;
  let changed = inHooks(text) === null ? emptied(text, rootOf(text), "hooks", {}) : text;
  for (const [event, entries] of Object.entries(added)) {
    for (const entry of entries) {
      const list = inEvent(changed, event);
      const within = inHooks(changed);
      if (list !== null) changed = withEntry(changed, list, null, entry);
      else if (within !== null) changed = emptied(changed, within, event, [entry]);
    }
  }
  return changed;
}

/** With a member set to a value; one that is `null` has nothing in it, and takes the value's place. */
function emptied(text: string, container: JsonContainer, name: string, value: unknown): string {
  const there = member(container, name);
  if (there === null) return withEntry(text, container, name, value);
  return text.slice(0, there.valueStart) + JSON.stringify(value) + text.slice(there.end);
}

/**
 * The text without our hooks, and without the lists that only they were in; `before` is the text as it was without them,
 * null where there was none: what was empty in it may stay so. Null where the text is no JSON object.
 */
export function withoutHooks(text: string, added: Hooks, before: string | null): string | null {
  if (parsePayload(text) === null) return null;
  let changed = text;
  for (const [event, entries] of Object.entries(added)) {
    const ours = new Set(entries.map((entry) => JSON.stringify(entry)));
    changed = withoutElements(changed, event, ours);
    const list = inEvent(changed, event);
    const within = inHooks(changed);
    const wasThere =
      before !== null && inHooks(before) !== null && member(inHooks(before) ?? rootOf(before), event) !== null;
    if (list?.entries.length === 0 && within !== null && !wasThere && changed !== text)
      changed = withoutEntry(
        changed,
        within,
        within.entries.findLastIndex(({ key }) => key === event),
      );
  }
  const root = rootOf(changed);
  const hadHooks = before !== null && member(rootOf(before), "hooks") !== null;
  if (inHooks(changed)?.entries.length !== 0 || hadHooks || changed === text) return changed;
  return withoutEntry(
    changed,
    root,
    root.entries.findLastIndex(({ key }) => key === "hooks"),
  );
}

function withoutElements(text: string, event: string, ours: ReadonlySet<string>): string {
  let changed = text;
  for (;;) {
    const list = inEvent(changed, event);
    const index = list?.entries.findIndex(({ start, end }) => ours.has(compact(changed.slice(start, end)))) ?? -1;
    if (list === null || index === -1) return changed;
    changed = withoutEntry(changed, list, index);
  }
}

function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

/** The object `hooks` in the text, or null. */
function inHooks(text: string): JsonContainer | null {
  return containerAt(text, member(rootOf(text), "hooks"), "{");
}

/** The list of one event in it, or null. */
function inEvent(text: string, event: string): JsonContainer | null {
  const hooks = inHooks(text);
  return hooks === null ? null : containerAt(text, member(hooks, event), "[");
}

function containerAt(text: string, entry: JsonEntry | null, bracket: string): JsonContainer | null {
  return entry === null || text[entry.valueStart] !== bracket ? null : readContainer(text, entry.valueStart);
}

function rootOf(text: string): JsonContainer {
  return readContainer(text, afterSpace(text, 0));
}

/** Where a key comes twice the last one counts, for JSON.parse and so for the agent. */
function member({ entries }: JsonContainer, name: string): JsonEntry | null {
  return entries.findLast(({ key }) => key === name) ?? null;
}
