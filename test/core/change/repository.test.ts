import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeId, readRemote } from "../../../core/change/repository.ts";

const orders = { host: "github.com", owner: "acme", name: "orders" };

describe("where a remote's address says that the repository lives", () => {
  test.each([
    { says: "https", address: "https://github.com/acme/orders.git", place: orders },
    { says: "https without .git", address: "https://github.com/acme/orders", place: orders },
    { says: "https with a slash at the end", address: "https://github.com/acme/orders/", place: orders },
    { says: "a password is never kept", address: "https://ann:secret@github.com/acme/orders.git", place: orders },
    { says: "a token is never kept", address: "https://ghp_secret@github.com/acme/orders", place: orders },
    { says: "ssh with a port", address: "ssh://git@github.com:22/acme/orders.git", place: orders },
    { says: "ssh's short form", address: "git@github.com:acme/orders.git", place: orders },
    { says: "ssh's short form without a user", address: "github.com:acme/orders", place: orders },
    { says: "white space around it", address: " https://github.com/acme/orders.git\n", place: orders },
    {
      says: "groups in groups",
      address: "https://gitlab.example/a/b/c.git",
      place: { host: "gitlab.example", owner: "a/b", name: "c" },
    },
    {
      says: "a dot in the name",
      address: "https://github.com/acme/orders.js",
      place: { ...orders, name: "orders.js" },
    },
    { says: "a local path", address: "/srv/orders.git", place: null },
    { says: "a relative path", address: "../orders", place: null },
    { says: "a relative path with a colon", address: "./a:b/c", place: null },
    { says: "a file address", address: "file:///srv/acme/orders", place: null },
    { says: "a Windows drive", address: "C:\\work\\orders", place: null },
    { says: "a Windows drive with slashes", address: "C:/code/orders", place: null },
    { says: "no owner", address: "https://github.com/orders", place: null },
    { says: "no path", address: "https://github.com", place: null },
    { says: "no host", address: "https://", place: null },
    { says: "nothing", address: "", place: null },
    { says: "a way out of the host", address: "git@host.example:../orders", place: null },
    { says: "a line break in the path", address: "git@host.example:acme/or\nders", place: null },
    { says: "a helper that runs a command", address: "ext::sh -c touch% /tmp/x", place: null },
  ])("$says", ({ address, place }) => expect(readRemote(address)).toEqual(place));

  test("any address is read or refused, and what stands before an @ in a host never shows", () => {
    fc.assert(
      fc.property(fc.string(), (address) => {
        expect(() => readRemote(address)).not.toThrow();
        expect(readRemote(address)?.host ?? "").not.toContain("@");
      }),
    );
  });
});

describe("the change id", () => {
  test.each([
    { says: "a pull request", place: orders, number: 41, id: "github.com/acme/orders#41" },
    { says: "no pull request", place: orders, number: null, id: "github.com/acme/orders@aa..bb" },
    { says: "no remote", place: null, number: null, id: "local@aa..bb" },
    { says: "a number without a remote names nothing", place: null, number: 41, id: "local@aa..bb" },
  ])("$says", ({ place, number, id }) => expect(changeId(place, number, "aa", "bb")).toBe(id));
});
