export { effectsOf, type Inboxed } from "./effects-of.ts";
export { probotInbox, type Inbox, type InboxPorts } from "./inbox.ts";
export type { OwnApp } from "./told.ts";
