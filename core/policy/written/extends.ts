import * as z from "zod";
import { problemIssue } from "../schemas.ts";
import { worded } from "../wording.ts";

/** What a policy builds on: a preset of the engine, whose parts are defaults, or another repository's policy, which is a floor. */

const presetExample = { preset: "recommended@1" };
const repoExample = { repo: "acme/policies", path: "ai-floor.yml", ref: "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e" };

const extended = worded(
  z
    .strictObject({
      preset: worded(z.string().min(1).max(80), {
        says: "A preset that comes with the engine: `recommended@1`, `observe@1`, `warn@1` or `enforce@1`. Its parts are defaults: an area takes from it the keys that it does not write itself, and a rule of the same id replaces the preset's.",
        expects: "a preset with its version",
        example: presetExample.preset,
      }).optional(),
      repo: worded(
        z.string().check(repoCheck),
        {
          says: "Another repository of the same host, whose policy this one may only tighten: both judge, and the strictest decides.",
          expects: "`owner/name`",
          example: repoExample.repo,
        },
        { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*/[A-Za-z0-9_.-]+$" },
      ).optional(),
      path: worded(z.string().check(pathCheck), {
        says: "The policy's path in that repository.",
        expects: "a path in the repository",
        example: repoExample.path,
      }).optional(),
      ref: worded(
        z.string().check(refCheck),
        {
          says: "The commit to read it at: all 40 (or 64) digits. Branches and tags move, and are refused.",
          expects: "the full id of a commit",
          example: repoExample.ref,
        },
        { pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$" },
      ).optional(),
      digest: worded(
        z.string().check(digestCheck),
        {
          says: "sha256 of the file's text, which is checked when it is given.",
          expects: "`sha256:` and 64 hex digits",
          example: `sha256:${"0f".repeat(32)}`,
        },
        { pattern: "^sha256:[0-9a-f]{64}$" },
      ).optional(),
    })
    .check((ctx) => {
      const problem = shapeProblem(ctx.value);
      if (problem !== null) ctx.issues.push({ ...problemIssue("CS011", problem.what, problem.fix), input: ctx.value });
    }),
  {
    says: "One policy to build on.",
    expects: "a mapping with `preset`, or with `repo`, `path` and `ref`",
    example: presetExample,
  },
  {
    oneOf: [
      { required: ["preset"], maxProperties: 1 },
      { required: ["repo", "path", "ref"], not: { required: ["preset"] } },
    ],
  },
);

/** How many policies one may build on: each judges every change, and nobody reads more. */
export const mostExtended = 8;

/** `extends`, as written. */
export const extendsSchema = worded(
  z
    .array(extended)
    .min(1)
    .check((ctx) => {
      if (ctx.value.length <= mostExtended) return;
      const what = `a policy builds on at most ${mostExtended} others`;
      ctx.issues.push({ ...problemIssue("CS040", what, "Put their rules into fewer of them."), input: ctx.value });
    }),
  {
    says: "Policies that this one builds on, one level deep and at most 8: presets of the engine as defaults, and policies of other repositories, pinned by commit, as floors.",
    expects: "a list of policies",
    example: [presetExample, repoExample],
  },
  { maxItems: mostExtended },
);

/** One entry of `extends`, as written. */
export type WrittenExtends = z.infer<typeof extendsSchema>[number];

function shapeProblem(written: WrittenExtends): { what: string; fix: string } | null {
  const { preset, ...other } = written;
  const given = Object.values(other).some((value) => value !== undefined);
  if (preset !== undefined) {
    if (!given) return null;
    return {
      what: "a preset has no `repo`, `path`, `ref` or `digest`",
      fix: "Write two entries, or keep `preset` alone.",
    };
  }
  const missing = (["repo", "path", "ref"] as const).filter((key) => written[key] === undefined);
  if (missing.length === 0) return null;
  const [first = "repo"] = missing;
  if (!given) return { what: "nothing is named", fix: "Write `preset: recommended@1`, or `repo`, `path` and `ref`." };
  return { what: `\`${first}\` is missing`, fix: `Write \`${first}: ${repoExample[first]}\`.` };
}

type Check = (ctx: z.core.ParsePayload<string>) => void;

function repoCheck(ctx: Parameters<Check>[0]): void {
  const [owner = "", name = "", ...more] = ctx.value.split("/");
  if (more.length === 0 && isWord(owner) && isWord(name) && name !== "." && name !== "..") return;
  report(ctx, "CS031", "expected `owner/name`", `Write \`${repoExample.repo}\`.`);
}

function pathCheck(ctx: Parameters<Check>[0]): void {
  const parts = ctx.value.split("/");
  const plain = parts.every((part) => part !== "" && part !== "." && part !== "..") && !ctx.value.includes("\\");
  if (plain && ctx.value.length <= 400) return;
  report(ctx, "CS031", "expected a path in the repository, without `.` or `..`", `Write \`${repoExample.path}\`.`);
}

function refCheck(ctx: Parameters<Check>[0]): void {
  const isHex = Array.from(ctx.value).every((char) => /[0-9a-f]/.test(char));
  if (isHex && (ctx.value.length === 40 || ctx.value.length === 64)) return;
  const what = "a branch, a tag or a part of a commit's id can come to mean something else";
  report(ctx, "CS032", what, "Pin it: write the commit's id with all its 40 lower-case digits.");
}

function digestCheck(ctx: Parameters<Check>[0]): void {
  if (/^sha256:[0-9a-f]{64}$/.test(ctx.value)) return;
  report(ctx, "CS031", "expected `sha256:` and 64 lower-case hex digits", "Write what `sha256sum` prints of the file.");
}

function report(ctx: Parameters<Check>[0], code: "CS031" | "CS032", what: string, fix: string): void {
  ctx.issues.push({ ...problemIssue(code, what, fix), input: ctx.value });
}

function isWord(text: string): boolean {
  return text.length > 0 && text.length <= 100 && Array.from(text).every((char) => /[A-Za-z0-9_.-]/.test(char));
}
