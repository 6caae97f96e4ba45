"""How the page of a run looks, by day and by night, and the policy that allows this and nothing else."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root { color-scheme: light dark;
  --ink: #1b1b1b; --soft: #595959; --paper: #fff; --line: #d5d5d5; --rest: #e8e8e8;
  --c0: #1f6fb2; --c1: #9cc4e4; --c2: #c2571a; --c3: #8a8a8a; --good: #1d6b1d; --bad: #a01818; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e9e9e9; --soft: #a8a8a8; --paper: #161616; --line: #3c3c3c; --rest: #2e2e2e;
  --c0: #5aa7e6; --c1: #2f5f86; --c2: #ef8d4f; --c3: #7c7c7c; --good: #7fd07f; --bad: #ff9a9a; } }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 2rem 0 .4rem; border-bottom: 1px solid var(--line); }
p { margin: .3rem 0; }
.soft, .none, figcaption, .legend, caption, small { color: var(--soft); font-size: .85rem; }
.good { color: var(--good); font-weight: 700; }
.bad { color: var(--bad); font-weight: 700; }
.columns { display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .15rem .7rem .15rem 0;
  border-top: 1px solid var(--line); }
th, td { min-width: 5em; }
th { font-weight: 400; color: var(--soft); overflow-wrap: normal; }
caption { text-align: left; padding-top: .6rem; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; min-width: 3em; }
td.n { white-space: nowrap; }
figure { margin: .3rem 0 0; position: relative; padding-top: 1.1rem; }
figure svg { display: block; width: 100%; height: 9rem; border-bottom: 1px solid var(--soft); }
figcaption { display: flex; justify-content: space-between; }
.top { position: absolute; top: 0; left: 0; color: var(--soft); font-size: .8rem; }
.legend span { margin-right: 1rem; white-space: nowrap; }
.key { width: .8em; height: .8em; }
.share { width: 4rem; height: .6rem; }
.c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); }
.rest { fill: var(--rest); }
code { font-size: .85em; }
@media print { body { max-width: none; } }
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
