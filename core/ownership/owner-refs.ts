import { ownerText, type CodeownersOwner } from "./codeowners/codeowners.ts";
import type { Owners } from "./approval.ts";
import { nameKey } from "./names.ts";

/** Who may approve: owners by name, and whether whoever can push may as well. */
export interface Approvers {
  owners: readonly CodeownersOwner[];
  anyone: boolean;
}

/** Owners of a policy as those of a CODEOWNERS file; a user with an `@` inside is an e-mail address. */
export function refsOf({ users, teams }: Owners): CodeownersOwner[] {
  return [
    ...users.map((user): CodeownersOwner => {
      const name = user.startsWith("@") ? user.slice(1) : user;
      return { kind: name.includes("@") ? "email" : "user", name };
    }),
    ...teams.map((team): CodeownersOwner => ({ kind: "team", name: team.startsWith("@") ? team.slice(1) : team })),
  ];
}

/** Both together, each owner once. */
export function joinOwners(a: readonly CodeownersOwner[], b: readonly CodeownersOwner[]): CodeownersOwner[] {
  const byKey = new Map([...a, ...b].map((owner) => [ownerKey(owner), owner]));
  return [...byKey.values()];
}

/** The same text for the same owners, in whatever order and case they are written. */
export function ownersKey(owners: readonly CodeownersOwner[]): string {
  return [...new Set(owners.map(ownerKey))].sort().join(" ");
}

/** As people write them, sorted. */
export function ownerTexts(owners: readonly CodeownersOwner[]): string[] {
  return owners.map(ownerText).sort();
}

function ownerKey(owner: CodeownersOwner): string {
  return `${owner.kind}:${nameKey(owner.name)}`;
}
