import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { annotationsOn } from "../annotations.ts";
import { BodyGuards } from "../body-guards.ts";
import { nameFunctions } from "../function-names.ts";
import { isGuardName } from "../guard-names.ts";
import type { Pattern } from "../pattern.ts";
import { readRoutes } from "../routes.ts";
import { isTestFile } from "../test-files.ts";

/** A guard stood at base on something that is still there: the change opened it. */
export const guardRemoved: Pattern = {
  rule: {
    id: "guard-removed",
    title: "A guard was taken away",
    help: "Put the guard back, or name in the change what decides now who may do this.",
    confidence: "medium",
    severity: { human: "error", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /auth|permission|login|role|guard|csrf|jwt|admin|token|session|secured|owner|protect|access|can/i,
  compare({ base, head }, report) {
    if (base === null || head === null || isTestFile(head.path)) return;
    const before = readGuarded(base);
    const now = readGuarded(head);
    const isMoved = hasNewCommon(before, now);
    const reported = new Set<number>();
    for (const [key, place] of now.places) {
      const old = before.places.get(key);
      if (old === undefined || !isOpened(old, place, { before, now, isMoved })) continue;
      const { line } = place.node;
      if (reported.has(line)) continue;
      reported.add(line);
      report({ start: place.node.start, end: endOf(place.node) }, messageOf(place.kind), key.slice(0, 200));
    }
  },
};

interface Place {
  kind: "route" | "function" | "class" | "router";
  node: SyntaxNode;
  guards: ReadonlySet<string>;
  /** Those of them that stand in a body, from which they may move to a helper. */
  asked: ReadonlySet<string>;
}

interface Guarded {
  places: ReadonlyMap<string, Place>;
  /** In how many bodies of the file each guard stands. */
  counts: ReadonlyMap<string, number>;
}

/** Everything in a file that can have a guard, by a name that stays. */
function readGuarded(file: SourceFile): Guarded {
  const places = new Map<string, Place>();
  const { routes, common } = readRoutes(file);
  const first = new Map<string, SyntaxNode>();
  for (const { group, key, node, guards, asked } of routes) {
    if (!first.has(group)) first.set(group, node);
    places.set(`route ${group} ${key}`, { kind: "route", node, guards, asked });
  }
  for (const [group, node] of first)
    places.set(`router ${group}`, { kind: "router", node, guards: common.get(group) ?? none, asked: none });
  const bodies = new BodyGuards(file);
  for (const { parts, name } of nameFunctions(file)) {
    const annotated = guardsOn(parts.node);
    const node = parts.node.part("name") ?? parts.node;
    if (parts.name !== null)
      places.set(`function ${name}`, {
        kind: "function",
        node,
        guards: new Set([...annotated, ...bodies.of(parts.node)]),
        asked: bodies.of(parts.node),
      });
  }
  for (const node of file.nodes("class_declaration", "class_definition", "abstract_class_declaration")) {
    const name = node.part("name");
    const parents = node.part("superclasses")?.named.map(({ text }) => text) ?? [];
    const guards = [...guardsOn(node), ...parents.filter((one) => isGuardName(one, "route"))];
    if (name !== null)
      places.set(`class ${name.text}`, { kind: "class", node: name, guards: new Set(guards), asked: none });
  }
  return { places, counts: countGuards(places) };
}

const none: ReadonlySet<string> = new Set();

function guardsOn(node: SyntaxNode): string[] {
  return annotationsOn(node)
    .filter(({ names }) => names.some((name) => isGuardName(name, "route")))
    .map(({ name }) => name);
}

function countGuards(places: ReadonlyMap<string, Place>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { asked } of places.values()) for (const name of asked) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

interface Sides {
  before: Guarded;
  now: Guarded;
  /** Whether a router or class has a guard that it did not have: what stood on its members may stand there. */
  isMoved: boolean;
}

function hasNewCommon(before: Guarded, now: Guarded): boolean {
  return [...now.places].some(
    ([key, { kind, guards }]) =>
      (kind === "router" || kind === "class") && guards.size > (before.places.get(key)?.guards.size ?? 0),
  );
}

/**
 * Fewer guards than before, and none that came in their place: neither on it, nor on a whole router or class, nor moved to
 * where the file did not have it.
 */
function isOpened(old: Place, place: Place, { before, now, isMoved }: Sides): boolean {
  const gone = [...old.guards].filter((name) => !place.guards.has(name));
  const come = [...place.guards].filter((name) => !old.guards.has(name));
  if (gone.length === 0 || come.length >= gone.length) return false;
  if (isMoved && (place.kind === "route" || place.kind === "function")) return false;
  return gone.some((name) => !old.asked.has(name) || (now.counts.get(name) ?? 0) < (before.counts.get(name) ?? 0));
}

function messageOf(kind: Place["kind"]): string {
  return kind === "router"
    ? "A guard that stood before all routes of this router is gone."
    : `A guard that this ${kind} had is gone.`;
}

function endOf(node: SyntaxNode): number {
  return node.part("arguments")?.start ?? node.end;
}
