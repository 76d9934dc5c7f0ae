import type { CheckPlace } from "../../adapters/github/apply-check-run.ts";
import type { NamedRepository } from "../../adapters/github/installation.ts";
import type { WritePlace } from "../../adapters/github/written-once.ts";
import type { AppPorts } from "../ports.ts";
import { checkName, type PublishSettings } from "./publish-settings.ts";
import type { Head } from "./publish-head.ts";

/** How long GitHub's lists lag behind its writes, in milliseconds. */
const settlingMs = 2_000;

/** Where to write: the repository by its present name. Throws `NotTold`. */
export async function writePlace(
  { installation, clock }: AppPorts,
  where: Pick<Head, "installation" | "repository">,
): Promise<{ place: WritePlace; repository: NamedRepository }> {
  const client = installation(where.installation);
  const repository = await client.nameOf(where.repository);
  const { owner, name } = repository;
  return { place: { client, owner, name, settle: () => clock.sleep(settlingMs) }, repository };
}

/** The same for our check on a commit. */
export async function checkPlace(
  ports: AppPorts,
  { app }: PublishSettings,
  head: Head,
): Promise<{ place: CheckPlace; repository: NamedRepository }> {
  const { place, repository } = await writePlace(ports, head);
  return { place: { ...place, sha: head.sha, check: checkName, app: app.id }, repository };
}
