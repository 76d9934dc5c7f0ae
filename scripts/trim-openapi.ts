import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/**
 * Writes test/github/openapi/: the part of GitHub's published description that the fake of GitHub needs, which is the
 * operations below with their parameters, what they take, the schemas of their answers, and whatever those refer to. The whole
 * description has 13 MB and its package 385 MB, so it is no dependency. To write it anew:
 *
 *     npm install --prefix /tmp/openapi --ignore-scripts @octokit/openapi@23.0.2
 *     node scripts/trim-openapi.ts /tmp/openapi/node_modules/@octokit/openapi
 */
const operations = new Set([
  "actions/download-artifact",
  "actions/get-artifact",
  "actions/get-workflow-run",
  "actions/list-artifacts-for-repo",
  "actions/list-workflow-run-artifacts",
  "actions/list-workflow-runs-for-repo",
  "apps/create-from-manifest",
  "apps/create-installation-access-token",
  "apps/get-authenticated",
  "apps/get-installation",
  "apps/get-org-installation",
  "apps/get-repo-installation",
  "apps/get-webhook-config-for-app",
  "apps/get-webhook-delivery",
  "apps/list-installations",
  "apps/list-repos-accessible-to-installation",
  "apps/list-webhook-deliveries",
  "apps/redeliver-webhook-delivery",
  "apps/revoke-installation-access-token",
  "checks/create",
  "checks/get",
  "checks/list-annotations",
  "checks/list-for-ref",
  "checks/list-suites-for-ref",
  "checks/update",
  "git/get-commit",
  "git/get-ref",
  "git/get-tree",
  "git/list-matching-refs",
  "issues/add-labels",
  "issues/create-comment",
  "issues/create-label",
  "issues/delete-comment",
  "issues/get-comment",
  "issues/get-label",
  "issues/list-comments",
  "issues/list-events",
  "issues/list-labels-for-repo",
  "issues/list-labels-on-issue",
  "issues/remove-label",
  "issues/set-labels",
  "issues/update-comment",
  "orgs/get-membership-for-user",
  "pulls/create",
  "pulls/get",
  "pulls/list",
  "pulls/list-commits",
  "pulls/list-files",
  "pulls/list-requested-reviewers",
  "pulls/list-reviews",
  "pulls/merge",
  "pulls/remove-requested-reviewers",
  "pulls/request-reviewers",
  "pulls/update",
  "rate-limit/get",
  "repos/codeowners-errors",
  "repos/compare-commits-with-basehead",
  "repos/create-commit-status",
  "repos/get",
  "repos/get-branch",
  "repos/get-branch-protection",
  "repos/get-branch-rules",
  "repos/get-collaborator-permission-level",
  "repos/get-combined-status-for-ref",
  "repos/get-commit",
  "repos/get-content",
  "repos/get-repo-ruleset",
  "repos/get-repo-rulesets",
  "repos/list-branches",
  "repos/list-collaborators",
  "repos/list-commit-statuses-for-ref",
  "repos/list-commits",
  "repos/list-pull-requests-associated-with-commit",
  "teams/check-permissions-for-repo-in-org",
  "teams/get-by-name",
  "teams/get-membership-for-user-in-org",
  "teams/list",
  "teams/list-members-in-org",
  "users/get-authenticated",
  "users/get-by-username",
]);

/** What is said to people, and what is shown as an example. In `properties` these are names like any other. */
const prose = new Set(["description", "examples", "example", "title", "summary", "externalDocs", "headers"]);

const Record = z.record(z.string(), z.unknown());
const Description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), Record),
});
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
  responses: Record,
});
const Package = z.object({ name: z.string(), version: z.string() });

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the folder of the package @octokit/openapi.");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const { name, version } = Package.parse(JSON.parse(read("package.json")));
const description = Description.parse(JSON.parse(read("generated/api.github.com.json")));

const paths = trimmedPaths();
const components = reached(paths);
const target = join(import.meta.dirname, "../test/github/openapi");
mkdirSync(target, { recursive: true });
const about = {
  description: "A part of GitHub's description of its REST API, written by scripts/trim-openapi.ts.",
  package: `${name}@${version}`,
  source: "https://github.com/github/rest-api-description",
  license: "MIT; see LICENSE beside this file",
};
writeFileSync(join(target, "api.github.com.json"), `${JSON.stringify({ about, paths, components })}\n`);
writeFileSync(join(target, "LICENSE"), read("LICENSE"));

function trimmedPaths() {
  const kept = Object.entries(description.paths).flatMap(([path, methods]) => {
    const found = Object.entries(methods).filter(([, operation]) => operations.has(idOf(operation)));
    const trimmed = found.map(([method, operation]) => [method, trimmedOperation(operation)]);
    return trimmed.length === 0 ? [] : [[path, Object.fromEntries(trimmed)] as const];
  });
  return Object.fromEntries(kept);
}

function idOf(operation: unknown): string {
  const read = Operation.safeParse(operation);
  return read.success ? read.data.operationId : "";
}

function trimmedOperation(operation: unknown) {
  const { operationId, parameters, requestBody, responses } = Operation.parse(operation);
  const good = Object.entries(responses).filter(([status]) => status.startsWith("2") || status === "302");
  return {
    operationId,
    parameters: parameters.map((one) => withoutProse(one)),
    ...(requestBody === undefined ? {} : { requestBody: withoutProse(requestBody) }),
    responses: Object.fromEntries(good.map(([status, response]) => [status, withoutProse(response)])),
  };
}

function withoutProse(part: unknown, isNames = false): unknown {
  if (Array.isArray(part)) return part.map((each) => withoutProse(each));
  const object = Record.safeParse(part);
  if (!object.success) return part;
  const kept = Object.entries(object.data).filter(([key]) => isNames || (!prose.has(key) && !key.startsWith("x-")));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutProse(value, !isNames && key === "properties")]));
}

/** The components that a part refers to, and those that these refer to, by kind. */
function reached(part: unknown) {
  const found = new Map<string, unknown>();
  const waiting = references(part);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    const [kind = "", key = ""] = next.split("/");
    const component = withoutProse(description.components[kind]?.[key]);
    found.set(next, component);
    waiting.push(...references(component));
  }
  const kinds: globalThis.Record<string, globalThis.Record<string, unknown>> = { parameters: {}, schemas: {} };
  for (const [reference, component] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind = "", key = ""] = reference.split("/");
    (kinds[kind] ??= {})[key] = component;
  }
  return kinds;
}

/** `schemas/team`, `parameters/owner` … */
function references(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(references);
  const object = Record.safeParse(part);
  if (!object.success) return [];
  return Object.entries(object.data).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" ? [value.slice("#/components/".length)] : references(value),
  );
}
