import { laid, sample } from "../sample.ts";
import { Shapes, type Kind } from "../shapes.ts";
import type { World } from "../state.ts";

/** Shapes as the REST API's description has them. */
export function answersOf(world: World): Shapes {
  return new Shapes(world, (kind, over) => {
    const known = samples.get(kind) ?? sample(components[kind]);
    samples.set(kind, known);
    return laid(known, over);
  });
}

const samples = new Map<Kind, unknown>();

const components: Record<Kind, string> = {
  user: "simple-user",
  organization: "simple-user",
  repository: "repository",
  "repository-lite": "minimal-repository",
  "repository-full": "full-repository",
  label: "label",
  team: "team",
  pull: "pull-request",
  "pull-simple": "pull-request-simple",
  review: "pull-request-review",
  comment: "issue-comment",
  "check-run": "check-run",
  app: "integration",
  installation: "installation",
  commit: "commit",
};
