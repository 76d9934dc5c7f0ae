import { createHash } from "node:crypto";

/**
 * How every page looks: one column that fits a narrow screen, colours that are read in light and in dark, a focus that is
 * seen. No picture, font or script is fetched.
 */
export const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --quiet: #4b535d; --line: #c3c9d1; --link: #0550ae;
  --pass: #116329; --wait: #7d4e00; --stop: #a40e26; --soft: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f1318; --ink: #e9edf1; --quiet: #b1bac4; --line: #4b535d;
  --link: #7ab8ff; --pass: #56d364; --wait: #e3b341; --stop: #ff938a; --soft: #1a2027; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 0 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; }
main:focus { outline: none; }
.to-content { position: absolute; left: -100vw; }
.to-content:focus { position: static; display: inline-block; padding: .5rem; }
header, footer { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; color: var(--quiet); }
header { border-bottom: 1px solid var(--line); padding: .75rem 0; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: .75rem; font-size: .875rem; }
header form { margin: 0 0 0 auto; }
button { font: inherit; color: var(--link); background: none; border: 1px solid var(--line); border-radius: .375rem;
  padding: .25rem .75rem; cursor: pointer; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
.verdict { border-left: .375rem solid var(--line); background: var(--soft); padding: .75rem 1rem; margin: 0 0 1rem; }
.verdict p { margin: .25rem 0; }
.pass { border-color: var(--pass); } .warn, .needs-approval { border-color: var(--wait); }
.block, .undecided { border-color: var(--stop); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line);
  min-width: 5rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: .9em ui-monospace, monospace; }
ul.tree, ul.tree ul { list-style: none; padding-left: 1.25rem; margin: 0; }
ul.tree { padding-left: 0; } .tree li { margin: .25rem 0; }
.fix { display: block; color: var(--quiet); }
.mark { font-weight: 600; color: var(--wait); }
.quiet { color: var(--quiet); }
summary { cursor: pointer; padding: .25rem 0; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { .to-content, nav, form { display: none; } }
`;

/** As a page's policy names it: https://www.w3.org/TR/CSP3/#grammardef-hash-source */
export const styleSource = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
