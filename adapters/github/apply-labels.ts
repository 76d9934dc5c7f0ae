import { NotTold } from "./client.ts";
import type { WritePlace } from "./written-once.ts";

/** A label as a repository has it. */
export interface LabelLook {
  name: string;
  /** Six hex digits. */
  color: string;
  /** At most 100 characters. */
  description: string;
}

/** Makes a label; one that is there stays as people have it. Throws `NotTold`. */
export function createLabel({ client, owner, name: repo }: WritePlace, label: LabelLook): Promise<void> {
  const route = "POST /repos/{owner}/{repo}/labels";
  return unless(422, () => client.write(route, { owner, repo, ...label }, "decoration"));
}

/** Puts one label on a pull request; doing it again changes nothing. Throws `NotTold`. */
export async function addLabel(
  { client, owner, name: repo }: WritePlace,
  number: number,
  label: string,
): Promise<void> {
  const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/labels";
  await client.write(route, { owner, repo, issue_number: number, labels: [label] }, "decoration");
}

/** Takes one label away, and no other. One that is gone already is no fault. Throws `NotTold`. */
export function removeLabel({ client, owner, name: repo }: WritePlace, number: number, label: string): Promise<void> {
  const route = "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}";
  return unless(404, () => client.write(route, { owner, repo, issue_number: number, name: label }, "decoration"));
}

async function unless(status: number, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof NotTold) || error.status !== status) throw error;
  }
}
