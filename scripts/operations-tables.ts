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
