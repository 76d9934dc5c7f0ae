export { announcing } from "./announce.ts";
export { pressed, publishAgain } from "./open-work.ts";
export type { PublishSettings } from "./publish-settings.ts";
export { publisher } from "./publisher.ts";
export { labelsOfPeople } from "./remembered.ts";
export { holdsFor, readRow } from "./verdict-row.ts";
