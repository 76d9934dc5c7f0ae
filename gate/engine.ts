import packageJson from "../package.json" with { type: "json" };
import type { Facts } from "../core/facts.ts";

/** What decides, and which version of it: part of every record, and of the evaluation id. */
export const engine: Facts["engine"] = { name: "countersign", version: packageJson.version };
