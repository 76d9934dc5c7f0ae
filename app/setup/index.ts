export { appManifest, type AppManifest } from "./app-manifest.ts";
export { settingsWith } from "./settings-with.ts";
export { setUp, type SetUp, type SetUpPorts } from "./setup.ts";
