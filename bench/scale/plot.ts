import { type LIMITS, type Limits, load, NODES_TRIED, ROLLOUTS, type Rollout } from './rollouts';

/** Limits in the plot, with the labels and colours of their lines. */
const LINES: readonly { readonly limit: keyof typeof LIMITS; readonly label: string; readonly colour: string }[] = [
  { limit: 'spegelRouter', label: "Spegel's router", colour: '#cf222e' },
  { limit: 'memory', label: "proxy's memory", colour: '#9a6700' },
  { limit: 'requests', label: 'requests', colour: '#0969da' },
  { limit: 'connections', label: 'connections', colour: '#1a7f37' },
  { limit: 'routers', label: 'requests (routers)', colour: '#8250df' },
  { limit: 'connectionsPerSource', label: 'connectionsPerSource', colour: '#57606a' },
];

const WIDTH = 1040;
const HEIGHT = 430;
const PANEL = { width: 290, height: 290, top: 70 };
const LEFTS = [64, 570];
/** Shares at the lower and the upper edge. */
const LOWEST = 0.01;
const HIGHEST = 30;

const x = (nodes: number) => (PANEL.width * Math.log10(nodes / 10)) / Math.log10(500);
const y = (share: number) => {
  const clipped = Math.min(HIGHEST, Math.max(LOWEST, share));
  return PANEL.height * (1 - Math.log10(clipped / LOWEST) / Math.log10(HIGHEST / LOWEST));
};
const at = (value: number) => value.toFixed(1);

/**
 * The picture of the page: how much of each limit a rollout takes, by the number of nodes.
 *
 * @param limits the mirror's limits
 */
export function plot(limits: Limits): string {
  const style = [
    'text { font-family: "Liberation Sans", Arial, Helvetica, sans-serif; font-size: 12px; fill: #24292f }',
    '.h { font-size: 14px; font-weight: bold }',
    '.grid { stroke: #d8dee4 }',
    '.full { stroke: #24292f; stroke-width: 1.6; stroke-dasharray: 5 4 }',
    '.line { fill: none; stroke-width: 2 }',
    '.m { text-anchor: middle }',
    '.e { text-anchor: end }',
  ];
  const description =
    'Two panels: a rollout of 20 nodes a second, and one of all nodes at once, from 10 to 5,000 nodes. Each line is the share of a limit that the busiest node uses. The table of the page has the numbers.';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">How much of each limit a rollout takes</title>
<desc id="desc">${description}</desc>
<style>${style.join(' ')}</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text class="h" x="16" y="26">Share of each limit in use on the busiest node, one node has the image before</text>
${panel(LEFTS[0] ?? 0, 'All others follow, 20 a second', ROLLOUTS.paced, limits)}
${panel(LEFTS[1] ?? 0, 'All others begin at once', ROLLOUTS.once, limits)}
</svg>
`;
}

function panel(left: number, title: string, rollout: Rollout, limits: Limits): string {
  const { width, height, top } = PANEL;
  const loads = NODES_TRIED.map((nodes) => ({ nodes, shares: load(nodes, rollout, limits).shares }));
  const curves = LINES.map(({ limit, label, colour }) => {
    const points = loads.map(({ nodes, shares }) => [x(nodes), y(shares[limit])] as const);
    return { label, colour, points, end: points.at(-1)?.[1] ?? 0 };
  });
  const lines = curves.map(
    ({ colour, points }) =>
      `<polyline class="line" stroke="${colour}" points="${points.map(([px, py]) => `${at(px)},${at(py)}`).join(' ')}"/>`,
  );
  const labels = apart(curves).map(
    ({ label, colour, end, place }) =>
      `<path d="M${width} ${at(end)} L${width + 12} ${at(place)}" stroke="${colour}"/><text x="${width + 15}" y="${at(place + 4)}" style="fill:${colour}">${label}</text>`,
  );
  const shares = [0.01, 0.1, 1, 10].map(
    (share) =>
      `<line class="${share === 1 ? 'full' : 'grid'}" x1="0" x2="${width}" y1="${at(y(share))}" y2="${at(y(share))}"/><text class="e" x="-6" y="${at(y(share) + 4)}">${(share * 100).toLocaleString('en')} %</text>`,
  );
  const counts = [10, 100, 1000, 5000].map(
    (nodes) =>
      `<line class="grid" x1="${at(x(nodes))}" x2="${at(x(nodes))}" y1="0" y2="${height}"/><text class="m" x="${at(x(nodes))}" y="${height + 18}">${nodes.toLocaleString('en')}</text>`,
  );
  return `<g transform="translate(${left} ${top})">
<text class="h" x="0" y="-14">${title}</text>
${[...counts, ...shares, ...lines, ...labels].join('\n')}
<text class="m" x="${width / 2}" y="${height + 40}">nodes</text>
</g>`;
}

/** Gives each label a place of its own beside the end of its line. */
function apart<T extends { readonly end: number }>(curves: readonly T[]): (T & { readonly place: number })[] {
  let lowest = Number.NEGATIVE_INFINITY;
  return [...curves]
    .sort((one, other) => one.end - other.end)
    .map((curve) => {
      lowest = Math.max(curve.end, lowest + 15);
      return { ...curve, place: lowest };
    });
}
