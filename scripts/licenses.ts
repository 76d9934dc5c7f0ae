import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string().default("none stated") });
type Manifest = z.infer<typeof Manifest>;

/** Licences under which other people's code may be part of the bundles. */
export const permittedLicenses = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT"];

/**
 * The packages that bundled files come from, with the licence texts they ship, as one document.
 * `inputs` are file paths relative to `root`. The same inputs give the same text.
 * Throws, naming every package, when one's licence is not a permitted one.
 */
export function collectLicenses(root: string, inputs: readonly string[]): string {
  const folders = [...new Set(inputs.flatMap(packageFolder))].sort();
  const packages = folders.map((folder) => ({ folder, manifest: readManifest(join(root, folder)) }));
  const refused = packages.filter(({ manifest }) => !isPermitted(manifest.license));
  if (refused.length > 0) {
    const names = refused.map(({ manifest }) => `${manifest.name} (${manifest.license})`).join(", ");
    throw new Error(`These bundled packages have a licence that is not permitted: ${names}. Use another package.`);
  }
  const sections = packages.map(({ folder, manifest }) => section(manifest, licenseTexts(join(root, folder))));
  return [...new Set(sections)].sort().join("\n");
}

/** The folder of the package that a file belongs to, or nothing for our own files. */
function packageFolder(path: string): string[] {
  const marker = "node_modules/";
  const at = path.lastIndexOf(marker);
  if (at < 0) return [];
  const [first = "", second = ""] = path.slice(at + marker.length).split("/");
  return [path.slice(0, at + marker.length) + (first.startsWith("@") ? `${first}/${second}` : first)];
}

/** Every licence of an SPDX expression must be permitted, whichever way it joins them. */
function isPermitted(expression: string): boolean {
  const words = expression.replaceAll("(", " ").replaceAll(")", " ").split(" ");
  return words.every((word) => ["", "AND", "OR", ...permittedLicenses].includes(word));
}

function readManifest(folder: string): Manifest {
  return Manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}

/** A package without a text of its own keeps the name of its licence, which stands in the heading. */
function licenseTexts(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)(\.(md|txt))?$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
}

function section(manifest: Manifest, texts: readonly string[]): string {
  const heading = `${manifest.name} ${manifest.version} (${manifest.license})`;
  return [heading, "=".repeat(heading.length), "", ...texts.flatMap((text) => [text, ""])].join("\n");
}
