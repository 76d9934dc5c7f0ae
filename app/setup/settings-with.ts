import type { MadeApp } from "../../adapters/github/convert-manifest.ts";
import { jsonText } from "../../core/json-text.ts";
import type { SettingName } from "../settings/table.ts";

/** The settings file with the App that GitHub made, and with whatever else was in it before. */
export function settingsWith(before: string | null, app: MadeApp, publicUrl: string): string {
  const made: Partial<Record<SettingName, string | number>> = {
    APP_ID: app.id,
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GITHUB_CLIENT_ID: app.client.id,
    GITHUB_CLIENT_SECRET: app.client.secret,
    COUNTERSIGN_PUBLIC_URL: publicUrl,
  };
  const known: unknown = before === null ? {} : JSON.parse(before);
  return jsonText({ ...(typeof known === "object" ? known : {}), ...made });
}
