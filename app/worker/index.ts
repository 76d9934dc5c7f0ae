export type { HookDeliveries, HookDelivery, InstalledAt, Lent, ListedPlace, OpenPull } from "./lent.ts";
export { startWorker, type Worker } from "./start-worker.ts";
export { standardPace, type Pace } from "./work.ts";
