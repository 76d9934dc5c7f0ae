import type { GitHub } from "./client.ts";

/** What requests are for, in the order in which a short budget serves them: a verdict before everything else, a sweep last. */
export type Purpose = "verdict" | "read" | "decoration" | "sweep";

/** A repository as it is called now. */
export interface NamedRepository {
  owner: string;
  name: string;
  private: boolean;
  defaultBranch: string;
}

/** What is fetched, of a repository by its present name. */
export interface NamedDownload {
  owner: string;
  name: string;
  route: string;
  parameters: Readonly<Record<string, string | number>>;
}

/** What the App may ask and write in the name of one installation, within that installation's own budget. */
export interface InstallationClient {
  id: number;
  /** A reader of one repository; `read-*` take it. It is asked for by name: names change, ids stay. */
  repository: (owner: string, name: string, purpose?: Purpose) => GitHub;
  /** The repository's present name by its id, remembered until GitHub says otherwise. Throws `NotTold`. */
  nameOf: (repository: number) => Promise<NamedRepository>;
  /** The name was found to be another's, or nobody's: it is asked for anew. */
  forgetName?: (repository: number) => void;
  /** One answer as bytes, of `mostBytes` at most: what is larger is refused while it comes. Throws `NotTold`. */
  download?: (where: NamedDownload, mostBytes: number) => Promise<Buffer>;
  /** One write. Tried again only where a second one changes nothing. Throws `NotTold` with GitHub's status. */
  write: (route: string, parameters: Readonly<Record<string, unknown>>, purpose: Purpose) => Promise<unknown>;
  /** A token that is good for some minutes at least, to fetch objects with. Never logged, stored or put into facts. */
  token: () => Promise<string>;
  /** The time by GitHub's clock, as its last answer told it: never later than it is there, and about a second early. */
  now?: () => Date;
  /** When its budget is used up: the instant from which it may ask again; null while there is some left. */
  pausedUntil: () => Date | null;
}
