import * as z from "zod";
import type { WrittenFloor } from "../facts.ts";
import { extendsSchema } from "./written/extends.ts";

/** A policy of another repository, by what it is found by. */
export type FloorName = Omit<WrittenFloor, "text">;

/** How a floor is named outside of a policy, for messages. */
export const floorNameExample = "acme/policies/ai-floor.yml@9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";

/**
 * A floor that holds whether the policy names it or not, as `owner/name/path@commit`: as a workflow names a file of another
 * repository. It must be pinned as in `extends`. `problem` is the end of a sentence, for a text that names none.
 */
export function readFloorName(text: string): FloorName | { problem: string } {
  const at = text.lastIndexOf("@");
  const [owner = "", name = "", ...path] = text.slice(0, Math.max(0, at)).split("/");
  const named = { repo: `${owner}/${name}`, path: path.join("/"), ref: text.slice(at + 1) };
  if (path.length === 0) return { problem: "expected a repository, a path and a commit" };
  const checked = extendsSchema.safeParse([named]);
  if (checked.success) return named;
  const said = Said.safeParse(checked.error.issues[0]);
  return { problem: said.success ? said.data.params.what : "expected a repository, a path and a commit" };
}

const Said = z.looseObject({ params: z.looseObject({ what: z.string() }) });

/** A policy of another repository as a policy names it: by what it is found by, and perhaps by the digest of its text, `sha256:<64 hex>`. */
export type NamedFloor = FloorName & { digest: string | null };

/** What an entry of `extends` names; null for a preset, and for an entry with a mistake, which the loader tells. */
export function floorNamedBy(entry: unknown): NamedFloor | null {
  return Named.safeParse(extendsSchema.safeParse([entry]).data?.[0]).data ?? null;
}

const Named = z.object({
  repo: z.string(),
  path: z.string(),
  ref: z.string(),
  digest: z.string().nullable().default(null),
});

/** Names of repositories compare without case, as on GitHub; paths and commits do not. */
export function isSameFloor(floor: FloorName, { repo, path, ref }: FloorName): boolean {
  return floor.repo.toLowerCase() === repo.toLowerCase() && floor.path === path && floor.ref === ref;
}
