import type { LabelKind } from "../../core/report/index.ts";
import type { Settings } from "../settings/settings.ts";

/** What publishing must be told: who the App is, what people call its labels, and where its pages are. */
export type PublishSettings = Pick<Settings, "choices"> & {
  app: Pick<Settings["app"], "id">;
  /** The address of a pull request's status page; null where there is none. */
  pageLink?: (repository: { owner: string; name: string }, number: number) => string | null;
};

/** The check's name, which a branch's rules require. */
export const checkName = "countersign";

/** What this repository calls a label of ours. */
export function labelName({ choices: { labels } }: Pick<PublishSettings, "choices">, kind: LabelKind): string {
  const names: Record<LabelKind, string> = {
    "ai-assisted": labels.aiAssisted,
    "ai-authored": labels.aiAuthored,
    "provenance-missing": labels.provenanceMissing,
    "needs-owner-approval": labels.needsOwnerApproval,
  };
  return names[kind];
}

/** How a label looks when it is made; people may change that afterwards. */
export const labelLooks: Record<LabelKind, { color: string; description: string }> = {
  "ai-assisted": { color: "8250df", description: "People wrote it with an AI tool" },
  "ai-authored": { color: "6639ba", description: "An AI agent wrote commits or lines of it" },
  "provenance-missing": { color: "bf8700", description: "Who or what wrote it is not declared as it should be" },
  "needs-owner-approval": { color: "cf222e", description: "Waits for the approval of an owner" },
};
