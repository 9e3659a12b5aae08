import { sentenceWithFix } from '../../../src/cli/shared/findings-text';
import type { StatusFacts } from '../../../src/cli/status/facts';
import type { NodeFacts } from '../../../src/cli/status/nodes';
import type { CredentialReport, Report } from '../../../src/cli/status/report';
import { statusFindings } from '../../../src/cli/status/verdict';

/** When it is in these tests. */
export const now = new Date('2026-01-31T00:00:00Z');

/** A time some days from now. */
export function days(number: number): Date {
  return new Date(now.getTime() + number * 24 * 3600 * 1000);
}

/** A credential that nobody changes. */
export const steady: CredentialReport = {
  phase: 0,
  presented: 'aaaaaaaa',
  newest: 'aaaaaaaa',
  versions: 1,
  lagging: false,
  valid: true,
  dropOld: false,
};

/** A node without problems, except for the given facts. */
export function node(name: string, report: Partial<Report> = {}, more: Partial<NodeFacts> = {}): NodeFacts {
  const registries = { published: 2, refused: 0, waiting: 0 };
  return {
    node: name,
    pod: `mirror-${name}`,
    addresses: [],
    ready: true,
    since: '2026-01-30T00:00:00Z',
    read: '',
    report: { presents: 'mutual-tls', registries, only: false, trusts: [], unauthenticated: [], ...report },
    ...more,
  };
}

/** Nodes with a credential each. */
export function basic(...credentials: CredentialReport[]): NodeFacts[] {
  return credentials.map((credential, index) => node(`w${index + 1}`, { presents: 'basic', credential }));
}

/** The findings, one line each. */
export function said(facts: Partial<StatusFacts>): string[] {
  const nodes = facts.nodes ?? [node('w1')];
  const all = statusFindings({ now, scheduled: nodes.length, certificates: [], permissive: false, ...facts, nodes });
  return all.map((finding) => `${finding.level}: ${sentenceWithFix(finding)}`);
}
