import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/**
 * Holds the arrows of ARCHITECTURE.md: which room may import which. Type-only imports count, except where a row says
 * that a room reads another's values but never its code.
 */
const root = resolve(import.meta.dirname, "..");

const ground = [
  ...["core/evidence.ts", "core/json-depth.ts", "core/json-text.ts", "core/problem.ts", "core/stage.ts"],
  "core/instant.ts",
  "core/clock.ts",
  "core/untrusted",
];
const signals = [
  ...["core/provenance", "core/capture", "core/coverage", "core/lint", "core/secrets"],
  "core/ownership",
];
const everythingInCore = ["core"];

interface Room {
  room: string;
  /** Rooms whose code and types it may import, beside its own. */
  imports: readonly string[];
  /** Rooms of which it may import types only. */
  types?: readonly string[];
}

const rooms: readonly Room[] = [
  { room: "core/clock.ts", imports: [] },
  { room: "core/evidence.ts", imports: [] },
  { room: "core/instant.ts", imports: [] },
  { room: "core/json-depth.ts", imports: [] },
  { room: "core/json-text.ts", imports: [] },
  { room: "core/problem.ts", imports: [] },
  { room: "core/stage.ts", imports: [] },
  { room: "core/untrusted", imports: ["core/evidence.ts"] },
  { room: "core/change", imports: ["core/evidence.ts", "core/problem.ts", "core/untrusted"] },
  { room: "core/findings", imports: [...ground, "core/change"] },
  { room: "core/syntax", imports: [...ground, "core/change"] },
  ...signals.map((room) => ({ room, imports: [...ground, "core/change", "core/findings", "core/syntax"] })),
  { room: "core/calibration", imports: [...ground, "core/change", "core/findings", "core/syntax"] },
  {
    room: "core/facts.ts",
    imports: [...[...ground, "core/change", "core/findings", "core/coverage", "core/provenance"], "core/ownership"],
  },
  { room: "core/facts-file.ts", imports: [...ground, "core/change", "core/facts.ts"] },
  { room: "core/facts-order.ts", imports: [...ground, "core/facts.ts"] },
  { room: "core/given-facts.ts", imports: [...ground, "core/facts.ts", "core/facts-file.ts"] },
  { room: "core/rules.ts", imports: ["core/findings", ...signals] },
  {
    room: "core/policy",
    // What became of an approval is part of a decision's shape, and who could give one is ownership's to say.
    imports: [...ground, "core/change", "core/findings", "core/ownership"],
    types: [...signals, "core/facts.ts"],
  },
  {
    room: "core/report",
    imports: [
      ...[...ground, "core/change", "core/findings", "core/calibration", "core/policy", "core/facts.ts"],
      ...signals,
    ],
  },
  { room: "core/vocabulary.ts", imports: ["core/change", "core/findings", "core/policy", "core/rules.ts", ...signals] },
  { room: "core/review-change.ts", imports: everythingInCore },
  { room: "core/review-notes.ts", imports: everythingInCore },
  { room: "core/trial", imports: everythingInCore },
  { room: "core/index.ts", imports: everythingInCore },
  ...readRooms("adapters").map((room) => ({ room, imports: everythingInCore })),
  { room: "gate", imports: ["core", "adapters"] },
  ...["action", "app"].map((room) => ({ room, imports: ["core", "adapters", "gate"] })),
  // The same patterns in an editor: the parser and the core, and the version of both.
  { room: "eslint-plugin", imports: ["core", "adapters/sandbox", "gate/engine.ts"] },
  // `countersign app` starts the other door; it loads it when it is asked for.
  { room: "cli", imports: ["core", "adapters", "gate", "app"] },
];

/** Packages that the pure core may use: none of them reaches out. */
const corePackages = [
  "zod",
  "yaml",
  "leven",
  // Its parser alone: docs/decisions/expressions.md.
  "@bufbuild/cel",
  "istanbul-lib-coverage",
  "string-width",
  "wrap-ansi",
  "node:crypto",
  // Types only (@types/sarif).
  "sarif",
];

const sources = ["core", "adapters", "gate", "action", "app", "cli", "eslint-plugin"]
  .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
  .map(slashes)
  .sort();
const imports = sources.flatMap((file) => readImports(file));

test("there are sources to look at", () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(100);
});

test.each(rooms.map(({ room }) => room))("the room %s exists", (room) => {
  expect(existsSync(join(root, room))).toBe(true);
});

test("every source file stands in a room", () => {
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test("arrows run one way", () => {
  const wrong = imports
    .filter((found) => found.target !== null && !isAllowed(found))
    .map((found) => `${found.file} imports ${found.target ?? ""}`);
  expect(wrong).toEqual([]);
});

test("another room is entered through its door, when it has one", () => {
  const wrong = imports
    .filter(({ file, target }) => target !== null && !sameRoom(file, target) && !file.startsWith("core/index.ts"))
    .filter(({ target, typeOnly }) => !typeOnly && hasDoor(target ?? "") && !isDoorOrSchema(target ?? ""))
    .map(({ file, target }) => `${file} imports ${target ?? ""}`);
  expect(wrong).toEqual([]);
});

test("the core imports no package but the listed ones", () => {
  const foreign = imports
    .filter(({ file, target }) => file.startsWith("core/") && target === null)
    .filter(({ specifier }) => !corePackages.includes(specifier))
    .map(({ file, specifier }) => `${file} imports ${specifier}`);
  expect(foreign).toEqual([]);
});

test("the core reaches for no clock, environment, network, disk or console", () => {
  const wrong = sources.filter((file) => file.startsWith("core/") && reachesOut(file));
  expect(wrong).toEqual([]);
});

test("no import runs in a circle", () => {
  const edges = new Map(
    sources.map((file) => [
      file,
      imports
        .filter((found) => found.file === file && !found.typeOnly && found.target !== null)
        .map((found) => found.target!),
    ]),
  );
  expect(findCycle(edges)).toEqual([]);
});

interface Import {
  file: string;
  specifier: string;
  /** The imported file of this project, or null for a package. */
  target: string | null;
  typeOnly: boolean;
}

function readImports(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const typeOnly = ts.isImportDeclaration(node) ? isTypeImport(node) : node.isTypeOnly;
      found.push({ file, typeOnly, ...resolveSpecifier(file, node.moduleSpecifier.text) });
    }
    const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const [argument] = isDynamic ? node.arguments : [];
    if (argument && ts.isStringLiteral(argument))
      found.push({ file, typeOnly: false, ...resolveSpecifier(file, argument.text) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeImport(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

function resolveSpecifier(file: string, specifier: string): { specifier: string; target: string | null } {
  if (!specifier.startsWith(".")) return { specifier, target: null };
  return { specifier, target: slashes(relative(root, resolve(root, dirname(file), specifier))) };
}

function roomOf(file: string): Room | undefined {
  return rooms.find(({ room }) => isWithin(file, room));
}

function isWithin(file: string, room: string): boolean {
  return file === room || file.startsWith(`${room}/`);
}

function sameRoom(a: string, b: string): boolean {
  return roomOf(a) === roomOf(b);
}

function isAllowed({ file, target, typeOnly }: Import): boolean {
  const room = roomOf(file);
  if (room === undefined || target === null) return false;
  // What is not source (package.json) holds no arrow.
  if (!target.endsWith(".ts")) return true;
  if (isWithin(target, room.room)) return true;
  const allowed = typeOnly ? [...room.imports, ...(room.types ?? [])] : room.imports;
  return allowed.some((other) => isWithin(target, other));
}

function hasDoor(target: string): boolean {
  const room = roomOf(target)?.room;
  return room !== undefined && room.startsWith("core/") && existsSync(join(root, room, "index.ts"));
}

/** Schemas are types that can be run: facts and reviews are composed from those of every room. */
function isDoorOrSchema(target: string): boolean {
  const schemas = [
    "core/coverage/report.ts",
    "core/coverage/coverage-review.ts",
    "core/provenance/provenance.ts",
    "core/provenance/attribution/attribution.ts",
    "core/findings/finding.ts",
    "core/ownership/approval.ts",
    "core/ownership/merge-group.ts",
    "core/ownership/people.ts",
    "core/ownership/review.ts",
    "core/policy/decision.ts",
    "core/report/review.ts",
  ];
  return target.endsWith("/index.ts") || schemas.includes(target);
}

function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] => {
    const seen = trail.indexOf(file);
    if (seen !== -1) return [...trail.slice(seen), file];
    if (done.has(file)) return [];
    for (const target of edges.get(file) ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** As code, not in a text: lint rules know the names of what other code reaches for. */
function reachesOut(file: string): boolean {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const outside = ["process", "console", "globalThis", "fetch", "setTimeout", "setInterval"];
  const visit = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && ["Date.now", "Math.random"].includes(node.getText(source))) return true;
    if (ts.isNewExpression(node) && node.expression.getText(source) === "Date" && !node.arguments?.length) return true;
    if (ts.isIdentifier(node) && outside.includes(node.text) && isReference(node)) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(source);
}

/** Not the name of a property, and not a name that the file gives itself. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return (ts.isCallExpression(parent) && parent.expression === node) || ts.isTypeOfExpression(parent);
}

function readRooms(folder: string): string[] {
  return [...new Set(globSync(`${folder}/*/*.ts`, { cwd: root }).map((file) => slashes(dirname(file))))].sort();
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
