/** One stylesheet for all pages: system fonts, light and dark as the browser asks, nothing that is loaded from elsewhere. */
export const STYLES = `:root {
  color-scheme: light dark;
  --page: #f4f5f7;
  --card: #fff;
  --text: #1b1e27;
  --quiet: #535867;
  --line: #d9dce3;
  --accent: #3b47c4;
  --on-accent: #fff;
  --good: #17663a;
  --good-ground: #e0f3e7;
  --late: #7a4a00;
  --late-ground: #fdf0d5;
  --bad: #9c2018;
  --bad-ground: #fdebe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161c;
    --card: #1e2129;
    --text: #eceef4;
    --quiet: #a6acbb;
    --line: #363b48;
    --accent: #aeb6ff;
    --on-accent: #14161c;
    --good: #8fdcae;
    --good-ground: #17331f;
    --late: #f3c97c;
    --late-ground: #3a2d12;
    --bad: #ffb4ab;
    --bad-ground: #45201c;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1rem / 1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
main {
  max-width: 40rem;
  margin: 0 auto;
  padding: 3rem 1.25rem;
}
h1 {
  margin: 0 0 0.25rem;
  font-size: 1.75rem;
  line-height: 1.2;
}
h2 {
  margin: 0;
  font-size: 1.125rem;
  font-weight: 650;
}
p {
  margin: 0 0 1rem;
}
a {
  color: var(--accent);
}
.quiet {
  color: var(--quiet);
}
.card {
  margin: 1.25rem 0;
  padding: 1.5rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--card);
}
.card > :first-child {
  margin-top: 0;
}
.card > :last-child {
  margin-bottom: 0;
}
.head {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem 1rem;
  align-items: center;
  justify-content: space-between;
}
.badge {
  padding: 0.125rem 0.625rem;
  border-radius: 1rem;
  background: var(--page);
  color: var(--quiet);
  font-size: 0.875rem;
  font-weight: 600;
}
.good {
  background: var(--good-ground);
  color: var(--good);
}
.late {
  background: var(--late-ground);
  color: var(--late);
}
dl {
  display: grid;
  grid-template-columns: 7rem 1fr;
  gap: 0.375rem 1.25rem;
  margin: 1rem 0;
}
dt {
  color: var(--quiet);
}
dd {
  margin: 0;
}
code {
  font-family: ui-monospace, monospace;
  font-size: 0.9375em;
}
.number {
  font-variant-numeric: tabular-nums;
}
.banner {
  margin: 1.25rem 0;
  padding: 0.75rem 1rem;
  border-radius: 0.5rem;
  background: var(--good-ground);
  color: var(--good);
}
.banner.late {
  background: var(--late-ground);
  color: var(--late);
}
.banner.bad {
  background: var(--bad-ground);
  color: var(--bad);
}
.actions {
  display: flex;
  flex-wrap: wrap;
  gap: 0.75rem;
  align-items: center;
}
button,
.button {
  display: inline-block;
  padding: 0.625rem 1.125rem;
  border: 1px solid var(--accent);
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
.second {
  border-color: var(--line);
  background: transparent;
  color: var(--text);
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
`;
