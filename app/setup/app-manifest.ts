import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isPair, isScalar, parseDocument, type Document } from "yaml";
import * as z from "zod";

/** The text of app.yml; the bundle carries it, see scripts/build.ts. */
declare const COUNTERSIGN_APP_YML: string | undefined;

/** What app.yml says of the App. */
export interface AppManifest {
  name: string;
  description: string;
  url: string;
  public: boolean;
  permissions: readonly Permission[];
  events: readonly string[];
}

/** One permission, and what it is for: the comment behind it. */
export interface Permission {
  name: string;
  access: "read" | "write";
  why: string;
}

const Written = z.strictObject({
  name: z.string(),
  description: z.string(),
  url: z.url(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

/** The App as app.yml has it: the one place that names permissions and events. */
export function appManifest(): AppManifest {
  const text =
    typeof COUNTERSIGN_APP_YML === "string"
      ? COUNTERSIGN_APP_YML
      : readFileSync(join(import.meta.dirname, "../../app.yml"), "utf8");
  const document = parseDocument(text);
  const { default_permissions, default_events, ...own } = Written.parse(document.toJS());
  const reasons = commentsIn(document, "default_permissions");
  const permissions = Object.entries(default_permissions).map(([name, access]) => ({
    ...{ name, access },
    why: reasons.get(name) ?? "",
  }));
  return { ...own, permissions, events: default_events };
}

/** The comments behind the values of a map. */
function commentsIn(document: Document, key: string): Map<string, string> {
  const map = document.get(key);
  const items = isMap(map) ? map.items : [];
  return new Map(
    items.filter(isPair).flatMap(({ key: name, value }): [string, string][] => {
      if (!isScalar(name) || !isScalar(value)) return [];
      return [[String(name.value), (value.comment ?? "").trim()]];
    }),
  );
}

/** Where the App will stand, and what it is called. */
export interface AppWish {
  /** Without a slash at its end. */
  publicUrl: string;
  /** Names of Apps are unique over all of GitHub. */
  name: string;
  /** Where the browser comes back to with the code. */
  redirectUrl: string;
}

/** What GitHub makes the App of. https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export function manifestFor(manifest: AppManifest, { publicUrl, name, redirectUrl }: AppWish): object {
  return {
    ...{ name, url: publicUrl, description: manifest.description, public: manifest.public },
    redirect_url: redirectUrl,
    hook_attributes: { url: `${publicUrl}/webhook`, active: true },
    callback_urls: [`${publicUrl}/sign-in/return`],
    default_permissions: Object.fromEntries(manifest.permissions.map((each) => [each.name, each.access])),
    default_events: manifest.events,
  };
}
