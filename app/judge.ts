import { join } from "node:path";
import { mirrorLimits, openMirrors } from "../adapters/git/mirror.ts";
import { evaluator } from "./evaluate/index.ts";
import type { Judge } from "./main.ts";

/** Judges by what GitHub and git say now, with mirrors of repositories in the data folder. */
export const judge: Judge = (ports, { app, github, dataFolder, limits }) =>
  evaluator(ports, {
    appId: app.id,
    webUrl: github.webUrl,
    mirrors: openMirrors(join(dataFolder, "mirrors"), { ...mirrorLimits, diskBytes: limits.mirrorBytes }),
  });
