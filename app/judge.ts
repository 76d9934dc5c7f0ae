import { join } from "node:path";
import { launcher } from "../adapters/git/launcher.ts";
import { mirrorLimits, openMirrors } from "../adapters/git/mirror.ts";
import { evaluator } from "./evaluate/index.ts";
import type { Judge } from "./main.ts";

/** One for the whole process: git is started by the hundred, and each start from here would hold up what webhooks wait for. */
const launch = launcher();

/** Judges by what GitHub and git say now, with mirrors of repositories in the data folder. */
export const judge: Judge = (ports, { app, github, dataFolder, limits }) =>
  evaluator(ports, {
    appId: app.id,
    webUrl: github.webUrl,
    mirrors: openMirrors(join(dataFolder, "mirrors"), { ...mirrorLimits, diskBytes: limits.mirrorBytes }, launch),
  });
