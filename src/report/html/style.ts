/** The page's style. No font, picture or colour comes from elsewhere. */
export const pageStyle = `
:root {
	color-scheme: light dark;
	--paper: #faf8f4; --card: #ffffff; --ink: #20242b; --soft: #5c6470; --line: #e3ded4; --accent: #1f5fa8; --warn: #a33a10;
	--full: #c8501e; --slim: #b97a10; --alpine: #1e8577; --distroless: #2f6cb3; --scratch: #7359a8; --custom: #6b7280;
	--heat: 200 80 30; --tile-a: #dbe6f3; --tile-b: #f6dfc9; --tile-c: #e7e4dd; --shade: rgb(0 0 0 / 6%);
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #15181d; --card: #1d2127; --ink: #e8e6e1; --soft: #a2a9b4; --line: #333941; --accent: #7fb4f0; --warn: #f0935f;
		--full: #ef7f4d; --slim: #e0aa4a; --alpine: #4fbdac; --distroless: #6ca5ea; --scratch: #ab93df; --custom: #9aa3af;
		--heat: 240 130 80; --tile-a: #26405e; --tile-b: #5c3a22; --tile-c: #343942; --shade: rgb(0 0 0 / 30%);
	}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif; }
main { max-width: 1140px; margin: 0 auto; padding: 40px 20px 80px; }
header { margin-bottom: 28px; }
.kicker { margin: 0; color: var(--soft); font-size: 13px; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: 4px 0 10px; font-size: clamp(26px, 5vw, 40px); line-height: 1.15; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { margin: 0 0 8px; font-size: 22px; letter-spacing: -.01em; }
h3 { margin: 20px 0 6px; font-size: 16px; overflow-wrap: anywhere; }
section { margin: 0 0 22px; padding: 22px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 1px 3px var(--shade); }
p { margin: 0 0 10px; }
p, li { overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.note, .faint { color: var(--soft); font-size: 14px; }
.warn { color: var(--warn); font-size: 14px; font-weight: 600; }
.figures { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 14px; }
.figure { display: flex; flex-direction: column; padding: 10px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; font-variant-numeric: tabular-nums; }
.figure b { font-size: 19px; white-space: nowrap; }
.figure span { color: var(--soft); font-size: 13px; }
.tier-full { --tier: var(--full); } .tier-slim { --tier: var(--slim); } .tier-alpine { --tier: var(--alpine); }
.tier-distroless { --tier: var(--distroless); } .tier-scratch { --tier: var(--scratch); } .tier-custom { --tier: var(--custom); }
.chip { display: inline-block; padding: 1px 10px; border: 1.5px solid var(--tier); border-radius: 99px; font-size: 13px; font-weight: 600; color: var(--ink); white-space: nowrap; }
.badge { display: inline-grid; place-items: center; flex: none; min-width: 22px; height: 22px; margin-right: 8px; border-radius: 99px; background: var(--tier); color: var(--card); font-size: 12px; font-weight: 700; }
.column-head { display: inline-flex; align-items: center; font-weight: 600; }
.matrix .column-head span:last-child { min-width: 0; overflow-wrap: anywhere; }
.scroll + .note { margin-top: 12px; }
tbody .column-head { min-width: 190px; }
.tag { display: inline-block; margin: 1px 4px 1px 0; padding: 0 7px; background: var(--paper); border: 1px solid var(--line); border-radius: 99px; font-size: 12px; white-space: nowrap; }
.picture svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); font: 12px system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
svg .tick { fill: var(--soft); font-size: 11px; }
svg .tier-name { font-size: 13px; font-weight: 600; }
svg .band { fill: var(--tier); opacity: .07; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .thread { fill: none; stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 3 4; }
svg .dot circle { fill: var(--tier); stroke: var(--card); stroke-width: 2; }
svg .dot .number { fill: var(--card); font-weight: 700; }
svg .dot .label { font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 22px 34px; }
.bars { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
.bars caption { padding-bottom: 4px; text-align: left; font-weight: 700; font-size: 15px; }
.bars th, .bars td { padding: 2px 0; border: 0; vertical-align: middle; }
.bars th { width: 38%; max-width: 0; font-weight: 400; text-align: left; color: var(--soft); }
.bars .name { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars .bar { padding: 2px 8px; }
.bars svg { display: block; width: 100%; height: 11px; border-radius: 3px; }
.bars .value { width: 62px; text-align: right; white-space: nowrap; font-weight: 600; }
.bars .ratio { width: 66px; text-align: right; white-space: nowrap; color: var(--soft); }
svg .trough { fill: var(--line); opacity: .45; }
svg .fill { fill: var(--tier); }
svg .at-least { fill-opacity: .7; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
thead th { color: var(--soft); font-size: 13px; font-weight: 600; text-align: left; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
tbody th { font-weight: 500; }
.matrix th, .matrix td { padding: 3px 6px 3px 0; border: 0; vertical-align: middle; }
.matrix thead th { padding-bottom: 8px; vertical-align: bottom; color: var(--ink); }
.matrix table { table-layout: fixed; }
.matrix thead th:first-child { width: 27%; }
.matrix.single thead th:nth-child(2) { width: 20%; }
.matrix.single td:last-child { padding-left: 12px; color: var(--soft); font-size: 13px; }
#images td:nth-child(n+4):nth-child(-n+6) { white-space: nowrap; }
main td { overflow-wrap: break-word; }
.heat { display: block; width: 100%; padding: 5px 8px; border: 1px solid transparent; border-radius: 6px; text-align: center; font: inherit; color: var(--ink); font-variant-numeric: tabular-nums; }
.heat-0 { color: var(--soft); background: none; }
.heat-1 { background: rgb(var(--heat) / 9%); } .heat-2 { background: rgb(var(--heat) / 18%); } .heat-3 { background: rgb(var(--heat) / 27%); }
.heat-4 { background: rgb(var(--heat) / 36%); } .heat-5 { background: rgb(var(--heat) / 46%); }
button.heat { cursor: pointer; text-decoration: underline dotted; text-underline-offset: 3px; }
button.heat:hover { border-color: var(--ink); }
.tile rect { stroke: none; }
.tile-package rect { fill: var(--tile-a); } .tile-directory rect { fill: var(--tile-b); } .tile-rest rect { fill: var(--tile-c); }
.tile:hover rect { stroke: var(--ink); stroke-width: 1.5; }
svg .tile-name { font-weight: 600; }
svg .tile-size { fill: var(--soft); }
.key { margin-right: 16px; white-space: nowrap; }
.key::before { content: ''; display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 3px; vertical-align: -1px; }
.key-package::before { background: var(--tile-a); } .key-directory::before { background: var(--tile-b); } .key-rest::before { background: var(--tile-c); }
.controls { display: flex; flex-wrap: wrap; gap: 10px 18px; align-items: center; margin-bottom: 8px; }
.control { display: inline-flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-bottom: 8px; max-width: 100%; color: var(--soft); font-size: 14px; }
.controls .control { margin: 0; }
[hidden] { display: none !important; }
select, input, button:not(.heat) { max-width: 100%; padding: 6px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); font: inherit; font-size: 14px; }
input[type=search] { flex: 1 1 220px; }
button:not(.heat) { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; overflow-wrap: break-word; }
summary:hover { color: var(--accent); }
.opened { padding: 8px 0 6px 16px; }
.evidence { margin: 0; padding-left: 18px; font-size: 13px; font-weight: 400; }
dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 4px 18px; margin: 0; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd ol { margin: 0; padding-left: 22px; }
.names code { display: inline-block; margin: 1px 10px 1px 0; }
.names.gone b, .patch .gone { color: var(--alpine); }
.names.added b, .patch .added { color: var(--full); }
.patch .gone { color: var(--full); } .patch .added { color: var(--alpine); }
.patch { padding: 12px 14px; overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.patch span { display: block; white-space: pre; overflow-wrap: normal; }
.answer { font-size: 18px; } .answer code { font-size: 18px; }
.check { margin: 8px 0; padding-left: 12px; border-left: 3px solid var(--line); font-weight: 400; }
.check p { margin: 0; }
.check-holds { border-color: var(--alpine); } .check-fails { border-color: var(--full); } .check-unknown { border-color: var(--slim); }
dialog { width: min(960px, 94vw); max-height: 86vh; padding: 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); color: var(--ink); overflow: auto; }
dialog::backdrop { background: rgb(0 0 0 / 45%); }
.dialog-head { display: flex; justify-content: space-between; align-items: start; gap: 16px; }
.dialog-head h3 { margin-top: 2px; }
@media (max-width: 640px) {
	main { padding: 22px 12px 50px; }
	section { padding: 16px 14px; }
	.scroll table { min-width: 620px; }
	#images table { min-width: 900px; }
	#images td:nth-child(3), #images td:nth-child(7) { min-width: 200px; }
	.matrix table { min-width: 0; font-size: 13px; }
	.matrix thead th:first-child { width: 36%; }
	.matrix:not(.single) thead .column-head span:last-child, .matrix.single tr > :nth-child(3) { display: none; }
	.matrix .heat { padding: 5px 0; }
	.badge { margin-right: 6px; }
	svg .tier-name { font-size: 10.5px; }
	dialog { padding: 14px; }
}
@media print {
	:root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; --full: #c8501e; --slim: #b97a10; --alpine: #1e8577; --distroless: #2f6cb3; --scratch: #7359a8; --custom: #6b7280; --tile-a: #dbe6f3; --tile-b: #f6dfc9; --tile-c: #e7e4dd; --heat: 200 80 30; }
	* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	main { padding: 0; max-width: none; }
	section { border: 0; padding: 0; box-shadow: none; }
	.control, .controls, button:not(.heat) { display: none; }
	.card, .picture, tr { break-inside: avoid; }
	.scroll { overflow: visible; }
}
`;
