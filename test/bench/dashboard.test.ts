import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dashboardFiles, measured } from '../../bench/dashboard';
import { filled, panels, seriesOf } from '../../bench/dashboard/panels';

const made = dashboardFiles();

it.each(Object.keys(made))('%s is what npm run bench:dashboard makes', (file) => {
  expect(readFileSync(resolve(__dirname, '../..', file), 'utf8')).toBe(made[file]);
});

it('shows values in each panel', () => {
  const empty = panels.filter((panel) => panel.targets !== undefined && seriesOf(panel, measured).length === 0);
  expect(empty.map(({ title }) => title)).toEqual([]);
});

it('fills the variables of a query, and knows no others', () => {
  const variables = { namespace: 'm', node: '.*', rateInterval: '1m' };
  expect(filled('rate(a{namespace="$namespace", node=~"$node"}[$__rate_interval])', variables)).toBe(
    'rate(a{namespace="m", node=~".*"}[1m])',
  );
  expect(() => filled('a{b="$other"}', variables)).toThrow('no value for $other in a{b="$other"}');
});
