import * as z from "zod";
import { branchListSchema } from "../branch-list.ts";
import { fileKinds } from "../file-kinds.ts";
import type { Boundary } from "../policy.ts";
import { asList, oneOrMore, pathListSchema } from "../schemas.ts";
import { worded } from "../wording.ts";
import { toolSchema } from "./tool-names.ts";

const kind = worded(z.enum(fileKinds), {
  says: "A kind of file.",
  expects: `one of ${fileKinds.join(", ")}`,
  example: "workflow",
});

/** A tool, or `any`. */
const agent = worded(toolSchema, {
  says: "An agent by its name or id, or `any`.",
  expects: "the name of an agent, or `any`",
  example: "claude-code",
});

const boundary = worded(
  z
    .strictObject({
      agents: worded(z.array(agent).min(1), {
        says: "The agents that it binds, by name or id. Default: every commit that counts as AI.",
        expects: "a list of agents",
        example: ["claude-code"],
      }).optional(),
      branches: branchListSchema({
        says: "The base branches on which it holds: `*` within a part, `**` over slashes; one that begins with `!` excludes. Default: all.",
        expects: "the name of a branch, a pattern, or a list of them",
        example: ["main", "release/*"],
      }).optional(),
      paths: pathListSchema({
        says: "The files that agents may not change. Default: all.",
        expects: "a list of patterns",
        example: ["src/crypto/**"],
      }).optional(),
      kinds: worded(z.array(kind).min(1), {
        says: "The kinds of files that agents may not change. Default: all.",
        expects: "a list of kinds of files",
        example: ["workflow", "migration"],
      }).optional(),
    })
    .refine((written) => Object.values(written).some((value) => value !== undefined), {
      params: { code: "CS011", what: "nothing is named", fix: "Write `{ kinds: [workflow] }`." },
    }),
  {
    says: "What agents may not propose: all given parts must hold for one file.",
    expects: "a mapping with `agents`, `branches`, `paths` or `kinds`",
    example: { kinds: ["workflow", "migration"] },
  },
  { minProperties: 1 },
);

/** The schema of `forbid` at the top, in a rule, and in `require`: one boundary or a list. A file within one of them is a violation. */
export const forbidSchema = oneOrMore(boundary, {
  says: "What agents may not propose at all. One boundary or a list; of one boundary, all parts given must hold for the same file.",
  expects: "a mapping with `agents`, `branches`, `paths` or `kinds`, or a list of such",
  example: { kinds: ["workflow", "migration"] },
});

/** `forbid`, as written: one boundary or a list of them. */
export type WrittenForbid = z.infer<typeof forbidSchema>;

/** Boundaries made whole: an empty list means any. */
export function resolveForbid(written: WrittenForbid): Boundary[] {
  return asList(written).map(({ agents = [], branches = [], paths = [], kinds = [] }) => ({
    // `any` says what leaving the key out says.
    agents: agents.includes("any") ? [] : agents,
    branches: asList(branches),
    paths,
    kinds,
  }));
}
