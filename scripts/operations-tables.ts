import { otherBodyKind } from "../adapters/store/other-body.ts";
import { auditKinds } from "../app/audit-kinds.ts";
import { metricRows } from "../app/metrics/metric-table.ts";
import { settingRows } from "../app/settings/table.ts";
import { appManifest } from "../app/setup/app-manifest.ts";

/** The table of settings in docs/operations.md. */
export function settingsTable(): string {
  const rows = settingRows.map(({ name, says, standard }) => `| \`${name}\` | ${says} | ${standard} |`);
  return ["| Setting | What it is | Without it |", "|---|---|---|", ...rows].join("\n");
}

/** The table of metrics in docs/operations.md. */
export function metricsTable(): string {
  const rows = metricRows.map(({ name, kind, labels, says }) => {
    const shown = labels.length === 0 ? name : `${name}{${labels.join(",")}}`;
    return `| \`${shown}\` | ${kind} | ${says} |`;
  });
  return ["| Metric | Kind | What it says |", "|---|---|---|", ...rows].join("\n");
}

/** The permissions of app.yml, with what each is for, in docs/operations.md. */
export function permissionsTable(): string {
  const rows = appManifest().permissions.map(({ name, access, why }) => `| \`${name}\` | ${access} | ${why} |`);
  return ["| Permission | Access | What for |", "|---|---|---|", ...rows].join("\n");
}

/** The kinds of lines of the audit table, in docs/operations.md: ours, and the one that the store writes itself. */
export function auditTable(): string {
  const own = Object.entries(auditKinds);
  const all = [...own, [otherBodyKind, "A delivery came again under a known id with other bytes. It is not stored."]];
  return ["| Kind | What happened |", "|---|---|", ...all.map(([kind, says]) => `| \`${kind}\` | ${says} |`)].join(
    "\n",
  );
}
