import { openedClients } from "../opened-clients.ts";
import type { Pattern } from "../pattern.ts";
import { isTestFile } from "../test-files.ts";

/** A call over the network that waits as long as the other side likes. */
export const noTimeout: Pattern = {
  rule: {
    id: "no-timeout",
    title: "A call over the network has no timeout",
    help: "Give it a timeout, or a signal or context that ends it.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /\b(?:fetch|axios|got|https?|superagent|Pool|requests|httpx|urlopen|urllib|aiohttp|smtplib|ftplib|socket|HTTPS?Connection|redis|psycopg2?|HttpClient|HttpClients|HttpClientBuilder|RestTemplate|openConnection|openStream|URLConnection|OkHttpClient|Jsoup|Timeout)\b|[sS]etTimeout|\w+Timeout\b/,
  find(file, report) {
    // By its name alone: an example, or a program that a test starts, is kept in such folders too.
    if (isTestFile(file.path.slice(file.path.lastIndexOf("/") + 1))) return;
    for (const { node, message } of openedClients(file)) report(node, message);
  },
};
