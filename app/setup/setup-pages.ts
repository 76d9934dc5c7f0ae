import type { AppManifest } from "./app-manifest.ts";
import { Address, html, type Html, type Slot } from "../pages/html.ts";
import { messagePage } from "../pages/message-page.ts";

/** What somebody is asked before GitHub is. */
export function wishPage({ publicUrl, problem }: { publicUrl: string; problem: string | null }): Html {
  return messagePage(
    "Make the GitHub App",
    html`${problem === null ? null : html`<p role="alert"><strong>${problem}</strong></p>`}
      <p>
        Countersign is not yet an App on GitHub. Say where it will be reached, and GitHub makes the App and its secrets;
        they are written to the settings file, and nobody has to copy them.
      </p>
      <form method="get" action="${new Address("/")}">
        <p>
          <label for="url">Public address of this server, as GitHub's webhooks will reach it</label><br />
          <input id="url" name="url" type="url" required maxlength="200" value="${publicUrl}" />
        </p>
        <p>
          <label for="name">Name of the App, which no other on GitHub has</label><br />
          <input id="name" name="name" required maxlength="34" value="Countersign" />
        </p>
        <p>
          <label for="organization">Organization that owns it; empty for your own account</label><br />
          <input id="organization" name="organization" maxlength="39" value="" />
        </p>
        <p><button>Go on</button></p>
      </form>`,
  );
}

/** What the App will be allowed, and the button that leads to GitHub. `action` is where GitHub makes Apps. */
export function manifestPage(manifest: AppManifest, { action, json }: { action: Address; json: string }): Html {
  return messagePage(
    "What the App will be allowed",
    html`<table>
        <caption>
          Permissions, and what each is for
        </caption>
        <thead>
          <tr>
            <th scope="col">Permission</th>
            <th scope="col">Access</th>
            <th scope="col">What for</th>
          </tr>
        </thead>
        <tbody>
          ${manifest.permissions.map(permissionRow)}
        </tbody>
      </table>
      <p>It hears of: ${manifest.events.join(", ")}.</p>
      <form method="post" action="${action}">
        <input type="hidden" name="manifest" value="${json}" />
        <p><button>Make the App on GitHub</button></p>
      </form>`,
  );
}

function permissionRow({ name, access, why }: AppManifest["permissions"][number]): Slot {
  return html`<tr>
    <th scope="row"><code>${name}</code></th>
    <td>${access}</td>
    <td>${why}</td>
  </tr> `;
}

/** The App is there; what is left is to say for which repositories. */
export function donePage({ slug, path, webUrl }: { slug: string; path: string; webUrl: URL }): Html {
  return messagePage(
    "The App is made",
    html`<p>
        Its secrets are in <code>${path}</code>, which only the user that runs Countersign may read. Keep a copy.
      </p>
      <p>Countersign starts with them now. Nothing has to be restarted.</p>
      <p>
        <a href="${new Address(`/apps/${slug}/installations/new`, webUrl)}">Install it on your repositories</a>, and
        then require the check <code>countersign</code> on their base branches.
      </p>`,
  );
}

/** Something went wrong, and what to do. */
export function troublePage(what: string, fix: string): Html {
  return messagePage(
    "The App is not set up",
    html`<p role="alert"><strong>${what}</strong></p>
      <p>${fix}</p>
      <p><a href="${new Address("/")}">Begin again</a></p>`,
  );
}
