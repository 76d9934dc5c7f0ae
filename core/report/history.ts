/** A history as a document: for a terminal, as JSON, and line by line. */
export { historyDocument, historyVersion, type HistoryDocument, type HistoryRange } from "./history/document.ts";
export { historyLine, renderHistoryJson } from "./history/json.ts";
export { renderHistory } from "./history/terminal.ts";
