import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Where a Chromium is kept, by whoever put it there: an environment variable, Debian, Google's packages. */
const places = [
  process.env["CHROMIUM_PATH"] ?? "",
  ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"],
  ...["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser that tests of pages run in; null when this machine has none. Then they do not run and say so, and `.ci/run`,
 * which installs one where it may, counts each as failed.
 */
export const chromiumPath: string | null = places.find((place) => place !== "" && existsSync(place)) ?? null;

if (chromiumPath === null)
  process.stderr.write(
    "\n!!! There is no Chromium, so NO PAGE IS TESTED IN A BROWSER. Install Debian's `chromium`, or name one in CHROMIUM_PATH.\n\n",
  );

/** Starts it without a window. It calls nobody: no updates, no checks of its own. */
export function startChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error("There is no Chromium here.");
  const args = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"];
  return chromium.launch({ executablePath: chromiumPath, headless: true, chromiumSandbox: false, args });
}
