/**
 * The login behind one of GitHub's private addresses, `1234+ann@users.noreply.github.com` or, from before 2017,
 * `ann@users.noreply.github.com`; null for any other. `host` is the repository's, for a server of one's own.
 * Source: https://docs.github.com/account-and-profile/reference/email-addresses-reference
 */
export function noreplyLogin(email: string, host: string | null): string | null {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1).toLowerCase();
  if (at < 1 || !hosts(host).some((name) => domain === `users.noreply.${name}`)) return null;
  const local = email.slice(0, at);
  const login = local.slice(local.indexOf("+") + 1);
  return login === "" ? null : login;
}

/** Whether an address is the platform's own: it stands as committer where a button on the web made the commit. */
export function isPlatformAddress(email: string, host: string | null): boolean {
  return hosts(host).some((name) => email.toLowerCase() === `noreply@${name}`);
}

function hosts(host: string | null): string[] {
  return host === null ? ["github.com"] : ["github.com", host.toLowerCase()];
}
