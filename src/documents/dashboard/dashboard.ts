import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { metrics } from '../../mirror/contract/metrics';
import { runbook } from '../../monitoring/alerts/alert';
import { datasource } from './panels';
import { rows } from './rows';
import { mirror } from './selectors';

/** The dashboard, as Grafana reads it. */
export function dashboard(): Dashboard {
  const made = new DashboardBuilder('Secured mirror')
    .uid('secured-mirror')
    .description('Spegel behind its authenticating proxy: what it saves, and what needs a look.')
    .tags(['secured-mirror', 'spegel'])
    .time({ from: 'now-6h', to: 'now' })
    .refresh('1m')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('What to do')
        .type(DashboardLinkType.Link)
        .icon('doc')
        .url(runbook('alerts'))
        .targetBlank(true),
    )
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .withVariable(values('namespace', ''))
    .withVariable(values('node', `{${mirror}}`).multi(true).includeAll(true).allValue('.*'));
  for (const { title, panels } of rows) {
    made.withRow(new RowBuilder(title));
    for (const panel of panels) made.withPanel(panel);
  }
  const built = made.build();
  return {
    ...built,
    // Else Grafana hides the link in a menu.
    links: built.links?.map(({ placement: _, ...link }) => link),
    panels: built.panels?.map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}

/** A variable with the values of a label. */
function values(label: string, selector: string): QueryVariableBuilder {
  return new QueryVariableBuilder(label)
    .label(`${label[0]?.toUpperCase()}${label.slice(1)}`)
    .datasource(datasource)
    .query(`label_values(${metrics.registries.name}${selector}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
}
